//! What can be wrong with a network and its examples.

/// The reason why there is no such network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// A layer has no units, or there are no features.
    #[error("the network {shape} has a layer without units, but every layer needs 1 or more")]
    NoUnits {
        /// The widths of all layers.
        shape: String,
    },
    /// There are too many parameters.
    #[error("the network {shape} has more than {most} parameters; make its layers smaller")]
    TooLarge {
        /// The widths of all layers.
        shape: String,
        /// The maximum number of parameters.
        most: usize,
    },
    /// The number of outputs does not fit the loss.
    #[error("{loss} needs {needed}, but the number of outputs is {found}")]
    Outputs {
        /// The display name of the loss.
        loss: &'static str,
        /// What it needs.
        needed: &'static str,
        /// The number of outputs.
        found: usize,
    },
    /// The weight of the penalty is not a number of 0 or more.
    #[error("l2 is {found}, but must be 0 or more")]
    Penalty {
        /// The weight.
        found: String,
    },
    /// There is no row to learn from.
    #[error("there are no rows to learn from")]
    NoRows,
    /// The rows of features and targets do not fit together or do not fit the network.
    #[error("{found} numbers are no features for {rows} rows and a network of {inputs} inputs")]
    Features {
        /// How many numbers there are.
        found: usize,
        /// The number of targets.
        rows: usize,
        /// The number of inputs.
        inputs: usize,
    },
    /// The targets are numbers but should be classes, or the other way round.
    #[error("{loss} needs {needed} as targets")]
    Targets {
        /// The display name of the loss.
        loss: &'static str,
        /// What it needs.
        needed: &'static str,
    },
    /// A row belongs to a class that does not exist.
    #[error("row {row} has class {class}, but classes are counted from 0 to {last}")]
    Class {
        /// The row, counted from 0.
        row: usize,
        /// Its class.
        class: u32,
        /// The last class.
        last: usize,
    },
    /// Not as many weights as parameters are given.
    #[error("{found} weights are given, but the network {shape} has {expected} parameters")]
    Weights {
        /// How many are given.
        found: usize,
        /// The widths of all layers.
        shape: String,
        /// The number of parameters.
        expected: usize,
    },
}
