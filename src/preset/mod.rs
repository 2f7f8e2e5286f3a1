//! The preset file, in RON, version 1: an experiment, how it wants to be seen, and what makes it a
//! lesson.
//!
//! ```
//! use slalom::preset;
//!
//! let text = r#"(version: 1, surface: Saddle, start: (0.5, 1e-3), steps: 100,
//!                racers: [(optimizer: Adam(learning_rate: 0.01))])"#;
//! let preset = preset::from_text("saddle.ron", text)?;
//! assert_eq!(preset.experiment.names(), ["Adam"]);
//!
//! let fault = preset::from_text("saddle.ron", &text.replace("Adam", "Adaam")).unwrap_err();
//! assert!(fault.to_string().contains("did you mean Adam?"), "{fault}");
//! # Ok::<(), preset::PresetError>(())
//! ```
//!
//! A preset is named by its file, or by the name of a built-in one. Every error that has a location
//! says file, line and column.

mod built_in;
mod check;
mod error;
mod explain;
mod in_file;
mod locate;
mod neighbours;
mod recording;
mod tokens;
mod view_settings;
mod write_beside;

use std::path::Path;

pub use built_in::{BUILT_IN, BuiltIn, TOUR};
pub use error::PresetError;
pub use in_file::{from_text, to_text};
pub use neighbours::neighbours;
pub use recording::{Recording, Recordings, is_recording, is_table, read_recordings, recordings};
pub use view_settings::{Arrows, ViewSettings};
pub use write_beside::write_beside;

use crate::experiment::{Experiment, Lesson, nearest};
use crate::file;

/// The preset that opens on the first start.
pub const FIRST: &str = "radford-beale";

/// Preset files that are larger are refused.
const MOST_BYTES: u64 = 64 << 20;

/// What stands in a preset file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preset {
    /// The race.
    pub experiment: Experiment,
    /// How it is shown at first.
    pub view: ViewSettings,
    /// What makes it a lesson, if it is one.
    pub lesson: Option<Lesson>,
}

impl From<Experiment> for Preset {
    /// The experiment alone.
    fn from(experiment: Experiment) -> Self {
        Self {
            experiment,
            ..Self::default()
        }
    }
}

/// Loads a preset file, or the built-in preset of that name.
///
/// # Errors
/// If there is neither, or if it cannot be read or makes no sense.
pub fn load(preset: &str) -> Result<Preset, PresetError> {
    let path = Path::new(preset);
    match path.try_exists() {
        // A folder of the same name does not hide a built-in preset.
        Ok(true) if path.is_dir() && BuiltIn::named(preset).is_some() => load_built_in(preset),
        Ok(true) => open(path),
        Ok(false) => load_built_in(preset),
        Err(cause) => Err(PresetError::Unreadable {
            file: preset.to_owned(),
            why: cause.into(),
        }),
    }
}

/// Loads the built-in preset of that name.
///
/// # Errors
/// If there is none.
pub fn load_built_in(name: &str) -> Result<Preset, PresetError> {
    if let Some(built_in) = BuiltIn::named(name) {
        return built_in.preset();
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
pub fn open(path: &Path) -> Result<Preset, PresetError> {
    let name = path.display().to_string();
    let text = file::read_text(path, MOST_BYTES).map_err(|why| PresetError::Unreadable {
        file: name.clone(),
        why,
    })?;
    in_file::read(&name, &text, Some(folder_of(path)))
}

/// The folder in which a file lies.
fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}

/// Saves a preset file, with its data file named relative to that; what was there before stays
/// until the new file is whole.
///
/// # Errors
/// If the file cannot be written.
pub fn save(path: &Path, preset: &Preset) -> Result<(), PresetError> {
    let unwritable = |why: String| PresetError::Unwritable {
        file: path.display().to_string(),
        why,
    };
    let mut preset = preset.clone();
    let surface = &mut preset.experiment.surface;
    *surface = surface.relative_to(folder_of(path));
    let text = to_text(&preset).map_err(|cause| unwritable(cause.to_string()))?;
    write_beside(path, |file| file.write_all(text.as_bytes()))
        .map_err(|cause| unwritable(cause.to_string()))
}
