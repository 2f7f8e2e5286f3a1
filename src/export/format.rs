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
    /// A page for a paper.
    Pdf,
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
    /// All formats, pictures first.
    pub const ALL: [Self; 7] = [
        Self::Png,
        Self::Svg,
        Self::Pdf,
        Self::Gif,
        Self::Apng,
        Self::Mp4,
        Self::Webm,
    ];

    /// The format named by a file's extension.
    ///
    /// # Errors
    /// Returns [`ExportError::Format`] if the extension names none.
    pub fn of(file: &Path) -> Result<Self, ExportError> {
        let ending = file.extension().map(OsStr::to_ascii_lowercase);
        let ending = ending.as_ref().and_then(|it| it.to_str());
        let mut all = Self::ALL.into_iter();
        all.find(|format| Some(format.ending()) == ending)
            .ok_or_else(|| ExportError::Format {
                file: file.to_owned(),
            })
    }

    /// The extension of its files.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Gif => "gif",
            Self::Apng => "apng",
            Self::Mp4 => "mp4",
            Self::Webm => "webm",
        }
    }

    /// The name on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Png => "picture (PNG)",
            Self::Svg => "vector picture (SVG)",
            Self::Pdf => "page for a paper (PDF)",
            Self::Gif => "clip (GIF)",
            Self::Apng => "true-colour clip (APNG)",
            Self::Mp4 => "video (MP4, needs ffmpeg)",
            Self::Webm => "video (WebM, needs ffmpeg)",
        }
    }

    /// Whether the format holds a single picture.
    #[must_use]
    pub const fn is_still(self) -> bool {
        matches!(self, Self::Png | Self::Svg | Self::Pdf)
    }

    /// Whether the format is made of lines and letters, which have a size on paper.
    #[must_use]
    pub const fn is_vector(self) -> bool {
        matches!(self, Self::Svg | Self::Pdf)
    }
}
