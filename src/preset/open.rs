//! Opens presets: files, built-in ones, links, pictures, and what standard input has.

use std::io::Read;
use std::path::Path;

use super::capsule::{PictureKind, is_link, link, link_in_picture, read_link};
use super::in_file::{self, Origin, to_text};
use super::{BuiltIn, LinkError, MOST_BYTES, Preset, PresetError, folder_of};
use crate::experiment::nearest;
use crate::file::{self, ReadError};
use crate::text::brief;

/// The maximum size of a picture or a clip that is opened.
const MOST_PICTURE_BYTES: u64 = 256 << 20;

/// Which files a preset may read.
///
/// Presets are handed on, so that one may come from a stranger: it should not be able to show what is
/// in other files of whoever opens it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trust {
    /// Those in its own folder and the folders in it, once all symbolic links are followed. A text that
    /// is in no file reads none.
    #[default]
    Folder,
    /// Files anywhere, since the user said so or wrote the preset.
    Anywhere,
}

impl Trust {
    /// Returns where a preset in `folder` may find its files.
    const fn origin(self, folder: &Path) -> Origin<'_> {
        match self {
            Self::Folder => Origin::Folder(folder),
            Self::Anywhere => Origin::Anywhere(Some(folder)),
        }
    }

    /// Loads a preset file or a picture that carries its experiment, the built-in preset with this
    /// name, or a link, whichever there is first. `-` is what standard input has: a preset, a link or a
    /// picture; with [`Trust::Anywhere`], its paths are relative to the current folder.
    ///
    /// # Errors
    /// Returns an error if there is none of them, or if the preset cannot be read or is invalid.
    pub fn load(self, preset: &str) -> Result<Preset, PresetError> {
        if preset == "-" {
            return standard_input(self);
        }
        let path = Path::new(preset);
        match path.try_exists() {
            // A folder with the same name does not hide a built-in preset.
            Ok(true) if path.is_dir() && BuiltIn::named(preset).is_some() => load_built_in(preset),
            Ok(true) => Ok(self.open(path)?.0),
            // A long link is too long for a name of a file, which is an error of its own.
            _ if is_link(preset) => read_link(A_LINK, preset),
            Ok(false) => load_built_in(preset),
            Err(cause) => Err(PresetError::Unreadable {
                file: brief(preset),
                why: cause.into(),
            }),
        }
    }

    /// Loads a preset file, or a picture that carries its experiment, and says which it is.
    ///
    /// # Errors
    /// Returns an error if it cannot be read or is invalid.
    pub fn open(self, path: &Path) -> Result<(Preset, Form), PresetError> {
        let name = path.display().to_string();
        match file::read(path, MOST_PICTURE_BYTES) {
            Ok(bytes) => of_bytes(&name, bytes, self.origin(folder_of(path))),
            Err(why) => Err(unreadable(name, why)),
        }
    }

    /// Reads a preset or a link from a text. `name` is its name in errors. With [`Trust::Anywhere`], it
    /// reads files whose paths are absolute.
    ///
    /// # Errors
    /// Returns an error if it is neither, or invalid.
    pub fn read(self, name: &str, text: &str) -> Result<Preset, PresetError> {
        let origin = match self {
            Self::Folder => Origin::Nowhere,
            Self::Anywhere => Origin::Anywhere(None),
        };
        if is_link(text) {
            read_link(name, text)
        } else {
            in_file::read(name, text, origin)
        }
    }
}

/// Loads a preset file or a picture that carries its experiment, the built-in preset with this name,
/// or a link, whichever there is first, that reads no file outside of its folder. See [`Trust::load`].
///
/// # Errors
/// Returns an error if there is none of them, or if the preset cannot be read or is invalid.
pub fn load(preset: &str) -> Result<Preset, PresetError> {
    Trust::Folder.load(preset)
}

/// The name of a link in messages.
const A_LINK: &str = "the link";

/// The name of what [`load`] takes in messages: a link is too long to be repeated.
#[must_use]
pub fn name_of(preset: &str) -> &str {
    match preset {
        "-" => STANDARD_INPUT,
        link if is_link(link) && !Path::new(link).exists() => A_LINK,
        other => other,
    }
}

/// The name of standard input in messages.
const STANDARD_INPUT: &str = "standard input";

/// Reads the preset, the link or the picture on standard input.
fn standard_input(trust: Trust) -> Result<Preset, PresetError> {
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
    let opened = within.map_err(|why| unreadable(STANDARD_INPUT.to_owned(), why));
    let origin = match trust {
        Trust::Folder => Origin::Nowhere,
        Trust::Anywhere => trust.origin(Path::new(".")),
    };
    Ok(of_bytes(STANDARD_INPUT, opened?, origin)?.0)
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

/// Loads a preset file, or a picture that carries its experiment, that reads no file outside of its
/// folder.
///
/// # Errors
/// Returns an error if it cannot be read or is invalid.
pub fn open(path: &Path) -> Result<Preset, PresetError> {
    Ok(Trust::Folder.open(path)?.0)
}

/// Returns the text from which a preset can be opened again on this machine, with
/// [`Trust::Anywhere`]: that of its file or, if it has brought data with it that are in no folder, a
/// link.
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
