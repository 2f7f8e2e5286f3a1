//! The errors of data.

use std::io;
use std::path::Path;

use super::{BUILT_IN, NetworkError};
use crate::expression::ExpressionError;
use crate::file::ReadError;
use crate::surface::ConstantColumn;
use crate::surface::grid_error::GridError;
use crate::surface::typed_error::TypedError;
use crate::table::TableError;

/// An error in the data of a surface, as one sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DataError {
    /// No data are given.
    #[error(
        "the data are missing; name a file, as in data: \"points.csv\", or a built-in data set, as in \
         data: \"penguins\""
    )]
    Missing,
    /// Two sources of data are given.
    #[error("give either {first} or {second}, not both")]
    Both {
        /// The field of one.
        first: &'static str,
        /// The field of the other.
        second: &'static str,
    },
    /// A path is relative, but there is no folder.
    #[error(
        "the path {file} is relative to the preset's own file, but this preset has none; give an \
         absolute path"
    )]
    NoFolder {
        /// The file.
        file: String,
    },
    /// A file lies outside of the folder of a preset that nobody vouches for.
    #[error(
        "{file} lies outside of the preset's folder, from which alone a preset reads; if you trust \
         this one, open it with --allow-outside, or choose Allow in the window"
    )]
    Outside {
        /// The file.
        file: String,
    },
    /// A text that is in no file names a file.
    #[error(
        "{file} is not read, since this preset has no folder in which it could lie; save the preset \
         beside it and open that (for standard input, --allow-outside looks in the current folder)"
    )]
    NoFiles {
        /// The file.
        file: String,
    },
    /// A preset that brings its own files names another one.
    #[error(
        "{file} is not among the files that came with this preset, and a preset without a folder \
         reads no others"
    )]
    NotCarried {
        /// The file.
        file: String,
    },
    /// The file is not a table, or it can be read in more than one way.
    #[error(transparent)]
    Table(#[from] TableError),
    /// There is neither such a file nor such a built-in data set.
    #[error("{file} cannot be read: there is no such file; the built-in data sets are {sets}")]
    NoFile {
        /// The file.
        file: String,
        /// The names of the built-in data sets.
        sets: String,
    },
    /// The path of a file cannot be resolved.
    #[error("{file} cannot be read: {why}")]
    NoPath {
        /// The file.
        file: String,
        /// The reason.
        why: String,
    },
    /// Two columns have this name.
    #[error(
        "columns {} and {} of {file} are both named \"{column}\"; refer to one by its number, as in \
         {field}: \"column {}\"",
        numbers[0], numbers[1], numbers[0]
    )]
    TwoColumns {
        /// The file.
        file: String,
        /// The field of the surface that names the column.
        field: &'static str,
        /// The name.
        column: String,
        /// The numbers of the columns, counted from 1.
        numbers: [usize; 2],
    },
    /// A column may contain data or just row numbers.
    #[error(
        "column {column} of {file} has no name and may contain only row numbers; name the column \
         to use, as in {field}: \"column {}\"",
        column + 1
    )]
    RowNumbers {
        /// The file.
        file: String,
        /// The field of the surface that would use the column.
        field: &'static str,
        /// The number of the column, counted from 1.
        column: usize,
    },
    /// A cell is not what its column should contain.
    #[error("line {line} of {file}: {column} is \"{text}\", but must be {wanted}")]
    Cell {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: u64,
        /// The name of the column.
        column: String,
        /// The content of the cell.
        text: String,
        /// What it should be.
        wanted: String,
    },
    /// There is no column with this name.
    #[error("{file} has no column \"{column}\"; {hint}")]
    NoColumn {
        /// The file.
        file: String,
        /// The field of the surface that names the column.
        field: &'static str,
        /// The name.
        column: String,
        /// The existing columns, or the most similar one.
        hint: String,
    },
    /// There are fewer columns than the model needs.
    #[error("{file} has {}, but at least {needed} are needed", columns(*.found))]
    TooNarrow {
        /// The file.
        file: String,
        /// The number of columns.
        found: usize,
        /// The number of columns needed.
        needed: usize,
    },
    /// No row has values in all columns.
    #[error("{file} has no row with values in all of {columns}")]
    Empty {
        /// The file.
        file: String,
        /// The columns in use.
        columns: String,
    },
    /// All rows belong to the same class.
    #[error("{file}: {column} is the same in every row, but two classes are needed")]
    OneClass {
        /// The file.
        file: String,
        /// The column of the labels.
        column: String,
    },
    /// No row has the label of class 1.
    #[error("{file}: {column} is never \"{positive}\"")]
    NoPositive {
        /// The file.
        file: String,
        /// The column of the labels.
        column: String,
        /// The label of class 1.
        positive: String,
    },
    /// A constant column cannot be standardized.
    #[error("{file}: {column} is the same in every row, so it cannot be standardized")]
    Constant {
        /// The file.
        file: String,
        /// The column.
        column: String,
    },
    /// The layers and the rows of a network do not fit together.
    #[error("{0}")]
    Unfit(String),
    /// A number in the surface's definition is out of range.
    #[error("{setting} is {value}, but must be {valid}")]
    Setting {
        /// The field of the surface.
        field: &'static str,
        /// Its name in messages, with the structure that contains it.
        setting: &'static str,
        /// Its value.
        value: String,
        /// Its valid values.
        valid: &'static str,
    },
    /// Another error of a network.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// An error in a typed formula.
    #[error(transparent)]
    Typed(#[from] TypedError),
    /// An error in a measured landscape.
    #[error(transparent)]
    Grid(#[from] GridError),
    /// An error about this field, or this entry of a list.
    #[error("{fault}")]
    At {
        /// The field of the surface.
        field: &'static str,
        /// The index of the entry.
        entry: Option<usize>,
        /// What is wrong.
        fault: Box<DataError>,
    },
}

impl From<ConstantColumn> for DataError {
    fn from(ConstantColumn { file, column }: ConstantColumn) -> Self {
        Self::Constant { file, column }
    }
}

impl DataError {
    /// Returns the field of the surface that the error is about.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::NoColumn { field, .. }
            | Self::TwoColumns { field, .. }
            | Self::RowNumbers { field, .. }
            | Self::Setting { field, .. }
            | Self::At { field, .. } => field,
            Self::Both { first, .. } => first,
            Self::Network(fault) => fault.field(),
            Self::Typed(fault) => fault.field(),
            Self::Grid(fault) => fault.field(),
            Self::Table(fault) => fault.field(),
            Self::NoPositive { .. } => "positive",
            Self::Constant { .. } => "standardize",
            _ => "data",
        }
    }

    /// Returns the mistake in a typed formula, if it is one.
    #[must_use]
    pub const fn in_formula(&self) -> Option<&ExpressionError> {
        match self {
            Self::Typed(fault) => fault.in_formula(),
            _ => None,
        }
    }

    /// Returns the entry of the field that the error is about, if the field is a list.
    #[must_use]
    pub fn entry(&self) -> Option<usize> {
        match self {
            Self::At { entry, .. } => *entry,
            Self::Network(fault) => fault.entry(),
            _ => None,
        }
    }

    /// Returns whether a file lies outside of where the preset may read.
    #[must_use]
    pub fn is_outside(&self) -> bool {
        match self {
            Self::Outside { .. } => true,
            Self::At { fault, .. } => fault.is_outside(),
            _ => false,
        }
    }

    /// The same error, about this field or this entry of a list.
    #[must_use]
    pub(crate) fn at(self, field: &'static str, entry: Option<usize>) -> Self {
        Self::At {
            field,
            entry,
            fault: Box::new(self),
        }
    }

    /// Converts the error of opening a file, whose name may be meant for a built-in data set.
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
            TableError::Unreadable {
                file,
                why: ReadError::Outside,
            } => Self::Outside { file },
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
