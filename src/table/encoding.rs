//! Decodes bytes as UTF-8, UTF-16 or Windows-1252.

use std::char::{REPLACEMENT_CHARACTER, decode_utf16};
use std::fmt;

/// The encoding of a text file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    #[default]
    Utf8,
    /// UTF-16, little-endian: Excel's "Unicode text".
    Utf16Le,
    /// UTF-16, big-endian.
    Utf16Be,
    /// Windows-1252, used by western versions of Excel for plain CSV. Latin-1 is a subset.
    Windows1252,
}

impl Encoding {
    /// The name that Python knows it by, for a file with or without a byte order mark.
    #[must_use]
    pub fn python(self, has_mark: bool) -> &'static str {
        match (self, has_mark) {
            (Self::Utf8, _) => "utf-8-sig",
            (Self::Utf16Le | Self::Utf16Be, true) => "utf-16",
            (Self::Utf16Le, false) => "utf-16-le",
            (Self::Utf16Be, false) => "utf-16-be",
            (Self::Windows1252, _) => "cp1252",
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16 LE",
            Self::Utf16Be => "UTF-16 BE",
            Self::Windows1252 => "Windows-1252",
        })
    }
}

/// Decodes a file. Returns its text without a byte order mark, its encoding, and whether it had a
/// mark, or `None` if it is not text.
pub(super) fn decode(bytes: Vec<u8>) -> Option<(String, Encoding, bool)> {
    let marked = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark));
    if let Some((mark, encoding)) = marked {
        let rest = &bytes[mark.len()..];
        let text = match encoding {
            Encoding::Utf16Le => utf16(rest, u16::from_le_bytes),
            Encoding::Utf16Be => utf16(rest, u16::from_be_bytes),
            _ => String::from_utf8_lossy(rest).into_owned(),
        };
        return as_text(text).map(|text| (text, *encoding, true));
    }
    let (text, encoding) = match unmarked_utf16(&bytes) {
        Some(Encoding::Utf16Be) => (utf16(&bytes, u16::from_be_bytes), Encoding::Utf16Be),
        Some(_) => (utf16(&bytes, u16::from_le_bytes), Encoding::Utf16Le),
        None => match String::from_utf8(bytes) {
            Ok(text) => (text, Encoding::Utf8),
            Err(fault) => (windows_1252(fault.as_bytes()), Encoding::Windows1252),
        },
    };
    as_text(text).map(|text| (text, encoding, false))
}

/// The byte order marks.
const MARKS: [(&[u8], Encoding); 3] = [
    (b"\xef\xbb\xbf", Encoding::Utf8),
    (b"\xff\xfe", Encoding::Utf16Le),
    (b"\xfe\xff", Encoding::Utf16Be),
];

/// Decodes UTF-16. What is no character, and a byte left over, is shown as �.
fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, rest) = bytes.as_chunks();
    let letters = decode_utf16(pairs.iter().map(|pair| unit(*pair)));
    let left_over = (!rest.is_empty()).then_some(REPLACEMENT_CHARACTER);
    letters
        .map(|letter| letter.unwrap_or(REPLACEMENT_CHARACTER))
        .chain(left_over)
        .collect()
}

/// Decodes Windows-1252, which is Latin-1 but for 27 characters between 0x80 and 0x9f
/// (WHATWG, Encoding Standard, index windows-1252).
fn windows_1252(bytes: &[u8]) -> String {
    const UPPER: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    let letter = |&byte: &u8| match byte {
        0x80..=0x9f => UPPER[usize::from(byte - 0x80)],
        _ => char::from(byte),
    };
    bytes.iter().map(letter).collect()
}

/// Detects UTF-16 without a mark, in which every other byte of digits and separators is zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<Encoding> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let sample = &bytes[..bytes.len().min(4096)];
    let zeros = |parity: usize| {
        let half = sample.iter().skip(parity).step_by(2);
        half.filter(|&&byte| byte == 0).count()
    };
    let [first, second] = [zeros(0), zeros(1)];
    let many = (sample.len() / 4).max(1);
    match (first, second) {
        (0, second) if second >= many => Some(Encoding::Utf16Le),
        (first, 0) if first >= many => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// Returns the text with consistent line ends, or `None` if it contains zeros.
fn as_text(text: String) -> Option<String> {
    if text.contains('\0') {
        return None;
    }
    // Old Macs end lines with only a carriage return.
    let is_old = text.contains('\r') && !text.contains('\n');
    Some(if is_old {
        text.replace('\r', "\n")
    } else {
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "Fläche;Höhe\n1;2\n";
        let latin = "Fl\u{e4}che;H\u{f6}he\n1;2\n";
        let latin: Vec<u8> = latin.chars().map(|letter| letter as u8).collect();
        let marked = |bytes: &[u8], mark: &[u8]| [mark, bytes].concat();
        let little = wide(text, u16::to_le_bytes);
        let big = wide(text, u16::to_be_bytes);
        let cases = [
            (text.as_bytes().to_vec(), Encoding::Utf8, false),
            (
                marked(text.as_bytes(), b"\xef\xbb\xbf"),
                Encoding::Utf8,
                true,
            ),
            (marked(&little, b"\xff\xfe"), Encoding::Utf16Le, true),
            (marked(&big, b"\xfe\xff"), Encoding::Utf16Be, true),
            (little, Encoding::Utf16Le, false),
            (big, Encoding::Utf16Be, false),
            (latin, Encoding::Windows1252, false),
        ];
        for (bytes, encoding, mark) in cases {
            assert_eq!(decode(bytes), Some((text.to_owned(), encoding, mark)));
        }
    }

    #[test]
    fn python_is_told_the_order_of_bytes_where_no_mark_tells_it() {
        assert_eq!(Encoding::Utf16Be.python(true), "utf-16");
        assert_eq!(Encoding::Utf16Be.python(false), "utf-16-be");
        assert_eq!(Encoding::Utf16Le.python(false), "utf-16-le");
    }

    #[test]
    fn what_is_no_character_is_replaced() {
        let lone = [
            &b"\xff\xfe"[..],
            &[0x31, 0x00, 0x00, 0xd8, 0x32, 0x00, 0x33],
        ]
        .concat();
        assert_eq!(decode(lone).unwrap().0, "1\u{fffd}2\u{fffd}");
        assert_eq!(
            decode(b"\xef\xbb\xbf1\xff2".to_vec()).unwrap().0,
            "1\u{fffd}2"
        );
    }

    #[test]
    fn western_excel_has_typographic_signs() {
        let (text, encoding, _) = decode(b"\x80 5, \x93a\x94 \x96 b\x99\n".to_vec()).unwrap();
        assert_eq!(text, "€ 5, “a” – b™\n");
        assert_eq!(encoding, Encoding::Windows1252);
    }

    #[test]
    fn a_program_is_no_text() {
        assert_eq!(
            decode(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\x03\0>\0".to_vec()),
            None
        );
    }

    #[test]
    fn lines_may_end_as_on_an_old_mac() {
        assert_eq!(decode(b"a,b\r1,2\r".to_vec()).unwrap().0, "a,b\n1,2\n");
    }
}
