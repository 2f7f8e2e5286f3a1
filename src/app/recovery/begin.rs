//! The start: reads what earlier programs have kept, whatever state it is in.

use std::io;

use super::folder::{Folder, said_of_broken};
use super::in_file::{Lost, Unusable, session_from};
use super::keeper::{Files, Keeper};
use super::last_start::{LastStart, set_aside};
use super::on_disk::Changes;
use super::running::Held;
use super::session::{Session, Watch};
use super::settings_file::{SettingsFile, from_before};
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
    found.say(settings.said);
    let mut restored = Vec::new();
    if created.is_ok() {
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
            restored,
        })
    });
    match files.and_then(|files| Keeper::start(files, wake)) {
        Ok(keeper) => {
            if settings.is_new {
                keeper.keep_settings(found.settings.clone());
            }
            let recovery = Recovery {
                keeper,
                watch: Watch::default(),
                settings: found.settings.clone(),
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
                keep_lost(folder, lost, found);
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
        keep_lost(folder, lost, found);
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
    Some(format!("Slalom ended unexpectedly; {restored}{with}"))
}

/// Saves the texts of tabs that cannot be restored.
fn keep_lost(folder: &Folder, lost: Vec<Lost>, found: &mut Found) {
    let count = lost.len();
    for (index, lost) in lost.into_iter().enumerate() {
        let aside = set_aside(folder.path(), &lost.text);
        // One of many stands for all.
        if index == 0 {
            let kept = match aside {
                Some(path) => format!("its preset was saved to {}", path.display()),
                None => "its preset could not be saved".to_owned(),
            };
            let tabs = match count {
                1 => "A tab".to_owned(),
                count => format!("{} (the first of {})", "A tab", counted(count, "tab")),
            };
            found.say(Some(format!("{tabs} cannot be restored: {}; {kept}", lost.why)));
        }
    }
}

/// Takes over what the first versions kept. Their file stays as it is.
fn take_over(folder: &Folder, is_opened: bool, found: &mut Found) {
    match from_before(folder) {
        Ok(Some((settings, experiment))) => {
            found.settings = settings;
            if let Some(text) = experiment.filter(|_| !is_opened && found.session.tabs.is_empty()) {
                match Kept::of_text(&text) {
                    Ok(tab) => found.session.tabs.push(tab),
                    Err(lost) => keep_lost(folder, vec![lost], found),
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
    let Ok(text) = preset::to_text(&tab.preset) else {
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
