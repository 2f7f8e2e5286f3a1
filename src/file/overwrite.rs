//! Overwrites a file where it lies, for folders in which no other file can take its place.

use std::env;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::unfinished::{own_id, undisturbed};

/// Overwrites `target` with the content of the file `new`, or leaves it as it was.
///
/// The old content is copied first, into the folder for temporary files. Then whatever is longer
/// than the old content is written, behind it: a full disk is noticed while the old content is still
/// untouched. If anything fails, the old content is written back; if that fails, too, the copy stays,
/// and the error says where. It also stays if the program is killed meanwhile.
pub fn overwrite(target: &Path, new: &Path) -> io::Result<()> {
    let mut new = File::open(new)?;
    let mut file = File::options().read(true).write(true).open(target)?;
    let backup = Backup::of(&mut file)?;
    undisturbed(|| match pour(&mut new, &mut file, backup.length) {
        Ok(()) => {
            backup.remove();
            Ok(())
        }
        Err(cause) => Err(backup.restore(&mut file, cause)),
    })
}

/// Writes the whole of `new` over `file`, of which `length` bytes are old.
fn pour(new: &mut File, file: &mut File, length: u64) -> io::Result<()> {
    let new_length = new.metadata()?.len();
    if new_length > length {
        new.seek(SeekFrom::Start(length))?;
        file.seek(SeekFrom::Start(length))?;
        io::copy(new, file)?;
        file.sync_data()?;
    }
    new.rewind()?;
    file.rewind()?;
    io::copy(&mut new.take(length), file)?;
    file.set_len(new_length)?;
    file.sync_all()
}

/// A copy of the old content.
struct Backup {
    path: PathBuf,
    copy: File,
    length: u64,
}

impl Backup {
    fn of(file: &mut File) -> io::Result<Self> {
        let (path, mut copy) = Self::create()?;
        let copied = io::copy(file, &mut copy).and_then(|length| {
            copy.sync_all()?;
            Ok(length)
        });
        match copied {
            Ok(length) => Ok(Self { path, copy, length }),
            Err(cause) => {
                let _ = fs::remove_file(&path);
                Err(cause)
            }
        }
    }

    fn create() -> io::Result<(PathBuf, File)> {
        let mut number = 0;
        loop {
            let name = format!("slalom-{}-{number}.backup", own_id());
            let path = env::temp_dir().join(name);
            let mut options = File::options();
            options.read(true).write(true).create_new(true);
            // What others may not read, they may not read here.
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            match options.open(&path) {
                Ok(copy) => return Ok((path, copy)),
                Err(cause) if cause.kind() == ErrorKind::AlreadyExists && number < 999 => {
                    number += 1;
                }
                Err(cause) => return Err(cause),
            }
        }
    }

    /// Writes the old content back and returns the reason why that was necessary.
    fn restore(mut self, file: &mut File, cause: io::Error) -> io::Error {
        match self.write_back(file) {
            Ok(()) => {
                self.remove();
                cause
            }
            Err(_) => {
                let copy = self.path.display();
                io::Error::new(
                    cause.kind(),
                    format!("{cause}; its old content is in {copy}"),
                )
            }
        }
    }

    fn write_back(&mut self, file: &mut File) -> io::Result<()> {
        self.copy.rewind()?;
        file.rewind()?;
        io::copy(&mut self.copy, file)?;
        file.set_len(self.length)?;
        file.flush()?;
        file.sync_all()
    }

    fn remove(self) {
        let _ = fs::remove_file(self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_new_content_is_there_whether_it_is_longer_or_shorter() {
        let folder = tempfile::tempdir().unwrap();
        let [target, new] = ["race.csv", "new"].map(|name| folder.path().join(name));
        for [old, now] in [
            ["old", "longer"],
            ["longer", "old"],
            ["", "new"],
            ["old", ""],
        ] {
            fs::write(&target, old).unwrap();
            fs::write(&new, now).unwrap();
            overwrite(&target, &new).unwrap();
            assert_eq!(fs::read_to_string(&target).unwrap(), now);
        }
    }

    #[test]
    fn what_fails_midway_is_undone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("race.csv");
        fs::write(&path, "old").unwrap();
        let mut file = File::options().read(true).write(true).open(&path).unwrap();
        let backup = Backup::of(&mut file).unwrap();
        let copy = backup.path.clone();
        assert_eq!(fs::read_to_string(&copy).unwrap(), "old");
        file.rewind().unwrap();
        file.write_all(b"half of the new").unwrap();
        let cause = backup.restore(&mut file, io::Error::other("no space"));
        assert_eq!(cause.to_string(), "no space");
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert!(!copy.exists());
    }

    #[test]
    fn what_cannot_be_undone_is_kept_elsewhere() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("race.csv");
        fs::write(&path, "old").unwrap();
        let mut file = File::open(&path).unwrap();
        let backup = Backup::of(&mut file).unwrap();
        let copy = backup.path.clone();
        // This handle cannot write.
        let cause = backup.restore(&mut file, io::Error::other("no space"));
        let expected = format!("no space; its old content is in {}", copy.display());
        assert_eq!(cause.to_string(), expected);
        assert_eq!(fs::read_to_string(&copy).unwrap(), "old");
        fs::remove_file(copy).unwrap();
    }
}
