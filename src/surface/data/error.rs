//! What can be wrong with data.

use std::io;
use std::path::Path;

use super::BUILT_IN;
use crate::surface::ConstantColumn;

/// What can be wrong with the data of a surface, each as one sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DataError {
    /// No data are named.
    #[error(
        "the data are missing; name a file, as in data: \"points.csv\", or a built-in set, as in \
         data: \"penguins\""
    )]
    Missing,
    /// A file is named, and moons are asked for.
    #[error("there must be either data or moons, not both")]
    Both,
    /// A file is named relative to nothing.
    #[error(
        "the file {file} is looked for beside the preset's own file, but this preset has none; give \
         the whole path"
    )]
    NoFolder {
        /// The file.
        file: String,
    },
    /// The file is not there, or cannot be read.
    #[error("{file} cannot be read: {why}")]
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        why: String,
    },
    /// A line has more or fewer cells than the first.
    #[error("line {line} of {file} has {}, but the first line has {first}", cells(*.found))]
    Ragged {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: u64,
        /// How many cells it has.
        found: usize,
        /// How many the first has.
        first: usize,
    },
    /// A cell is not what its column should hold.
    #[error("line {line} of {file}: {column} is \"{text}\", but must be {wanted}")]
    Cell {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: u64,
        /// The name of the column.
        column: String,
        /// What stands there.
        text: String,
        /// What should.
        wanted: String,
    },
    /// There is no column of that name.
    #[error("{file} has no column \"{column}\"; it has {known}")]
    NoColumn {
        /// The file.
        file: String,
        /// The field of the surface that asks for it.
        field: &'static str,
        /// The name.
        column: String,
        /// The columns that there are.
        known: String,
    },
    /// There are fewer columns than the model needs.
    #[error("{file} has {}, but at least {needed} columns are needed", columns(*.found))]
    TooNarrow {
        /// The file.
        file: String,
        /// How many there are.
        found: usize,
        /// How many are needed.
        needed: usize,
    },
    /// No row has all that is needed.
    #[error("{file} has no row in which {columns} are all given")]
    Empty {
        /// The file.
        file: String,
        /// The columns that are needed.
        columns: String,
    },
    /// All rows are of one class.
    #[error("{file}: {column} is the same in every row, but two classes are needed")]
    OneClass {
        /// The file.
        file: String,
        /// The column of the labels.
        column: String,
    },
    /// No row has the label that is to count as 1.
    #[error("{file}: {column} is nowhere \"{positive}\"")]
    NoPositive {
        /// The file.
        file: String,
        /// The column of the labels.
        column: String,
        /// The label that is to count as 1.
        positive: String,
    },
    /// A column without spread cannot be standardised.
    #[error("{file}: {column} is the same in every row, so it cannot be standardized")]
    Constant {
        /// The file.
        file: String,
        /// The column.
        column: String,
    },
    /// A number of the surface itself is out of range.
    #[error("{setting} is {value}, but must be {valid}")]
    Setting {
        /// The field of the surface.
        field: &'static str,
        /// Its name, where it stands in another.
        setting: &'static str,
        /// Its value.
        value: String,
        /// What it can be.
        valid: &'static str,
    },
}

impl From<ConstantColumn> for DataError {
    fn from(ConstantColumn { file, column }: ConstantColumn) -> Self {
        Self::Constant { file, column }
    }
}

impl DataError {
    /// The field of the surface that it is about.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::NoColumn { field, .. } | Self::Setting { field, .. } => field,
            Self::NoPositive { .. } => "positive",
            Self::Constant { .. } => "standardize",
            _ => "data",
        }
    }

    pub(super) fn unreadable(file: &Path, cause: &io::Error) -> Self {
        let why = match cause.kind() {
            io::ErrorKind::NotFound => {
                let sets: Vec<&str> = BUILT_IN.iter().map(|set| set.name).collect();
                format!(
                    "there is no such file; the built-in sets are {}",
                    sets.join(", ")
                )
            }
            io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
            _ => cause.to_string(),
        };
        Self::Unreadable {
            file: file.display().to_string(),
            why,
        }
    }
}

fn cells(count: usize) -> String {
    match count {
        1 => "1 cell".into(),
        _ => format!("{count} cells"),
    }
}

fn columns(count: usize) -> String {
    match count {
        0 => "no columns".into(),
        1 => "1 column".into(),
        _ => format!("{count} columns"),
    }
}
