//! Saves presets, and beside them the data that would be out of their reach.

use std::path::Path;
use std::sync::Arc;

use super::capsule::free_name;
use super::in_file::to_text;
use super::{Preset, PresetError, folder_of, link};
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

/// Saves a preset with all of its data in one file: a link if there are data, which opens like a preset.
/// A web page saves like this, whose files lie in no folder.
///
/// # Errors
/// Returns an error if a file cannot be read, or if a link cannot hold it.
pub fn save_whole(path: &Path, preset: &Preset) -> Result<Saved, PresetError> {
    let mut has_data = false;
    preset.experiment.surface.with_files(|_, file| {
        has_data |= !file.as_os_str().is_empty();
        Ok::<_, PresetError>(file.clone())
    })?;
    let text = if has_data {
        link(preset).map_err(|cause| unwritable(path, &cause))?
    } else {
        to_text(preset).map_err(|cause| unwritable(path, &cause))?
    };
    file::replace(path, text.as_bytes()).map_err(|cause| unwritable(path, &cause))?;
    Ok(Saved::default())
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::preset::{load_built_in, open};

    #[test]
    fn a_preset_saved_as_a_whole_needs_no_other_file() {
        let folder = tempfile::tempdir().unwrap();
        let table = folder.path().join("points.csv");
        fs::write(&table, "x,y\n1,2\n2,3\n3,5\n").unwrap();
        let text = r#"(version: 1, surface: LinearRegression(data: "points.csv"), start: (0, 0), steps: 9, racers: [])"#;
        let with_data = folder.path().join("data.ron");
        fs::write(&with_data, text).unwrap();
        for preset in [open(&with_data).unwrap(), load_built_in("saddle").unwrap()] {
            let elsewhere = tempfile::tempdir().unwrap();
            let file = elsewhere.path().join("race.ron");
            assert_eq!(save_whole(&file, &preset).unwrap(), Saved::default());
            assert_eq!(elsewhere.path().read_dir().unwrap().count(), 1);
            let again = open(&file).unwrap();
            assert_eq!(again.experiment.steps, preset.experiment.steps);
        }
    }
}
