//! Files on a web page: those that the user handed over, kept in memory.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::ReadError;

static FILES: Mutex<BTreeMap<PathBuf, Vec<u8>>> = Mutex::new(BTreeMap::new());

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
}
