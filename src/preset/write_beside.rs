//! Writes files atomically.

use std::fs::{self, File, Metadata};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Writes to a temporary file next to `path` and renames it, so that the file appears complete or
/// not at all, and an existing file stays unchanged until then. Anything but a regular file, such
/// as a pipe, is written directly.
///
/// # Errors
/// Returns the error of `write` or the file system and leaves no temporary file behind. A read-only
/// file is not replaced.
pub fn write_beside(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let old = fs::metadata(path).ok();
    if let Some(old) = &old {
        refuse(old)?;
        if !old.is_file() {
            let mut straight = BufWriter::new(File::options().write(true).open(path)?);
            write(&mut straight)?;
            return straight.flush();
        }
    }
    // Follow a symbolic link instead of replacing it.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let (beside, file) = Beside::create(&target)?;
    let mut file = BufWriter::new(file);
    write(&mut file)?;
    // A full disk fails here at the latest, while the old file still exists.
    let file = file.into_inner()?;
    if let Some(old) = old {
        file.set_permissions(old.permissions())?;
    }
    file.sync_all()?;
    fs::rename(&beside.0, &target)
}

/// Refuses what cannot be written, which a rename would replace.
fn refuse(old: &Metadata) -> io::Result<()> {
    if old.is_dir() {
        Err(io::Error::new(ErrorKind::IsADirectory, "it is a folder"))
    } else if old.permissions().readonly() {
        Err(io::Error::new(
            ErrorKind::PermissionDenied,
            "it is read-only",
        ))
    } else {
        Ok(())
    }
}

/// The temporary file, removed on drop unless it was renamed.
struct Beside(PathBuf);

impl Beside {
    fn create(target: &Path) -> io::Result<(Self, File)> {
        if target.file_name().is_none() {
            return Err(io::Error::new(
                ErrorKind::InvalidInput,
                "it has no file name",
            ));
        }
        let mut number = 0;
        loop {
            let name = format!(".slalom-{}-{number}.unfinished", std::process::id());
            let beside = target.with_file_name(name);
            match File::create_new(&beside) {
                Ok(file) => return Ok((Self(beside), file)),
                // Another thread is writing, or an earlier process with the same id was
                // interrupted.
                Err(cause) if cause.kind() == ErrorKind::AlreadyExists && number < 99 => {
                    number += 1;
                }
                Err(cause) => return Err(cause),
            }
        }
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // After the rename there is nothing left to remove, so an error is expected.
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
