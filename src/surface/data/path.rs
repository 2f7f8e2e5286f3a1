//! Paths of data files: relative to the preset in a file, absolute in memory.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::{BuiltIn, DataError};
use crate::file::DataFile;

/// Returns a file given relative to `folder` with its absolute path. A carried one has none.
pub(super) fn whole(file: &DataFile, folder: Option<&Path>) -> Result<DataFile, DataError> {
    if file.as_os_str().is_empty() {
        return Err(DataError::Missing);
    }
    if file.is_absolute() || file.is_carried() {
        return Ok(file.clone());
    }
    let folder = folder.ok_or_else(|| DataError::NoFolder {
        file: file.display().to_string(),
    })?;
    let path = folder.join(file);
    match std::path::absolute(&path) {
        Ok(path) => Ok(file.moved_to(path)),
        Err(cause) => Err(DataError::no_path(&path, &cause)),
    }
}

/// Returns the path of a file relative to `folder`, with `/` on every system. On another drive, the
/// path stays absolute, and a carried file is in no folder.
pub(super) fn relative(file: &DataFile, folder: &Path) -> DataFile {
    let way = (!file.is_carried()).then(|| way(file, folder)).flatten();
    way.map_or_else(|| file.clone(), |way| file.moved_to(way))
}

fn way(file: &Path, folder: &Path) -> Option<PathBuf> {
    // Symbolic links and `..` in the folders are resolved; the file name itself is kept.
    let name = file.file_name()?;
    let home = fs::canonicalize(file.parent()?).ok()?;
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let folder = fs::canonicalize(folder).ok()?;
    let pairs = home.components().zip(folder.components());
    let shared = pairs.take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return None;
    }
    let up = folder.components().skip(shared).map(|_| "..".as_ref());
    let down = home.components().skip(shared).map(Component::as_os_str);
    let mut way = std::ffi::OsString::new();
    for part in up.chain(down).chain([name]) {
        if !way.is_empty() {
            way.push("/");
        }
        way.push(part);
    }
    let way = PathBuf::from(way);
    // A file may have the name of a built-in data set, or of built-in weights.
    let is_built_in = BuiltIn::named(&way).is_some() || BuiltIn::weights(&way).is_some();
    Some(if is_built_in {
        PathBuf::from("./").join(way)
    } else {
        way
    })
}
