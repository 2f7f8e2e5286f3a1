//! Reopens the selected tab, unless the program crashed with it twice.
//!
//! An experiment can need more memory or time than the machine has. As it is reopened at every
//! start, it could keep the program from ever starting again. A small marker file records that a
//! start is under way. If the file is found at a start, the previous start failed.

use std::fs;
use std::path::{Path, PathBuf};

use super::Attempt;
use crate::file::replace;

/// The number of failed starts after which an experiment is set aside.
const MOST_FAILURES: usize = 2;
/// The marker file. Its first line is the number of starts that have not yet succeeded; the rest is
/// the experiment.
const MARKER: &str = "start-under-way";

/// What to do with the last experiment.
#[derive(Debug)]
pub enum LastStart {
    /// Open it.
    Open(Attempt),
    /// Do not open it, as starting with it failed too often.
    SetAside(SetAside),
}

impl LastStart {
    /// Records in `folder` that the experiment with this text is about to be opened, or sets it
    /// aside if that has failed twice.
    ///
    /// If the folder is not writable, nothing is recorded and the experiment is opened.
    #[must_use]
    pub fn begin(folder: &Path, text: &str) -> Self {
        let marker = folder.join(MARKER);
        let failures = failures(&marker, text);
        if failures >= MOST_FAILURES {
            let kept = set_aside(folder, text);
            // The next experiment starts with a clean record.
            let _ = fs::remove_file(&marker);
            return Self::SetAside(SetAside { kept });
        }
        let record = format!("{}\n{text}", failures + 1);
        let _ = replace(&marker, record.as_bytes());
        Self::Open(Attempt::marked(marker))
    }
}

/// Returns the number of failed starts with the experiment of this text.
fn failures(marker: &Path, text: &str) -> usize {
    let marked = fs::read_to_string(marker).unwrap_or_default();
    match marked.split_once('\n') {
        Some((count, of)) if of == text => count.parse().unwrap_or_default(),
        _ => 0,
    }
}

/// Writes an experiment to a new file, never overwriting an existing one, and returns its path.
pub fn set_aside(folder: &Path, text: &str) -> Option<PathBuf> {
    let names = (1..100).map(|number| folder.join(format!("set-aside-{number}.ron")));
    let free = names.into_iter().find(|path| !path.exists())?;
    replace(&free, text.as_bytes()).ok()?;
    Some(free)
}

/// An experiment that is no longer opened.
#[derive(Debug)]
pub struct SetAside {
    /// The file it was saved to; `None` if it could not be saved.
    kept: Option<PathBuf>,
}

impl SetAside {
    /// Returns the message for the user.
    #[must_use]
    pub fn sentence(&self) -> String {
        let kept = match &self.kept {
            Some(path) => format!("it was set aside as {}", path.display()),
            None => "it was set aside and could not be saved".into(),
        };
        format!("Slalom failed to start twice with the last experiment; {kept}")
    }
}

#[cfg(test)]
mod tests {
    use super::super::attempt::FRAMES;
    use super::*;

    fn attempt(folder: &Path, text: &str) -> Attempt {
        match LastStart::begin(folder, text) {
            LastStart::Open(attempt) => attempt,
            LastStart::SetAside(aside) => panic!("{}", aside.sentence()),
        }
    }

    fn left_aside(folder: &Path, text: &str) -> SetAside {
        match LastStart::begin(folder, text) {
            LastStart::SetAside(aside) => aside,
            LastStart::Open(attempt) => panic!("{attempt:?}"),
        }
    }

    #[test]
    fn the_third_start_leaves_it_aside_and_keeps_it() {
        let folder = tempfile::tempdir().unwrap();
        let text = "(version: 1,\n racers: [])\n";
        attempt(folder.path(), text);
        // One frame is not enough.
        assert!(!attempt(folder.path(), text).drew_a_frame());
        let aside = left_aside(folder.path(), text);
        let kept = folder.path().join("set-aside-1.ron");
        assert_eq!(fs::read_to_string(&kept).unwrap(), text);
        let sentence = aside.sentence();
        assert!(sentence.contains(kept.to_str().unwrap()), "{sentence}");
        // If it comes back, counting starts over, and the file already saved is kept.
        attempt(folder.path(), text);
        attempt(folder.path(), text);
        left_aside(folder.path(), text);
        assert!(folder.path().join("set-aside-2.ron").exists() && kept.exists());
    }

    #[test]
    fn a_start_that_went_well_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        for _ in 0..5 {
            attempt(folder.path(), "one");
            let mut second = attempt(folder.path(), "one");
            assert!((1..FRAMES).all(|_| !second.drew_a_frame()));
            assert!(second.drew_a_frame());
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        }
    }

    #[test]
    fn failures_with_another_experiment_do_not_count() {
        let folder = tempfile::tempdir().unwrap();
        attempt(folder.path(), "one");
        attempt(folder.path(), "one");
        attempt(folder.path(), "two");
        attempt(folder.path(), "one");
    }

    #[test]
    fn a_broken_marker_or_a_folder_that_is_not_there_hinders_nothing() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(MARKER), "many\none").unwrap();
        attempt(folder.path(), "one");
        fs::write(folder.path().join(MARKER), [0xff, 0xfe]).unwrap();
        attempt(folder.path(), "one");
        let nowhere = folder.path().join("nowhere");
        for _ in 0..4 {
            attempt(&nowhere, "one").has_gone_well();
        }
    }
}
