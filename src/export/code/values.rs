//! The values of a racer's hyper-parameters over the steps of a race.

use std::borrow::Cow;

use crate::experiment::{Group, Racer, Schedule};
use crate::optimizer::{Adam, OptimizerChoice};

/// The values of a hyper-parameter over a race, each with the step at which it takes effect; the
/// first one holds from the start, and consecutive values differ.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pieces {
    pub(super) first: f64,
    pub(super) later: Vec<(usize, f64)>,
}

impl Pieces {
    /// A value that never changes.
    fn of(first: f64) -> Self {
        Self {
            first,
            later: Vec::new(),
        }
    }

    /// The value, if it never changes.
    pub(super) fn constant(&self) -> Option<f64> {
        self.later.is_empty().then_some(self.first)
    }

    /// Whether the value is 0 throughout.
    pub(super) fn is_zero(&self) -> bool {
        self.constant() == Some(0.0)
    }

    /// Whether the value is 0 at any step.
    pub(super) fn touches_zero(&self) -> bool {
        self.values().any(|value| value == 0.0)
    }

    /// All its values, in order.
    pub(super) fn values(&self) -> impl Iterator<Item = f64> {
        std::iter::once(self.first).chain(self.later.iter().map(|&(_, value)| value))
    }

    /// Whether the value is 0 for a while and becomes something else later.
    fn rests(&self) -> bool {
        let last = self.later.len();
        self.values().take(last).any(|value| value == 0.0)
    }

    fn last(&self) -> f64 {
        self.later.last().map_or(self.first, |&(_, value)| value)
    }

    /// Sets the value from `step` onwards; must be called with non-decreasing steps.
    fn set(&mut self, step: usize, value: f64) {
        self.later.pop_if(|(other, _)| *other == step);
        if step == 0 {
            self.first = value;
        } else if value.to_bits() != self.last().to_bits() {
            self.later.push((step, value));
        }
    }
}

/// The hyper-parameters over the steps of a race of a racer's rule, of a rule that it wraps, or of
/// one beside it.
#[derive(Clone, Debug)]
pub(super) struct Values<'a> {
    racer: &'a Racer,
    steps: usize,
    /// The number of rows of the data; 0 without data.
    rows: usize,
    rule: Cow<'a, OptimizerChoice>,
    /// What precedes the names of its hyper-parameters in edits, if edits can reach it.
    prefix: Option<String>,
    /// The name in edits of the learning rate that it takes from another rule.
    borrowed: Option<String>,
    /// Whether it is beside the racer's own rule, so that the schedule multiplies its rate by the
    /// same factor.
    is_beside: bool,
}

impl<'a> Values<'a> {
    /// The values of the racer's rule.
    pub(super) fn of(racer: &'a Racer, steps: usize, rows: usize) -> Self {
        Self {
            racer,
            steps,
            rows,
            rule: Cow::Borrowed(&racer.plan.optimizer),
            prefix: Some(String::new()),
            borrowed: None,
            is_beside: false,
        }
    }

    /// The values of the wrapped rule, if there is one.
    pub(super) fn inner(&self) -> Option<Self> {
        let rule = self.rule.inner()?.clone();
        Some(self.within(rule, "inner."))
    }

    /// The values of a rule inside of this one.
    fn within(&self, rule: OptimizerChoice, name: &str) -> Self {
        let prefix = self.prefix.as_ref();
        Self {
            rule: Cow::Owned(rule),
            prefix: prefix.map(|prefix| format!("{prefix}{name}")),
            borrowed: None,
            ..self.clone()
        }
    }

    /// The values of a group's rule.
    pub(super) fn of_group(&self, group: &'a Group) -> Self {
        Self {
            rule: Cow::Borrowed(&group.optimizer),
            prefix: None,
            is_beside: true,
            ..self.clone()
        }
    }

    /// The values of the rule for vectors beside this one for matrices: the one that it names, or
    /// Adam with the same learning rate.
    pub(super) fn vectors(&self) -> Self {
        if let Some(named) = self.rule.vectors() {
            return Self {
                is_beside: true,
                ..self.within(named.clone(), "vectors.")
            };
        }
        let learning_rate = self.rule.rule().learning_rate().unwrap_or_default();
        let adam = Adam {
            learning_rate,
            ..Adam::default()
        };
        let prefix = self.prefix.as_ref();
        Self {
            rule: Cow::Owned(OptimizerChoice::Adam(adam)),
            prefix: None,
            borrowed: prefix.map(|prefix| format!("{prefix}learning_rate")),
            ..self.clone()
        }
    }

    /// The values of the racer's own rule, if the schedule of its rate is also that of this one's.
    pub(super) fn pace(&self) -> Option<Self> {
        self.is_beside
            .then(|| Self::of(self.racer, self.steps, self.rows))
    }

    pub(super) fn optimizer(&self) -> OptimizerChoice {
        self.rule.clone().into_owned()
    }

    /// The number of steps of the race.
    pub(super) fn steps(&self) -> usize {
        self.steps
    }

    pub(super) fn schedule(&self) -> &'a Schedule {
        &self.racer.plan.schedule
    }

    /// The number of steps of an epoch.
    pub(super) fn steps_per_epoch(&self) -> u64 {
        self.racer.plan.batch.steps_per_epoch(self.rows)
    }

    /// The number of restarts within the race of a schedule whose first period is `period` steps,
    /// and each further one `factor` times as long as the previous one.
    pub(super) fn restarts(&self, period: u64, factor: u64) -> usize {
        let last = (self.steps as u64).saturating_sub(1);
        let next = |&(restart, period): &(u64, u64)| {
            let period = period.saturating_mul(factor);
            Some((restart.saturating_add(period), period))
        };
        let restarts = std::iter::successors(Some((period, period)), next);
        restarts.take_while(|&(restart, _)| restart <= last).count()
    }

    /// The values of a numeric hyper-parameter of the rule. Edits past the end of the race have no
    /// effect and are left out.
    pub(super) fn pieces(&self, parameter: &str) -> Pieces {
        let rule = self.rule.rule();
        let first = rule.find(parameter).and_then(|index| rule.number(index));
        let mut pieces = Pieces::of(first.unwrap_or_default());
        let name = match (&self.prefix, &self.borrowed) {
            (Some(prefix), _) => format!("{prefix}{parameter}"),
            (None, Some(rate)) if self.is_rate(parameter) => rate.clone(),
            _ => return pieces,
        };
        let edits = self.racer.plan.edits.iter();
        let mut edits: Vec<_> = edits
            .filter(|edit| edit.parameter == name && edit.step < self.steps)
            .collect();
        edits.sort_by_key(|edit| edit.step);
        for edit in edits {
            pieces.set(edit.step, edit.value);
        }
        pieces
    }

    /// Whether a numeric hyper-parameter is 0 throughout.
    pub(super) fn is_zero(&self, parameter: &str) -> bool {
        self.pieces(parameter).is_zero()
    }

    /// Whether a numeric hyper-parameter is 0 at any step.
    pub(super) fn touches_zero(&self, parameter: &str) -> bool {
        self.pieces(parameter).touches_zero()
    }

    /// Whether all of these are the same in every step, ignoring schedules.
    pub(super) fn are_constant(&self, parameters: &[&str]) -> bool {
        let mut all = parameters.iter().map(|name| self.pieces(name));
        all.all(|pieces| pieces.constant().is_some())
    }

    /// Whether a schedule drives this hyper-parameter.
    pub(super) fn is_rate(&self, parameter: &str) -> bool {
        let rule = self.rule.rule();
        rule.rate().is_some() && rule.rate() == rule.find(parameter)
    }

    /// The values of the hyper-parameter that schedules drive, before any schedule is applied.
    pub(super) fn rate(&self) -> Pieces {
        let rule = self.rule.rule();
        let rate = rule.rate().and_then(|index| rule.parameter(index));
        rate.map_or_else(|| Pieces::of(0.0), |rate| self.pieces(&rate.name))
    }

    /// Whether the learning rate is the same in every step.
    pub(super) fn rate_is_constant(&self) -> bool {
        self.schedule().is_constant() && self.rate().constant().is_some()
    }

    /// Whether the momentum is 0 for a while and becomes something else later: libraries that do
    /// not update the velocity while the momentum is 0 then continue with an outdated one.
    pub(super) fn momentum_rests(&self) -> bool {
        self.pieces("momentum").rests()
    }

    /// Whether the momentum is 0 at the end.
    pub(super) fn momentum_ends(&self) -> bool {
        self.pieces("momentum").last() == 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Edit;

    fn momentum(edits: &[(usize, f64)]) -> Pieces {
        let momentum = OptimizerChoice::all()[1].clone();
        assert_eq!(momentum.rule().about().name, "Momentum");
        let mut racer = Racer::new(momentum);
        racer.plan.edits = edits
            .iter()
            .map(|&(step, value)| Edit {
                step,
                parameter: "momentum".into(),
                value,
            })
            .collect();
        Values::of(&racer, 100, 0).pieces("momentum")
    }

    fn pieces(first: f64, later: &[(usize, f64)]) -> Pieces {
        Pieces {
            first,
            later: later.to_vec(),
        }
    }

    #[test]
    fn edits_are_taken_in_the_order_of_steps_and_of_two_at_one_step_the_last() {
        assert_eq!(momentum(&[]), pieces(0.9, &[]));
        assert_eq!(
            momentum(&[(50, 0.1), (20, 0.5), (50, 0.2)]),
            pieces(0.9, &[(20, 0.5), (50, 0.2)])
        );
        assert_eq!(momentum(&[(0, 0.5), (0, 0.6)]), pieces(0.6, &[]));
        assert_eq!(momentum(&[(7, 0.5), (7, 0.9)]), pieces(0.9, &[]));
    }

    #[test]
    fn edits_that_change_nothing_are_left_out() {
        assert_eq!(momentum(&[(20, 0.9), (100, 0.5)]), pieces(0.9, &[]));
        let back = momentum(&[(20, 0.5), (30, 0.5), (40, 0.9)]);
        assert_eq!(back, pieces(0.9, &[(20, 0.5), (40, 0.9)]));
    }

    #[test]
    fn a_momentum_rests_if_it_comes_back_from_nothing() {
        assert!(momentum(&[(20, 0.0), (30, 0.5)]).rests());
        assert!(momentum(&[(0, 0.0), (30, 0.5)]).rests());
        assert!(!momentum(&[(20, 0.0)]).rests());
        assert!(!momentum(&[(0, 0.0)]).rests());
    }
}
