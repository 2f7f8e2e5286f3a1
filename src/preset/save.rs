//! Saves presets, and beside them the data that they have brought with them.

use std::path::Path;

use super::capsule::free_name;
use super::in_file::to_text;
use super::{Preset, PresetError, folder_of};
use crate::file::{self, DataFile};

/// Saves a preset file, with the paths of its data files relative to its folder. Data that it has
/// brought with it are written to files beside it, unless they are there already; a file with other
/// content is left alone, and theirs gets a number. An existing preset is kept until the new one is
/// complete.
///
/// # Errors
/// Returns an error if a file cannot be written.
pub fn save(path: &Path, preset: &Preset) -> Result<(), PresetError> {
    let folder = folder_of(path);
    let mut preset = preset.clone();
    let surface = &mut preset.experiment.surface;
    *surface = surface
        .with_files(|_, file| beside(folder, file))?
        .relative_to(folder);
    let text = to_text(&preset).map_err(|cause| unwritable(path, &cause))?;
    file::replace(path, text.as_bytes()).map_err(|cause| unwritable(path, &cause))
}

/// Returns a file as it is named in a folder, to which it is written if the preset has brought it.
fn beside(folder: &Path, file: &DataFile) -> Result<DataFile, PresetError> {
    let Some(content) = file.content() else {
        return Ok(file.clone());
    };
    let is_there = |path: &Path| {
        let limit = content.len() as u64;
        file::read(path, limit).is_ok_and(|there| *there == **content)
    };
    let is_taken = |name: &str| {
        let path = folder.join(name);
        path.symlink_metadata().is_ok() && !is_there(&path)
    };
    let name = free_name(file, is_taken);
    let path = folder.join(&name);
    if !is_there(&path) {
        file::replace(&path, content).map_err(|it| unwritable(&path, &it))?;
    }
    Ok(DataFile::from(std::path::absolute(&path).unwrap_or(path)))
}

fn unwritable(file: &Path, why: &impl ToString) -> PresetError {
    PresetError::Unwritable {
        file: file.display().to_string(),
        why: why.to_string(),
    }
}
