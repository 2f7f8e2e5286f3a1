//! What was open last is opened again, unless the program died of it twice.
//!
//! An experiment can ask for more memory or time than the machine has. As it is opened at every
//! start, the program could then never be started again. A small file says that a start is under
//! way; whoever finds it there knows that the start before came to nothing.

use std::fs;
use std::path::{Path, PathBuf};

/// How many starts may fail with the same experiment.
const MOST_FAILURES: usize = 2;
/// How many frames must be drawn with all paths until a start has gone well.
const FRAMES: usize = 5;
/// The file that says so: in its first line the starts that have not gone well, and after it the
/// experiment.
const MARKER: &str = "start-under-way";

/// The folder in which the program of this name remembers its starts.
#[cfg(not(target_arch = "wasm32"))]
pub fn folder(program: &str) -> Option<PathBuf> {
    eframe::storage_dir(program)
}

/// A page has no folder.
#[cfg(target_arch = "wasm32")]
pub fn folder(_program: &str) -> Option<PathBuf> {
    None
}

/// What to do with the experiment that was open last.
#[derive(Debug)]
pub enum LastStart {
    /// It may be opened.
    Open(Attempt),
    /// It was in the way too often.
    SetAside(SetAside),
}

impl LastStart {
    /// Remembers in `folder`, at once, that the experiment of this text is about to be opened; or
    /// sets it aside, if that went wrong twice.
    ///
    /// Where the folder cannot be written, nothing is remembered, and the experiment is opened.
    #[must_use]
    pub fn begin(folder: &Path, text: &str) -> Self {
        let marker = folder.join(MARKER);
        let failures = failures(&marker, text);
        if failures >= MOST_FAILURES {
            let kept = keep(folder, text);
            // Of the next experiment, nothing bad is known.
            let _ = fs::remove_file(&marker);
            return Self::SetAside(SetAside { kept });
        }
        let _ = fs::write(&marker, format!("{}\n{text}", failures + 1));
        Self::Open(Attempt {
            marker,
            frames: FRAMES,
        })
    }
}

/// How many starts with the experiment of this text have failed.
fn failures(marker: &Path, text: &str) -> usize {
    let marked = fs::read_to_string(marker).unwrap_or_default();
    match marked.split_once('\n') {
        Some((count, of)) if of == text => count.parse().unwrap_or_default(),
        _ => 0,
    }
}

/// Writes the experiment to a file of its own, which none is overwritten for.
fn keep(folder: &Path, text: &str) -> Option<PathBuf> {
    let names = (1..100).map(|number| folder.join(format!("set-aside-{number}.ron")));
    let free = names.into_iter().find(|path| !path.exists())?;
    fs::write(&free, text).ok()?;
    Some(free)
}

/// A start with the last experiment, which has not gone well yet.
#[derive(Debug)]
pub struct Attempt {
    marker: PathBuf,
    /// How many frames are still to be drawn.
    frames: usize,
}

impl Attempt {
    /// A frame was drawn with all paths; returns whether the start has now gone well.
    pub fn drew_a_frame(&mut self) -> bool {
        self.frames = self.frames.saturating_sub(1);
        let well = self.frames == 0;
        if well {
            self.has_gone_well();
        }
        well
    }

    /// Forgets the start, as it did no harm.
    pub fn has_gone_well(&mut self) {
        // Where the file cannot be removed, it could not be written either.
        let _ = fs::remove_file(&self.marker);
    }
}

/// An experiment that is not opened any more.
#[derive(Debug)]
pub struct SetAside {
    /// Where it is kept; `None` if it could not be written.
    kept: Option<PathBuf>,
}

impl SetAside {
    /// What the user is told.
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
    use super::*;

    fn attempt(folder: &Path, text: &str) -> Attempt {
        match LastStart::begin(folder, text) {
            LastStart::Open(attempt) => attempt,
            LastStart::SetAside(aside) => panic!("{}", aside.sentence()),
        }
    }

    fn set_aside(folder: &Path, text: &str) -> SetAside {
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
        // Some frames are not enough.
        assert!(!attempt(folder.path(), text).drew_a_frame());
        let aside = set_aside(folder.path(), text);
        let kept = folder.path().join("set-aside-1.ron");
        assert_eq!(fs::read_to_string(&kept).unwrap(), text);
        let sentence = aside.sentence();
        assert!(sentence.contains(kept.to_str().unwrap()), "{sentence}");
        // Should it come back, it starts over, and what is kept stays.
        attempt(folder.path(), text);
        attempt(folder.path(), text);
        set_aside(folder.path(), text);
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
