//! A description of how a table was read.

use std::fmt;

use serde::Serialize;
use serde::ser::SerializeStruct;

use super::survey::Sighting;
use super::{DecimalMark, Encoding, Separator};
use crate::number::count;
use crate::text::{brief, counted, one_line};

/// The format options of a preset; those left out are detected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The separator between cells.
    pub separator: Option<Separator>,
    /// The decimal mark.
    pub decimal: Option<DecimalMark>,
    /// Whether the first record names the columns.
    pub header: Option<bool>,
    /// The names of the columns in use. A first record that contains one of them is a header.
    pub columns: Vec<String>,
}

/// How a table was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The name of the file or the built-in data set.
    pub file: String,
    /// The storage format.
    pub format: Format,
    /// The source of the column names.
    pub header: Header,
    /// The columns from left to right, except an unnamed empty one at the end.
    pub columns: Vec<Column>,
    /// The number of rows.
    pub rows: usize,
}

/// The storage format of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Format {
    /// Lines of text.
    Text(TextFormat),
    /// NumPy's own format.
    Npy {
        /// The type of the numbers in NumPy's notation.
        kind: String,
    },
}

impl Default for Format {
    fn default() -> Self {
        Self::Text(TextFormat::default())
    }
}

/// The format of a table that is written as text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextFormat {
    /// The text encoding.
    pub encoding: Encoding,
    /// Whether the file starts with a byte order mark.
    pub has_mark: bool,
    /// The separator between cells.
    pub separator: Separator,
    /// The reason for the separator.
    pub separator_from: Origin,
    /// The decimal mark.
    pub decimal: DecimalMark,
    /// The reason for the decimal mark.
    pub decimal_from: Origin,
    /// The number of comment lines.
    pub comments: usize,
}

/// The reason for a format option.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// It is set in the preset.
    Preset,
    /// It is declared in the file, by a line `sep=;`.
    File,
    /// All lines agree with it.
    Lines,
    /// A cell excludes the alternative.
    Cell(Sighting),
    /// It is the default, with nothing against it.
    #[default]
    Usual,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Preset => f.write_str("set in the preset"),
            Self::File => f.write_str("set in its first line"),
            Self::Lines => f.write_str("detected"),
            Self::Cell(Sighting { line, cell }) => {
                write!(f, "detected: line {line} has {}", brief(cell))
            }
            Self::Usual => f.write_str("default"),
        }
    }
}

/// The source of the column names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Header {
    /// There are no names; the first record is a row.
    #[default]
    None,
    /// From the record on this line.
    Line(u64),
    /// From the comment on this line.
    Comment(u64),
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The name; `column 2` if there is none.
    pub name: String,
    /// Whether the name comes from the file.
    pub is_named: bool,
    /// The type of the content.
    pub kind: ColumnKind,
    /// Whether the values are row numbers, starting at 0 or 1.
    pub counts_rows: bool,
}

impl Column {
    /// Whether the column contains row names or numbers rather than data. R and pandas write such a
    /// column on the left, without a name.
    #[must_use]
    pub fn names_rows(&self) -> bool {
        self.kind == ColumnKind::RowNames
    }
}

/// The type of a column's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Numbers, and possibly missing values.
    Numbers,
    /// Text, possibly mixed with numbers.
    Text,
    /// Nothing.
    Empty,
    /// Row names: the first column, and the only one without a name.
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
        match &self.format {
            Format::Text(text) => text.decimal,
            Format::Npy { .. } => DecimalMark::Point,
        }
    }

    /// A description of the storage format in one line.
    #[must_use]
    pub fn storage(&self) -> String {
        match &self.format {
            Format::Npy { kind } => format!(
                "NumPy array of {kind}, {} x {}",
                count(self.rows),
                self.columns.len()
            ),
            Format::Text(text) => {
                let comments = match text.comments {
                    0 => String::new(),
                    comments => format!("; {} skipped", counted(comments, "comment line")),
                };
                format!(
                    "{}; separator {} ({}); decimal {} ({}){comments}",
                    text.encoding,
                    text.separator,
                    text.separator_from,
                    text.decimal,
                    text.decimal_from
                )
            }
        }
    }

    /// A description of the source of the column names in one line.
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
            Header::Line(line) => format!("header on line {line}"),
            Header::Comment(line) => format!("header in the comment on line {line}"),
        };
        format!("{from}; {}: {names}", counted(self.columns.len(), "column"))
    }

    /// A description, line by line, of how the table was read.
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
        let mut map = serializer.serialize_struct("Reading", 12)?;
        map.serialize_field("file", &self.file)?;
        match &self.format {
            Format::Npy { kind } => {
                map.serialize_field("format", "npy")?;
                map.serialize_field("kind", kind)?;
            }
            Format::Text(text) => {
                map.serialize_field("format", "text")?;
                map.serialize_field("encoding", &text.encoding.to_string())?;
                map.serialize_field("byte_order_mark", &text.has_mark)?;
                map.serialize_field("separator", &text.separator.sign())?;
                map.serialize_field("separator_from", &text.separator_from.to_string())?;
                map.serialize_field("decimal", &text.decimal.sign())?;
                map.serialize_field("decimal_from", &text.decimal_from.to_string())?;
                map.serialize_field("comments", &text.comments)?;
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
