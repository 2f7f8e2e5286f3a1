//! The storage of a web page, which keeps texts under names.
//!
//! All pages from one place share the storage. Each keeps its tabs under a name of its own; a page that
//! is opened afresh takes over those of pages that have ended. Which have ended, the caller knows: a page
//! holds a lock for as long as it lives.

use super::Found;
use super::in_file::{session_from, settings_from, settings_to_text};
use super::session::{Session, Watch};
use crate::app::document::kept::Kept;
use crate::app::settings::Settings;
use crate::app::workspace::{Notice, Workspace};

/// The name of the settings.
const SETTINGS: &str = "settings, version 1";
/// What the names of sessions begin with. The page's own id follows.
pub const SESSION: &str = "session, version 1";
/// The names under which the first versions kept the settings and the only experiment.
const FIRST_SETTINGS: &str = "settings";
const FIRST_EXPERIMENT: &str = "last experiment";

/// Where texts are kept under names.
pub trait Texts {
    /// Returns the text of a name.
    fn get(&self, name: &str) -> Option<String>;
    /// Sets the text of a name.
    ///
    /// # Errors
    /// Returns the reason. After "… cannot be kept: ", it completes a sentence.
    fn set(&self, name: &str, text: &str) -> Result<(), String>;
    /// Removes the text of a name.
    fn remove(&self, name: &str);
}

/// The names of sessions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The session of this page.
    pub own: String,
    /// Those of pages that have ended, which are this page's to restore.
    pub ended: Vec<String>,
}

/// Keeps settings and tabs in the page's storage.
#[derive(Debug, Default)]
pub struct Storage {
    names: Names,
    watch: Watch,
    settings: Settings,
    /// The settings as they were read or written last.
    base: Settings,
    /// Whether the user was told that the browser keeps nothing.
    was_refused: bool,
}

impl Storage {
    /// Returns what was kept, and keeps settings and tabs from now on. A page that is loaded again finds
    /// its own tabs. Any other one finds those of the page that was left last, and of pages left before
    /// it what was changed in them.
    #[must_use]
    pub fn begin(texts: &dyn Texts, names: Names) -> (Self, Found) {
        let mut found = Found::default();
        match texts.get(SETTINGS).map(|text| settings_from(&text)) {
            Some(Ok(settings)) => found.settings = settings,
            Some(Err(why)) => found.notices.push(Notice::error(format!(
                "The settings in the browser's storage cannot be read: {why}"
            ))),
            None => {
                let first = texts.get(FIRST_SETTINGS);
                let first = first.and_then(|text| ron::from_str::<Settings>(&text).ok());
                found.settings = first.unwrap_or_default().checked();
            }
        }
        let broken = found.settings.library.take_sentences();
        found.notices.extend(broken.into_iter().map(Notice::error));
        if let Some(text) = texts.get(&names.own) {
            found.restore(&text, false);
        } else {
            let mut ended: Vec<String> = names
                .ended
                .iter()
                .filter_map(|name| texts.get(name))
                .collect();
            ended.sort_by_key(|text| std::cmp::Reverse(moment(text)));
            for (index, text) in ended.iter().enumerate() {
                found.restore(text, index > 0);
            }
            if ended.is_empty() {
                let first = texts.get(FIRST_EXPERIMENT);
                let first = first.and_then(|text| Kept::of_text(&text).ok());
                found.session.tabs.extend(first);
            }
        }
        let storage = Self {
            names,
            settings: found.settings.clone(),
            base: found.settings.clone(),
            ..Self::default()
        };
        (storage, found)
    }

    /// Returns whether tabs or settings have changed since the last time.
    pub fn is_behind(&mut self, workspace: &Workspace) -> bool {
        let has_other = self.settings != workspace.settings;
        self.settings.clone_from(&workspace.settings);
        self.watch.changed(workspace).is_some() || has_other
    }

    /// Returns whether the browser has refused for the first time.
    pub fn is_first_refusal(&mut self) -> bool {
        !std::mem::replace(&mut self.was_refused, true)
    }

    /// Keeps everything; `now` is the time, in any unit. Settings that another page has changed meanwhile
    /// stay as they are there.
    ///
    /// # Errors
    /// Returns the reason why the storage refuses, as [`Texts::set`].
    pub fn keep(
        &mut self,
        workspace: &Workspace,
        texts: &dyn Texts,
        now: u64,
    ) -> Result<(), String> {
        let settings = &workspace.settings;
        let there = texts.get(SETTINGS);
        let there = there.and_then(|text| settings_from(&text).ok());
        let merged = match there.clone() {
            Some(there) => settings.merged(&self.base, there),
            None => settings.clone(),
        };
        if there.as_ref() != Some(&merged)
            && let Ok(text) = settings_to_text(&merged)
        {
            texts.set(SETTINGS, &text)?;
        }
        self.base.clone_from(settings);
        self.watch.changed(workspace);
        if let Ok(text) = self.watch.session().to_text() {
            texts.set(&self.names.own, &format!("{SINCE}{now}\n{text}"))?;
            // Their tabs are among those of this page.
            for name in self.names.ended.drain(..) {
                if name != self.names.own {
                    texts.remove(&name);
                }
            }
        }
        Ok(())
    }
}

/// What stands before the time at which a session was kept: a comment, for whoever reads the session.
const SINCE: &str = "// kept at ";

/// Returns when a session was kept; 0 if it does not say so.
fn moment(text: &str) -> u64 {
    let first = text.strip_prefix(SINCE).and_then(|it| it.lines().next());
    first.and_then(|it| it.parse().ok()).unwrap_or_default()
}

impl Found {
    /// Restores the tabs of a session, or only those that were changed.
    fn restore(&mut self, text: &str, only_changed: bool) {
        match session_from(text) {
            Ok((mut session, lost)) => {
                if only_changed {
                    let tabs = std::mem::take(&mut session.tabs);
                    let changed = tabs.into_iter();
                    let changed = changed.filter(|tab| tab.saved.is_some() || tab.adrift);
                    session = Session {
                        tabs: changed.collect(),
                        ..Session::default()
                    };
                }
                self.session.append(session);
                let lost = lost.first();
                self.notices.extend(
                    lost.map(|lost| {
                        Notice::error(format!("A tab cannot be restored: {}", lost.why))
                    }),
                );
            }
            Err(why) => self.notices.push(Notice::error(format!(
                "The tabs in the browser's storage cannot be read: {why}"
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::BTreeMap;

    use super::*;
    use crate::app::document::Document;
    use crate::app::document::change::Change;
    use crate::app::document::source::Source;
    use crate::preset;

    #[derive(Default)]
    struct Shelf(RefCell<BTreeMap<String, String>>);

    impl Texts for Shelf {
        fn get(&self, name: &str) -> Option<String> {
            self.0.borrow().get(name).cloned()
        }

        fn set(&self, name: &str, text: &str) -> Result<(), String> {
            let mut texts = self.0.borrow_mut();
            texts.insert(name.to_owned(), text.to_owned());
            Ok(())
        }

        fn remove(&self, name: &str) {
            self.0.borrow_mut().remove(name);
        }
    }

    fn workspace(race: &'static str) -> Workspace {
        let first = preset::load_built_in(race).unwrap();
        let document = Document::new(first, Source::BuiltIn(race));
        Workspace::new(document, Settings::default())
    }

    fn names(own: &str, ended: &[&str]) -> Names {
        let named = |id: &&str| format!("{SESSION}, {id}");
        Names {
            own: named(&own),
            ended: ended.iter().map(named).collect(),
        }
    }

    fn titles(found: &Found) -> Vec<&str> {
        let tabs = found.session.tabs.iter();
        tabs.map(|tab| &*tab.preset.experiment.title).collect()
    }

    #[test]
    fn a_page_finds_its_tabs_and_settings_again() {
        let shelf = Shelf::default();
        let mut workspace = workspace(preset::FIRST);
        workspace.settings.digits = 5;
        workspace.active_mut().playback.seek(7.5, 100.0);
        let (mut storage, nothing) = Storage::begin(&shelf, names("a", &[]));
        assert!(nothing.session.tabs.is_empty());
        assert!(storage.is_behind(&workspace));
        storage.keep(&workspace, &shelf, 1).unwrap();
        assert!(!storage.is_behind(&workspace));
        assert!(storage.is_first_refusal() && !storage.is_first_refusal());
        let (_, found) = Storage::begin(&shelf, names("a", &[]));
        assert_eq!(found.settings.digits, 5);
        assert_eq!(found.session.tabs, [workspace.active().kept()]);
        assert!(found.notice().is_none());
    }

    #[test]
    fn pages_do_not_take_each_others_tabs_and_a_new_one_takes_those_of_ended_ones() {
        let shelf = Shelf::default();
        let (mut first, _) = Storage::begin(&shelf, names("a", &[]));
        let (mut second, _) = Storage::begin(&shelf, names("b", &[]));
        let (mut third, _) = Storage::begin(&shelf, names("c", &[]));
        let mut changed = workspace("noisy-moons");
        changed.active_mut().change(Change::Steps(77)).unwrap();
        first.keep(&workspace("rosenbrock"), &shelf, 10).unwrap();
        second.keep(&workspace("saddle"), &shelf, 30).unwrap();
        third.keep(&changed, &shelf, 20).unwrap();
        // The second and the third are closed; the first lives on, and is loaded again.
        let (_, again) = Storage::begin(&shelf, names("a", &["b", "c"]));
        assert_eq!(titles(&again).len(), 1);
        let (mut fresh, found) = Storage::begin(&shelf, names("d", &["c", "b"]));
        let title = |race| preset::load_built_in(race).unwrap().experiment.title;
        assert_eq!(titles(&found), [title("saddle"), title("noisy-moons")]);
        assert_eq!(found.session.tabs[1].preset.experiment.steps, 77);
        let open = found.session.open(None, Settings::default()).unwrap();
        assert!(
            shelf.get(&names("b", &[]).own).is_some(),
            "until it is kept again"
        );
        fresh.keep(&open, &shelf, 40).unwrap();
        let left: Vec<String> = shelf.0.borrow().keys().cloned().collect();
        assert_eq!(
            left,
            [names("a", &[]).own, names("d", &[]).own, SETTINGS.into()]
        );
    }

    #[test]
    fn what_was_not_changed_in_pages_left_earlier_does_not_pile_up() {
        let shelf = Shelf::default();
        for (time, id, race) in [(1, "a", "rosenbrock"), (2, "b", "saddle")] {
            let (mut page, _) = Storage::begin(&shelf, names(id, &[]));
            page.keep(&workspace(race), &shelf, time).unwrap();
        }
        let (_, found) = Storage::begin(&shelf, names("c", &["a", "b"]));
        let saddle = preset::load_built_in("saddle").unwrap();
        assert_eq!(titles(&found), [saddle.experiment.title]);
    }

    #[test]
    fn two_pages_keep_each_others_settings() {
        let shelf = Shelf::default();
        let (mut here, _) = Storage::begin(&shelf, names("a", &[]));
        let (mut there, _) = Storage::begin(&shelf, names("b", &[]));
        let mut one = workspace(preset::FIRST);
        one.settings.digits = 6;
        here.keep(&one, &shelf, 1).unwrap();
        let mut other = workspace(preset::FIRST);
        other.settings.looping = !other.settings.looping;
        there.keep(&other, &shelf, 2).unwrap();
        let (_, found) = Storage::begin(&shelf, names("c", &[]));
        assert_eq!(found.settings.digits, 6);
        assert_eq!(found.settings.looping, other.settings.looping);
    }

    #[test]
    fn what_the_first_version_kept_is_found_and_what_is_broken_is_said() {
        let shelf = Shelf::default();
        let text = preset::to_text(&workspace(preset::FIRST).active().preset()).unwrap();
        shelf.set(FIRST_SETTINGS, "(digits: 4)").unwrap();
        shelf.set(FIRST_EXPERIMENT, &text).unwrap();
        let (_, found) = Storage::begin(&shelf, names("a", &[]));
        assert_eq!((found.settings.digits, found.session.tabs.len()), (4, 1));
        for name in [SETTINGS, &*names("a", &[]).own] {
            shelf.set(name, "(version: 1, tabs: [").unwrap();
        }
        let (_, broken) = Storage::begin(&shelf, names("a", &[]));
        let said = broken.notice().unwrap();
        assert!(said.error && said.text.lines().count() == 2, "{said:?}");
    }
}
