//! What can go wrong while a picture or a clip is written.

use std::io;
use std::path::PathBuf;

use super::limits::SCALES;
use crate::preset::PresetError;

/// Why there is no picture or clip, as one sentence.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The file's ending names no format.
    #[error(
        "{} has no ending that names a format; it can be .png, .gif, .apng, .svg, .mp4 or .webm",
        file.display()
    )]
    Format {
        /// The file.
        file: PathBuf,
    },
    /// The size makes no sense.
    #[error(
        "a picture of {width}x{height} pixels is not possible; each side must be from 64 to 8192"
    )]
    Size {
        /// Pixels from left to right.
        width: usize,
        /// Pixels from top to bottom.
        height: usize,
    },
    /// The page would be too small or too large.
    #[error("a size of {width}x{height} is not possible; each side must be from 1 to 8192")]
    Page {
        /// Points from left to right.
        width: usize,
        /// Points from top to bottom.
        height: usize,
    },
    /// Letters would be too small to be seen, or larger than the memory.
    #[error("a scale of {scale} is not possible; it must be from {} to {}", SCALES.start(), SCALES.end())]
    Scale {
        /// Pixels to a point.
        scale: f32,
    },
    /// A clip has too many frames.
    #[error("a clip of {frames} frames is not possible; it can have at most 100,000")]
    Frames {
        /// How many it would have, without the end's rest.
        frames: f64,
    },
    /// All frames of a clip together have too many pixels.
    #[error(
        "a clip of {frames} frames of {width}x{height} pixels is not possible; all together can \
         have at most 100 billion pixels"
    )]
    ClipSize {
        /// How many frames it would have.
        frames: f64,
        /// Pixels of a frame from left to right.
        width: usize,
        /// Pixels from top to bottom.
        height: usize,
    },
    /// Frames follow too closely, or too far apart.
    #[error("{steps} steps from frame to frame are not possible; from 0.001 to 1,000,000 are")]
    StepsPerFrame {
        /// Steps from one frame to the next.
        steps: f64,
    },
    /// A clip rests for too long at its end, or for less than no time.
    #[error("a rest of {seconds} seconds at the end is not possible; from 0 to 60 are")]
    Hold {
        /// Seconds.
        seconds: f64,
    },
    /// The step is not in the race.
    #[error("there is no step {step}; the race has {steps} steps")]
    Step {
        /// What was asked for.
        step: usize,
        /// The last step.
        steps: usize,
    },
    /// Only some formats can be transparent.
    #[error("only .png and .svg can have a transparent background")]
    Transparent,
    /// The frames do not come often enough, or too often.
    #[error("{fps} frames a second are not possible; from 1 to 100 are")]
    FrameRate {
        /// Frames a second.
        fps: u16,
    },
    /// No video without ffmpeg.
    #[error(
        "a video needs the program ffmpeg, which is not on the PATH (Debian: ffmpeg); .gif and .apng need nothing"
    )]
    NoFfmpeg,
    /// ffmpeg did not do it.
    #[error("ffmpeg could not make the video: {0}")]
    Ffmpeg(String),
    /// The file cannot be written.
    #[error("{} cannot be written: {cause}", file.display())]
    Unwritable {
        /// The file.
        file: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// An option of the command line asks for what is not possible.
    #[error("{cause} ({option})")]
    Option {
        /// The option, or several.
        option: &'static str,
        /// What is not possible.
        cause: Box<Self>,
    },
    /// The user stopped it.
    #[error("stopped; nothing was written")]
    Stopped,
    /// The preset makes no sense.
    #[error(transparent)]
    Preset(#[from] PresetError),
}

impl ExportError {
    /// The same with the option of `slalom render` that is to blame, if it is one's fault.
    #[must_use]
    pub fn with_option(self) -> Self {
        let option = match self {
            Self::Size { .. } => "--size times --scale",
            Self::Page { .. } => "--size",
            Self::Scale { .. } => "--scale",
            Self::Frames { .. } | Self::StepsPerFrame { .. } => "--steps-per-frame",
            Self::ClipSize { .. } => "--size, --scale, --steps-per-frame",
            Self::FrameRate { .. } => "--fps",
            Self::Hold { .. } => "--hold",
            Self::Step { .. } => "--step",
            other => return other,
        };
        let cause = Box::new(self);
        Self::Option { option, cause }
    }
}

/// Why a picture or a clip could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// The format cannot hold a picture of this size.
    #[error("a picture of {width}x{height} pixels cannot be written as {format}")]
    Size {
        /// Pixels from left to right.
        width: usize,
        /// Pixels from top to bottom.
        height: usize,
        /// The format's name, for the sentence.
        format: &'static str,
    },

    /// All frames of a clip are of one size.
    #[error("a frame has {found:?} pixels where the clip has {expected:?}")]
    FrameSize {
        /// Width and height of the clip.
        expected: [usize; 2],
        /// Width and height of the frame.
        found: [usize; 2],
    },

    /// A clip of no frames a second never moves.
    #[error("a clip needs at least one frame a second")]
    FrameRate,

    /// A clip was finished before it got a frame.
    #[error("a clip needs at least one frame")]
    NoFrames,

    /// An APNG says at its beginning how many frames follow.
    #[error("the clip was announced with {announced} frames but got {written}")]
    FrameCount {
        /// The number given at the start.
        announced: u32,
        /// The number of frames that came, counting the one too many.
        written: u32,
    },

    /// The GIF encoder or the file behind it failed.
    #[error("the GIF could not be written: {0}")]
    Gif(#[from] gif::EncodingError),

    /// The PNG encoder or the file behind it failed.
    #[error("the PNG could not be written: {0}")]
    Png(#[from] png::EncodingError),
}
