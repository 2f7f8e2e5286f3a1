//! What can be wrong with a table.

use super::survey::Sighting;
use super::{DecimalMark, Separator};
use crate::file::ReadError;
use crate::text::{brief, counted};

/// What can be wrong with a table, each as one sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// The file is not there, or is none that can be read.
    #[error("{file} cannot be read: {why}")]
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        why: ReadError,
    },
    /// The bytes are no text.
    #[error("{file} cannot be read: it is neither a text nor an NPY file")]
    NotText {
        /// The file.
        file: String,
    },
    /// An NPY file holds something else than numbers in rows, or less than it says.
    #[error("{file} is an NPY file that cannot be read: {what}")]
    Npy {
        /// The file.
        file: String,
        /// What is wrong.
        what: String,
    },
    /// A line has more or fewer cells than others.
    #[error(
        "line {line} of {file} has {}, but line {other} has {usual}",
        counted(*.found, "cell")
    )]
    Ragged {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: u64,
        /// How many cells it has.
        found: usize,
        /// Another line …
        other: u64,
        /// … which has as many cells as it should.
        usual: usize,
    },
    /// There are too many rows.
    #[error("{file} has more than {} rows, the most that are read", crate::number::count(*.most))]
    TooLong {
        /// The file.
        file: String,
        /// The most that are read.
        most: usize,
    },
    /// Two separators would do.
    #[error(
        "the cells of {file} may be separated by {} or by {}; say which with {}",
        first.name(), second.name(), separator_example(*.first)
    )]
    WhichSeparator {
        /// The file.
        file: String,
        /// One of them.
        first: Separator,
        /// The other.
        second: Separator,
    },
    /// The first line may be a header or a row.
    #[error(
        "line {line} of {file} ({cells}) may name the columns or be the first row; say which with \
         header: true or header: false"
    )]
    IsItHeader {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: u64,
        /// What stands in it.
        cells: String,
    },
    /// A number may have a decimal point or a decimal comma.
    #[error(
        "line {} of {file}: {} may be {} or {}; say which mark stands before a fraction with \
         decimal: \".\" or decimal: \",\"",
        seen.line, brief(&seen.cell), readings[0], readings[1]
    )]
    WhichDecimal {
        /// The file.
        file: String,
        /// The number.
        seen: Sighting,
        /// What it is with a decimal point, and with a decimal comma.
        readings: [String; 2],
    },
    /// Numbers with a decimal point stand beside others with a decimal comma.
    #[error(
        "{file} has numbers with a decimal point ({}, line {}) and with a decimal comma ({}, line \
         {}); say which is right with decimal: \".\" or decimal: \",\"",
        brief(&seen[0].cell), seen[0].line, brief(&seen[1].cell), seen[1].line
    )]
    MixedDecimals {
        /// The file.
        file: String,
        /// One of each.
        seen: [Sighting; 2],
    },
}

impl TableError {
    /// The field of a preset that settles it or names the file.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::WhichSeparator { .. } => "separator",
            Self::IsItHeader { .. } => "header",
            Self::WhichDecimal { .. } | Self::MixedDecimals { .. } => "decimal",
            _ => "data",
        }
    }

    /// Two readings of one number.
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
