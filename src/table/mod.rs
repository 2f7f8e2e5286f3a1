//! Tables of numbers in the formats found in practice: exports of spreadsheets, R, pandas and
//! NumPy.
//!
//! A [`Table`] is opened with the format options of a preset ([`Wanted`]). Everything else is
//! detected from the whole file, and [`Reading`] describes how it was read. If there are two
//! different readings, an error names the field that resolves the ambiguity.
//!
//! Rows are parsed again each time they are needed, so that a table takes no more memory than its
//! file.

mod beginning;
mod cell;
mod columns;
mod encoding;
mod error;
mod guess;
mod header;
mod heading;
mod npy;
mod reading;
mod rows;
mod separator;
mod survey;
mod text;
mod understand;

use std::path::Path;

pub use cell::{DecimalMark, MISSING, Value, is_missing, value};
pub use encoding::Encoding;
pub use error::TableError;
pub use reading::{Column, ColumnKind, Format, Header, Origin, Reading, TextFormat, Wanted};
pub use rows::{Cell, Row};
pub use separator::Separator;
pub use survey::Sighting;

use crate::file::DataFile;
use survey::Survey;

/// A table, and how it was read.
#[derive(Clone, Debug)]
pub struct Table {
    reading: Reading,
    body: Body,
    /// The ambiguity in its format, if any.
    doubt: Option<TableError>,
}

/// The content of the rows.
#[derive(Clone, Debug)]
enum Body {
    Text(text::Text),
    Numbers(Vec<f64>),
}

impl Table {
    /// The maximum size of a file, in bytes.
    pub const MOST_BYTES: u64 = 1 << 30;

    /// The maximum number of rows.
    pub const MOST_ROWS: usize = 10_000_000;

    /// The maximum number of columns.
    pub const MOST_COLUMNS: usize = 20_000;

    /// The maximum length of a line, in bytes.
    pub const LONGEST_LINE: usize = 64 << 20;

    /// Opens a file.
    ///
    /// # Errors
    /// Returns an error if it cannot be read or is not a table.
    pub fn open(path: &Path, wanted: &Wanted) -> Result<Self, TableError> {
        Self::of_file(&path.into(), wanted)
    }

    /// Opens a file that a preset names.
    ///
    /// # Errors
    /// Returns an error if it cannot be read or is not a table.
    pub fn of_file(file: &DataFile, wanted: &Wanted) -> Result<Self, TableError> {
        let name = file.file_name().unwrap_or(file.as_os_str());
        let bytes = file.read(Self::MOST_BYTES);
        let bytes = bytes.map_err(|why| TableError::Unreadable {
            file: file.display().to_string(),
            why,
        })?;
        Self::read(&name.to_string_lossy(), bytes, wanted)
    }

    /// Reads the bytes of a file. `name` is its name in messages.
    ///
    /// # Errors
    /// Returns an error if they are not a table.
    pub fn read(name: &str, bytes: Vec<u8>, wanted: &Wanted) -> Result<Self, TableError> {
        if npy::is_npy(&bytes) {
            return Self::of_array(name, &bytes);
        }
        let Some((text, encoding, has_mark)) = encoding::decode(bytes) else {
            return Err(TableError::NotText {
                file: name.to_owned(),
            });
        };
        check_lines(name, &text)?;
        let understood = understand::understand(name, text, (encoding, has_mark), wanted)?;
        Ok(Self {
            reading: understood.reading,
            body: Body::Text(understood.text),
            doubt: understood.doubt,
        })
    }

    fn of_array(name: &str, bytes: &[u8]) -> Result<Self, TableError> {
        let array = npy::read(bytes).map_err(|what| TableError::Npy {
            file: name.to_owned(),
            what,
        })?;
        let rows = array.values.len().checked_div(array.columns).unwrap_or(0);
        if array.columns > Self::MOST_COLUMNS {
            return Err(TableError::TooWide {
                file: name.to_owned(),
                line: 1,
                most: Self::MOST_COLUMNS,
            });
        }
        if rows > Self::MOST_ROWS {
            return Err(TableError::TooLong {
                file: name.to_owned(),
                most: Self::MOST_ROWS,
            });
        }
        Ok(Self {
            reading: Reading {
                file: name.to_owned(),
                format: Format::Npy { kind: array.kind },
                header: Header::None,
                columns: columns::of_numbers(&array.values, array.columns),
                rows,
            },
            body: Body::Numbers(array.values),
            doubt: None,
        })
    }

    /// Returns how the table was read.
    #[must_use]
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// Checks that the format of the table is unambiguous.
    ///
    /// # Errors
    /// Returns an error if there are two different readings.
    pub fn settled(&self) -> Result<(), TableError> {
        self.doubt.clone().map_or(Ok(()), Err)
    }

    /// Returns the decimal mark of the numbers in these columns.
    ///
    /// # Errors
    /// Returns an error if two marks are possible and give different numbers.
    pub fn decimal_of(&self, columns: &[usize]) -> Result<DecimalMark, TableError> {
        match &self.body {
            Body::Text(text) => text.decimal_of(&self.reading, columns),
            Body::Numbers(_) => Ok(DecimalMark::Point),
        }
    }

    /// Returns the columns that may contain data: all but row names and unnamed empty columns.
    #[must_use]
    pub fn data_columns(&self) -> Vec<usize> {
        let columns = self.reading.columns.iter().enumerate();
        let data = columns.filter(|(_, column)| match column.kind {
            ColumnKind::RowNames => false,
            ColumnKind::Empty => column.is_named,
            ColumnKind::Numbers | ColumnKind::Text => true,
        });
        data.map(|(index, _)| index).collect()
    }

    /// Returns the column meant by a name like `column 3`.
    #[must_use]
    pub fn numbered(&self, name: &str) -> Option<usize> {
        columns::of_number(name).filter(|&column| column < self.reading.columns.len())
    }
}

/// Checks that no line is so long that its cells would fill the memory.
fn check_lines(file: &str, text: &str) -> Result<(), TableError> {
    if text.len() <= Table::LONGEST_LINE {
        return Ok(());
    }
    for (line, letters) in (1..).zip(text.split(['\n', '\r'])) {
        if letters.len() > Table::LONGEST_LINE {
            return Err(TableError::LongLine {
                file: file.to_owned(),
                line,
                most: Table::LONGEST_LINE,
            });
        }
    }
    Ok(())
}
