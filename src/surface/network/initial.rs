//! The weights at which all racers start.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// How the weights are drawn at which all racers start.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Initial {
    /// All are 0.
    Zero,
    /// Uniform ±√(6/(inputs + outputs)), biases 0.
    #[default]
    GlorotUniform,
    /// Normal with deviation √(2/(inputs + outputs)), biases 0.
    GlorotNormal,
    /// Uniform ±√(6/inputs), biases 0.
    HeUniform,
    /// Normal with deviation √(2/inputs), biases 0.
    HeNormal,
    /// Uniform ±1/√inputs, the biases too.
    TorchDefault,
    /// Those of a file: one number a line, layer by layer, W row by row, then b.
    File(PathBuf),
}
