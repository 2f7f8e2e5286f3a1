//! The errors of links.

use crate::file::ReadError;

/// Why a link cannot be made or opened. After "… cannot be opened: ", or alone, it is a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LinkError {
    /// The text is something else.
    #[error("it is no link; a link begins with slalom1:")]
    NotALink,
    /// A later version of the program made the link.
    #[error("it was made by a newer version of Slalom")]
    Newer,
    /// The end is missing.
    #[error("the link is cut off: its end is missing")]
    CutOff,
    /// Some of the text is not as it was.
    #[error("the link is damaged: some of its letters are not as they were")]
    Damaged,
    /// The link is larger than any that this program makes.
    #[error("the link is larger than 1 MB")]
    TooLong,
    /// What is in the link takes too much memory.
    #[error("what is in the link takes more than 64 MB")]
    TooMuchInside,
    /// The picture has nothing but pixels.
    #[error(
        "this picture has no experiment in it; those of Slalom have theirs, unless that was \
         switched off"
    )]
    BarePicture,
    /// Compressed, it is larger than a link may be.
    #[error(
        "the race and its data take {} compressed, but a link can hold at most 1 MB", megabytes(*bytes)
    )]
    TooLarge {
        /// The compressed size in bytes.
        bytes: usize,
    },
    /// There are more data than a link may hold.
    #[error("the data take more than 64 MB, the most that a link can hold")]
    TooMuchData,
    /// The data cannot be read.
    #[error("{file} cannot be read: {why}")]
    Unreadable {
        /// The file.
        file: String,
        /// The reason.
        why: ReadError,
    },
    /// The preset cannot be written as text.
    #[error("the race cannot be written: {0}")]
    Unwritable(String),
}

/// Returns a number of bytes in MB, rounded up to a tenth.
fn megabytes(bytes: usize) -> String {
    let tenths = bytes.saturating_mul(10).div_ceil(1 << 20);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_up_so_that_they_exceed_the_limit() {
        let said = |bytes| LinkError::TooLarge { bytes }.to_string();
        assert!(said((1 << 20) + 1).contains("take 1.1 MB compressed"));
        assert!(said(10 << 20).contains("take 10.0 MB compressed"));
    }
}
