//! Saves presets, and beside them the data that would be out of their reach.

use std::path::Path;
use std::sync::Arc;

use super::capsule::free_name;
use super::in_file::to_text;
use super::{Preset, PresetError, folder_of};
use crate::file::{self, DataFile, ReadError, lies_in, read_in};
use crate::table::Table;

/// What became of the data of a preset that was saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// The names of the files that were written beside it.
    pub written: Vec<String>,
    /// The files that are gone and could not be copied, which the preset names nevertheless.
    pub missing: Vec<String>,
}

/// Saves a preset file, with the paths of its data files relative to its folder.
///
/// Data that it has brought with it, and those that lie elsewhere, are written to files beside it, so
/// that the folder can be handed on as it is; a table has at most [`Table::MOST_BYTES`]. A file that is
/// there with the same content is used; one with other content is left alone, and the new one gets a
/// number. An existing preset is kept until the new one is complete.
///
/// # Errors
/// Returns an error if a file cannot be read or written.
pub fn save(path: &Path, preset: &Preset) -> Result<Saved, PresetError> {
    let mut saved = Saved::default();
    let folder = folder_of(path);
    let mut preset = preset.clone();
    let surface = &mut preset.experiment.surface;
    *surface = surface
        .with_files(|_, file| beside(folder, file, &mut saved))?
        .relative_to(folder);
    let text = to_text(&preset).map_err(|cause| unwritable(path, &cause))?;
    file::replace(path, text.as_bytes()).map_err(|cause| unwritable(path, &cause))?;
    Ok(saved)
}

/// Returns a file as it is named in a folder, to which it is written unless it is there.
fn beside(folder: &Path, file: &DataFile, saved: &mut Saved) -> Result<DataFile, PresetError> {
    // Without weights in it, the path is empty.
    if file.as_os_str().is_empty() || !file.is_carried() && lies_in(file, folder) {
        return Ok(file.clone());
    }
    let content = match file.content() {
        Some(content) => Arc::clone(content),
        None => match file.read(Table::MOST_BYTES) {
            Ok(content) => content.into(),
            // What is gone should not keep anyone from saving the rest.
            Err(ReadError::Missing) => {
                saved.missing.push(file.display().to_string());
                return Ok(file.clone());
            }
            Err(why) => {
                return Err(PresetError::Uncopied {
                    file: file.display().to_string(),
                    why,
                });
            }
        },
    };
    let is_there = |path: &Path| {
        let limit = content.len() as u64;
        read_in(folder, path, limit).is_ok_and(|there| *there == *content)
    };
    let is_taken = |name: &str| {
        let path = folder.join(name);
        path.symlink_metadata().is_ok() && !is_there(&path)
    };
    let name = free_name(file, is_taken);
    let path = folder.join(&name);
    if !is_there(&path) {
        file::replace(&path, &content).map_err(|it| unwritable(&path, &it))?;
        saved.written.push(name);
    }
    Ok(DataFile::from(std::path::absolute(&path).unwrap_or(path)))
}

fn unwritable(file: &Path, why: &impl ToString) -> PresetError {
    PresetError::Unwritable {
        file: file.display().to_string(),
        why: why.to_string(),
    }
}
