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
//! bring the files along that their preset names, and never read another.

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
mod recording;
mod tokens;
mod view_settings;
mod viewpoint;
mod write_beside;

use std::io::Read;
use std::path::Path;

pub use built_in::{BUILT_IN, BuiltIn, LessonNumber, TOUR};
pub use capsule::{PictureKind, is_link, link, link_in_picture, read_link};
pub use error::PresetError;
pub use in_file::{from_text, to_text};
pub use link_error::LinkError;
pub use neighbours::{first_lesson, neighbours};
pub use recording::{Recording, Recordings, is_recording, is_table, read_recordings, recordings};
pub use view_settings::{Arrows, Card, ViewSettings, usual_choice};
pub use viewpoint::{Pictures, Projection, Viewpoint};
pub use write_beside::write_beside;

use crate::experiment::{Experiment, Lesson, nearest};
use crate::file::{self, DataFile, ReadError};
use crate::text::brief;
use capsule::free_name;
use carried::Carried;
use in_file::Origin;

/// The preset opened on the first start.
pub const FIRST: &str = "radford-beale";

/// The maximum size of a preset file.
const MOST_BYTES: u64 = 64 << 20;

/// The maximum size of a picture or a clip that is opened.
const MOST_PICTURE_BYTES: u64 = 256 << 20;

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

/// Loads a preset file or a picture that carries its experiment, the built-in preset with this name,
/// or a link, whichever there is first. `-` is what standard input has: a preset, a link or a picture.
///
/// # Errors
/// Returns an error if there is none of them, or if the preset cannot be read or is invalid.
pub fn load(preset: &str) -> Result<Preset, PresetError> {
    if preset == "-" {
        return standard_input();
    }
    let path = Path::new(preset);
    match path.try_exists() {
        // A folder with the same name does not hide a built-in preset.
        Ok(true) if path.is_dir() && BuiltIn::named(preset).is_some() => load_built_in(preset),
        Ok(true) => open(path),
        // A long link is too long for a name of a file, which is an error of its own.
        _ if is_link(preset) => read_link(A_LINK, preset),
        Ok(false) => load_built_in(preset),
        Err(cause) => Err(PresetError::Unreadable {
            file: brief(preset),
            why: cause.into(),
        }),
    }
}

/// The name of a link in messages.
const A_LINK: &str = "the link";

/// Reads the preset, the link or the picture on standard input.
fn standard_input() -> Result<Preset, PresetError> {
    const NAME: &str = "standard input";
    let mut bytes = Vec::new();
    let input = std::io::stdin().lock();
    let read = input.take(MOST_PICTURE_BYTES + 1).read_to_end(&mut bytes);
    let within = read.map_err(ReadError::from).and_then(|_| {
        let limit = MOST_PICTURE_BYTES;
        let is_over = bytes.len() as u64 > limit;
        if is_over {
            Err(ReadError::TooLarge { limit })
        } else {
            Ok(bytes)
        }
    });
    let opened = within.map_err(|why| unreadable(NAME.to_owned(), why));
    Ok(of_bytes(NAME, opened?, Origin::Nowhere)?.0)
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

/// What a preset was found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A file of its own, to which it can be saved.
    Preset,
    /// A picture or a file with a link, of which it is a part.
    Link,
}

/// Loads a preset file, or a picture that carries its experiment.
///
/// # Errors
/// Returns an error if it cannot be read or is invalid.
pub fn open(path: &Path) -> Result<Preset, PresetError> {
    Ok(open_any(path)?.0)
}

/// Loads a preset file, or a picture that carries its experiment, and says which it is.
///
/// # Errors
/// Returns an error if it cannot be read or is invalid.
pub fn open_any(path: &Path) -> Result<(Preset, Form), PresetError> {
    let name = path.display().to_string();
    match file::read(path, MOST_PICTURE_BYTES) {
        Ok(bytes) => of_bytes(&name, bytes, Origin::Folder(folder_of(path))),
        Err(why) => Err(unreadable(name, why)),
    }
}

/// Reads a preset or a link from a text. `name` is its name in errors. If a preset uses a data file,
/// the path must be absolute.
///
/// # Errors
/// Returns an error if it is neither, or invalid.
pub fn from_text_or_link(name: &str, text: &str) -> Result<Preset, PresetError> {
    if is_link(text) {
        read_link(name, text)
    } else {
        from_text(name, text)
    }
}

/// Returns the text from which a preset can be opened again on this machine: that of its file or, if
/// it has brought data with it that are in no folder, a link.
///
/// # Errors
/// Returns an error if it cannot be written as text, or if a link cannot hold it.
pub fn to_text_or_link(preset: &Preset) -> Result<String, LinkError> {
    if carries_data(preset) {
        return link(preset);
    }
    to_text(preset).map_err(|cause| LinkError::Unwritable(cause.to_string()))
}

/// Returns whether a preset has brought data with it that are in no folder.
#[must_use]
pub fn carries_data(preset: &Preset) -> bool {
    let mut carries = false;
    let surface = &preset.experiment.surface;
    let looked_at = surface.with_files(|_, file| {
        carries |= file.is_carried();
        Ok::<_, std::convert::Infallible>(file.clone())
    });
    looked_at.is_ok() && carries
}

/// Reads the content of a file: a preset, a link, or a picture with one.
fn of_bytes(name: &str, bytes: Vec<u8>, origin: Origin<'_>) -> Result<(Preset, Form), PresetError> {
    if let Some(kind) = PictureKind::of(&bytes) {
        let link = link_in_picture(kind, &bytes).map_err(|why| PresetError::Link {
            name: name.to_owned(),
            why,
        })?;
        return Ok((read_link(name, &link)?, Form::Link));
    }
    if bytes.len() as u64 > MOST_BYTES {
        let limit = MOST_BYTES;
        return Err(unreadable(name.to_owned(), ReadError::TooLarge { limit }));
    }
    let Ok(text) = String::from_utf8(bytes) else {
        return Err(unreadable(name.to_owned(), ReadError::NotText));
    };
    if is_link(&text) {
        Ok((read_link(name, &text)?, Form::Link))
    } else {
        Ok((in_file::read(name, &text, origin)?, Form::Preset))
    }
}

fn unreadable(file: String, why: ReadError) -> PresetError {
    PresetError::Unreadable { file, why }
}

/// Returns the folder that contains a file.
fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}

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
    write_beside(path, |file| file.write_all(text.as_bytes()))
        .map_err(|cause| unwritable(path, &cause))
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
        write_beside(&path, |to| to.write_all(content)).map_err(|it| unwritable(&path, &it))?;
    }
    Ok(DataFile::from(std::path::absolute(&path).unwrap_or(path)))
}

fn unwritable(file: &Path, why: &impl ToString) -> PresetError {
    PresetError::Unwritable {
        file: file.display().to_string(),
        why: why.to_string(),
    }
}
