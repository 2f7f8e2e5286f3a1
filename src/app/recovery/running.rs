//! The session files of the programs that run, and of those that have ended.
//!
//! Every program has a file of its own, with a lock file beside it. The system releases the lock
//! however the program ends, so whoever can lock the file of another program knows that it has
//! ended.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::folder::modified;

/// A session file whose lock this program holds: its own, or that of a program that has ended.
#[derive(Debug)]
pub struct Held {
    /// The session.
    pub file: PathBuf,
    lock_path: PathBuf,
    _lock: File,
}

impl Held {
    /// Creates a name for the session of this program, which no other program uses.
    ///
    /// # Errors
    /// Returns an error if no file can be created in the folder of the sessions.
    pub fn create(sessions: &Path) -> io::Result<Self> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = now.unwrap_or_default().as_secs();
        let id = std::process::id();
        let mut number = 0;
        loop {
            let stem = format!("{now}-{id}-{number}");
            match Self::lock(
                sessions,
                &stem,
                File::options().write(true).create_new(true),
            ) {
                Err(cause) if number == 99 => return Err(cause),
                Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => {}
                Ok(Some(held)) => return Ok(held),
                // Another program takes it for one that has ended.
                Ok(None) => {}
                Err(cause) => return Err(cause),
            }
            number += 1;
        }
    }

    /// Returns the sessions of programs that have ended, the newest first.
    #[must_use]
    pub fn ended(sessions: &Path) -> Vec<Self> {
        let files = fs::read_dir(sessions).into_iter().flatten().flatten();
        let stems: BTreeSet<String> = files
            .filter_map(|entry| {
                let name = entry.file_name();
                let name = name.to_str()?;
                let stem = name.strip_suffix(".ron").or(name.strip_suffix(".lock"))?;
                (!stem.contains("broken")).then(|| stem.to_owned())
            })
            .collect();
        let lock = |stem: &String| {
            let held = Self::lock(
                sessions,
                stem,
                File::options().write(true).create(true).truncate(false),
            );
            held.ok().flatten()
        };
        let mut ended: Vec<Self> = stems.iter().filter_map(lock).collect();
        // Nothing was kept, or another program has just restored it.
        let (mut ended, empty): (Vec<_>, Vec<_>) =
            ended.drain(..).partition(|session| session.file.exists());
        empty.into_iter().for_each(Self::remove);
        ended.sort_by_key(|session| std::cmp::Reverse(modified(&session.file)));
        ended
    }

    fn lock(sessions: &Path, stem: &str, how: &fs::OpenOptions) -> io::Result<Option<Self>> {
        let lock_path = sessions.join(format!("{stem}.lock"));
        let lock = how.open(&lock_path)?;
        match lock.try_lock() {
            // Another program may have removed it before it was locked.
            Ok(()) if !lock_path.exists() => Ok(None),
            Ok(()) => Ok(Some(Self {
                file: sessions.join(format!("{stem}.ron")),
                lock_path,
                _lock: lock,
            })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(cause)) => Err(cause),
        }
    }

    /// Removes the session with its lock.
    pub fn remove(self) {
        // In this order: whoever waits for the lock finds no session. What cannot be removed will
        // be found at the next start.
        let _ = fs::remove_file(&self.file);
        let _ = fs::remove_file(&self.lock_path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_session_of_a_running_program_is_not_taken_and_that_of_an_ended_one_is() {
        let folder = tempfile::tempdir().unwrap();
        let sessions = folder.path();
        let running = Held::create(sessions).unwrap();
        let other = Held::create(sessions).unwrap();
        assert_ne!(running.file, other.file);
        for held in [&running, &other] {
            fs::write(&held.file, "tabs").unwrap();
        }
        assert!(Held::ended(sessions).is_empty());
        // As the system does at its end.
        let file = other.file.clone();
        drop(other);
        let ended = Held::ended(sessions);
        assert_eq!(ended.len(), 1);
        assert_eq!(ended[0].file, file);
        assert!(Held::ended(sessions).is_empty(), "taken by this program");
        ended.into_iter().for_each(Held::remove);
        assert!(!file.exists() && running.file.exists());
        assert!(Held::ended(sessions).is_empty());
        assert_eq!(fs::read_dir(sessions).unwrap().count(), 2);
    }

    #[test]
    fn a_lock_without_a_session_is_removed_and_a_session_without_a_lock_is_found() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("1-1-0.lock"), "").unwrap();
        fs::write(folder.path().join("2-2-0.ron"), "tabs").unwrap();
        fs::write(folder.path().join("3-3-0-broken-1.ron"), "tabs").unwrap();
        let ended = Held::ended(folder.path());
        assert_eq!(ended.len(), 1);
        assert!(ended[0].file.ends_with("2-2-0.ron"));
        assert!(!folder.path().join("1-1-0.lock").exists());
    }

    #[test]
    fn in_a_folder_that_is_not_there_no_session_begins() {
        let folder = tempfile::tempdir().unwrap();
        let nowhere = folder.path().join("nowhere");
        assert!(Held::create(&nowhere).is_err());
        assert!(Held::ended(&nowhere).is_empty());
    }
}
