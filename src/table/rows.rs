//! The rows of a table.

use csv::StringRecord;

use super::cell::{DecimalMark, Value, value};
use super::{Body, Table};

/// A row of a table.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// The number of its first line, counted from 1; in an array, the number of the row.
    pub line: u64,
    cells: Cells<'a>,
}

#[derive(Clone, Debug)]
enum Cells<'a> {
    Text(StringRecord),
    Numbers(&'a [f64]),
}

/// A cell of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// The text of the cell.
    Text(&'a str),
    /// A number from an array.
    Number(f64),
}

impl Row<'_> {
    /// Returns the cell in a column, or an empty one if the row is too short.
    #[must_use]
    pub fn cell(&self, column: usize) -> Cell<'_> {
        match &self.cells {
            Cells::Text(record) => Cell::Text(record.get(column).unwrap_or_default()),
            Cells::Numbers(numbers) => numbers
                .get(column)
                .map_or(Cell::Text(""), |&number| Cell::Number(number)),
        }
    }
}

impl Cell<'_> {
    /// Returns the value of the cell, for numbers with this decimal mark.
    #[must_use]
    pub fn value(self, mark: DecimalMark) -> Value {
        match self {
            Self::Text(text) => value(text, mark),
            Self::Number(number) if number.is_nan() => Value::Missing,
            Self::Number(number) if number.is_infinite() => Value::Infinite(number),
            Self::Number(number) => Value::Number(number),
        }
    }

    /// Whether the cell uses the notation of programs: digits, a point, an exponent.
    #[must_use]
    pub fn is_plain(self) -> bool {
        match self {
            Self::Text(text) => text.parse::<f64>().is_ok(),
            Self::Number(_) => true,
        }
    }

    /// Returns the content of the cell as text.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::Text(text) => text.to_owned(),
            Self::Number(number) => number.to_string(),
        }
    }
}

impl Table {
    /// Returns the rows from top to bottom, without the header.
    #[must_use]
    pub fn rows(&self) -> Box<dyn Iterator<Item = Row<'_>> + '_> {
        match &self.body {
            Body::Text(text) => Box::new(text.records().map(|(line, record)| Row {
                line,
                cells: Cells::Text(record),
            })),
            Body::Numbers(numbers) => {
                let width = self.reading.columns.len().max(1);
                Box::new((1..).zip(numbers.chunks(width)).map(|(line, row)| Row {
                    line,
                    cells: Cells::Numbers(row),
                }))
            }
        }
    }
}
