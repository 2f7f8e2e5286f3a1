//! A racer: an optimizer with everything that belongs to it.

use serde::{Deserialize, Serialize};

use super::{Batch, Color, Schedule};
use crate::optimizer::{OptimizerChoice, Value};

/// One optimizer in a race.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Racer {
    /// The name; the optimizer's, if none is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The rule with its hyper-parameters.
    pub optimizer: OptimizerChoice,
    /// A colour of the user's, kept in both themes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<Color>,
    /// Whether it is shown; a hidden racer is still simulated.
    #[serde(default = "shown", skip_serializing_if = "is_shown")]
    pub visible: bool,
    /// How the learning rate changes over the steps.
    #[serde(default, skip_serializing_if = "Schedule::is_constant")]
    pub schedule: Schedule,
    /// Changes of hyper-parameters on the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<Edit>,
    /// Which rows of the data a step uses.
    #[serde(default, skip_serializing_if = "Batch::is_full")]
    pub batch: Batch,
    /// Whether a row can be drawn again before all others had their turn.
    #[serde(default, skip_serializing_if = "is_off")]
    pub replacement: bool,
    /// σ of the Gaussian noise that is added to every gradient, an independent draw a coordinate.
    /// All racers get the same draws.
    #[serde(default, skip_serializing_if = "is_silent")]
    pub noise: f64,
}

fn shown() -> bool {
    true
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands in a reference"
)]
fn is_shown(visible: &bool) -> bool {
    *visible
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands in a reference"
)]
fn is_off(switch: &bool) -> bool {
    !switch
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands in a reference"
)]
fn is_silent(noise: &f64) -> bool {
    *noise == 0.0
}

/// From `step` on, a hyper-parameter has another value: the update from `step` to `step + 1` is
/// the first that uses it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// The step from which it holds.
    pub step: usize,
    /// The name of the hyper-parameter.
    pub parameter: String,
    /// Its new value; of the learning rate, the schedule's new η.
    pub value: f64,
}

impl Racer {
    /// The learning rate is the first parameter of every rule.
    pub(super) const LEARNING_RATE: usize = 0;

    /// A racer with nothing but its optimizer.
    #[must_use]
    pub fn new(optimizer: OptimizerChoice) -> Self {
        Self {
            name: None,
            optimizer,
            color: None,
            visible: true,
            schedule: Schedule::Constant,
            edits: Vec::new(),
            batch: Batch::Full,
            replacement: false,
            noise: 0.0,
        }
    }

    /// The value that a numeric hyper-parameter has at `step`, edits included, schedules not.
    #[must_use]
    pub fn number_at(&self, parameter: usize, step: usize) -> Option<f64> {
        let rule = self.optimizer.rule();
        let name = rule.parameter(parameter)?.name;
        let edited = self
            .edits
            .iter()
            .filter(|edit| edit.parameter == name && edit.step <= step)
            .max_by_key(|edit| edit.step)
            .map(|edit| edit.value);
        edited.or_else(|| rule.number(parameter))
    }

    /// The rule with the hyper-parameters that it has in the update from `step` to `step + 1`,
    /// edits and schedule included.
    #[must_use]
    pub fn optimizer_at(&self, step: usize) -> OptimizerChoice {
        let mut optimizer = self.optimizer;
        let rule = optimizer.rule_mut();
        for parameter in 0..rule.parameter_count() {
            if let Some(value) = self.number_at(parameter, step) {
                rule.set(parameter, Value::Number(value));
            }
        }
        if let Some(eta) = rule.number(Self::LEARNING_RATE) {
            let rate = self.schedule.learning_rate(eta, step as u64);
            rule.set(Self::LEARNING_RATE, Value::Number(rate));
        }
        optimizer
    }
}
