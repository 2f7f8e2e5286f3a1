//! Where an open document comes from.

use std::path::{Path, PathBuf};

/// Where an open document comes from, which decides where it is saved and whether changes to it
/// would be missed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// It was created or pasted here.
    #[default]
    New,
    /// A built-in preset, of this name.
    BuiltIn(&'static str),
    /// A file.
    File(PathBuf),
}

impl Source {
    /// Returns the file, if it comes from one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::New | Self::BuiltIn(_) => None,
        }
    }

    /// Returns the folder of the file, to which the paths of data are relative.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.path().and_then(Path::parent)
    }
}
