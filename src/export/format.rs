//! The file formats for pictures and clips.

use std::ffi::OsStr;
use std::path::Path;

use super::ExportError;

/// A file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// A raster image.
    Png,
    /// A vector image.
    Svg,
    /// An animation with up to 256 colours that plays everywhere.
    Gif,
    /// An animation in true colour.
    Apng,
    /// An H.264 video, made with ffmpeg.
    Mp4,
    /// A VP9 video, made with ffmpeg.
    Webm,
}

impl Format {
    /// The format named by a file's extension.
    ///
    /// # Errors
    /// Returns [`ExportError::Format`] if the extension names none.
    pub fn of(file: &Path) -> Result<Self, ExportError> {
        let ending = file.extension().map(OsStr::to_ascii_lowercase);
        match ending.as_ref().and_then(|it| it.to_str()) {
            Some("png") => Ok(Self::Png),
            Some("svg") => Ok(Self::Svg),
            Some("gif") => Ok(Self::Gif),
            Some("apng") => Ok(Self::Apng),
            Some("mp4") => Ok(Self::Mp4),
            Some("webm") => Ok(Self::Webm),
            _ => Err(ExportError::Format {
                file: file.to_owned(),
            }),
        }
    }

    /// Whether the format holds a single picture.
    #[must_use]
    pub const fn is_still(self) -> bool {
        matches!(self, Self::Png | Self::Svg)
    }
}
