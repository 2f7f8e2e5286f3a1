//! The quantities that a chart can show over a race.

use serde::{Deserialize, Serialize};

use crate::number::lowest_first;
use crate::plane;
use crate::simulation::{Record, Trajectory};
use crate::surface::Minimum;

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
}

impl Quantity {
    /// All of them, in menu order.
    pub const ALL: [Self; 10] = [
        Self::Loss,
        Self::GradientNorm,
        Self::StepLength,
        Self::RateX,
        Self::RateY,
        Self::Distance,
        Self::Memory,
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
            Self::Accuracy => "accuracy",
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

    /// The values along a path, the first of them at point [`Self::first`]; empty if the racer has
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
            | Self::Accuracy => 0,
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
mod tests {
    use super::*;
    use crate::experiment::{Experiment, Plan};
    use crate::optimizer::{Adagrad, Momentum, OptimizerChoice};
    use crate::simulation::{record, simulate_racer};
    use crate::surface::{SurfaceChoice, minima};

    fn of(optimizer: OptimizerChoice) -> (Trajectory, Record, Vec<Minimum>) {
        let experiment = Experiment {
            surface: SurfaceChoice::LongValley,
            ..Experiment::default()
        };
        let surface = experiment.open_surface();
        let plan = Plan::new(optimizer);
        let path = simulate_racer(&surface, &plan, [-4.0, 1.0], 30, 0);
        let record = record(&surface, &plan, &path, 0);
        (path, record, minima::worth_marking(&*surface))
    }

    #[test]
    fn quantities_are_those_of_the_path() {
        let (path, record, minima) = of(OptimizerChoice::Momentum(Momentum::default()));
        let values = |quantity: Quantity| quantity.values(&path, Some(&record), &minima);
        assert_eq!(values(Quantity::Loss), path.loss);
        assert_eq!(values(Quantity::GradientNorm), path.gradient_norm);
        let steps = values(Quantity::StepLength);
        assert_eq!(steps.len(), 30);
        // In the article's form, v is the step.
        for (step, velocity) in steps.iter().zip(values(Quantity::Memory)) {
            assert!((step - velocity).abs() < 1e-12);
        }
        let distances = values(Quantity::Distance);
        assert!((distances[0] - 4.0_f64.hypot(1.0)).abs() < 1e-12);
        assert_eq!(values(Quantity::RateX), vec![0.01; 30]);
    }

    #[test]
    fn adagrads_rates_shrink_and_it_has_no_memory() {
        let (path, record, minima) = of(OptimizerChoice::Adagrad(Adagrad::default()));
        let rates = Quantity::RateY.values(&path, Some(&record), &minima);
        assert!(rates.windows(2).all(|pair| pair[1] < pair[0]), "{rates:?}");
        assert!(
            Quantity::Memory
                .values(&path, Some(&record), &minima)
                .is_empty()
        );
        // The first rate is η/√(g² + ε) with g = 50 y.
        assert!((rates[0] - 0.01 / 50.0).abs() < 1e-12);
    }
}
