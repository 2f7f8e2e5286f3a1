//! How a table was understood, and how that is said.

use std::fmt;

use serde::Serialize;
use serde::ser::SerializeStruct;

use super::survey::Sighting;
use super::{DecimalMark, Encoding, Separator};
use crate::number::count;
use crate::text::{brief, counted, one_line};

/// What a preset says of a table; what it leaves open is guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// What stands between cells.
    pub separator: Option<Separator>,
    /// The mark before a fraction.
    pub decimal: Option<DecimalMark>,
    /// Whether the first record names the columns.
    pub header: Option<bool>,
    /// Columns that are asked for by name: where the first record has one of these, it is a header.
    pub columns: Vec<String>,
}

/// How a table was understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The name of the file, or of the built-in set.
    pub file: String,
    /// How it is stored.
    pub format: Format,
    /// Where the names of the columns come from.
    pub header: Header,
    /// The columns from left to right, without a nameless and empty last one.
    pub columns: Vec<Column>,
    /// How many rows there are.
    pub rows: usize,
}

/// How a table is stored.
#[derive(Clone, Debug, PartialEq)]
pub enum Format {
    /// Lines of text.
    Text {
        /// How its letters are stored.
        encoding: Encoding,
        /// What stands between cells.
        separator: Separator,
        /// Who says so.
        separator_from: Origin,
        /// The mark before a fraction.
        decimal: DecimalMark,
        /// Who says so.
        decimal_from: Origin,
        /// How many lines are comments.
        comments: usize,
    },
    /// NumPy's own format.
    Npy {
        /// The kind of its numbers, as NumPy writes it.
        kind: String,
    },
}

impl Default for Format {
    fn default() -> Self {
        Self::Text {
            encoding: Encoding::default(),
            separator: Separator::default(),
            separator_from: Origin::Usual,
            decimal: DecimalMark::default(),
            decimal_from: Origin::Usual,
            comments: 0,
        }
    }
}

/// Why a table is read as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// The preset says so.
    Preset,
    /// The file says so, in a line `sep=;`.
    File,
    /// All its lines agree with it.
    Lines,
    /// One cell leaves no other reading.
    Cell(Sighting),
    /// Nothing speaks against it.
    #[default]
    Usual,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Preset => f.write_str("as the preset says"),
            Self::File => f.write_str("as its first line says"),
            Self::Lines => f.write_str("found"),
            Self::Cell(Sighting { line, cell }) => {
                write!(f, "found: line {line} has {}", brief(cell))
            }
            Self::Usual => f.write_str("nothing says otherwise"),
        }
    }
}

/// Where the names of the columns come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Header {
    /// Nowhere: the first record is a row.
    #[default]
    None,
    /// From the record on this line.
    Line(u64),
    /// From the comment on this line.
    Comment(u64),
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name; `column 2` if it has none.
    pub name: String,
    /// Whether the file gives it this name.
    pub is_named: bool,
    /// What it holds.
    pub kind: ColumnKind,
    /// Whether it counts the rows, from 0 or 1.
    pub counts_rows: bool,
}

impl Column {
    /// Whether it names or counts the rows rather than holding data: R and pandas write such a
    /// column in front and give it no name.
    #[must_use]
    pub fn names_rows(&self) -> bool {
        self.kind == ColumnKind::RowNames
    }
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Numbers, and perhaps gaps.
    Numbers,
    /// Text, perhaps beside numbers.
    Text,
    /// Nothing.
    Empty,
    /// The names of the rows: the first column, and the only one without a name.
    RowNames,
}

impl fmt::Display for ColumnKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Numbers => "numbers",
            Self::Text => "text",
            Self::Empty => "empty",
            Self::RowNames => "row names",
        })
    }
}

impl Reading {
    /// The decimal mark.
    #[must_use]
    pub fn decimal(&self) -> DecimalMark {
        match self.format {
            Format::Text { decimal, .. } => decimal,
            Format::Npy { .. } => DecimalMark::Point,
        }
    }

    /// How the file is stored, in one line.
    #[must_use]
    pub fn storage(&self) -> String {
        match &self.format {
            Format::Npy { kind } => format!(
                "NumPy array of {kind}, {} x {}",
                count(self.rows),
                self.columns.len()
            ),
            Format::Text {
                encoding,
                separator,
                separator_from,
                decimal,
                decimal_from,
                comments,
            } => {
                let comments = match comments {
                    0 => String::new(),
                    _ => format!("; {} passed over", counted(*comments, "comment line")),
                };
                format!(
                    "{encoding}; separator {separator} ({separator_from}); decimal {decimal} \
                     ({decimal_from}){comments}"
                )
            }
        }
    }

    /// Where the names of the columns come from, in one line.
    #[must_use]
    pub fn names(&self) -> String {
        const MOST: usize = 30;
        let names = self.columns.iter().take(MOST);
        let names = names.map(|column| format!("{} ({})", brief(&column.name), column.kind));
        let mut names = names.collect::<Vec<_>>().join(", ");
        if self.columns.len() > MOST {
            names += ", …";
        }
        let from = match self.header {
            Header::None => "no header".to_owned(),
            Header::Line(line) => format!("header in line {line}"),
            Header::Comment(line) => format!("header in the comment of line {line}"),
        };
        format!("{from}; {}: {names}", counted(self.columns.len(), "column"))
    }

    /// How the table was understood, line by line.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        [self.storage(), self.names()]
            .iter()
            .map(|line| one_line(&format!("{}: {line}", self.file)))
            .collect()
    }
}

impl Serialize for Reading {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_struct("Reading", 9)?;
        map.serialize_field("file", &self.file)?;
        match &self.format {
            Format::Npy { kind } => {
                map.serialize_field("format", "npy")?;
                map.serialize_field("kind", kind)?;
            }
            Format::Text {
                encoding,
                separator,
                separator_from,
                decimal,
                decimal_from,
                comments,
            } => {
                map.serialize_field("format", "text")?;
                map.serialize_field("encoding", &encoding.to_string())?;
                map.serialize_field("separator", &separator.sign())?;
                map.serialize_field("separator_from", &separator_from.to_string())?;
                map.serialize_field("decimal", &decimal.sign())?;
                map.serialize_field("decimal_from", &decimal_from.to_string())?;
                map.serialize_field("comments", comments)?;
            }
        }
        let header = match self.header {
            Header::None => None,
            Header::Line(line) | Header::Comment(line) => Some(line),
        };
        map.serialize_field("header_line", &header)?;
        map.serialize_field("columns", &self.columns)?;
        map.serialize_field("rows", &self.rows)?;
        map.end()
    }
}

impl Serialize for Column {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_struct("Column", 2)?;
        map.serialize_field("name", &self.name)?;
        map.serialize_field("holds", &self.kind.to_string())?;
        map.end()
    }
}
