//! The learning rate and the edits of a racer, step by step.

use crate::experiment::Plan;
use crate::experiment::schedule::Running;
use crate::optimizer::Run;
use crate::real::Real;

/// Sets a running rule's hyper-parameters to the values that its plan has for each step.
#[derive(Clone, Debug)]
pub(super) struct Pace {
    schedule: Running,
    /// The remaining edits, the next one last.
    edits: Vec<Change>,
    /// The index of the hyper-parameter that the schedule drives.
    driven: Option<usize>,
    /// η before the schedule is applied.
    eta: f64,
    /// The current learning rate of the rule.
    rate: f64,
    /// The next step at which any value changes.
    next_change: usize,
}

/// An edit with the index of its hyper-parameter.
#[derive(Clone, Copy, Debug)]
struct Change {
    step: usize,
    parameter: usize,
    value: f64,
}

impl Pace {
    /// The pace of a plan over data with this many rows; 0 without data.
    pub(super) fn of(plan: &Plan, rows: usize) -> Self {
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
            schedule: Running::new(&plan.schedule, plan.batch.steps_per_epoch(rows)),
            edits,
            driven: rule.rate(),
            eta,
            rate: eta,
            next_change: 0,
        }
    }

    /// Sets the values for the update from `step` to `step + 1`.
    #[inline]
    pub(super) fn keep<N: Real>(&mut self, run: &mut dyn Run<N>, step: usize) {
        if step >= self.next_change {
            self.change(run, step);
        }
    }

    fn change<N: Real>(&mut self, run: &mut dyn Run<N>, step: usize) {
        let eta = self.eta;
        while let Some(edit) = self.edits.pop_if(|edit| edit.step <= step) {
            if self.driven == Some(edit.parameter) {
                self.eta = edit.value;
            } else {
                run.adjust(edit.parameter, edit.value);
            }
        }
        let rate = self.schedule.learning_rate(self.eta, step as u64);
        let is_new = rate.to_bits() != self.rate.to_bits() || self.eta.to_bits() != eta.to_bits();
        if is_new && let Some(driven) = self.driven {
            self.rate = rate;
            run.adjust(driven, rate);
            run.pace(rate, self.eta);
        }
        self.next_change = if self.schedule.is_constant() {
            self.edits.last().map_or(usize::MAX, |edit| edit.step)
        } else {
            step + 1
        };
    }

    /// Whether the schedule has to know the loss after `step` completed steps.
    #[inline]
    pub(super) fn watches(&self, step: usize) -> bool {
        self.schedule.watches(step as u64)
    }

    /// Tells the schedule the loss over all rows after `step` completed steps.
    #[inline]
    pub(super) fn see(&mut self, step: usize, loss: f64) {
        if self.watches(step) {
            self.schedule.see(step as u64, loss);
        }
    }

    /// The current learning rate; 0 for a rule without one.
    pub(super) const fn rate(&self) -> f64 {
        self.rate
    }
}
