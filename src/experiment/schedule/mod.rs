//! How the learning rate changes over the steps.

mod about;
mod rate;

use serde::{Deserialize, Serialize};

pub use about::{About, Setting};

/// A schedule of the learning rate; k = 0, 1, … counts finished steps, and past its end a schedule
/// keeps its last value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub enum Schedule {
    /// η
    #[default]
    Constant,
    /// η · factor^⌊k/every⌋
    Step {
        /// Steps between two drops.
        every: u64,
        /// What η is multiplied with at each drop.
        factor: f64,
    },
    /// η · factorᵏ
    Exponential {
        /// What η is multiplied with at each step.
        factor: f64,
    },
    /// `η_f` + (η − `η_f`)(1 + cos(πk/steps))/2 (Loshchilov & Hutter 2017, eq. 5, without restarts)
    Cosine {
        /// Steps until the end.
        steps: u64,
        /// `η_f`
        #[serde(default)]
        final_learning_rate: f64,
    },
    /// Cosine over `period` steps, again and again, each period `factor` times as long as the one
    /// before (Loshchilov & Hutter 2017, eq. 5 and section 3)
    CosineWarmRestarts {
        /// Steps until the first restart.
        period: u64,
        /// How many times as long as the period before each period is; PyTorch's `T_mult`.
        #[serde(default = "once", skip_serializing_if = "is_once")]
        factor: u64,
        /// `η_f`
        #[serde(default)]
        final_learning_rate: f64,
    },
    /// η times a factor that rises linearly from `from` to 1
    LinearWarmUp {
        /// Steps until η is reached.
        steps: u64,
        /// The factor at the start.
        from: f64,
    },
    /// η/(1 + decay · k), the classic for stochastic descent (Robbins & Monro 1951)
    InverseTime {
        /// How fast η falls.
        decay: f64,
    },
    /// Up from M/25 to M over 30 % of the steps, then down to M/250,000, both by a cosine
    /// (Smith & Topin 2018, as PyTorch's `OneCycleLR`); η itself is not used
    OneCycle {
        /// How many steps it has, as PyTorch counts: the last of them is made with the last rate.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        total_steps: Option<u64>,
        /// The number of finished steps after which it ends, one less than `total_steps`; just one
        /// of the two is given.
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
    /// One schedule of each kind, with numbers that suit a race of 200 steps.
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

    /// The name in preset files.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.about().name
    }

    /// The name on screen.
    #[must_use]
    pub const fn title(&self) -> &'static str {
        self.about().title
    }

    /// Its numbers that have a value, each with it.
    pub fn values(&self) -> impl Iterator<Item = (&'static Setting, f64)> {
        let settings = self.about().settings.iter();
        settings.filter_map(|setting| Some((setting, setting.get(self)?)))
    }

    /// Why its numbers cannot go together, as one sentence; `None` if they can.
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
