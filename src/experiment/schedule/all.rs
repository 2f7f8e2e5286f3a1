//! One schedule of each kind.

use std::sync::LazyLock;

use super::{Part, RateChange, Schedule, ThresholdMode};

static ALL: LazyLock<Vec<Schedule>> = LazyLock::new(|| {
    vec![
        Schedule::Constant,
        Schedule::steps_down(50, 0.5),
        Schedule::Exponential { factor: 0.98 },
        Schedule::Linear {
            steps: Some(200),
            epochs: None,
            from: 1.0,
            final_learning_rate: None,
            final_factor: Some(0.0),
        },
        Schedule::Polynomial {
            steps: Some(200),
            epochs: None,
            power: 2.0,
            final_learning_rate: 0.0,
        },
        Schedule::cosine(200, 0.0),
        Schedule::warm_restarts(50, 1, 0.0),
        Schedule::warm_up(20, 0.1),
        Schedule::InverseTime { decay: 0.02 },
        Schedule::OneCycle {
            total_steps: Some(200),
            steps: None,
            epochs: None,
            max_learning_rate: 0.1,
        },
        Schedule::PiecewiseConstant {
            changes: vec![RateChange::by(100, 0.5), RateChange::by(150, 0.5)],
        },
        Schedule::ReduceOnPlateau {
            factor: 0.1,
            patience: 10,
            threshold: 1e-4,
            threshold_mode: ThresholdMode::Relative,
            cooldown: 0,
            min_learning_rate: 0.0,
            epsilon: 1e-8,
        },
        Schedule::Sequence {
            parts: vec![
                Part::of(20, Schedule::warm_up(20, 0.1)),
                Part::last(Schedule::cosine(180, 0.0)),
            ],
        },
    ]
});

impl Schedule {
    /// One schedule of each kind, with numbers suitable for a race of 200 steps.
    #[must_use]
    pub fn all() -> &'static [Self] {
        &ALL
    }

    /// A [`Schedule::Step`] with its distance in steps.
    #[must_use]
    pub const fn steps_down(every: u64, factor: f64) -> Self {
        Self::Step {
            every: Some(every),
            every_epochs: None,
            factor,
        }
    }

    /// A [`Schedule::Cosine`] over this many steps.
    #[must_use]
    pub const fn cosine(steps: u64, final_learning_rate: f64) -> Self {
        Self::Cosine {
            steps: Some(steps),
            epochs: None,
            final_learning_rate,
        }
    }

    /// A [`Schedule::CosineWarmRestarts`] with its first period in steps.
    #[must_use]
    pub const fn warm_restarts(period: u64, factor: u64, final_learning_rate: f64) -> Self {
        Self::CosineWarmRestarts {
            period: Some(period),
            period_epochs: None,
            factor,
            final_learning_rate,
        }
    }

    /// A [`Schedule::LinearWarmUp`] over this many steps.
    #[must_use]
    pub const fn warm_up(steps: u64, from: f64) -> Self {
        Self::LinearWarmUp {
            steps: Some(steps),
            epochs: None,
            from,
        }
    }
}
