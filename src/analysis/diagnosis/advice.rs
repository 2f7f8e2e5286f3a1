//! Changes that might help a racer, described in sentences about races that were run to test them.

use super::{Attempt, Outcome, Situation};
use crate::experiment::{Plan, Schedule};
use crate::number::{count, exact};
use crate::optimizer::{OptimizerChoice, Origin, Role, Value};

/// A change that might help.
pub(super) struct Change {
    /// What to do, as an imperative without a full stop.
    order: String,
    /// The race with the change.
    attempt: Attempt,
}

impl Situation<'_> {
    /// The first of these changes that helps, with its effect; `None` if none does, or if finding
    /// out would take too long.
    pub(super) fn advice(&self, changes: impl IntoIterator<Item = Change>) -> Option<String> {
        changes.into_iter().find_map(|change| {
            let outcome = (self.trials)(&change.attempt)?;
            let gain = outcome.gain_over(self.outcome(), self.floor())?;
            Some(format!("{}: {}", change.order, gain.sentence()))
        })
    }

    /// The outcome of the racer without changes.
    fn outcome(&self) -> Outcome {
        Outcome::of(self.path)
    }

    /// The lowest known loss.
    fn floor(&self) -> Option<f64> {
        self.lowest().map(|minimum| minimum.value)
    }

    /// Changes to these learning rates, in order.
    pub(super) fn rates<'b>(
        &'b self,
        rates: impl IntoIterator<Item = f64> + 'b,
    ) -> impl Iterator<Item = Change> + 'b {
        rates.into_iter().filter_map(|rate| self.rate(rate))
    }

    /// The published default learning rate of the rule, if it has one.
    pub(super) fn published_rate(&self) -> Option<f64> {
        let published = self.plan.optimizer.defaults(Origin::Paper)?;
        published.rule().learning_rate()
    }

    fn rate(&self, rate: f64) -> Option<Change> {
        let index = self.plan.optimizer.rule().rate()?;
        self.number(index, rounded(rate, 2))
    }

    /// A change of the first hyper-parameter with this role.
    pub(super) fn with(&self, role: Role, value: f64) -> Option<Change> {
        let index = self.plan.optimizer.rule().with_role(role)?;
        self.number(index, rounded(value, 4))
    }

    fn number(&self, index: usize, value: f64) -> Option<Change> {
        let rule = self.plan.optimizer.rule();
        let (parameter, now) = (rule.parameter(index)?, rule.number(index)?);
        let name = match parameter.role {
            Role::Rate => parameter.label(),
            _ => parameter.label_with_sign(),
        };
        let verb = if value > now { "Raise" } else { "Lower" };
        let is_another = value.is_finite() && value.to_bits() != now.to_bits();
        is_another.then(|| {
            let order = format!("{verb} the {name} to {}", exact(value));
            self.set(order, index, Value::Number(value))
        })
    }

    /// Switching on the first switch with this role.
    pub(super) fn switched_on(&self, role: Role) -> Option<Change> {
        let rule = self.plan.optimizer.rule();
        let index = rule.with_role(role)?;
        let order = format!("Switch the {} on", rule.parameter(index)?.label());
        Some(self.set(order, index, Value::Switch(true)))
    }

    fn set(&self, order: String, index: usize, value: Value) -> Change {
        let mut optimizer = self.plan.optimizer.clone();
        optimizer.rule_mut().set(index, value);
        self.as_rule(order, optimizer)
    }

    /// More momentum, or momentum where the rule has none.
    pub(super) fn more_momentum(&self) -> Vec<Change> {
        let Some((_, kept)) = self.parameter(Role::Momentum) else {
            let with_momentum = self.plan.optimizer.with_momentum();
            return with_momentum
                .map(|other| self.as_rule(format!("Try {}", described(&other)), other))
                .into_iter()
                .collect();
        };
        // Forget half as much, then a fifth.
        let raised = if kept > 0.0 {
            [1.0 - (1.0 - kept) / 2.0, 1.0 - (1.0 - kept) / 5.0]
        } else {
            [0.5, 0.9]
        };
        let raised = raised.into_iter();
        raised
            .filter_map(|kept| self.with(Role::Momentum, kept))
            .collect()
    }

    /// A rule whose steps have the same length on flat and on steep ground, unless this one's do.
    pub(super) fn adaptive(&self) -> Option<Change> {
        let has_rates = self.scaling().is_some();
        let other = OptimizerChoice::adaptive(rounded(0.01 * self.diagonal, 1));
        (!has_rates).then(|| self.as_rule(format!("Try {}", described(&other)), other))
    }

    /// The same with a learning rate that decreases until the end of the race, if it is constant so
    /// far.
    pub(super) fn falling_rate(&self) -> Option<Change> {
        let steps = self.path.last_step();
        let schedule = Schedule::cosine(steps as u64, 0.0);
        let is_constant = self.plan.schedule == Schedule::Constant && steps > 0;
        is_constant.then(|| {
            let order = format!(
                "Let the learning rate fall with the cosine schedule over {} steps",
                count(steps)
            );
            self.scheduled(order, schedule)
        })
    }

    /// The same without its schedule, if it has one.
    pub(super) fn unscheduled(&self) -> Option<Change> {
        let is_scheduled = self.plan.schedule != Schedule::Constant;
        let order = || "Try it without the schedule".to_owned();
        is_scheduled.then(|| self.scheduled(order(), Schedule::Constant))
    }

    fn scheduled(&self, order: String, schedule: Schedule) -> Change {
        let plan = Plan {
            schedule,
            ..self.plan.clone()
        };
        let start = self.path.at(0);
        Change {
            order,
            attempt: Attempt { plan, start },
        }
    }

    /// Another rule in the same race; edits are dropped, since they refer to the old rule.
    fn as_rule(&self, order: String, optimizer: OptimizerChoice) -> Change {
        let mut plan = self.plan.clone();
        let is_same = plan.optimizer.is_same_rule(&optimizer);
        plan.optimizer = optimizer;
        if !is_same {
            plan.edits.clear();
        }
        let start = self.path.at(0);
        Change {
            order,
            attempt: Attempt { plan, start },
        }
    }

    /// The same from another starting point.
    pub(super) fn starting_at(&self, start: [f64; 2]) -> Change {
        let start = start.map(|part| rounded(part, 4));
        let [x, y] = start.map(exact);
        Change {
            order: format!("Move the start a little to the side, to ({x}, {y})"),
            attempt: Attempt {
                plan: self.plan.clone(),
                start,
            },
        }
    }
}

/// A rule with its learning rate.
fn described(optimizer: &OptimizerChoice) -> String {
    let rule = optimizer.rule();
    let rate = rule.learning_rate().map_or_else(String::new, exact);
    format!("{} at a learning rate of {rate}", rule.title())
}

/// A number rounded to a number of significant digits.
fn rounded(value: f64, digits: usize) -> f64 {
    let decimals = digits - 1;
    format!("{value:.decimals$e}").parse().unwrap_or(value)
}
