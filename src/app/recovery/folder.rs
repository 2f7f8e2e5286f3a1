//! The folder in which the program keeps its files, and broken files in it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The maximum number of broken files of one name that are kept.
const MOST_BROKEN: usize = 5;

/// The folder in which the program keeps its files.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Returns the folder at this path, which need not exist yet.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// Creates the folders that are not there.
    ///
    /// # Errors
    /// Returns an error if they cannot be created.
    pub fn create(&self) -> io::Result<()> {
        fs::create_dir_all(self.sessions())
    }

    /// Returns the path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Returns the path of the settings.
    #[must_use]
    pub fn settings(&self) -> PathBuf {
        self.0.join("settings.ron")
    }

    /// Returns the path of the file in which the first versions kept everything.
    #[must_use]
    pub fn before(&self) -> PathBuf {
        self.0.join("app.ron")
    }

    /// Returns the folder of the sessions.
    #[must_use]
    pub fn sessions(&self) -> PathBuf {
        self.0.join("sessions")
    }
}

/// Renames a broken file, so that a new one can take its place, and returns its new path. Of many
/// broken ones the oldest is replaced.
///
/// # Errors
/// Returns an error if it cannot be renamed.
pub fn set_aside(file: &Path) -> io::Result<PathBuf> {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let ending = file.extension().unwrap_or_default().to_string_lossy();
    let name = |number| file.with_file_name(format!("{stem}-broken-{number}.{ending}"));
    let names: Vec<PathBuf> = (1..=MOST_BROKEN).map(name).collect();
    let free = names.iter().find(|path| !path.exists());
    let oldest = || names.iter().min_by_key(|path| modified(path));
    let Some(aside) = free.or_else(oldest) else {
        return Err(io::Error::other("there is no name for it"));
    };
    fs::rename(file, aside)?;
    Ok(aside.clone())
}

/// Returns when a file was written, as far as the system knows.
pub fn modified(path: &Path) -> SystemTime {
    let known = fs::metadata(path).and_then(|about| about.modified());
    known.unwrap_or(SystemTime::UNIX_EPOCH)
}

/// Returns the sentence on a broken file that was set aside, or would have been.
pub fn said_of_broken(what: &str, file: &Path, why: &str) -> String {
    match set_aside(file) {
        Ok(aside) => format!(
            "{what} is broken ({why}); it was renamed to {}",
            aside.display()
        ),
        Err(cause) => format!(
            "{what} is broken ({why}), and cannot be renamed: {}: {cause}",
            file.display()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_files_are_kept_and_the_oldest_of_many_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.ron");
        for number in 1..=MOST_BROKEN + 1 {
            fs::write(&file, number.to_string()).unwrap();
            let aside = set_aside(&file).unwrap();
            let date = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(number as u64);
            let aside_file = fs::File::options().write(true).open(&aside).unwrap();
            aside_file.set_modified(date).unwrap();
            assert!(!file.exists());
        }
        let kept = |number| fs::read_to_string(folder.path().join(number)).unwrap();
        assert_eq!(kept("settings-broken-1.ron"), (MOST_BROKEN + 1).to_string());
        assert_eq!(kept("settings-broken-2.ron"), "2");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), MOST_BROKEN);
        assert!(set_aside(&file).is_err());
    }
}
