//! A racer: what it does, and how it looks.

use serde::{Deserialize, Serialize};

use super::group::{self, Group, GroupFault};
use super::{Batch, Color, Schedule};
use crate::objective::{Block, Queries};
use crate::optimizer::rule::{Run, in_step};
use crate::optimizer::{OptimizerChoice, Value};
use crate::real::Real;

/// One optimizer in a race.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "InFile", into = "InFile")]
pub struct Racer {
    /// How it looks.
    pub appearance: Appearance,
    /// What it does. Racers with equal plans take the same path.
    pub plan: Plan,
}

/// The appearance of a racer, which has no effect on its path.
#[derive(Clone, Debug, PartialEq)]
pub struct Appearance {
    /// The name; `None` means the optimizer's name.
    pub name: Option<String>,
    /// A user-defined colour, used in all themes.
    pub color: Option<Color>,
    /// Whether it is shown; a hidden racer is still simulated.
    pub visible: bool,
    /// The slot of its colour, marker and dashes, below [`Experiment::SLOTS`]; `None` means that it
    /// follows from the rule and the other racers.
    ///
    /// [`Experiment::SLOTS`]: super::Experiment::SLOTS
    pub slot: Option<u8>,
}

/// Everything that determines a racer's path, apart from what all racers share.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The rule with its hyper-parameters.
    pub optimizer: OptimizerChoice,
    /// The parts of a network that have a rule of their own; the first that fits a block takes it.
    pub groups: Vec<Group>,
    /// The schedule of the learning rate.
    pub schedule: Schedule,
    /// Changes of hyper-parameters during the race.
    pub edits: Vec<Edit>,
    /// The rows of the data that a step uses.
    pub batch: Batch,
    /// Whether a row can be drawn again before all others have been drawn.
    pub replacement: bool,
    /// The standard deviation σ of the Gaussian noise added to every gradient, with an independent
    /// draw per coordinate. All racers get the same draws.
    pub noise: f64,
}

impl Plan {
    /// Whether the path depends on the seed, with this many rows of data: its gradients are noisy,
    /// or rows are drawn.
    #[must_use]
    pub fn has_chance(&self, rows: usize) -> bool {
        let draws = self.batch.drawn();
        self.noise > 0.0 || draws.is_some_and(|size| size < rows || (self.replacement && rows > 0))
    }
}

/// A change of a hyper-parameter: the update from `step` to `step + 1` is the first that uses the
/// new value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// The step from which the new value is used.
    pub step: usize,
    /// The name of the hyper-parameter.
    pub parameter: String,
    /// The new value; for the learning rate, the schedule's new η.
    pub value: f64,
}

impl Default for Appearance {
    fn default() -> Self {
        Self {
            name: None,
            color: None,
            visible: true,
            slot: None,
        }
    }
}

impl Racer {
    /// Creates a racer with this optimizer and defaults for everything else.
    #[must_use]
    pub fn new(optimizer: OptimizerChoice) -> Self {
        Self {
            appearance: Appearance::default(),
            plan: Plan::new(optimizer),
        }
    }

    /// The same racer with its schedule's lengths in steps, for data with this many rows; 0 without
    /// data.
    #[must_use]
    pub fn in_steps(&self, rows: usize) -> Self {
        let per_epoch = self.plan.batch.steps_per_epoch(rows);
        let mut racer = self.clone();
        racer.plan.schedule = self.plan.schedule.in_steps(per_epoch);
        racer
    }
}

impl Plan {
    /// Creates a plan with this optimizer and defaults for everything else.
    #[must_use]
    pub fn new(optimizer: OptimizerChoice) -> Self {
        Self {
            optimizer,
            groups: Vec::new(),
            schedule: Schedule::Constant,
            edits: Vec::new(),
            batch: Batch::Full,
            replacement: false,
            noise: 0.0,
        }
    }

    /// Starts the racer's rule and those of its groups at `at`, on an objective with these blocks,
    /// which provides this.
    ///
    /// # Errors
    /// Returns an error if the groups do not fit the blocks, or if a rule needs what there is not.
    pub fn begin<N: Real>(
        &self,
        at: &[N],
        blocks: &[Block],
        provides: Queries,
    ) -> Result<Box<dyn Run<N>>, GroupFault> {
        group::begin(&self.optimizer, &self.groups, at, blocks, provides)
    }

    /// Checks that the groups fit an objective with these blocks, which provides this.
    ///
    /// # Errors
    /// Returns the first fault, with the index of its group; `None` is the racer's own rule.
    pub fn check_groups(
        &self,
        blocks: &[Block],
        provides: Queries,
    ) -> Result<(), (Option<usize>, GroupFault)> {
        group::check(&self.optimizer, &self.groups, blocks, provides)
    }

    /// The indices of the blocks that the racer's own rule moves, and of those that each group moves,
    /// of an objective with these blocks, which provides this.
    ///
    /// # Errors
    /// Returns an error if the groups do not fit the blocks, or if a rule needs what there is not.
    pub fn deal(
        &self,
        blocks: &[Block],
        provides: Queries,
    ) -> Result<(Vec<usize>, Vec<Vec<usize>>), GroupFault> {
        group::dealt(&self.optimizer, &self.groups, blocks, provides)
    }

    /// The number of weights in `blocks` that the racer's own rule moves, and then that each of its
    /// groups does.
    #[must_use]
    pub fn weights_of_each(&self, blocks: &[Block]) -> Vec<usize> {
        group::weights_of_each(&self.groups, blocks)
    }

    /// The value of a numeric hyper-parameter at `step`, with edits but without the schedule.
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

    /// The learning rate of the update from `step` to `step + 1`, with edits and schedule; `None`
    /// for a rule without one. Epochs count as steps, and a schedule that watches the loss has not
    /// seen any.
    #[must_use]
    pub fn learning_rate_at(&self, step: usize) -> Option<f64> {
        let eta = self.number_at(self.optimizer.rule().rate()?, step)?;
        Some(self.schedule.learning_rate(eta, step as u64))
    }

    /// The rule with its hyper-parameters in the update from `step` to `step + 1`, with edits and
    /// schedule.
    #[must_use]
    pub fn optimizer_at(&self, step: usize) -> OptimizerChoice {
        self.optimizer_in(step, None)
    }

    /// The same with the learning rate that the race had in that step, if it is known.
    #[must_use]
    pub fn optimizer_in(&self, step: usize, rate: Option<f64>) -> OptimizerChoice {
        let mut optimizer = self.optimizer.clone();
        let rule = optimizer.rule_mut();
        for parameter in 0..rule.parameter_count() {
            if let Some(value) = self.number_at(parameter, step) {
                rule.set(parameter, Value::Number(value));
            }
        }
        let mut rates: Vec<usize> = rule.rates().collect();
        if rates.is_empty() {
            return optimizer;
        }
        let driven = rates.remove(0);
        if let Some(rate) = rate.or_else(|| self.learning_rate_at(step))
            && let Some(eta) = rule.number(driven)
        {
            rule.set(driven, Value::Number(rate));
            for beside in rates {
                let base = rule.number(beside).unwrap_or_default();
                rule.set(beside, Value::Number(in_step(base, [rate, eta])));
            }
        }
        optimizer
    }
}

/// A racer as represented in a file, where appearance and plan form one list of fields.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Racer", deny_unknown_fields)]
struct InFile {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    optimizer: OptimizerChoice,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    groups: Vec<Group>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    color: Option<Color>,
    #[serde(default = "shown", skip_serializing_if = "is_shown")]
    visible: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    slot: Option<u8>,
    #[serde(default, skip_serializing_if = "Schedule::is_constant")]
    schedule: Schedule,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    edits: Vec<Edit>,
    #[serde(default, skip_serializing_if = "Batch::is_full")]
    batch: Batch,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    replacement: bool,
    #[serde(default, skip_serializing_if = "is_silent")]
    noise: f64,
}

impl From<InFile> for Racer {
    fn from(racer: InFile) -> Self {
        Self {
            appearance: Appearance {
                name: racer.name,
                color: racer.color,
                visible: racer.visible,
                slot: racer.slot,
            },
            plan: Plan {
                optimizer: racer.optimizer,
                groups: racer.groups,
                schedule: racer.schedule,
                edits: racer.edits,
                batch: racer.batch,
                replacement: racer.replacement,
                noise: racer.noise,
            },
        }
    }
}

impl From<Racer> for InFile {
    fn from(Racer { appearance, plan }: Racer) -> Self {
        Self {
            name: appearance.name,
            optimizer: plan.optimizer,
            groups: plan.groups,
            color: appearance.color,
            visible: appearance.visible,
            slot: appearance.slot,
            schedule: plan.schedule,
            edits: plan.edits,
            batch: plan.batch,
            replacement: plan.replacement,
            noise: plan.noise,
        }
    }
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

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands in a reference"
)]
fn is_silent(noise: &f64) -> bool {
    *noise == 0.0
}
