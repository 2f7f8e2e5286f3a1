//! Writes a file so that no half-written one is ever seen.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Writes beside `path` and renames: the file appears whole or not at all, and a file of that name
/// stays as it was until then.
///
/// # Errors
/// Whatever `write` or the file system answers; nothing is left behind.
pub fn write_beside(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    // Write through a link to the file that it names.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if target.is_dir() {
        return Err(io::Error::new(
            io::ErrorKind::IsADirectory,
            "it is a folder",
        ));
    }
    let beside = Beside::of(&target)?;
    let mut file = BufWriter::new(File::create_new(&beside.0)?);
    write(&mut file)?;
    // A full disk shows here at the latest, while the old file is still there.
    file.into_inner()?.sync_all()?;
    fs::rename(&beside.0, &target)
}

/// The unfinished file; removed unless it was renamed.
struct Beside(PathBuf);

impl Beside {
    fn of(target: &Path) -> io::Result<Self> {
        let no_name = || io::Error::new(io::ErrorKind::InvalidInput, "it has no file name");
        let mut name = target.file_name().ok_or_else(no_name)?.to_owned();
        name.push(format!(".{}.unfinished", std::process::id()));
        Ok(Self(target.with_file_name(name)))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // After the rename there is nothing to remove, which is as well.
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("race.ron");
        fs::write(&path, "old").unwrap();
        let full = write_beside(&path, |file| {
            file.write_all(b"half")?;
            Err(io::Error::other("no space"))
        });
        assert!(full.is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);

        write_beside(&path, |file| file.write_all(b"new")).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
