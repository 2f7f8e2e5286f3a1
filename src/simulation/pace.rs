//! The learning rate and the edits of a racer, step by step.

use crate::experiment::{Plan, Schedule};
use crate::optimizer::Run;

/// Gives a rule on its way the hyper-parameters that its plan has for each step.
#[derive(Clone, Debug)]
pub(super) struct Pace {
    schedule: Schedule,
    /// The edits that are still to come, the next one last.
    edits: Vec<Change>,
    /// The index of the hyper-parameter that the schedule drives.
    driven: Option<usize>,
    /// η, before the schedule.
    eta: f64,
    /// The learning rate that the rule has now.
    rate: f64,
    /// The first step with other values than those before.
    next_change: usize,
}

/// An edit whose hyper-parameter is known by its index.
#[derive(Clone, Copy, Debug)]
struct Change {
    step: usize,
    parameter: usize,
    value: f64,
}

impl Pace {
    pub(super) fn of(plan: &Plan) -> Self {
        let rule = plan.optimizer.rule();
        let change = |edit: &crate::experiment::Edit| {
            Some(Change {
                step: edit.step,
                parameter: rule.find(&edit.parameter)?,
                value: edit.value,
            })
        };
        let mut edits: Vec<Change> = plan.edits.iter().filter_map(change).collect();
        edits.sort_by_key(|edit| edit.step);
        edits.reverse();
        let eta = rule.learning_rate().unwrap_or_default();
        Self {
            schedule: plan.schedule,
            edits,
            driven: rule.rate(),
            eta,
            rate: eta,
            next_change: 0,
        }
    }

    /// Gives the rule the values that it has in the update from `step` to `step + 1`.
    #[inline]
    pub(super) fn keep(&mut self, run: &mut dyn Run, step: usize) {
        if step >= self.next_change {
            self.change(run, step);
        }
    }

    fn change(&mut self, run: &mut dyn Run, step: usize) {
        while let Some(edit) = self.edits.pop_if(|edit| edit.step <= step) {
            if self.driven == Some(edit.parameter) {
                self.eta = edit.value;
            } else {
                run.adjust(edit.parameter, edit.value);
            }
        }
        let rate = self.schedule.learning_rate(self.eta, step as u64);
        if rate.to_bits() != self.rate.to_bits()
            && let Some(driven) = self.driven
        {
            self.rate = rate;
            run.adjust(driven, rate);
        }
        self.next_change = match self.schedule {
            Schedule::Constant => self.edits.last().map_or(usize::MAX, |edit| edit.step),
            _ => step + 1,
        };
    }

    /// The learning rate that the rule has now; 0 for a rule without one.
    pub(super) const fn rate(&self) -> f64 {
        self.rate
    }
}
