//! The quantities that a chart can show over a race.

use serde::{Deserialize, Serialize};

use crate::number::lowest_first;
use crate::objective::Scores;
use crate::plane;
use crate::simulation::{Record, Trajectory};
use crate::surface::{Minimum, Surface};

/// A quantity of a racer that changes from step to step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Quantity {
    /// The loss at the position.
    #[default]
    Loss,
    /// ‖∇f‖ at the position.
    GradientNorm,
    /// The length of the step.
    StepLength,
    /// The effective learning rate along x.
    RateX,
    /// The effective learning rate along y.
    RateY,
    /// The distance to the nearest global minimum.
    Distance,
    /// The length of the velocity, or of the first moment.
    Memory,
    /// The loss at the end, against a hyper-parameter.
    Sensitivity,
    /// The number of steps until a loss is reached, against a hyper-parameter.
    Arrival,
    /// The share of the rows that are classified correctly at the end, against a hyper-parameter.
    Accuracy,
    /// The share of the rows it learns from that a network classifies correctly.
    TrainAccuracy,
    /// The loss of a network over the rows that it is tested on.
    TestLoss,
    /// The share of the rows it is tested on that a network classifies correctly.
    TestAccuracy,
    /// The Euclidean length of all weights of a network.
    Norm,
    /// The learning rate of the step, after schedule and edits.
    LearningRate,
}

impl Quantity {
    /// All of them, in menu order.
    pub const ALL: [Self; 15] = [
        Self::Loss,
        Self::TestLoss,
        Self::TrainAccuracy,
        Self::TestAccuracy,
        Self::GradientNorm,
        Self::StepLength,
        Self::LearningRate,
        Self::RateX,
        Self::RateY,
        Self::Distance,
        Self::Memory,
        Self::Norm,
        Self::Sensitivity,
        Self::Arrival,
        Self::Accuracy,
    ];

    /// The display name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Loss => "loss",
            Self::GradientNorm => "gradient norm",
            Self::StepLength => "step length",
            Self::RateX => "effective rate along x",
            Self::RateY => "effective rate along y",
            Self::Distance => "distance to the minimum",
            Self::Memory => "momentum",
            Self::Sensitivity => "final loss",
            Self::Arrival => "steps to a loss",
            Self::Accuracy | Self::TrainAccuracy => "accuracy",
            Self::TestLoss => "test loss",
            Self::TestAccuracy => "test accuracy",
            Self::Norm => "length of all weights",
            Self::LearningRate => "learning rate",
        }
    }

    /// One sentence in plain words.
    #[must_use]
    pub const fn help(self) -> &'static str {
        match self {
            Self::Loss => "The loss at the racer",
            Self::GradientNorm => "How steep the surface is at the racer",
            Self::StepLength => "How long each step is",
            Self::RateX => {
                "The effective learning rate along x: what the gradient is multiplied by"
            }
            Self::RateY => {
                "The effective learning rate along y: what the gradient is multiplied by"
            }
            Self::Distance => "The distance to the nearest global minimum",
            Self::Memory => {
                "The length of the velocity, or of the first moment: what the rule remembers of earlier gradients"
            }
            Self::Sensitivity => {
                "The loss at the end of the race for 60 values of the learning rate, or of another parameter"
            }
            Self::Arrival => {
                "After how many steps a loss is reached, for 60 values of the learning rate, or of another parameter"
            }
            Self::Accuracy => {
                "The share of the rows that are classified correctly at the end, for 60 values of the learning rate, or of another parameter"
            }
            Self::TrainAccuracy => {
                "The share of the rows that are classified correctly, among those it learns from"
            }
            Self::TestLoss => "The loss over the rows that are only used to test",
            Self::TestAccuracy => {
                "The share of the rows that are classified correctly, among those only used to test"
            }
            Self::Norm => "The square root of the sum of the squares of all weights",
            Self::LearningRate => "The learning rate of each step, after schedule and edits",
        }
    }
}

impl Quantity {
    /// Whether only the rule itself can provide it, by running the race again.
    #[must_use]
    pub const fn needs_record(self) -> bool {
        matches!(self, Self::RateX | Self::RateY | Self::Memory)
    }

    /// Whether it is shown against the values of a hyper-parameter rather than over the race.
    #[must_use]
    pub const fn is_swept(self) -> bool {
        matches!(self, Self::Sensitivity | Self::Arrival | Self::Accuracy)
    }

    /// Whether it is evaluated over all rows, and therefore known only after some steps of a
    /// network; see [`evaluations`](super::evaluations).
    #[must_use]
    pub const fn is_evaluated(self) -> bool {
        matches!(
            self,
            Self::Loss
                | Self::GradientNorm
                | Self::TrainAccuracy
                | Self::TestLoss
                | Self::TestAccuracy
        )
    }

    /// Whether it is a share of rows, in percent.
    #[must_use]
    pub const fn is_share(self) -> bool {
        matches!(
            self,
            Self::Accuracy | Self::TrainAccuracy | Self::TestAccuracy
        )
    }

    /// The same quantity over the rows that are only used to test, if there is one.
    #[must_use]
    pub const fn on_test_rows(self) -> Option<Self> {
        match self {
            Self::Loss => Some(Self::TestLoss),
            Self::TrainAccuracy => Some(Self::TestAccuracy),
            _ => None,
        }
    }

    /// Whether racers on this surface have the quantity. What is measured along the two axes of a
    /// surface says nothing about the many weights of a network.
    #[must_use]
    pub fn exists_on(self, surface: &dyn Surface) -> bool {
        let network = surface.network().map(|learner| &learner.perceptron);
        let classifies = || network.is_some_and(|it| it.loss_function().classifies());
        let is_tested = || network.is_some_and(|it| !it.test().is_empty());
        match self {
            Self::Loss
            | Self::GradientNorm
            | Self::LearningRate
            | Self::Memory
            | Self::Sensitivity => true,
            Self::StepLength
            | Self::RateX
            | Self::RateY
            | Self::Distance
            | Self::Arrival
            | Self::Accuracy => network.is_none(),
            Self::TrainAccuracy => classifies(),
            Self::TestLoss => is_tested(),
            Self::TestAccuracy => classifies() && is_tested(),
            Self::Norm => network.is_some(),
        }
    }

    /// The values along a path, shares in percent, the first of them at point [`Self::first`]; empty if the racer has
    /// no such quantity.
    #[must_use]
    pub fn values(
        self,
        path: &Trajectory,
        record: Option<&Record>,
        minima: &[Minimum],
    ) -> Vec<f64> {
        let rates = |axis: usize| -> Vec<f64> {
            let rates = record.map_or(&[][..], |record| &record.effective_rate);
            rates.iter().map(|rate| rate[axis]).collect()
        };
        #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
        let stretch = path.every() as f64;
        let scores = |of: fn(&Scores) -> f64| path.scores.iter().map(of).collect();
        match self {
            Self::Loss => path.loss.clone(),
            Self::GradientNorm => path.gradient_norm.clone(),
            Self::StepLength => (1..path.points())
                .map(|point| {
                    let [to, from] = [point, point - 1].map(|point| path.at(path.step_of(point)));
                    // If there are several steps between two points, their mean.
                    plane::distance(to, from) / stretch
                })
                .collect(),
            Self::RateX => rates(0),
            Self::RateY => rates(1),
            Self::Distance => (0..path.points())
                .filter_map(|point| distance(path.at(path.step_of(point)), minima))
                .collect(),
            Self::Memory => record
                .and_then(|record| record.memory.clone())
                .unwrap_or_default(),
            Self::TrainAccuracy => scores(|it| 100.0 * it.accuracy),
            Self::TestLoss => scores(|it| it.test_loss),
            Self::TestAccuracy => scores(|it| 100.0 * it.test_accuracy),
            Self::Norm => path.norm.clone(),
            Self::LearningRate => path.learning_rate.clone(),
            Self::Sensitivity | Self::Arrival | Self::Accuracy => Vec::new(),
        }
    }

    /// The point of the first value: a quantity of a step belongs to the point it leads to.
    #[must_use]
    pub const fn first(self) -> usize {
        match self {
            Self::Loss
            | Self::GradientNorm
            | Self::Distance
            | Self::Sensitivity
            | Self::Arrival
            | Self::Accuracy
            | Self::TrainAccuracy
            | Self::TestLoss
            | Self::TestAccuracy
            | Self::Norm
            | Self::LearningRate => 0,
            Self::StepLength | Self::RateX | Self::RateY | Self::Memory => 1,
        }
    }
}

/// The distance to the nearest global minimum; `None` if none is known.
#[must_use]
pub fn distance(at: [f64; 2], minima: &[Minimum]) -> Option<f64> {
    minima
        .iter()
        .filter(|minimum| minimum.global)
        .map(|minimum| plane::distance(at, minimum.at))
        .min_by(|a, b| lowest_first(*a, *b))
}

#[cfg(test)]
mod tests;
