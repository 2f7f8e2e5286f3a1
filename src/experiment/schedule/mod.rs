//! Schedules of the learning rate.

mod about;
mod all;
mod length;
mod list;
mod plateau;
mod rate;
mod running;
mod setting;
mod words;

use serde::{Deserialize, Serialize};

pub use about::About;
pub use list::{Part, RateChange};
pub use plateau::ThresholdMode;
pub use running::Running;
pub use setting::Setting;

/// A schedule of the learning rate; k = 0, 1, … counts completed steps, and a schedule keeps its
/// last value after its end.
///
/// A length can be given in steps or in epochs. It stays as it was given; [`Schedule::in_steps`]
/// converts it when a race begins.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub enum Schedule {
    /// η
    #[default]
    Constant,
    /// η · factor^⌊k/every⌋
    Step {
        /// The number of steps between drops.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        every: Option<u64>,
        /// The same in epochs; exactly one of the two is given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        every_epochs: Option<u64>,
        /// The factor by which η is multiplied at each drop.
        factor: f64,
    },
    /// η · factorᵏ
    Exponential {
        /// The factor by which η is multiplied at each step.
        factor: f64,
    },
    /// From η · from to a final learning rate in a straight line
    Linear {
        /// The number of steps until the end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        steps: Option<u64>,
        /// The same in epochs; exactly one of the two is given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        epochs: Option<u64>,
        /// The share of η at the start.
        #[serde(default = "whole", skip_serializing_if = "is_whole")]
        from: f64,
        /// The learning rate at the end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        final_learning_rate: Option<f64>,
        /// The share of η at the end; exactly one of the two is given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        final_factor: Option<f64>,
    },
    /// `η_f` + (η − `η_f`)(1 − k/steps)^power
    Polynomial {
        /// The number of steps until the end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        steps: Option<u64>,
        /// The same in epochs; exactly one of the two is given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        epochs: Option<u64>,
        /// The exponent; 1 is a straight line.
        #[serde(default = "whole")]
        power: f64,
        /// `η_f`
        #[serde(default)]
        final_learning_rate: f64,
    },
    /// `η_f` + (η − `η_f`)(1 + cos(πk/steps))/2 (Loshchilov & Hutter 2017, eq. 5, without restarts)
    Cosine {
        /// The number of steps until the end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        steps: Option<u64>,
        /// The same in epochs; exactly one of the two is given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        epochs: Option<u64>,
        /// `η_f`
        #[serde(default)]
        final_learning_rate: f64,
    },
    /// Cosine over `period` steps, repeatedly, with each period `factor` times as long as the
    /// previous one (Loshchilov & Hutter 2017, eq. 5 and section 3)
    CosineWarmRestarts {
        /// The number of steps until the first restart.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        period: Option<u64>,
        /// The same in epochs; exactly one of the two is given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        period_epochs: Option<u64>,
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
        #[serde(default, skip_serializing_if = "Option::is_none")]
        steps: Option<u64>,
        /// The same in epochs; exactly one of the two is given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        epochs: Option<u64>,
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
        /// The number of completed steps after which it ends, one less than `total_steps`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        steps: Option<u64>,
        /// `total_steps` in epochs; exactly one of the three is given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        epochs: Option<u64>,
        /// M
        max_learning_rate: f64,
    },
    /// Level between the steps at which it is changed
    PiecewiseConstant {
        /// The changes, in the order of their steps.
        changes: Vec<RateChange>,
    },
    /// η until the loss stops falling, then ever smaller (PyTorch's `ReduceLROnPlateau`)
    ReduceOnPlateau {
        /// The factor by which the learning rate is multiplied at each reduction.
        #[serde(default = "tenth")]
        factor: f64,
        /// The number of epochs without progress that are tolerated.
        #[serde(default = "ten")]
        patience: u64,
        /// How much lower than the lowest loss a loss must be to count as progress.
        #[serde(default = "threshold")]
        threshold: f64,
        /// Whether the threshold is a share of the lowest loss.
        #[serde(default)]
        threshold_mode: ThresholdMode,
        /// The number of epochs after a reduction that do not count.
        #[serde(default)]
        cooldown: u64,
        /// The learning rate below which it is never reduced.
        #[serde(default)]
        min_learning_rate: f64,
        /// The smallest reduction that is carried out.
        #[serde(default = "epsilon")]
        epsilon: f64,
    },
    /// One schedule after another; each one counts from 0 when its turn comes, and the last one
    /// goes on
    Sequence {
        /// The parts, in order.
        parts: Vec<Part>,
    },
}

fn once() -> u64 {
    1
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands in a reference"
)]
fn is_once(factor: &u64) -> bool {
    *factor == 1
}

fn whole() -> f64 {
    1.0
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    clippy::float_cmp,
    reason = "serde hands in a reference, and only the default itself is left out"
)]
fn is_whole(share: &f64) -> bool {
    *share == 1.0
}

fn tenth() -> f64 {
    0.1
}

fn ten() -> u64 {
    10
}

fn threshold() -> f64 {
    1e-4
}

fn epsilon() -> f64 {
    1e-8
}

impl Schedule {
    /// Whether it is [`Schedule::Constant`].
    #[must_use]
    pub fn is_constant(&self) -> bool {
        matches!(self, Self::Constant)
    }

    /// Whether its rates depend on the losses of the race.
    #[must_use]
    pub fn watches_loss(&self) -> bool {
        match self {
            Self::ReduceOnPlateau { .. } => true,
            Self::Sequence { parts } => parts.iter().any(|part| part.schedule.watches_loss()),
            _ => false,
        }
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

    /// The settings that have a value, with that value; a choice is the index in its list.
    pub fn values(&self) -> impl Iterator<Item = (&'static Setting, f64)> {
        let settings = self.about().settings.iter();
        settings.filter_map(|setting| Some((setting, setting.get(self)?)))
    }

    /// The reason why these values conflict, as one sentence; `None` if they don't.
    #[must_use]
    pub fn conflict(&self) -> Option<String> {
        let settings = self.about().settings;
        let groups = settings.iter().filter_map(|setting| setting.group);
        let groups: std::collections::BTreeSet<u8> = groups.collect();
        groups.into_iter().find_map(|group| {
            let (given, missing): (Vec<_>, Vec<_>) = settings
                .iter()
                .filter(|setting| setting.group == Some(group))
                .partition(|setting| setting.get(self).is_some());
            let name = self.name();
            match (&given[..], &missing[..]) {
                ([_], _) => None,
                ([], all) => {
                    let names: Vec<&str> = all.iter().map(|setting| setting.name).collect();
                    let hint = match self {
                        Self::OneCycle { .. } => {
                            "; total_steps is the number of its steps as PyTorch counts, and \
                             steps is one less"
                        }
                        _ => "",
                    };
                    Some(format!("{name} needs {}{hint}", names.join(" or ")))
                }
                ([one, other, ..], _) => {
                    let hint = match (one.name, other.name) {
                        ("total_steps", "steps") => "; total_steps is steps + 1",
                        _ => "",
                    };
                    Some(format!(
                        "{name} takes {} or {}, not both{hint}",
                        one.name, other.name
                    ))
                }
            }
        })
    }
}
