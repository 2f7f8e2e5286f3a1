//! The line of a link: its prefix, its checksum, and its digits.

use flate2::Crc;

use super::{LinkError, MOST_COMPRESSED};
use crate::base64::{decode_from_address, encode_for_address, is_address_digit};

/// What every link begins with, before the number of its version.
pub(super) const NAME: &[u8] = b"slalom";
/// The version of links that this program makes and reads.
const VERSION: &[u8] = b"1";
/// The most digits of a version.
const MOST_VERSION_DIGITS: usize = 4;
/// The length and the checksum.
const HEADER: usize = 8;
/// The most letters after the prefix.
const MOST_LETTERS: usize = (MOST_COMPRESSED + HEADER).div_ceil(3) * 4;

/// Returns the link of compressed bytes.
pub(super) fn sealed(compressed: &[u8]) -> Result<String, LinkError> {
    let bytes = compressed.len();
    let length = u32::try_from(bytes)
        .ok()
        .filter(|_| bytes <= MOST_COMPRESSED);
    let length = length.ok_or(LinkError::TooLarge { bytes })?;
    let mut all = Vec::with_capacity(HEADER + bytes);
    all.extend(length.to_le_bytes());
    all.extend(checksum(compressed).to_le_bytes());
    all.extend(compressed);
    Ok(format!("slalom1:{}", encode_for_address(&all)))
}

/// Returns the compressed bytes of a link.
pub(super) fn opened(line: &str) -> Result<Vec<u8>, LinkError> {
    let Head { version, digits } = head(line.as_bytes()).ok_or(LinkError::NotALink)?;
    if version != VERSION {
        return Err(LinkError::Newer);
    }
    if digits.len() > MOST_LETTERS {
        return Err(LinkError::TooLong);
    }
    // The end may be missing, so the header is read first.
    let quads = digits.len() - digits.len() % 4;
    let start = decode_from_address(digits.get(..quads).unwrap_or_default());
    let start = start.ok_or(LinkError::Damaged)?;
    let (Some(length), Some(expected)) = (number(&start, 0), number(&start, 4)) else {
        return Err(LinkError::CutOff);
    };
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    if length > MOST_COMPRESSED {
        return Err(LinkError::Damaged);
    }
    if digits.len() < letters(length) {
        return Err(LinkError::CutOff);
    }
    let mut bytes = decode_from_address(digits).ok_or(LinkError::Damaged)?;
    let compressed = bytes.split_off(HEADER);
    if compressed.len() != length || checksum(&compressed) != expected {
        return Err(LinkError::Damaged);
    }
    Ok(compressed)
}

/// The number of letters after the prefix for this many compressed bytes.
const fn letters(length: usize) -> usize {
    ((HEADER + length) * 4).div_ceil(3)
}

/// Returns a link without the letters that follow it by chance, as the checksum of a PNG's chunk does.
pub(super) fn without_what_follows(line: &str) -> &str {
    let wanted = || {
        let digits = head(line.as_bytes())?.digits;
        // Eight letters hold the length.
        let start = decode_from_address(digits.get(..8)?)?;
        let length = usize::try_from(number(&start, 0)?).ok()?;
        let end = line.len() - digits.len() + letters(length.min(MOST_COMPRESSED));
        line.get(..end)
    };
    wanted().unwrap_or(line)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at + 4)?.try_into().ok()?;
    Some(u32::from_le_bytes(four))
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

/// The parts of a text that begins like a link.
pub(super) struct Head<'a> {
    version: &'a [u8],
    /// All that follows the prefix.
    pub(super) digits: &'a [u8],
}

/// Returns the parts of a text that begins like a link: `slalom`, a number and a colon.
pub(super) fn head(text: &[u8]) -> Option<Head<'_>> {
    let rest = text.strip_prefix(NAME)?;
    let digits = rest.iter().take_while(|it| it.is_ascii_digit()).count();
    if !(1..=MOST_VERSION_DIGITS).contains(&digits) {
        return None;
    }
    let (version, rest) = rest.split_at(digits);
    let digits = rest.strip_prefix(b":")?;
    Some(Head { version, digits })
}

/// Returns whether a text is a link or an address that ends in one, whole or not.
#[must_use]
pub fn is_link(text: &str) -> bool {
    start(text).is_some()
}

/// Returns the link in a text, which is a link or an address that ends in one. Blanks and line
/// breaks, which programs for mail put into long lines, are left out.
#[must_use]
pub fn link_in(text: &str) -> Option<String> {
    let line = text.get(start(text)?..)?;
    Some(line.split_ascii_whitespace().collect())
}

/// Returns where the link begins in a text.
fn start(text: &str) -> Option<usize> {
    let blank = text.len() - text.trim_start().len();
    let begins = |at: &usize| head(text.as_bytes().get(*at..).unwrap_or_default()).is_some();
    if begins(&blank) {
        return Some(blank);
    }
    let address = text.get(blank..)?;
    let is_address = ["http://", "https://", "file://"]
        .iter()
        .any(|it| address.starts_with(it));
    let after = blank + address.find('#')? + 1;
    Some(after).filter(|at| is_address && begins(at))
}

/// Returns the link at the beginning of bytes of which it is a part.
pub(super) fn line_at(bytes: &[u8]) -> Option<&str> {
    let Head { digits, .. } = head(bytes)?;
    let before = bytes.len() - digits.len();
    let letters = digits.iter().take(MOST_LETTERS + 1);
    let count = letters.take_while(|it| is_address_digit(**it)).count();
    std::str::from_utf8(bytes.get(..before + count)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_found_alone_broken_into_lines_and_in_an_address() {
        let link = sealed(b"a race").unwrap();
        let (one, two) = link.split_at(12);
        for text in [
            link.clone(),
            format!("  {link}\n"),
            format!("{one}\r\n  {two}"),
            format!("https://example.org/slalom/#{link}"),
            format!("file:///tmp/index.html?embed#{link}"),
        ] {
            assert_eq!(link_in(&text), Some(link.clone()), "{text}");
            assert_eq!(opened(&link_in(&text).unwrap()).unwrap(), b"a race");
        }
        for text in [
            "",
            "slalom",
            "slalom1",
            "slalom:A",
            "a #slalom1:AA",
            "(version: 1)",
        ] {
            assert!(!is_link(text), "{text}");
        }
    }

    #[test]
    fn every_way_to_be_wrong_has_its_sentence() {
        let link = sealed(b"a race").unwrap();
        assert_eq!(opened("(version: 1)"), Err(LinkError::NotALink));
        assert_eq!(opened(&link.replace("m1:", "m2:")), Err(LinkError::Newer));
        for length in "slalom1:".len()..link.len() {
            assert_eq!(opened(&link[..length]), Err(LinkError::CutOff), "{length}");
        }
        assert_eq!(opened(&format!("{link}A")), Err(LinkError::Damaged));
        assert_eq!(
            opened(&link.replace("m1:", "m1:é")),
            Err(LinkError::Damaged)
        );
        let long = format!("slalom1:{}", "A".repeat(MOST_LETTERS + 1));
        assert_eq!(opened(&long), Err(LinkError::TooLong));
    }

    #[test]
    fn the_limit_is_a_megabyte() {
        let whole = vec![7; MOST_COMPRESSED];
        assert_eq!(opened(&sealed(&whole).unwrap()).unwrap(), whole);
        let bytes = MOST_COMPRESSED + 1;
        assert_eq!(sealed(&vec![7; bytes]), Err(LinkError::TooLarge { bytes }));
    }
}
