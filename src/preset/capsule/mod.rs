//! Links: a race with its view and its data as one line of text, for chats, addresses and pictures.
//!
//! The line is `slalom1:` and base64 that may stand in an address. Decoded, it is a header of eight
//! bytes and what follows them: the length and the CRC-32 of the rest, both little-endian, then the
//! rest, which is deflated. Inflated, it is a preset file and the files that it names: four bytes for
//! the length of the text, the text, two bytes for the number of files, and for each two bytes for the
//! length of its name, the name, four bytes for its length, and its content.
//!
//! A link is read as carefully as a file from a stranger: its size and that of its content are
//! limited, and the files that it names are its own and no others.

mod files;
mod line;
mod pack;
mod picture;

pub use line::is_link;
pub use picture::{PictureKind, link_in_picture};

use super::in_file::{Origin, read, to_text};
use super::link_error::LinkError;
use super::{Carried, Preset, PresetError};
pub(super) use files::free_name;
use files::gathered;
use pack::{Pack, packed, unpacked};

/// The maximum size of a link, compressed, in bytes.
const MOST_COMPRESSED: usize = 1 << 20;

/// The maximum size of what is in a link, in bytes.
const MOST_UNPACKED: usize = 64 << 20;

/// Returns a link to a race: it contains the experiment, its view settings and its data, but no
/// lesson.
///
/// # Errors
/// Returns an error if the data cannot be read, or if all of it takes more than 1 MB compressed.
pub fn link(preset: &Preset) -> Result<String, LinkError> {
    let (surface, files) = gathered(&preset.experiment.surface)?;
    let mut alone = preset.clone();
    alone.experiment.surface = surface;
    alone.lesson = None;
    let text = to_text(&alone).map_err(|cause| LinkError::Unwritable(cause.to_string()))?;
    line::sealed(&packed(&Pack { text, files })?)
}

/// Returns the size of the data that a preset has brought with it and that a link to it takes along, in
/// bytes. Files on disk are not counted.
#[must_use]
pub fn data_bytes(preset: &Preset) -> usize {
    files::bytes(&preset.experiment.surface)
}

/// Opens a link, or an address that ends in one. `name` is its name in messages.
///
/// # Errors
/// Returns an error if it is no link, is damaged, or contains an invalid preset.
pub fn read_link(name: &str, text: &str) -> Result<Preset, PresetError> {
    let wrong = |why| PresetError::Link {
        name: name.to_owned(),
        why,
    };
    let line = line::link_in(text).ok_or_else(|| wrong(LinkError::NotALink))?;
    let Pack { text, files } = line::opened(&line)
        .and_then(|bytes| unpacked(&bytes))
        .map_err(wrong)?;
    read(name, &text, Origin::Carried(&files))
}
