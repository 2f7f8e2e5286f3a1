//! The preset file: an experiment on disk, in RON, version 1.
//!
//! A preset is named by its file, or by the name of a built-in one. Every error that has a place
//! says file, line and column.

mod built_in;
mod error;
mod explain;
mod file;
mod locate;
mod neighbours;
mod recording;
mod tokens;
mod write_beside;

use std::fs;
use std::path::Path;

pub use built_in::{BUILT_IN, BuiltIn, TOUR};
pub use error::PresetError;
pub(crate) use error::one_line;
pub use file::{from_text, to_text};
pub use neighbours::neighbours;
pub use recording::{Recording, read_recording, recordings};
pub use write_beside::write_beside;

use crate::experiment::{Experiment, nearest};

/// The preset that opens on the first start.
pub const FIRST: &str = "radford-beale";

/// Loads a preset file, or the built-in preset of that name.
///
/// # Errors
/// If there is neither, or if it cannot be read or makes no sense.
pub fn load(preset: &str) -> Result<Experiment, PresetError> {
    let path = Path::new(preset);
    match path.try_exists() {
        // A folder of the same name does not hide a built-in preset.
        Ok(true) if path.is_dir() && BuiltIn::named(preset).is_some() => load_built_in(preset),
        Ok(true) => open(path),
        Ok(false) => load_built_in(preset),
        Err(cause) => Err(PresetError::unreadable(preset, &cause)),
    }
}

/// Loads the built-in preset of that name.
///
/// # Errors
/// If there is none.
pub fn load_built_in(name: &str) -> Result<Experiment, PresetError> {
    if let Some(built_in) = BuiltIn::named(name) {
        return built_in.experiment();
    }
    let names: Vec<&str> = BuiltIn::all().map(|built_in| built_in.name).collect();
    Err(PresetError::Unknown {
        name: name.to_owned(),
        near: nearest(name, &names),
    })
}

/// Loads a preset file.
///
/// # Errors
/// If it cannot be read or makes no sense.
pub fn open(path: &Path) -> Result<Experiment, PresetError> {
    let name = path.display().to_string();
    let text = fs::read_to_string(path).map_err(|cause| PresetError::unreadable(&name, &cause))?;
    file::read(&name, &text, Some(folder_of(path)))
}

/// The folder in which a file lies.
fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}

/// Saves an experiment as a preset file, with its data file named relative to that; what was there before stays until the new file is whole.
///
/// # Errors
/// If the file cannot be written.
pub fn save(path: &Path, experiment: &Experiment) -> Result<(), PresetError> {
    let unwritable = |why: String| PresetError::Unwritable {
        file: path.display().to_string(),
        why,
    };
    let mut experiment = experiment.clone();
    experiment.surface = experiment.surface.relative_to(folder_of(path));
    let text = to_text(&experiment).map_err(|cause| unwritable(cause.to_string()))?;
    write_beside(path, |file| file.write_all(text.as_bytes()))
        .map_err(|cause| unwritable(cause.to_string()))
}
