//! The errors of tables.

use super::survey::Sighting;
use super::{DecimalMark, Separator};
use crate::file::ReadError;
use crate::text::{brief, counted};

/// An error in a table, as one sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// The file is missing or cannot be read.
    #[error("{file} cannot be read: {why}")]
    Unreadable {
        /// The file.
        file: String,
        /// The reason.
        why: ReadError,
    },
    /// The bytes are not text.
    #[error("{file} cannot be read: it is neither text nor an NPY file")]
    NotText {
        /// The file.
        file: String,
    },
    /// An NPY file contains something other than rows of numbers, or less than its header says.
    #[error("{file} is an NPY file that cannot be read: {what}")]
    Npy {
        /// The file.
        file: String,
        /// What is wrong.
        what: String,
    },
    /// A line has more or fewer cells than the others.
    #[error(
        "line {line} of {file} has {}, but line {other} has {usual}",
        counted(*.found, "cell")
    )]
    Ragged {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: u64,
        /// The number of cells.
        found: usize,
        /// The number of a line with the usual number of cells.
        other: u64,
        /// The usual number of cells.
        usual: usize,
    },
    /// A row has too many cells.
    #[error(
        "line {line} of {file} has more than the maximum of {} columns",
        crate::number::count(*.most)
    )]
    TooWide {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: u64,
        /// The maximum number of columns.
        most: usize,
    },
    /// A line is longer than that of any table.
    #[error("line {line} of {file} is longer than {} MB", .most >> 20)]
    LongLine {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: u64,
        /// The maximum number of bytes.
        most: usize,
    },
    /// There are too many rows.
    #[error("{file} has more than the maximum of {} rows", crate::number::count(*.most))]
    TooLong {
        /// The file.
        file: String,
        /// The maximum number of rows.
        most: usize,
    },
    /// Two separators are possible.
    #[error(
        "the separator of {file} may be {} or {}; specify it with {}",
        first.name(), second.name(), separator_example(*.first)
    )]
    WhichSeparator {
        /// The file.
        file: String,
        /// One possible separator.
        first: Separator,
        /// The other one.
        second: Separator,
    },
    /// The first line may be a header or a row.
    #[error(
        "line {line} of {file} ({cells}) may be a header or the first row; specify which with header: \
         true or header: false"
    )]
    IsItHeader {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: u64,
        /// The content of the line.
        cells: String,
    },
    /// A number may have a decimal point or a decimal comma.
    #[error(
        "line {} of {file}: {} may be {} or {}; specify the decimal mark with decimal: \".\" or \
         decimal: \",\"",
        seen.line, brief(&seen.cell), readings[0], readings[1]
    )]
    WhichDecimal {
        /// The file.
        file: String,
        /// The cell with the number.
        seen: Sighting,
        /// The value with a decimal point, and with a decimal comma.
        readings: [String; 2],
    },
    /// Some numbers have a decimal point and others a decimal comma.
    #[error(
        "{file} has numbers with a decimal point ({}, line {}) and with a decimal comma ({}, line \
         {}); specify the right one with decimal: \".\" or decimal: \",\"",
        brief(&seen[0].cell), seen[0].line, brief(&seen[1].cell), seen[1].line
    )]
    MixedDecimals {
        /// The file.
        file: String,
        /// The first cell of each.
        seen: [Sighting; 2],
    },
}

impl TableError {
    /// Returns the field of a preset that resolves the error or names the file.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::WhichSeparator { .. } => "separator",
            Self::IsItHeader { .. } => "header",
            Self::WhichDecimal { .. } | Self::MixedDecimals { .. } => "decimal",
            _ => "data",
        }
    }

    /// Creates the error that a number has two readings.
    pub(super) fn which_decimal(file: &str, seen: &Sighting) -> Self {
        let reading = |mark| match super::cell::value(&seen.cell, mark) {
            super::Value::Number(number) => crate::number::exact(number),
            _ => seen.cell.clone(),
        };
        Self::WhichDecimal {
            file: file.to_owned(),
            seen: seen.clone(),
            readings: DecimalMark::ALL.map(reading),
        }
    }
}

fn separator_example(separator: Separator) -> String {
    match separator {
        Separator::Tab | Separator::Blanks => format!("separator: \"{}\"", separator.name()),
        _ => format!("separator: \"{}\"", separator.sign()),
    }
}
