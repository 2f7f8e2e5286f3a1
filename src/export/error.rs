//! The errors that can occur while a picture or a clip is written.

use std::io;
use std::path::PathBuf;

use super::limits::{FONT_SIZES, INCHES, SCALES};
use crate::preset::PresetError;

/// An error while exporting a picture or a clip.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The file's extension names no format.
    #[error(
        "{} has no extension that names a format; it can be .png, .gif, .apng, .svg, .pdf, .mp4 or .webm",
        file.display()
    )]
    Format {
        /// The file.
        file: PathBuf,
    },
    /// The size is out of range.
    #[error(
        "a picture of {width}x{height} pixels is not possible; each side must be from 64 to 8192"
    )]
    Size {
        /// The width in pixels.
        width: usize,
        /// The height in pixels.
        height: usize,
    },
    /// The page is too small or too large.
    #[error("a size of {width}x{height} is not possible; each side must be from 1 to 8192")]
    Page {
        /// The width in points.
        width: usize,
        /// The height in points.
        height: usize,
    },
    /// The scale is so small that text is illegible, or so large that it does not fit into memory.
    #[error("a scale of {scale} is not possible; it must be from {} to {}", SCALES.start(), SCALES.end())]
    Scale {
        /// The number of pixels per point.
        scale: f32,
    },
    /// The paper is too small or too large.
    #[error(
        "a page of {width} by {height} inches is not possible; each side must be from {} to {}",
        INCHES.start(), INCHES.end()
    )]
    Paper {
        /// The width in inches.
        width: f32,
        /// The height in inches.
        height: f32,
    },
    /// The text on paper is too small or too large.
    #[error(
        "text of {size} points is not possible; it must be from {} to {}",
        FONT_SIZES.start(), FONT_SIZES.end()
    )]
    FontSize {
        /// The size in points.
        size: f32,
    },
    /// The page has no room for the figure.
    #[error(
        "text of {size} points is too large for a page of {width} by {height} inches, or too small"
    )]
    PaperText {
        /// The size of the text in points.
        size: f32,
        /// The width in inches.
        width: f32,
        /// The height in inches.
        height: f32,
    },
    /// Pixels have no size on paper.
    #[error(
        "a size in inches and a font size are for .svg and .pdf; pixels have a width and a height"
    )]
    PixelsOnPaper,
    /// The clip has too many frames.
    #[error("a clip of {frames} frames is not possible; it can have at most 100,000")]
    Frames {
        /// The number of frames, without the pause at the end.
        frames: f64,
    },
    /// The frames of the clip have too many pixels in total.
    #[error(
        "a clip of {frames} frames of {width}x{height} pixels is not possible; all together can \
         have at most 100 billion pixels"
    )]
    ClipSize {
        /// The number of frames.
        frames: f64,
        /// The width of a frame in pixels.
        width: usize,
        /// The height of a frame in pixels.
        height: usize,
    },
    /// The frames are too close together or too far apart.
    #[error("{steps} steps per frame are not possible; it must be from 0.001 to 1,000,000")]
    StepsPerFrame {
        /// The number of steps from one frame to the next.
        steps: f64,
    },
    /// The pause at the end of the clip is too long or negative.
    #[error("a pause of {seconds} seconds at the end is not possible; it must be from 0 to 60")]
    Hold {
        /// The length of the pause in seconds.
        seconds: f64,
    },
    /// The race has no such step.
    #[error("there is no step {step}; the race has {steps} steps")]
    Step {
        /// The requested step.
        step: usize,
        /// The last step.
        steps: usize,
    },
    /// The eye is at no possible place.
    #[error("{what}")]
    Eye {
        /// What is wrong with it.
        what: String,
    },
    /// A picture from above is asked for heights.
    #[error("a picture from above has no heights")]
    FlatHeights,
    /// A picture from above is asked for a projection.
    #[error("a picture from above has no projection")]
    FlatProjection,
    /// Logarithmic heights need the lowest loss.
    #[error("heights cannot be logarithmic here: no lowest point of this surface is known")]
    NoLowest,
    /// A still picture is to turn.
    #[error("a single picture cannot turn; clips are .gif, .apng, .mp4 and .webm")]
    StillOrbit,
    /// The eye is to turn too fast.
    #[error("{speed} degrees per second are not possible; it must be from -3600 to 3600")]
    Orbit {
        /// The speed in degrees per second.
        speed: f64,
    },
    /// The format does not support transparency.
    #[error("only .png and .svg can have a transparent background")]
    Transparent,
    /// The frame rate is too low or too high.
    #[error("{fps} frames per second are not possible; it must be from 1 to 100")]
    FrameRate {
        /// Frames per second.
        fps: u16,
    },
    /// ffmpeg, which videos need, is not installed.
    #[error(
        "a video needs the program ffmpeg, which is not on the PATH (Debian: ffmpeg); .gif and .apng need nothing"
    )]
    NoFfmpeg,
    /// ffmpeg failed.
    #[error("ffmpeg could not make the video: {0}")]
    Ffmpeg(String),
    /// The file cannot be written.
    #[error("{} cannot be written: {cause}", file.display())]
    Unwritable {
        /// The file.
        file: PathBuf,
        /// The underlying error.
        cause: io::Error,
    },
    /// The value of a command-line option is invalid.
    #[error("{cause} ({option})")]
    Option {
        /// The option, or several of them.
        option: &'static str,
        /// What is wrong with the value.
        cause: Box<Self>,
    },
    /// The user cancelled the export.
    #[error("stopped; nothing was written")]
    Stopped,
    /// The preset is invalid.
    #[error(transparent)]
    Preset(#[from] PresetError),
}

impl ExportError {
    /// Adds the option of `slalom render` that caused the error, if there is one.
    #[must_use]
    pub fn with_option(self) -> Self {
        let option = match self {
            Self::Size { .. } => "--size times --scale",
            Self::Page { .. } => "--size",
            Self::Scale { .. } => "--scale",
            Self::Paper { .. } | Self::PixelsOnPaper => "--inches",
            Self::FontSize { .. } | Self::PaperText { .. } => "--font-size",
            Self::Frames { .. } | Self::StepsPerFrame { .. } => "--steps-per-frame",
            Self::ClipSize { .. } => "--size, --scale, --steps-per-frame",
            Self::FrameRate { .. } => "--fps",
            Self::Hold { .. } => "--hold",
            Self::Step { .. } => "--step",
            Self::Eye { .. } => "--eye",
            Self::FlatHeights => "--heights without --eye",
            Self::FlatProjection => "--projection without --eye",
            Self::NoLowest => "--heights",
            Self::StillOrbit | Self::Orbit { .. } => "--orbit",
            other => return other,
        };
        let cause = Box::new(self);
        Self::Option { option, cause }
    }
}

/// An error while encoding a picture or a clip.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// The format does not support pictures of this size.
    #[error("a picture of {width}x{height} pixels cannot be written as {format}")]
    Size {
        /// The width in pixels.
        width: usize,
        /// The height in pixels.
        height: usize,
        /// The format's name, for the message.
        format: &'static str,
    },

    /// The page cannot be written.
    #[error("the page cannot be written: {0}")]
    Page(String),

    /// The frames of a clip have different sizes.
    #[error("a frame has {found:?} pixels where the clip has {expected:?}")]
    FrameSize {
        /// The width and height of the clip.
        expected: [usize; 2],
        /// The width and height of the frame.
        found: [usize; 2],
    },

    /// The frame rate of a clip is zero.
    #[error("a clip needs at least one frame a second")]
    FrameRate,

    /// A clip was finished before it had any frames.
    #[error("a clip needs at least one frame")]
    NoFrames,

    /// The number of frames differs from the one announced at the start of an APNG.
    #[error("the clip was announced with {announced} frames but got {written}")]
    FrameCount {
        /// The number of frames announced.
        announced: u32,
        /// The number of frames received, including the first one too many.
        written: u32,
    },

    /// The GIF encoder or the writer behind it failed.
    #[error("the GIF could not be written: {0}")]
    Gif(#[from] gif::EncodingError),

    /// The PNG encoder or the writer behind it failed.
    #[error("the PNG could not be written: {0}")]
    Png(#[from] png::EncodingError),
}
