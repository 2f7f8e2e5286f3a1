//! The separator between the cells of a line, and the records it separates.

use std::borrow::Cow;
use std::fmt;
use std::io::Cursor;

use csv::{Position, Reader, ReaderBuilder, StringRecord};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::cell::is_missing;

/// The separator between the cells of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Separator {
    /// A tab.
    Tab,
    /// A semicolon.
    Semicolon,
    /// A vertical bar.
    Bar,
    /// A comma.
    #[default]
    Comma,
    /// One or more spaces or tabs.
    Blanks,
}

impl Separator {
    /// All separators, in order of precedence if several fit.
    pub const ALL: [Self; 5] = [
        Self::Tab,
        Self::Semicolon,
        Self::Bar,
        Self::Comma,
        Self::Blanks,
    ];

    /// The character, as written in a preset.
    #[must_use]
    pub fn sign(self) -> char {
        match self {
            Self::Tab => '\t',
            Self::Semicolon => ';',
            Self::Bar => '|',
            Self::Comma => ',',
            Self::Blanks => ' ',
        }
    }

    /// Returns the separator with this character.
    #[must_use]
    pub fn of_sign(sign: char) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.sign() == sign)
    }

    /// The name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Tab => "tab",
            Self::Semicolon => "semicolon",
            Self::Bar => "bar",
            Self::Comma => "comma",
            Self::Blanks => "blanks",
        }
    }

    /// Splits a text into records, each with the number of its first line, counted from
    /// `first_line`.
    ///
    /// Empty lines and lines that start with `comment` are skipped, and cells are trimmed.
    pub(super) fn records(
        self,
        text: &str,
        first_line: u64,
        comment: Option<u8>,
    ) -> impl Iterator<Item = (u64, StringRecord)> {
        // A run of blanks becomes one tab, so that the same reader handles the quotes.
        let (bytes, delimiter) = match self {
            Self::Blanks => (Cow::Owned(squeezed(text).into_bytes()), b'\t'),
            _ => (Cow::Borrowed(text.as_bytes()), self.sign() as u8),
        };
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(Cursor::new(bytes));
        Records {
            reader,
            first_line,
            comment,
        }
    }
}

impl fmt::Display for Separator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tab | Self::Blanks => f.write_str(self.name()),
            _ => write!(f, "{} {}", self.name(), self.sign()),
        }
    }
}

impl Serialize for Separator {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Tab | Self::Blanks => serializer.serialize_str(self.name()),
            _ => serializer.serialize_str(self.sign().encode_utf8(&mut [0; 4])),
        }
    }
}

impl<'de> Deserialize<'de> for Separator {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let named = |it: &Self| text == it.name() || text == it.sign().to_string();
        Self::ALL.into_iter().find(named).ok_or_else(|| {
            de::Error::custom(format!(
                "separator is {text:?}, but must be \",\", \";\", \"|\", \"tab\" or \"blanks\""
            ))
        })
    }
}

/// Replaces every run of blanks outside quotes by a tab.
fn squeezed(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    let mut quoted = false;
    // Blanks before the first cell of a line are dropped.
    let mut blank = false;
    let mut line_began = false;
    for letter in text.chars() {
        match letter {
            ' ' | '\t' if !quoted => blank = line_began,
            '\n' | '\r' if !quoted => {
                (blank, line_began) = (false, false);
                squeezed.push(letter);
            }
            _ => {
                if blank {
                    squeezed.push('\t');
                }
                // A quote inside a cell is an ordinary character.
                if letter == '"' && (quoted || blank || !line_began) {
                    quoted = !quoted;
                }
                (blank, line_began) = (false, true);
                squeezed.push(letter);
            }
        }
    }
    squeezed
}

/// The records of a text.
struct Records<'a> {
    reader: Reader<Cursor<Cow<'a, [u8]>>>,
    first_line: u64,
    comment: Option<u8>,
}

impl Iterator for Records<'_> {
    type Item = (u64, StringRecord);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut record = StringRecord::new();
            // The bytes are from a text and therefore valid UTF-8, and any number of cells is
            // accepted.
            if !self.reader.read_record(&mut record).ok()? {
                return None;
            }
            let line = record.position().map_or(0, |start| self.line_of(start));
            // Trimming copies a record, which few need.
            if record.iter().any(|cell| cell.trim().len() < cell.len()) {
                record.trim();
            }
            if !self.is_comment(&record) {
                return Some((self.first_line - 1 + line, record));
            }
        }
    }
}

impl Records<'_> {
    /// Whether a record is a comment rather than a row that starts with `#N/A`.
    fn is_comment(&self, record: &StringRecord) -> bool {
        let first = record.get(0).unwrap_or_default();
        self.comment.is_some() && first.bytes().next() == self.comment && !is_missing(first)
    }

    /// Returns the line number of a record. The reader's own position is before the empty lines
    /// that it skips.
    fn line_of(&self, start: &Position) -> u64 {
        let text: &[u8] = self.reader.get_ref().get_ref();
        let start_byte = usize::try_from(start.byte()).unwrap_or(usize::MAX);
        let rest = text.get(start_byte..).unwrap_or_default();
        let ends = rest.iter().take_while(|&byte| b"\r\n".contains(byte));
        start.line() + ends.filter(|&&byte| byte == b'\n').count() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(separator: Separator, text: &str) -> Vec<(u64, Vec<String>)> {
        let records = separator.records(text, 1, Some(b'#'));
        let owned = |record: StringRecord| record.iter().map(str::to_owned).collect();
        records
            .map(|(line, record)| (line, owned(record)))
            .collect()
    }

    #[test]
    fn every_separator_parts_the_same_cells() {
        for separator in Separator::ALL {
            let sign = separator.sign();
            let text = format!("a{sign}\"b {sign}c\"\n\n# not {sign} this\n1{sign}2\n");
            let expected = vec![
                (1, vec!["a".to_owned(), format!("b {sign}c")]),
                (4, vec!["1".to_owned(), "2".to_owned()]),
            ];
            assert_eq!(cells(separator, &text), expected, "{separator}");
        }
    }

    #[test]
    fn an_error_of_a_spreadsheet_is_no_comment() {
        let lines: Vec<u64> = cells(Separator::Comma, "#N/A,1\n# N,2\n#REF!,3\n")
            .iter()
            .map(|it| it.0)
            .collect();
        assert_eq!(lines, [1, 3]);
    }

    #[test]
    fn runs_of_blanks_are_one_separator_except_in_quotes() {
        let text = "  a \t b\n\"x  y\"   3\"  \r\n";
        let expected = [
            (1, vec!["a".to_owned(), "b".into()]),
            (2, vec!["x  y".to_owned(), "3\"".into()]),
        ];
        assert_eq!(cells(Separator::Blanks, text), expected);
    }

    #[test]
    fn a_quoted_cell_may_go_over_lines() {
        let text = "a,\"b\nc\"\r\n\r\n1,2\n";
        let lines: Vec<u64> = cells(Separator::Comma, text)
            .iter()
            .map(|it| it.0)
            .collect();
        assert_eq!(lines, [1, 4]);
    }
}
