//! Files that a preset brings with it, as one from a link does.

use std::sync::Arc;

use crate::file::DataFile;

/// Files that are carried along with a preset, with their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carried(pub Vec<(String, Arc<[u8]>)>);

impl Carried {
    /// Returns the file with this name.
    pub fn file(&self, name: &str) -> Option<DataFile> {
        let (name, content) = self.0.iter().find(|(known, _)| known == name)?;
        Some(DataFile::carried(name, Arc::clone(content)))
    }
}
