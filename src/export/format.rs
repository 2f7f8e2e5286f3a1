//! The sorts of files that pictures and clips can be written as.

use std::ffi::OsStr;
use std::path::Path;

use super::ExportError;

/// What sort of file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// One picture in pixels.
    Png,
    /// One picture in vectors.
    Svg,
    /// A clip for everywhere.
    Gif,
    /// A clip in true colour.
    Apng,
    /// A video (H.264), by ffmpeg.
    Mp4,
    /// A video (VP9), by ffmpeg.
    Webm,
}

impl Format {
    /// The format that a file's ending names.
    ///
    /// # Errors
    /// [`ExportError::Format`] if it names none.
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

    /// Whether it is a single picture.
    #[must_use]
    pub const fn is_still(self) -> bool {
        matches!(self, Self::Png | Self::Svg)
    }
}
