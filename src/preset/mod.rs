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
//! A preset is identified by its file, the name of a built-in one, or a link. Errors with a position
//! start with file, line and column. Links, and the pictures that carry them, have no folder: they
//! bring the files along that their preset names, and never read another. A preset file reads only what
//! lies in its folder, and a text in no file reads nothing, unless the user trusts it ([`Trust`]).

mod built_in;
mod capsule;
mod carried;
mod check;
mod error;
mod explain;
mod in_file;
mod link_error;
mod locate;
mod neighbours;
mod open;
mod recording;
mod save;
mod tokens;
mod view_settings;
mod viewpoint;

use std::path::Path;

pub use built_in::{BUILT_IN, BuiltIn, LessonNumber, TOUR};
pub use capsule::{PictureKind, data_bytes, is_link, link, link_in_picture, read_link};
pub use error::PresetError;
pub use in_file::{from_text, to_text};
pub use link_error::LinkError;
pub use neighbours::{first_lesson, neighbours};
pub use open::{Form, Trust, carries_data, load, load_built_in, name_of, open, to_text_or_link};
pub use recording::{Recording, Recordings, is_recording, is_table, read_recordings, recordings};
pub use save::{Saved, save, save_whole};
pub use view_settings::{Arrows, Card, ViewSettings, usual_choice};
pub use viewpoint::{Pictures, Projection, Viewpoint};

use crate::experiment::{Experiment, Lesson};
use carried::Carried;

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

/// Returns the folder that contains a file.
fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}
