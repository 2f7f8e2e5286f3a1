//! The storage of a web page, which keeps texts under names.

use super::Found;
use super::in_file::{session_from, settings_from, settings_to_text};
use super::session::Watch;
use crate::app::document::kept::Kept;
use crate::app::settings::Settings;
use crate::app::workspace::{Notice, Workspace};

/// The names of the settings and of the session.
const SETTINGS: &str = "settings, version 1";
const SESSION: &str = "session, version 1";
/// The names under which the first versions kept the settings and the only experiment.
const FIRST_SETTINGS: &str = "settings";
const FIRST_EXPERIMENT: &str = "last experiment";

/// Keeps settings and tabs in the page's storage.
#[derive(Debug, Default)]
pub struct Storage {
    watch: Watch,
    settings: Settings,
    /// Whether the user was told that the browser keeps nothing.
    was_refused: bool,
}

impl Storage {
    /// Returns what was kept. `get` returns the text of a name.
    #[must_use]
    pub fn begin(get: impl Fn(&str) -> Option<String>, is_opened: bool) -> Found {
        let mut found = Found::default();
        match get(SETTINGS).map(|text| settings_from(&text)) {
            Some(Ok(settings)) => found.settings = settings,
            Some(Err(why)) => found.notices.push(Notice::error(format!(
                "The settings in the browser's storage cannot be read: {why}"
            ))),
            None => {
                let first = get(FIRST_SETTINGS);
                let first = first.and_then(|text| ron::from_str::<Settings>(&text).ok());
                found.settings = first.unwrap_or_default().checked();
            }
        }
        if is_opened {
            return found;
        }
        match get(SESSION).map(|text| session_from(&text)) {
            Some(Ok((session, lost))) => {
                found.session = session;
                found.notices.extend(
                    lost.first().map(|lost| {
                        Notice::error(format!("A tab cannot be restored: {}", lost.why))
                    }),
                );
            }
            Some(Err(why)) => found.notices.push(Notice::error(format!(
                "The tabs in the browser's storage cannot be read: {why}"
            ))),
            None => {
                let first = get(FIRST_EXPERIMENT);
                let first = first.and_then(|text| Kept::of_text(&text).ok());
                found.session.tabs.extend(first);
            }
        }
        found
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

    /// Keeps everything. `set` sets the text of a name.
    pub fn keep(&mut self, workspace: &Workspace, mut set: impl FnMut(&str, String)) {
        self.watch.changed(workspace);
        if let Ok(text) = settings_to_text(&workspace.settings) {
            set(SETTINGS, text);
        }
        if let Ok(text) = self.watch.session().to_text() {
            set(SESSION, text);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::app::document::Document;
    use crate::app::document::source::Source;
    use crate::preset;

    fn workspace() -> Workspace {
        let first = preset::load_built_in(preset::FIRST).unwrap();
        let document = Document::new(first, Source::BuiltIn(preset::FIRST));
        Workspace::new(document, Settings::default())
    }

    #[test]
    fn a_page_finds_its_tabs_and_settings_again() {
        let mut workspace = workspace();
        workspace.settings.digits = 5;
        workspace.active_mut().playback.seek(7.5, 100.0);
        let mut texts = BTreeMap::new();
        let mut storage = Storage::default();
        assert!(storage.is_behind(&workspace));
        storage.keep(&workspace, |name, text| {
            texts.insert(name.to_owned(), text);
        });
        assert!(!storage.is_behind(&workspace));
        assert!(storage.is_first_refusal() && !storage.is_first_refusal());
        let found = Storage::begin(|name| texts.get(name).cloned(), false);
        assert_eq!(found.settings.digits, 5);
        assert_eq!(found.session.tabs, [workspace.active().kept()]);
        assert!(found.notice().is_none());
        let opened = Storage::begin(|name| texts.get(name).cloned(), true);
        assert!(opened.session.tabs.is_empty());
    }

    #[test]
    fn what_the_first_version_kept_is_found_and_what_is_broken_is_said() {
        let text = preset::to_text(&workspace().active().preset()).unwrap();
        let first = |name: &str| match name {
            FIRST_SETTINGS => Some("(digits: 4)".to_owned()),
            FIRST_EXPERIMENT => Some(text.clone()),
            _ => None,
        };
        let found = Storage::begin(first, false);
        assert_eq!((found.settings.digits, found.session.tabs.len()), (4, 1));
        let broken = Storage::begin(|_| Some("(version: 1, tabs: [".to_owned()), false);
        let said = broken.notice().unwrap();
        assert!(said.error && said.text.lines().count() == 2, "{said:?}");
    }
}
