//! A link at the end of a video, in a part of its container that players skip.
//!
//! ffmpeg could write it as a comment. But how long a comment may be depends on its version, and
//! these few bytes do not.

use crate::export::Format;

/// The type of the box in an MP4, as every program may choose one (ISO/IEC 14496-12, 11.1).
const UUID: &[u8; 16] = b"Slalom race link";

/// Returns the part of a container that contains a link.
pub(super) fn part_with(format: Format, link: &str) -> Vec<u8> {
    match format {
        Format::Webm => void(link.as_bytes()),
        _ => own_box(link.as_bytes()),
    }
}

/// A box of its own type: its length, `uuid`, the type, and the content.
fn own_box(content: &[u8]) -> Vec<u8> {
    let length = 4 + 4 + UUID.len() + content.len();
    // A link has less than 2 MB.
    let length = u32::try_from(length).unwrap_or(0);
    let parts: [&[u8]; 4] = [&length.to_be_bytes(), b"uuid", UUID, content];
    parts.concat()
}

/// A void element: its identifier, its length in eight bytes, of which the first says how many they
/// are, and the content (RFC 8794, 11.3.2).
fn void(content: &[u8]) -> Vec<u8> {
    let mut length = (content.len() as u64).to_be_bytes();
    length[0] = 1;
    let parts: [&[u8]; 3] = [&[0xec], &length, content];
    parts.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_says_how_long_it_is() {
        let link = "slalom1:AAAA";
        let mp4 = part_with(Format::Mp4, link);
        assert_eq!(mp4[..8], *b"\0\0\0\x24uuid");
        assert_eq!(mp4.len(), 0x24);
        let webm = part_with(Format::Webm, link);
        assert_eq!(webm[..9], [0xec, 1, 0, 0, 0, 0, 0, 0, 12]);
        for part in [mp4, webm] {
            assert!(part.ends_with(link.as_bytes()));
        }
    }
}
