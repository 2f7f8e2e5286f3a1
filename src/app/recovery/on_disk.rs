//! The files of restored tabs, which may have changed since the tabs were kept.

use std::sync::Arc;

use super::session::Session;
use crate::app::document::kept::Kept;
use crate::app::document::source::Source;
use crate::preset;

/// What has happened to the files of tabs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The names of the files that have changed, where the tabs have changes of their own.
    changed: Vec<String>,
    /// The names of the files that are missing or can no longer be read.
    gone: Vec<String>,
}

impl Changes {
    /// Compares the tabs with their files. A tab without changes shows its file as it is now; one
    /// with changes keeps them; one whose file is gone is unsaved.
    pub fn look(session: &mut Session) -> Self {
        let mut changes = Self::default();
        for tab in &mut session.tabs {
            let Source::File(path) = &tab.source else {
                continue;
            };
            match preset::open(path) {
                Ok(now) => {
                    let saved = tab.saved.as_deref().unwrap_or(&tab.preset.experiment);
                    if now.experiment == *saved {
                        continue;
                    }
                    if tab.saved.is_none() {
                        *tab = Kept {
                            preset: Arc::new(now),
                            ..tab.clone()
                        };
                    } else if now.experiment == tab.preset.experiment {
                        // It was saved just before the end.
                        tab.saved = None;
                    } else {
                        changes.changed.push(tab.name());
                    }
                }
                Err(_) => {
                    tab.adrift = true;
                    changes.gone.push(tab.name());
                }
            }
        }
        changes
    }

    /// Returns what the user should know, as sentences.
    pub fn sentences(&self) -> impl Iterator<Item = String> {
        let changed = names(&self.changed).map(|names| match self.changed.len() {
            1 => format!("{names} has changed on disk; its tab has your changes, not yet saved"),
            _ => {
                format!("{names} have changed on disk; their tabs have your changes, not yet saved")
            }
        });
        let gone = names(&self.gone).map(|names| match self.gone.len() {
            1 => {
                format!("{names} can no longer be read; its tab has what was in it, not yet saved")
            }
            _ => format!(
                "{names} can no longer be read; their tabs have what was in them, not yet saved"
            ),
        });
        [changed, gone].into_iter().flatten()
    }
}

/// Returns a few names as one: "a.ron", "a.ron and b.ron", "a.ron and 2 other files".
fn names(all: &[String]) -> Option<String> {
    match all {
        [] => None,
        [one] => Some(one.clone()),
        [one, other] => Some(format!("{one} and {other}")),
        [one, others @ ..] => Some(format!("{one} and {} other files", others.len())),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::app::document::Document;
    use crate::app::document::change::Change;
    use crate::preset::Preset;

    /// Returns the session of a tab with a file, with changes or without.
    fn session(path: &std::path::Path, is_changed: bool) -> Session {
        let preset = preset::load_built_in(preset::FIRST).unwrap();
        preset::save(path, &preset).unwrap();
        let mut document = Document::new(preset, Source::File(path.to_owned()));
        if is_changed {
            document.change(Change::Steps(77)).unwrap();
        }
        Session {
            tabs: vec![document.kept()],
            ..Session::default()
        }
    }

    fn write(path: &std::path::Path, steps: usize) {
        let mut preset: Preset = preset::load_built_in(preset::FIRST).unwrap();
        preset.experiment.steps = steps;
        preset::save(path, &preset).unwrap();
    }

    #[test]
    fn a_file_that_is_as_before_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("race.ron");
        for is_changed in [false, true] {
            let mut session = session(&path, is_changed);
            let before = session.clone();
            assert_eq!(Changes::look(&mut session), Changes::default());
            assert_eq!(session, before);
        }
    }

    #[test]
    fn a_tab_without_changes_shows_the_file_as_it_is_now() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("race.ron");
        let mut session = session(&path, false);
        write(&path, 99);
        assert_eq!(Changes::look(&mut session), Changes::default());
        assert_eq!(session.tabs[0].preset.experiment.steps, 99);
        assert!(!session.tabs[0].is_unsaved());
    }

    #[test]
    fn a_tab_with_changes_keeps_them_and_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("race.ron");
        let mut session = session(&path, true);
        write(&path, 99);
        let changes = Changes::look(&mut session);
        let said: Vec<String> = changes.sentences().collect();
        assert_eq!(
            said,
            ["race.ron has changed on disk; its tab has your changes, not yet saved"]
        );
        assert_eq!(session.tabs[0].preset.experiment.steps, 77);
        write(&path, 77);
        assert_eq!(Changes::look(&mut session), Changes::default());
        assert!(!session.tabs[0].is_unsaved(), "saved by then");
    }

    #[test]
    fn a_tab_whose_file_is_gone_is_unsaved() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("race.ron");
        let mut session = session(&path, false);
        fs::remove_file(&path).unwrap();
        let changes = Changes::look(&mut session);
        let said: Vec<String> = changes.sentences().collect();
        assert_eq!(
            said,
            ["race.ron can no longer be read; its tab has what was in it, not yet saved"]
        );
        let document = Document::restored(&session.tabs[0]);
        assert!(document.is_unsaved());
    }

    #[test]
    fn many_files_are_one_sentence() {
        let changed = ["a", "b", "c"].map(str::to_owned).to_vec();
        let changes = Changes {
            gone: changed[..2].to_vec(),
            changed,
        };
        let said: Vec<String> = changes.sentences().collect();
        let start = "a and 2 other files have changed on disk; their tabs";
        assert!(said[0].starts_with(start), "{said:?}");
        assert!(
            said[1].starts_with("a and b can no longer be read; their"),
            "{said:?}"
        );
    }
}
