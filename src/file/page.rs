//! Files on a web page: those that the user handed over, kept in memory, and those that the program
//! has written, which wait to be downloaded.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::ReadError;

static FILES: Mutex<BTreeMap<PathBuf, Vec<u8>>> = Mutex::new(BTreeMap::new());

/// The files that wait to be downloaded.
static WRITTEN: Mutex<Vec<Written>> = Mutex::new(Vec::new());

/// A file that the program has written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its name, without a folder.
    pub name: String,
    /// Its content.
    pub content: Vec<u8>,
}

/// Returns the files that were written since the last time.
#[must_use]
pub fn take_written() -> Vec<Written> {
    std::mem::take(&mut *WRITTEN.lock().unwrap_or_else(PoisonError::into_inner))
}

/// The content of a file while it is being written. Dropping it leaves nothing behind.
#[derive(Debug)]
pub struct Replacement {
    name: String,
    content: Vec<u8>,
}

impl Replacement {
    /// Begins a file.
    ///
    /// # Errors
    /// Returns an error if the path has no file name. After "… cannot be written: ", it completes a
    /// sentence.
    pub fn begin(path: &Path) -> io::Result<Self> {
        let name = path.file_name();
        let name =
            name.ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, "it has no file name"))?;
        Ok(Self {
            name: name.to_string_lossy().into_owned(),
            content: Vec::new(),
        })
    }

    /// Fails: a page has no other program to help.
    ///
    /// # Errors
    /// Always returns an error.
    pub fn begin_in_file(_: &Path) -> io::Result<Self> {
        Err(ErrorKind::Unsupported.into())
    }

    /// Returns the name of the file.
    #[must_use]
    pub fn path(&self) -> &Path {
        Path::new(&self.name)
    }

    /// Hands the file over, to be downloaded.
    ///
    /// # Errors
    /// Returns none: memory has no other end than that of the program.
    #[allow(clippy::unnecessary_wraps, reason = "on the desktop, writing can fail")]
    pub fn commit(self) -> io::Result<()> {
        let Self { name, content } = self;
        // What was written can be opened again.
        hand_over(Path::new(&name), content.clone());
        let mut written = WRITTEN.lock().unwrap_or_else(PoisonError::into_inner);
        written.push(Written { name, content });
        Ok(())
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.content.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Keeps the content of a file that the user handed to the page, for [`read`] to find.
pub fn hand_over(path: &Path, content: Vec<u8>) {
    let mut files = FILES.lock().unwrap_or_else(PoisonError::into_inner);
    files.insert(path.to_owned(), content);
}

/// Reads a file of at most `limit` bytes that was handed over.
///
/// # Errors
/// Returns an error if there is none, or if it is too large.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    let files = FILES.lock().unwrap_or_else(PoisonError::into_inner);
    let content = files.get(path).ok_or(ReadError::Missing)?;
    if content.len() as u64 > limit {
        return Err(ReadError::TooLarge { limit });
    }
    Ok(content.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_handed_over_last_is_read_up_to_the_limit() {
        let path = Path::new("numbers.csv");
        assert_eq!(read(path, 9), Err(ReadError::Missing));
        hand_over(path, b"1".to_vec());
        hand_over(path, b"1,2".to_vec());
        assert_eq!(read(path, 3), Ok(b"1,2".to_vec()));
        assert_eq!(read(path, 2), Err(ReadError::TooLarge { limit: 2 }));
    }

    #[test]
    fn what_was_written_waits_once_under_its_name_and_can_be_read() {
        let mut file = Replacement::begin(Path::new("folder/race.ron")).unwrap();
        assert_eq!(file.path(), Path::new("race.ron"));
        file.write_all(b"(version").unwrap();
        file.write_all(b": 1)").unwrap();
        file.commit().unwrap();
        drop(Replacement::begin(Path::new("cancelled.gif")).unwrap());
        let expected = Written {
            name: "race.ron".to_owned(),
            content: b"(version: 1)".to_vec(),
        };
        assert_eq!(take_written(), [expected]);
        assert_eq!(take_written(), []);
        let again = read(Path::new("race.ron"), 99);
        assert_eq!(again, Ok(b"(version: 1)".to_vec()));
        let said = Replacement::begin(Path::new("/")).unwrap_err();
        assert_eq!(said.to_string(), "it has no file name");
        assert!(Replacement::begin_in_file(Path::new("race.mp4")).is_err());
    }
}
