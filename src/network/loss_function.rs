//! The losses of a row.

use serde::{Deserialize, Serialize};

/// The loss of a row, of which the objective is the mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LossFunction {
    /// −ln softmax(o)\[class\], with one output per class.
    CategoricalCrossEntropy,
    /// max(o, 0) − o y + ln(1 + e^(−|o|)) of one logit o, with y = 1 for the second class and 0 for
    /// the first.
    BinaryCrossEntropy,
    /// (o − y)², without a factor ½.
    MeanSquaredError,
}

impl LossFunction {
    /// All losses, in menu order.
    pub const ALL: [Self; 3] = [
        Self::CategoricalCrossEntropy,
        Self::BinaryCrossEntropy,
        Self::MeanSquaredError,
    ];

    /// The name in preset files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CategoricalCrossEntropy => "CategoricalCrossEntropy",
            Self::BinaryCrossEntropy => "BinaryCrossEntropy",
            Self::MeanSquaredError => "MeanSquaredError",
        }
    }

    /// The display name.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::CategoricalCrossEntropy => "cross-entropy",
            Self::BinaryCrossEntropy => "binary cross-entropy",
            Self::MeanSquaredError => "mean squared error",
        }
    }

    /// Whether the targets are classes rather than numbers.
    #[must_use]
    pub const fn classifies(self) -> bool {
        !matches!(self, Self::MeanSquaredError)
    }
}
