//! What can go wrong while a picture or a clip is written.

/// Why a picture or a clip could not be written.
#[derive(Debug, thiserror::Error)]
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
