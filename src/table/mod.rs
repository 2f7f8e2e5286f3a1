//! Files of numbers as the world writes them: exports of spreadsheets, of R, pandas and NumPy.
//!
//! A [`Table`] is opened with what a preset says of it ([`Wanted`]); the rest is guessed from the
//! whole file, and [`Reading`] tells how it was understood. Where two readings are possible and
//! differ, that is an error which names the field that settles it.
//!
//! Rows are read again each time they are needed, so that a table takes no more memory than its
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
pub use reading::{Column, ColumnKind, Format, Header, Origin, Reading, Wanted};
pub use rows::{Cell, Row};
pub use separator::Separator;
pub use survey::Sighting;

use crate::file;
use survey::Survey;

/// A table, with what was understood of it.
#[derive(Clone, Debug)]
pub struct Table {
    reading: Reading,
    body: Body,
    /// Why it cannot be said how it is to be read, if so.
    doubt: Option<TableError>,
}

/// Where the rows are.
#[derive(Clone, Debug)]
enum Body {
    Text(text::Text),
    Numbers(Vec<f64>),
}

impl Table {
    /// Files that are larger are refused.
    pub const MOST_BYTES: u64 = 1 << 30;

    /// Tables with more rows are refused.
    pub const MOST_ROWS: usize = 10_000_000;

    /// Opens a file.
    ///
    /// # Errors
    /// If it cannot be read or is no table.
    pub fn open(path: &Path, wanted: &Wanted) -> Result<Self, TableError> {
        let name = path.file_name().unwrap_or(path.as_os_str());
        let bytes = file::read(path, Self::MOST_BYTES).map_err(|why| TableError::Unreadable {
            file: path.display().to_string(),
            why,
        })?;
        Self::read(&name.to_string_lossy(), bytes, wanted)
    }

    /// Reads the bytes of a file; `name` is its name in messages.
    ///
    /// # Errors
    /// If they are no table.
    pub fn read(name: &str, bytes: Vec<u8>, wanted: &Wanted) -> Result<Self, TableError> {
        if npy::is_npy(&bytes) {
            return Self::of_array(name, &bytes);
        }
        let Some((text, encoding, _)) = encoding::decode(bytes) else {
            return Err(TableError::NotText {
                file: name.to_owned(),
            });
        };
        let understood = understand::understand(name, text, encoding, wanted)?;
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

    /// How the table was understood.
    #[must_use]
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// Whether it is clear how the table is to be read.
    ///
    /// # Errors
    /// If two readings are possible and differ.
    pub fn settled(&self) -> Result<(), TableError> {
        self.doubt.clone().map_or(Ok(()), Err)
    }

    /// The decimal mark of the numbers in some columns.
    ///
    /// # Errors
    /// If two marks are possible and differ.
    pub fn decimal_of(&self, columns: &[usize]) -> Result<DecimalMark, TableError> {
        match &self.body {
            Body::Text(text) => text.decimal_of(&self.reading, columns),
            Body::Numbers(_) => Ok(DecimalMark::Point),
        }
    }

    /// The columns that may hold data: those that neither name the rows nor are empty and nameless.
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

    /// The column that `column 3` stands for.
    #[must_use]
    pub fn numbered(&self, name: &str) -> Option<usize> {
        columns::of_number(name).filter(|&column| column < self.reading.columns.len())
    }
}
