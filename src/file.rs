//! Reads untrusted files, only regular ones and only up to a size limit, and replaces files so that
//! they are complete at any time.
//!
//! A device never ends, a pipe may never start, and a huge file would fill the memory. Each is
//! refused before any of it is read.
//!
//! A web page has no file system, only the files that the user hands to it. What it writes waits to be
//! downloaded.

mod data_file;
mod inside;
#[cfg(not(target_arch = "wasm32"))]
mod leftovers;
#[cfg(not(target_arch = "wasm32"))]
mod overwrite;
#[cfg(any(test, target_arch = "wasm32"))]
mod page;
#[cfg(not(target_arch = "wasm32"))]
mod replacement;
#[cfg(not(target_arch = "wasm32"))]
mod unfinished;

#[cfg(not(target_arch = "wasm32"))]
use std::fs::{self, File, Metadata};
#[cfg(not(target_arch = "wasm32"))]
use std::io::Read as _;
use std::io::{self, Write};
use std::path::Path;

pub use data_file::DataFile;
pub use inside::{leads_out, lies_in};
#[cfg(target_arch = "wasm32")]
pub use page::{Replacement, Written, hand_over, read, take_written};
#[cfg(not(target_arch = "wasm32"))]
pub use replacement::Replacement;
#[cfg(not(target_arch = "wasm32"))]
pub use unfinished::abandon;

/// The reason why a file was not read. After "… cannot be read: ", it completes a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// There is no such file.
    #[error("there is no such file")]
    Missing,
    /// The path is a folder.
    #[error("it is a folder")]
    Folder,
    /// The path is a device, a pipe or a socket.
    #[error("it is {0}, but only regular files can be read")]
    NotRegular(&'static str),
    /// The file is larger than the limit.
    #[error("it is larger than {}", size(*limit))]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The file is not text.
    #[error("it is not UTF-8 text")]
    NotText,
    /// The file lies outside of the folder in which it may be read.
    #[error("it lies outside of the preset's folder")]
    Outside,
    /// Another error from the operating system.
    #[error("{0}")]
    System(String),
}

impl From<io::Error> for ReadError {
    fn from(cause: io::Error) -> Self {
        match cause.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::IsADirectory => Self::Folder,
            _ => Self::System(cause.to_string()),
        }
    }
}

/// Replaces the content of a file, or creates it.
///
/// # Errors
/// Returns the error of the file system; the file is then as it was before.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_with(path, |to| to.write_all(bytes))
}

/// Replaces the content of a file by what `write` writes.
///
/// # Errors
/// Returns the error of `write` or of the file system; the file is then as it was before.
pub fn replace_with(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut new = Replacement::begin(path)?;
    write(&mut new)?;
    new.commit()
}

/// Reads a regular file of at most `limit` bytes.
///
/// # Errors
/// Returns an error if the file is missing, not regular, too large, or cannot be read.
#[cfg(not(target_arch = "wasm32"))]
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    read_if(path, limit, |_| Ok(()))
}

/// Reads a regular file of at most `limit` bytes, provided that it lies in a folder once all symbolic
/// links are followed.
///
/// # Errors
/// Returns the errors of [`read`], and [`ReadError::Outside`].
#[cfg(not(target_arch = "wasm32"))]
pub fn read_in(folder: &Path, path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    read_if(path, limit, |file| inside::check(path, file, folder))
}

/// Reads a file that was handed to the page, which knows no folders.
///
/// # Errors
/// Returns the errors of [`read`].
#[cfg(target_arch = "wasm32")]
pub fn read_in(_folder: &Path, path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    read(path, limit)
}

/// Reads a file if nothing speaks against it once it is open.
#[cfg(not(target_arch = "wasm32"))]
fn read_if(
    path: &Path,
    limit: u64,
    may_read: impl FnOnce(&File) -> Result<(), ReadError>,
) -> Result<Vec<u8>, ReadError> {
    // Opening a pipe waits for a writer, so the file type has to be checked first.
    check(&fs::metadata(path)?, limit)?;
    let file = File::open(path)?;
    may_read(&file)?;
    let about = file.metadata()?;
    check(&about, limit)?;
    // Files such as those in /proc are longer than they report.
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or(0));
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(ReadError::TooLarge { limit });
    }
    Ok(bytes)
}

/// Reads a regular text file of at most `limit` bytes.
///
/// # Errors
/// Returns the errors of [`read`], and an error if the file is not UTF-8.
pub fn read_text(path: &Path, limit: u64) -> Result<String, ReadError> {
    String::from_utf8(read(path, limit)?).map_err(|_| ReadError::NotText)
}

#[cfg(not(target_arch = "wasm32"))]
fn check(about: &Metadata, limit: u64) -> Result<(), ReadError> {
    if about.is_dir() {
        return Err(ReadError::Folder);
    }
    if !about.is_file() {
        return Err(ReadError::NotRegular(kind(about)));
    }
    if about.len() > limit {
        return Err(ReadError::TooLarge { limit });
    }
    Ok(())
}

#[cfg(unix)]
fn kind(about: &Metadata) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    let kind = about.file_type();
    if kind.is_fifo() {
        "a pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(any(unix, target_arch = "wasm32")))]
fn kind(_: &Metadata) -> &'static str {
    "not a file"
}

fn size(bytes: u64) -> String {
    match bytes {
        0x4000_0000.. => format!("{} GB", bytes >> 30),
        0x10_0000.. => format!("{} MB", bytes >> 20),
        _ => format!("{bytes} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_regular_file_is_read_up_to_the_limit() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("numbers.csv");
        fs::write(&file, "1,2\n").unwrap();
        assert_eq!(read(&file, 4).unwrap(), b"1,2\n");
        assert_eq!(read_text(&file, 4).unwrap(), "1,2\n");
        assert_eq!(read(&file, 3), Err(ReadError::TooLarge { limit: 3 }));
        fs::write(&file, [0xff]).unwrap();
        assert_eq!(read_text(&file, 4), Err(ReadError::NotText));
    }

    #[test]
    fn a_folder_and_a_missing_file_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(folder.path(), 9), Err(ReadError::Folder));
        let missing = folder.path().join("missing");
        assert_eq!(read(&missing, 9), Err(ReadError::Missing));
    }

    #[test]
    #[cfg(unix)]
    fn devices_are_refused_rather_than_read_for_ever() {
        for device in ["/dev/zero", "/dev/full", "/dev/null", "/dev/tty"] {
            let Err(fault) = read(Path::new(device), 9) else {
                panic!("{device} was read");
            };
            // A sandbox may lack this device.
            let refused = [ReadError::NotRegular("a device"), ReadError::Missing];
            assert!(refused.contains(&fault), "{device}: {fault}");
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_file_that_is_longer_than_it_says_is_held_to_the_limit() {
        let endless = Path::new("/proc/self/status");
        assert_eq!(read(endless, 10), Err(ReadError::TooLarge { limit: 10 }));
    }

    #[test]
    fn limits_read_well() {
        let said = |limit| ReadError::TooLarge { limit }.to_string();
        assert_eq!(said(1 << 30), "it is larger than 1 GB");
        assert_eq!(said(64 << 20), "it is larger than 64 MB");
        assert_eq!(said(3), "it is larger than 3 bytes");
    }
}
