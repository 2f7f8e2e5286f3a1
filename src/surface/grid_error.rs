//! The errors of a measured landscape.

/// An error in a measured landscape, as one sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GridError {
    /// There are too few nodes to interpolate between.
    #[error(
        "{file} has {columns} x {rows} losses, but a landscape needs at least two in each direction"
    )]
    TooSmall {
        /// The file.
        file: String,
        /// The number of nodes along x.
        columns: usize,
        /// The number of nodes along y.
        rows: usize,
    },
    /// There are too many nodes.
    #[error("{file} has {nodes} losses, but at most {most} are read")]
    TooLarge {
        /// The file.
        file: String,
        /// Their number.
        nodes: String,
        /// The maximum.
        most: String,
    },
    /// A column holds text.
    #[error("line {line} of {file}: {column} is \"{text}\", but a landscape has numbers only")]
    NoNumber {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: u64,
        /// The name of the column.
        column: String,
        /// The content of the cell.
        text: String,
    },
    /// Coordinates are not evenly spaced.
    #[error(
        "the values of {axis} in {file} are not evenly spaced: after {before} comes {value}, but \
         {expected} was expected"
    )]
    Uneven {
        /// The file.
        file: String,
        /// The axis.
        axis: &'static str,
        /// The value before.
        before: String,
        /// The value that is there.
        value: String,
        /// The value that would be evenly spaced.
        expected: String,
    },
    /// Two rows of a list have the same coordinates.
    #[error("{file} has two losses at ({x}, {y}); the second is on line {line}")]
    Twice {
        /// The file.
        file: String,
        /// x
        x: String,
        /// y
        y: String,
        /// The line of the second, counted from 1.
        line: u64,
    },
    /// The rows of a list are not all nodes of a grid.
    #[error(
        "{file} has {rows} losses at {columns} values of x and {lines} of y, so {missing} are missing"
    )]
    Gaps {
        /// The file.
        file: String,
        /// The number of losses.
        rows: usize,
        /// The number of different x.
        columns: usize,
        /// The number of different y.
        lines: usize,
        /// The number of nodes without a loss.
        missing: usize,
    },
    /// No loss is finite.
    #[error("no loss in {file} is finite")]
    Nowhere {
        /// The file.
        file: String,
    },
    /// The file and the preset both say where the nodes are.
    #[error(
        "{file} has the coordinates of its losses, x from {} to {} and y from {} to {}, so leave out \
         window",
        x[0], x[1], y[0], y[1]
    )]
    TwoWindows {
        /// The file.
        file: String,
        /// The range of x.
        x: [String; 2],
        /// The range of y.
        y: [String; 2],
    },
}

impl GridError {
    /// Returns the field of the surface that the error is about.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        match self {
            Self::TwoWindows { .. } => "window",
            _ => "data",
        }
    }
}
