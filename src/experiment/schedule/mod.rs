//! Schedules of the learning rate.

mod about;
mod rate;
mod setting;

use serde::{Deserialize, Serialize};

pub use about::About;
pub use setting::Setting;

/// A schedule of the learning rate; k = 0, 1, … counts completed steps, and a schedule keeps its
/// last value after its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub enum Schedule {
    /// η
    #[default]
    Constant,
    /// η · factor^⌊k/every⌋
    Step {
        /// The number of steps between drops.
        every: u64,
        /// The factor by which η is multiplied at each drop.
        factor: f64,
    },
    /// η · factorᵏ
    Exponential {
        /// The factor by which η is multiplied at each step.
        factor: f64,
    },
    /// `η_f` + (η − `η_f`)(1 + cos(πk/steps))/2 (Loshchilov & Hutter 2017, eq. 5, without restarts)
    Cosine {
        /// The number of steps until the end.
        steps: u64,
        /// `η_f`
        #[serde(default)]
        final_learning_rate: f64,
    },
    /// Cosine over `period` steps, repeatedly, with each period `factor` times as long as the
    /// previous one (Loshchilov & Hutter 2017, eq. 5 and section 3)
    CosineWarmRestarts {
        /// The number of steps until the first restart.
        period: u64,
        /// The ratio of each period to the previous one; PyTorch's `T_mult`.
        #[serde(default = "once", skip_serializing_if = "is_once")]
        factor: u64,
        /// `η_f`
        #[serde(default)]
        final_learning_rate: f64,
    },
    /// η times a factor that rises linearly from `from` to 1
    LinearWarmUp {
        /// The number of steps until η is reached.
        steps: u64,
        /// The factor at the start.
        from: f64,
    },
    /// η/(1 + decay · k), the classic schedule of stochastic descent (Robbins & Monro 1951)
    InverseTime {
        /// How fast η decreases.
        decay: f64,
    },
    /// Up from M/25 to M over 30 % of the steps, then down to M/250,000, both along a cosine (Smith
    /// & Topin 2018, as in PyTorch's `OneCycleLR`); η itself is not used
    OneCycle {
        /// The number of steps as PyTorch counts them: the last one is made with the final rate.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        total_steps: Option<u64>,
        /// The number of completed steps after which it ends, one less than `total_steps`; exactly
        /// one of the two is given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        steps: Option<u64>,
        /// M
        max_learning_rate: f64,
    },
}

fn once() -> u64 {
    1
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands in a reference"
)]
fn is_once(factor: &u64) -> bool {
    *factor == 1
}

impl Schedule {
    /// One schedule of each kind, with numbers suitable for a race of 200 steps.
    pub const ALL: &[Self] = &[
        Self::Constant,
        Self::Step {
            every: 50,
            factor: 0.5,
        },
        Self::Exponential { factor: 0.98 },
        Self::Cosine {
            steps: 200,
            final_learning_rate: 0.0,
        },
        Self::CosineWarmRestarts {
            period: 50,
            factor: 1,
            final_learning_rate: 0.0,
        },
        Self::LinearWarmUp {
            steps: 20,
            from: 0.1,
        },
        Self::InverseTime { decay: 0.02 },
        Self::OneCycle {
            total_steps: Some(200),
            steps: None,
            max_learning_rate: 0.1,
        },
    ];

    /// Whether it is [`Schedule::Constant`].
    #[must_use]
    pub fn is_constant(&self) -> bool {
        matches!(self, Self::Constant)
    }

    /// Its name in preset files.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.about().name
    }

    /// Its display name.
    #[must_use]
    pub const fn title(&self) -> &'static str {
        self.about().title
    }

    /// The settings that have a value, with that value.
    pub fn values(&self) -> impl Iterator<Item = (&'static Setting, f64)> {
        let settings = self.about().settings.iter();
        settings.filter_map(|setting| Some((setting, setting.get(self)?)))
    }

    /// The reason why these values conflict, as one sentence; `None` if they don't.
    #[must_use]
    pub fn conflict(&self) -> Option<&'static str> {
        match self {
            Self::OneCycle {
                total_steps, steps, ..
            } => match (total_steps, steps) {
                (Some(_), Some(_)) => {
                    Some("OneCycle takes total_steps or steps, not both; total_steps is steps + 1")
                }
                (None, None) => Some(
                    "OneCycle needs total_steps, the number of its steps as PyTorch counts, or \
                     steps, which is one less",
                ),
                _ => None,
            },
            _ => None,
        }
    }
}
