//! The preset file, in RON, version 1: an experiment, its view settings, and its lesson.
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
//! A preset is identified by its file or by the name of a built-in one. Errors with a position
//! start with file, line and column.

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
mod viewpoint;
mod write_beside;

use std::path::Path;

pub use built_in::{BUILT_IN, BuiltIn, LessonNumber, TOUR};
pub use error::PresetError;
pub use in_file::{from_text, to_text};
pub use neighbours::{first_lesson, neighbours};
pub use recording::{Recording, Recordings, is_recording, is_table, read_recordings, recordings};
pub use view_settings::{Arrows, Card, ViewSettings, usual_choice};
pub use viewpoint::{Pictures, Projection, Viewpoint};
pub use write_beside::write_beside;

use crate::experiment::{Experiment, Lesson, nearest};
use crate::file;

/// The preset opened on the first start.
pub const FIRST: &str = "radford-beale";

/// The maximum size of a preset file.
const MOST_BYTES: u64 = 64 << 20;

/// The content of a preset file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preset {
    /// The race.
    pub experiment: Experiment,
    /// The initial view settings.
    pub view: ViewSettings,
    /// The lesson's task, if the preset is a lesson.
    pub lesson: Option<Lesson>,
}

impl From<Experiment> for Preset {
    /// Creates a preset without view settings or lesson.
    fn from(experiment: Experiment) -> Self {
        Self {
            experiment,
            ..Self::default()
        }
    }
}

/// Loads a preset file, or the built-in preset with this name.
///
/// # Errors
/// Returns an error if there is neither, or if the preset cannot be read or is invalid.
pub fn load(preset: &str) -> Result<Preset, PresetError> {
    let path = Path::new(preset);
    match path.try_exists() {
        // A folder with the same name does not hide a built-in preset.
        Ok(true) if path.is_dir() && BuiltIn::named(preset).is_some() => load_built_in(preset),
        Ok(true) => open(path),
        Ok(false) => load_built_in(preset),
        Err(cause) => Err(PresetError::Unreadable {
            file: preset.to_owned(),
            why: cause.into(),
        }),
    }
}

/// Loads the built-in preset with this name.
///
/// # Errors
/// Returns an error if there is none.
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
/// Returns an error if it cannot be read or is invalid.
pub fn open(path: &Path) -> Result<Preset, PresetError> {
    let name = path.display().to_string();
    let text = file::read_text(path, MOST_BYTES).map_err(|why| PresetError::Unreadable {
        file: name.clone(),
        why,
    })?;
    in_file::read(&name, &text, Some(folder_of(path)))
}

/// Returns the folder that contains a file.
fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}

/// Saves a preset file, with the path of its data file relative to its folder. An existing file is
/// kept until the new one is complete.
///
/// # Errors
/// Returns an error if the file cannot be written.
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
