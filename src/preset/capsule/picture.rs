//! Finds the link in a picture or a clip.

use super::LinkError;
use super::line::{NAME, line_at, opened, without_what_follows};

/// The most places of a file that are looked at more closely.
const MOST_PLACES: usize = 16;

/// What kind of picture or clip a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PictureKind {
    /// PNG, animated or not.
    Png,
    /// GIF.
    Gif,
    /// SVG.
    Svg,
    /// PDF.
    Pdf,
    /// JPEG, MP4, `WebM` and others, in which no text is interrupted.
    Other,
}

impl PictureKind {
    /// Returns the kind of a file by how it begins; `None` for what is no picture.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let begins = |start: &[u8]| bytes.starts_with(start);
        if begins(b"\x89PNG\r\n\x1a\n") {
            return Some(Self::Png);
        }
        if begins(b"GIF87a") || begins(b"GIF89a") {
            return Some(Self::Gif);
        }
        if begins(b"%PDF-") {
            return Some(Self::Pdf);
        }
        let is_video = begins(b"\x1a\x45\xdf\xa3") || bytes.get(4..8) == Some(b"ftyp");
        if is_video || begins(b"\xff\xd8\xff") || begins(b"RIFF") {
            return Some(Self::Other);
        }
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        text.trim_ascii_start()
            .starts_with(b"<")
            .then_some(Self::Svg)
    }
}

/// Returns the link in a picture or a clip.
///
/// # Errors
/// Returns an error if there is none, or if it is damaged.
pub fn link_in_picture(kind: PictureKind, bytes: &[u8]) -> Result<String, LinkError> {
    if kind == PictureKind::Gif {
        // Its text comes in pieces.
        return first_whole(&comments(bytes));
    }
    first_whole(bytes)
}

/// Returns the first link that is whole or, if there is none, what is wrong with the first one.
fn first_whole(bytes: &[u8]) -> Result<String, LinkError> {
    let mut wrong = LinkError::BarePicture;
    let mut rest = bytes;
    for _ in 0..MOST_PLACES {
        let Some(at) = find(rest, NAME) else {
            break;
        };
        rest = rest.get(at..).unwrap_or_default();
        if let Some(line) = line_at(rest).map(without_what_follows) {
            match opened(line) {
                Ok(_) => return Ok(line.to_owned()),
                Err(why) if wrong == LinkError::BarePicture => wrong = why,
                Err(_) => {}
            }
        }
        rest = rest.get(NAME.len()..).unwrap_or_default();
    }
    Err(wrong)
}

/// Returns where some bytes first stand.
fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut from = 0;
    loop {
        let rest = bytes.get(from..)?;
        let at = from + rest.iter().position(|byte| *byte == first)?;
        if bytes.get(at..)?.starts_with(wanted) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// Returns the comments of a GIF, as far as it can be read.
fn comments(bytes: &[u8]) -> Vec<u8> {
    let mut found = Vec::new();
    let mut blocks = Blocks { rest: bytes };
    // If the file ends early, what came before is kept.
    let _ = blocks.collect(&mut found);
    found
}

/// The blocks of a GIF that are still to be read (`GIF89a`, sections 17 to 27).
struct Blocks<'a> {
    rest: &'a [u8],
}

impl<'a> Blocks<'a> {
    fn collect(&mut self, comments: &mut Vec<u8>) -> Option<()> {
        self.take(6)?;
        let screen = self.take(7)?;
        self.colours(*screen.get(4)?)?;
        loop {
            match self.byte()? {
                0x21 => {
                    let is_comment = self.byte()? == 0xfe;
                    let text = self.pieces()?;
                    if is_comment {
                        comments.extend(text);
                        comments.push(0);
                    }
                }
                0x2c => {
                    let image = self.take(9)?;
                    self.colours(*image.get(8)?)?;
                    // The size of the codes.
                    self.byte()?;
                    self.pieces()?;
                }
                _ => return None,
            }
        }
    }

    /// Skips a table of colours, if these flags say that there is one.
    fn colours(&mut self, flags: u8) -> Option<()> {
        if flags & 0x80 != 0 {
            self.take(3 << ((flags & 7) + 1))?;
        }
        Some(())
    }

    /// Returns the pieces of data up to the empty one at their end, joined.
    fn pieces(&mut self) -> Option<Vec<u8>> {
        let mut all = Vec::new();
        loop {
            let length = self.byte()?;
            if length == 0 {
                return Some(all);
            }
            all.extend(self.take(usize::from(length))?);
        }
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::line::sealed;
    use super::*;

    #[test]
    fn pictures_are_known_by_how_they_begin() {
        for (bytes, kind) in [
            (&b"\x89PNG\r\n\x1a\n..."[..], Some(PictureKind::Png)),
            (b"GIF89a...", Some(PictureKind::Gif)),
            (
                b"\xef\xbb\xbf <?xml version=\"1.0\"?><svg",
                Some(PictureKind::Svg),
            ),
            (b"%PDF-1.7", Some(PictureKind::Pdf)),
            (b"\0\0\0\x20ftypisom", Some(PictureKind::Other)),
            (b"(version: 1)", None),
            (b"// a preset", None),
            (b"slalom1:AAAA", None),
            (b"", None),
        ] {
            assert_eq!(PictureKind::of(bytes), kind);
        }
    }

    #[test]
    fn a_link_is_found_among_other_bytes_and_behind_a_false_one() {
        let link = sealed(b"a race").unwrap();
        let bytes = format!("%PDF slalom slalom1:AAAA ({link}) slalom1:B");
        let found = link_in_picture(PictureKind::Pdf, bytes.as_bytes());
        assert_eq!(found, Ok(link));
        let bare = link_in_picture(PictureKind::Pdf, b"%PDF a slalom");
        assert_eq!(bare, Err(LinkError::BarePicture));
        let cut = link_in_picture(PictureKind::Pdf, b"%PDF slalom1:AAAA)");
        assert_eq!(cut, Err(LinkError::CutOff));
    }

    /// What follows a text in a PNG is a checksum, any byte of which may be a digit of base64.
    #[test]
    fn a_link_ends_where_it_says_whatever_follows() {
        for content in [&b"a race"[..], b"a race!", b"a race!!"] {
            let link = sealed(content).unwrap();
            for follows in ["o", "__", "AAAA", "Zz09-_xy)"] {
                let bytes = format!("\x00{link}{follows}");
                let found = link_in_picture(PictureKind::Png, bytes.as_bytes());
                assert_eq!(found.as_ref(), Ok(&link), "{follows}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(mut bytes: Vec<u8>, kind in 0..3_usize) {
            let begin: &[u8] = [&b"GIF89a"[..], b"<svg slalom1:", b"%PDF-slalom2:"][kind];
            bytes.splice(0..0, begin.iter().copied());
            let kind = PictureKind::of(&bytes).unwrap();
            prop_assert!(link_in_picture(kind, &bytes).is_err());
        }
    }
}
