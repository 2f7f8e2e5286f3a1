//! The quantities that a chart can show.

use serde::{Deserialize, Serialize};

/// A quantity of a racer that changes from step to step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Quantity {
    /// The loss at the position.
    #[default]
    Loss,
    /// ‖∇f‖ at the position.
    GradientNorm,
    /// How far the step led.
    StepLength,
    /// What the gradient's x was multiplied with.
    RateX,
    /// What the gradient's y was multiplied with.
    RateY,
    /// How far the nearest global minimum is.
    Distance,
    /// The length of the velocity, or of the first moment.
    Memory,
}

impl Quantity {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 7] = [
        Self::Loss,
        Self::GradientNorm,
        Self::StepLength,
        Self::RateX,
        Self::RateY,
        Self::Distance,
        Self::Memory,
    ];

    /// The name on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Loss => "loss",
            Self::GradientNorm => "gradient norm",
            Self::StepLength => "step length",
            Self::RateX => "effective rate of x",
            Self::RateY => "effective rate of y",
            Self::Distance => "distance to the minimum",
            Self::Memory => "momentum",
        }
    }

    /// One sentence in plain words.
    #[must_use]
    pub const fn help(self) -> &'static str {
        match self {
            Self::Loss => "How high the racer stands",
            Self::GradientNorm => "How steep the ground is where the racer stands",
            Self::StepLength => "How far each step leads",
            Self::RateX => {
                "The learning rate of the x axis, all told: what the gradient is multiplied with"
            }
            Self::RateY => {
                "The learning rate of the y axis, all told: what the gradient is multiplied with"
            }
            Self::Distance => "How far it is to the nearest of the lowest points",
            Self::Memory => {
                "The length of the velocity, or of the first moment: what the rule remembers of earlier gradients"
            }
        }
    }
}
