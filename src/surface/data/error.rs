//! What can be wrong with data.

use std::io;
use std::path::Path;

use super::BUILT_IN;
use crate::file::ReadError;
use crate::surface::ConstantColumn;
use crate::table::TableError;

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
    /// The file is no table, or it is not clear how it is to be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// There is neither such a file nor a built-in set of that name.
    #[error("{file} cannot be read: there is no such file; the built-in sets are {sets}")]
    NoFile {
        /// The file.
        file: String,
        /// The built-in sets.
        sets: String,
    },
    /// The name of a file leads nowhere.
    #[error("{file} cannot be read: {why}")]
    NoPath {
        /// The file.
        file: String,
        /// Why.
        why: String,
    },
    /// Two columns have that name.
    #[error(
        "columns {} and {} of {file} are both called \"{column}\"; name one by its number, as in \
         {field}: \"column {}\"",
        numbers[0], numbers[1], numbers[0]
    )]
    TwoColumns {
        /// The file.
        file: String,
        /// The field of the surface that asks for it.
        field: &'static str,
        /// The name.
        column: String,
        /// Where they stand in a row, counted from 1.
        numbers: [usize; 2],
    },
    /// A column may hold data, or count the rows.
    #[error(
        "column {column} of {file} has no name and may only count the rows; name the column to use, \
         as in {field}: \"column {}\"",
        column + 1
    )]
    RowNumbers {
        /// The file.
        file: String,
        /// The field of the surface that would use it.
        field: &'static str,
        /// Where it stands in a row, counted from 1.
        column: usize,
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
            Self::NoColumn { field, .. }
            | Self::TwoColumns { field, .. }
            | Self::RowNumbers { field, .. }
            | Self::Setting { field, .. } => field,
            Self::Table(fault) => fault.field(),
            Self::NoPositive { .. } => "positive",
            Self::Constant { .. } => "standardize",
            _ => "data",
        }
    }

    /// Why a file cannot be opened; a name may be meant for a built-in set.
    pub(super) fn of_file(fault: TableError) -> Self {
        match fault {
            TableError::Unreadable {
                file,
                why: ReadError::Missing,
            } => {
                let sets: Vec<&str> = BUILT_IN.iter().map(|set| set.name).collect();
                Self::NoFile {
                    file,
                    sets: sets.join(", "),
                }
            }
            other => Self::Table(other),
        }
    }

    pub(super) fn no_path(file: &Path, cause: &io::Error) -> Self {
        Self::NoPath {
            file: file.display().to_string(),
            why: cause.to_string(),
        }
    }
}

fn columns(count: usize) -> String {
    match count {
        0 => "no columns".into(),
        1 => "1 column".into(),
        _ => format!("{count} columns"),
    }
}
