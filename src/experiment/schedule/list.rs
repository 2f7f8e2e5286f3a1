//! The entries of schedules that are lists.

use serde::{Deserialize, Serialize};

use super::Schedule;

/// A part of a [`Schedule::Sequence`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The number of steps until the next part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steps: Option<u64>,
    /// The same in epochs; exactly one of the two is given, and the last part needs neither.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epochs: Option<u64>,
    /// The schedule, which counts from 0 at the beginning of the part.
    pub schedule: Schedule,
}

impl Part {
    /// A part of this many steps.
    #[must_use]
    pub const fn of(steps: u64, schedule: Schedule) -> Self {
        Self {
            steps: Some(steps),
            epochs: None,
            schedule,
        }
    }

    /// The last part, which goes on until the end of the race.
    #[must_use]
    pub const fn last(schedule: Schedule) -> Self {
        Self {
            steps: None,
            epochs: None,
            schedule,
        }
    }
}

impl Schedule {
    /// The schedules that it consists of: those of its parts if it is a sequence, or else itself.
    #[must_use]
    pub fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Sequence { parts } => parts.iter().map(|part| &part.schedule).collect(),
            other => vec![other],
        }
    }
}

/// A change of the learning rate in a [`Schedule::PiecewiseConstant`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateChange {
    /// The number of completed steps from which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<u64>,
    /// The same in epochs; exactly one of the two is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<u64>,
    /// The factor by which the learning rate until then is multiplied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub factor: Option<f64>,
    /// The new learning rate; exactly one of the two is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub learning_rate: Option<f64>,
}

impl RateChange {
    /// A multiplication by `factor` at `step`.
    #[must_use]
    pub const fn by(step: u64, factor: f64) -> Self {
        Self {
            step: Some(step),
            epoch: None,
            factor: Some(factor),
            learning_rate: None,
        }
    }

    /// The learning rate after the change, for the one before.
    pub(super) fn apply(&self, rate: f64) -> f64 {
        self.learning_rate
            .unwrap_or_else(|| rate * self.factor.unwrap_or(1.0))
    }
}
