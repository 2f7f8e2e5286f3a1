//! Files that a preset names.

use std::fmt;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{ReadError, read, read_in};

/// A file that a preset names: one on disk, or one whose content the preset has brought with it,
/// as one from a link does. In a preset it is written as its path.
///
/// One that a stranger's preset names is kept in the preset's folder; one that the user has chosen
/// may be anywhere.
#[derive(Clone, Default)]
pub struct DataFile {
    path: PathBuf,
    content: Option<Arc<[u8]>>,
    /// The folder outside of which it is not read.
    home: Option<Arc<Path>>,
}

impl DataFile {
    /// Creates a file that is not on disk. Its name serves as its path.
    #[must_use]
    pub fn carried(name: impl Into<PathBuf>, content: Arc<[u8]>) -> Self {
        Self {
            path: name.into(),
            content: Some(content),
            home: None,
        }
    }

    /// Returns the same file, to be read only if it lies in a folder once all symbolic links are
    /// followed.
    #[must_use]
    pub fn kept_in(&self, folder: &Path) -> Self {
        Self {
            home: Some(folder.into()),
            ..self.clone()
        }
    }

    /// Returns the same file at another path.
    #[must_use]
    pub fn moved_to(&self, path: PathBuf) -> Self {
        Self {
            path,
            ..self.clone()
        }
    }

    /// Returns whether its content came with the preset, so that nothing on disk is read.
    #[must_use]
    pub fn is_carried(&self) -> bool {
        self.content.is_some()
    }

    /// Returns the content that came with the preset, if it did.
    #[must_use]
    pub fn content(&self) -> Option<&Arc<[u8]>> {
        self.content.as_ref()
    }

    /// Returns its size in bytes; 0 if there is no such file.
    #[must_use]
    pub fn size(&self) -> u64 {
        match &self.content {
            Some(content) => content.len() as u64,
            None => std::fs::metadata(&self.path).map_or(0, |about| about.len()),
        }
    }

    /// Reads it, if it has at most `limit` bytes.
    ///
    /// # Errors
    /// Returns the errors of [`read`].
    pub fn read(&self, limit: u64) -> Result<Vec<u8>, ReadError> {
        match (&self.content, &self.home) {
            (Some(content), _) if content.len() as u64 > limit => {
                Err(ReadError::TooLarge { limit })
            }
            (Some(content), _) => Ok(content.to_vec()),
            (None, Some(folder)) => read_in(folder, &self.path, limit),
            (None, None) => read(&self.path, limit),
        }
    }
}

impl Deref for DataFile {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.path
    }
}

impl AsRef<Path> for DataFile {
    fn as_ref(&self) -> &Path {
        &self.path
    }
}

impl From<PathBuf> for DataFile {
    /// Returns a file on disk.
    fn from(path: PathBuf) -> Self {
        Self {
            path,
            content: None,
            home: None,
        }
    }
}

impl From<&Path> for DataFile {
    fn from(path: &Path) -> Self {
        path.to_owned().into()
    }
}

impl From<&str> for DataFile {
    fn from(path: &str) -> Self {
        PathBuf::from(path).into()
    }
}

impl From<String> for DataFile {
    fn from(path: String) -> Self {
        PathBuf::from(path).into()
    }
}

impl PartialEq for DataFile {
    /// Compares what is read, not from where it may be.
    fn eq(&self, other: &Self) -> bool {
        let same_content = match (&self.content, &other.content) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other) || one == other,
            (one, other) => one.is_none() && other.is_none(),
        };
        self.path == other.path && same_content
    }
}

impl Eq for DataFile {}

impl fmt::Debug for DataFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(content) = &self.content else {
            return self.path.fmt(f);
        };
        write!(f, "{:?} with {} bytes", self.path, content.len())
    }
}

impl Serialize for DataFile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.path.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for DataFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        PathBuf::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_carried_file_is_read_from_memory_and_up_to_the_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("points.csv");
        std::fs::write(&path, "on disk").unwrap();
        let carried = DataFile::carried(path.clone(), Arc::from(*b"carried"));
        assert_eq!(carried.read(7).unwrap(), b"carried");
        assert_eq!(carried.read(6), Err(ReadError::TooLarge { limit: 6 }));
        let named = DataFile::from(path);
        assert_eq!(named.read(7).unwrap(), b"on disk");
        assert_ne!(named, carried);
        assert_eq!(carried, carried.clone());
    }
}
