//! The rows of a table.

use csv::StringRecord;

use super::cell::{DecimalMark, Value, value};
use super::{Body, Table};

/// One row of a table.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// The line on which it begins, counted from 1; of an array, the row.
    pub line: u64,
    cells: Cells<'a>,
}

#[derive(Clone, Debug)]
enum Cells<'a> {
    Text(StringRecord),
    Numbers(&'a [f64]),
}

/// One cell of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// As it is written.
    Text(&'a str),
    /// A number that was never written.
    Number(f64),
}

impl Row<'_> {
    /// The cell in a column; an empty one where the row has ended.
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
    /// What it says, if numbers are written with this decimal mark.
    #[must_use]
    pub fn value(self, mark: DecimalMark) -> Value {
        match self {
            Self::Text(text) => value(text, mark),
            Self::Number(number) if number.is_nan() => Value::Missing,
            Self::Number(number) if number.is_infinite() => Value::Infinite(number),
            Self::Number(number) => Value::Number(number),
        }
    }

    /// Whether it is written as programs write numbers: digits, a point, a power of ten.
    #[must_use]
    pub fn is_plain(self) -> bool {
        match self {
            Self::Text(text) => text.parse::<f64>().is_ok(),
            Self::Number(_) => true,
        }
    }

    /// What stands there.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::Text(text) => text.to_owned(),
            Self::Number(number) => number.to_string(),
        }
    }
}

impl Table {
    /// The rows from top to bottom, without the header.
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
