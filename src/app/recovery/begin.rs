//! The start: reads what earlier programs have kept, whatever state it is in.

use std::io;

use super::folder::{Folder, said_of_broken};
use super::in_file::{Unusable, session_from};
use super::keeper::{Files, Keeper};
use super::last_start::{LastStart, set_aside};
use super::on_disk::Changes;
use super::running::Held;
use super::session::{Session, Watch};
use super::settings_file::{SettingsFile, from_before};
use super::tab_in_file::Lost;
use super::{Found, Recovery};
use crate::app::document::kept::Kept;
use crate::app::workspace::Notice;
use crate::file;
use crate::preset;
use crate::text::counted;

/// The maximum size of a session.
const MOST_BYTES: u64 = 256 << 20;

/// Reads what was kept in a folder, and keeps settings and tabs there from now on. The tabs of a
/// window that was closed are only restored if nothing else `is_opened`; those of a program that has
/// ended in another way always are. `wake` draws a frame.
///
/// Nothing that is broken, from a later version, or not writable stops the program: it is said in
/// the notices.
#[must_use]
pub fn begin(
    folder: &Folder,
    is_opened: bool,
    wake: impl Fn() + Send + 'static,
) -> (Option<Recovery>, Found) {
    let created = folder.create();
    let (settings_file, settings) = SettingsFile::open(folder);
    let mut found = Found {
        settings: settings.settings,
        ..Found::default()
    };
    let mut restored = Vec::new();
    let broken = found.settings.library.take_sentences();
    let has_said = !broken.is_empty();
    found.notices.extend(broken.into_iter().map(Notice::error));
    // If not, one sentence says it all.
    if created.is_ok() {
        found.say(settings.said);
        restored = sessions(folder, is_opened, &mut found);
    }
    if settings.is_new {
        take_over(folder, is_opened, &mut found);
    }
    let changes = Changes::look(&mut found.session);
    for sentence in changes.sentences() {
        found.notices.push(Notice::success(sentence));
    }
    if !is_opened {
        watch_start(folder, &mut found);
    }

    let files = created.and_then(|()| {
        Ok(Files {
            own: Held::create(&folder.sessions())?,
            settings: settings_file,
            window: folder.window(),
            restored,
        })
    });
    match files.and_then(|files| Keeper::start(files, wake)) {
        Ok(keeper) => {
            if settings.is_new || has_said {
                keeper.keep_settings(found.settings.clone());
            }
            let recovery = Recovery {
                keeper,
                watch: Watch::default(),
                settings: found.settings.clone(),
                place: None,
            };
            (Some(recovery), found)
        }
        Err(cause) => {
            found.say(Some(cannot_keep(folder, &cause)));
            (None, found)
        }
    }
}

fn cannot_keep(folder: &Folder, cause: &io::Error) -> String {
    let folder = folder.path().display();
    format!("Settings and open tabs cannot be kept for the next start: {folder}: {cause}")
}

impl Found {
    fn say(&mut self, sentence: Option<String>) {
        self.notices.extend(sentence.map(Notice::error));
    }
}

/// Reads the sessions of programs that have ended, and returns those that are restored.
fn sessions(folder: &Folder, is_opened: bool, found: &mut Found) -> Vec<Held> {
    let mut restored = Vec::new();
    let mut unexpected = Session::default();
    let mut closed: Option<(Session, Held, Vec<Lost>)> = None;
    for held in Held::ended(&folder.sessions()) {
        let text = match file::read_text(&held.file, MOST_BYTES) {
            Ok(text) => text,
            Err(why) => {
                let file = held.file.display();
                found.say(Some(format!("Open tabs cannot be restored: {file}: {why}")));
                continue;
            }
        };
        match session_from(&text) {
            Ok((session, lost)) if !session.ended => {
                keep_lost(folder, &lost, found);
                unexpected.append(session);
                restored.push(held);
            }
            // Of those that were closed, only the last one counts, which comes first.
            Ok(_) if closed.is_some() => held.remove(),
            Ok((session, lost)) => closed = Some((session, held, lost)),
            Err(Unusable::Newer(version)) => found.say(Some(format!(
                "Tabs of a later Slalom (version {version} of the file) were left to it: {}",
                held.file.display()
            ))),
            Err(Unusable::Broken(why)) => {
                let said = said_of_broken("A file of open tabs", &held.file, &why);
                found.say(Some(said));
                held.remove();
            }
        }
    }
    if let Some(said) = said_of_restored(&unexpected.tabs) {
        found.notices.push(Notice::success(said));
    }
    found.session = unexpected;
    if let Some((session, held, lost)) = closed.filter(|_| !is_opened) {
        keep_lost(folder, &lost, found);
        found.session.append(session);
        restored.push(held);
    }
    restored
}

/// Returns the sentence on tabs that were restored after an unexpected end.
fn said_of_restored(tabs: &[Kept]) -> Option<String> {
    let unsaved = tabs.iter().filter(|tab| tab.is_unsaved()).count();
    let were = match tabs.len() {
        0 => return None,
        1 => "tab was",
        _ => "tabs were",
    };
    let restored = format!("{} {were} restored", tabs.len());
    let with = match (tabs.len(), unsaved) {
        (_, 0) => String::new(),
        (1, _) => ", with unsaved changes".to_owned(),
        (all, unsaved) if all == unsaved => ", all with unsaved changes".to_owned(),
        (_, unsaved) => format!(", {unsaved} with unsaved changes"),
    };
    Some(format!("Slalom was not closed last time; {restored}{with}"))
}

/// Saves the texts of tabs that cannot be restored.
fn keep_lost(folder: &Folder, lost: &[Lost], found: &mut Found) {
    let kept = lost.iter().map(|it| set_aside(folder.path(), &it.text));
    let kept: Vec<_> = kept.collect();
    let (Some(first), Some(path)) = (lost.first(), kept.first()) else {
        return;
    };
    let saved = match path {
        Some(path) if kept.len() == 1 => format!("its preset was saved to {}", path.display()),
        Some(path) => format!(
            "their presets were saved to {} and after it",
            path.display()
        ),
        None => "what was in it could not be saved".to_owned(),
    };
    let what = match lost.len() {
        1 => "A tab cannot be restored:".to_owned(),
        count => format!(
            "{} cannot be restored, the first because of",
            counted(count, "tab")
        ),
    };
    found.say(Some(format!("{what} {}; {saved}", first.why)));
}

/// Takes over what the first versions kept. Their file stays as it is.
fn take_over(folder: &Folder, is_opened: bool, found: &mut Found) {
    match from_before(folder) {
        Ok(Some((settings, experiment))) => {
            found.settings = settings;
            if let Some(text) = experiment.filter(|_| !is_opened && found.session.tabs.is_empty()) {
                match Kept::of_text(&text) {
                    Ok(tab) => found.session.tabs.push(tab),
                    Err(lost) => keep_lost(folder, &[lost], found),
                }
            }
        }
        Ok(None) => {}
        Err(said) => found.say(Some(said)),
    }
}

/// Leaves the selected tab aside if the program could not start with it.
fn watch_start(folder: &Folder, found: &mut Found) {
    let Some(tab) = found.session.tabs.get(found.session.active) else {
        return;
    };
    let Ok(text) = preset::to_text_or_link(&tab.preset) else {
        return;
    };
    match LastStart::begin(folder.path(), &text) {
        LastStart::Open(attempt) => found.start = Some(attempt),
        LastStart::SetAside(aside) => {
            found.session.remove(found.session.active);
            found.say(Some(aside.sentence()));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::Arc;

    use super::*;
    use crate::app::document::source::Source;
    use crate::preset::Preset;

    fn tab(preset: Preset) -> Kept {
        Kept {
            preset: Arc::new(preset),
            saved: None,
            source: Source::New,
            playhead: 3.0,
            playing: false,
            adrift: false,
        }
    }

    fn built_in(name: &str) -> Preset {
        preset::load_built_in(name).unwrap()
    }

    /// Returns a folder with the session of a program that was killed.
    fn folder(tabs: Vec<Kept>) -> (tempfile::TempDir, Folder) {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder::new(temporary.path().to_owned());
        folder.create().unwrap();
        let session = Session {
            tabs,
            ..Session::default()
        };
        fs::write(
            folder.sessions().join("1-1-0.ron"),
            session.to_text().unwrap(),
        )
        .unwrap();
        (temporary, folder)
    }

    fn start(folder: &Folder) -> Found {
        begin(folder, false, || {}).1
    }

    #[test]
    fn the_tab_with_which_two_starts_have_failed_is_left_aside_alone() {
        let tabs = vec![tab(built_in("saddle")), tab(built_in("rosenbrock"))];
        let (_temporary, folder) = folder(tabs);
        for _ in 0..2 {
            assert_eq!(start(&folder).session.tabs.len(), 2);
        }
        let found = start(&folder);
        assert_eq!(found.session.tabs, [tab(built_in("rosenbrock"))]);
        let said = found.notice().unwrap().text;
        assert!(said.contains("failed to start twice"), "{said}");
        let aside = fs::read_to_string(folder.path().join("set-aside-1.ron")).unwrap();
        assert_eq!(preset::from_text("", &aside).unwrap(), built_in("saddle"));
    }

    #[test]
    fn a_tab_whose_data_are_gone_is_said_and_its_preset_is_saved() {
        let data = tempfile::tempdir().unwrap();
        let file = data.path().join("points.csv");
        fs::write(&file, "x,y\n1,2\n2,3\n3,5\n").unwrap();
        let text = format!(
            "(version: 1, surface: LinearRegression(data: {:?}), start: (0, 0), steps: 9, racers: [])",
            file.to_str().unwrap()
        );
        let race = preset::Trust::Anywhere.read("race", &text).unwrap();
        let (_temporary, folder) = folder(vec![tab(race), tab(built_in("saddle"))]);
        fs::remove_file(&file).unwrap();
        let found = start(&folder);
        assert_eq!(found.session.tabs, [tab(built_in("saddle"))]);
        let said = found.notice().unwrap().text;
        let lost = said.lines().next().unwrap();
        assert!(
            lost.starts_with("A tab cannot be restored: the tab:"),
            "{said}"
        );
        let aside = folder.path().join("set-aside-1.ron");
        assert!(lost.ends_with(aside.to_str().unwrap()), "{said}");
        assert!(fs::read_to_string(aside).unwrap().contains("points.csv"));
    }

    #[test]
    fn tabs_that_came_back_are_counted_in_words() {
        let saved = tab(built_in("saddle"));
        let unsaved = Kept {
            adrift: true,
            ..saved.clone()
        };
        let said = |tabs: &[&Kept]| {
            let tabs: Vec<Kept> = tabs.iter().map(|it| (*it).clone()).collect();
            said_of_restored(&tabs)
        };
        let sentence = |end: &str| Some(format!("Slalom was not closed last time; {end}"));
        assert_eq!(said(&[]), None);
        assert_eq!(said(&[&saved]), sentence("1 tab was restored"));
        assert_eq!(
            said(&[&unsaved]),
            sentence("1 tab was restored, with unsaved changes")
        );
        assert_eq!(
            said(&[&unsaved, &saved, &saved]),
            sentence("3 tabs were restored, 1 with unsaved changes")
        );
        assert_eq!(
            said(&[&unsaved, &unsaved]),
            sentence("2 tabs were restored, all with unsaved changes")
        );
    }
}
