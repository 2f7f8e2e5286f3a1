//! The memory of a schedule that watches the loss.

use serde::{Deserialize, Serialize};

use super::Schedule;

/// The meaning of the threshold of [`Schedule::ReduceOnPlateau`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum ThresholdMode {
    /// A share of the lowest loss.
    #[default]
    Relative,
    /// A difference from the lowest loss.
    Absolute,
}

impl ThresholdMode {
    /// All modes, in the order of [`ThresholdMode::NAMES`].
    pub(super) const ALL: [Self; 2] = [Self::Relative, Self::Absolute];
    /// Their names in preset files.
    pub(super) const NAMES: &'static [&'static str] = &["Relative", "Absolute"];
}

/// The memory of a running [`Schedule::ReduceOnPlateau`], as in PyTorch's `ReduceLROnPlateau`.
#[derive(Clone, Debug)]
pub(super) struct Plateau {
    /// η, the learning rate before any reduction.
    eta: f64,
    /// The current learning rate.
    rate: f64,
    lowest: f64,
    /// The number of consecutive epochs without progress.
    waited: u64,
    /// The remaining epochs after a reduction that do not count.
    cooling: u64,
}

impl Plateau {
    pub(super) const fn new(eta: f64) -> Self {
        Self {
            eta,
            rate: eta,
            lowest: f64::INFINITY,
            waited: 0,
            cooling: 0,
        }
    }

    /// The current learning rate; a change of η changes it in proportion.
    pub(super) fn rate(&mut self, eta: f64) -> f64 {
        if eta.to_bits() != self.eta.to_bits() {
            let share = self.rate / self.eta;
            self.rate = if share.is_finite() { eta * share } else { eta };
            self.eta = eta;
        }
        self.rate
    }

    /// Takes note of the loss after an epoch.
    pub(super) fn see(&mut self, schedule: &Schedule, loss: f64) {
        let Schedule::ReduceOnPlateau {
            factor,
            patience,
            threshold,
            threshold_mode,
            cooldown,
            min_learning_rate,
            epsilon,
        } = *schedule
        else {
            return;
        };
        let limit = match threshold_mode {
            ThresholdMode::Relative => self.lowest * (1.0 - threshold),
            ThresholdMode::Absolute => self.lowest - threshold,
        };
        if loss < limit {
            self.lowest = loss;
            self.waited = 0;
        } else {
            self.waited += 1;
        }
        if self.cooling > 0 {
            self.cooling -= 1;
            self.waited = 0;
        }
        if self.waited > patience {
            let reduced = (self.rate * factor).max(min_learning_rate);
            if self.rate - reduced > epsilon {
                self.rate = reduced;
            }
            self.cooling = cooldown;
            self.waited = 0;
        }
    }
}
