//! The hyper-parameter that is swept, in one plan.

use crate::experiment::{Plan, Schedule};
use crate::optimizer::{Parameter, ParameterKind, Valid, Value};

/// A numeric hyper-parameter of a plan.
#[derive(Clone, Debug)]
pub struct Knob {
    /// Its index in the rule's list.
    pub index: usize,
    /// Its description.
    pub parameter: Parameter,
    /// Whether it is the rate of a schedule that has its own.
    of_schedule: bool,
}

impl Knob {
    /// The hyper-parameter with this name in files, also inside wrappers; `None` means the rate.
    /// The result is `None` if the plan has no such number.
    #[must_use]
    pub fn find(plan: &Plan, name: Option<&str>) -> Option<Self> {
        let rule = plan.optimizer.rule();
        let index = match name {
            None => rule.rate()?,
            Some(name) => rule
                .find(name)
                .or_else(|| rule.parameters().position(|it| plain(&it.name) == name))?,
        };
        let parameter = rule.parameter(index)?;
        let is_number = matches!(parameter.kind, ParameterKind::Number { .. });
        let is_rate = rule.rate() == Some(index);
        is_number.then_some(Self {
            index,
            parameter,
            of_schedule: is_rate && matches!(plan.schedule, Schedule::OneCycle { .. }),
        })
    }

    /// Whether the value is that of the schedule rather than of the rule.
    #[must_use]
    pub fn is_of_schedule(&self) -> bool {
        self.of_schedule
    }

    /// The value in a plan.
    #[must_use]
    pub fn value(&self, plan: &Plan) -> f64 {
        match plan.schedule {
            Schedule::OneCycle {
                max_learning_rate, ..
            } if self.of_schedule => max_learning_rate,
            _ => {
                let value = plan.optimizer.rule().number(self.index);
                value.unwrap_or(f64::NAN)
            }
        }
    }

    /// The plan with another value; `None` if the rule does not allow it.
    #[must_use]
    pub fn set(&self, plan: &Plan, value: f64) -> Option<Plan> {
        if !self.valid().allows(value) {
            return None;
        }
        let mut plan = plan.clone();
        match &mut plan.schedule {
            Schedule::OneCycle {
                max_learning_rate, ..
            } if self.of_schedule => *max_learning_rate = value,
            _ => {
                let rule = plan.optimizer.rule_mut();
                rule.set(self.index, Value::Number(value));
            }
        }
        plan.optimizer.rule().conflict().is_none().then_some(plan)
    }

    /// The valid values.
    #[must_use]
    pub fn valid(&self) -> Valid {
        match self.parameter.kind {
            ParameterKind::Number { valid, .. } => valid,
            _ => Valid::Finite,
        }
    }
}

/// The name of a hyper-parameter without the wrappers around it.
fn plain(name: &str) -> &str {
    name.trim_start_matches("inner.")
}

/// The hyper-parameters that can be swept in at least one of these plans: name in files and
/// description, the first of each name, without the rates.
#[must_use]
pub fn knobs<'a>(plans: impl Iterator<Item = &'a Plan>) -> Vec<(String, Parameter)> {
    let mut known: Vec<(String, Parameter)> = Vec::new();
    for plan in plans {
        let rule = plan.optimizer.rule();
        for (index, parameter) in rule.parameters().enumerate() {
            let name = plain(&parameter.name).to_owned();
            let is_number = matches!(parameter.kind, ParameterKind::Number { .. });
            let is_new = known.iter().all(|(other, _)| *other != name);
            if is_number && is_new && rule.rate() != Some(index) {
                known.push((name, parameter));
            }
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizer::{Adam, Lookahead, Momentum, OptimizerChoice, PolyakSgd};

    fn lookahead() -> Plan {
        let inner = Box::new(OptimizerChoice::Momentum(Momentum::default()));
        Plan::new(OptimizerChoice::Lookahead(Lookahead {
            inner,
            sync_period: 5.0,
            slow_step_size: 0.5,
        }))
    }

    #[test]
    fn the_rate_is_what_schedules_drive() {
        let polyak = Plan::new(OptimizerChoice::PolyakSgd(PolyakSgd::default()));
        for (plan, name) in [(&polyak, "scaling"), (&lookahead(), "inner.learning_rate")] {
            let knob = Knob::find(plan, None).unwrap();
            assert_eq!(knob.parameter.name, name);
        }
    }

    #[test]
    fn a_parameter_is_also_found_inside_a_wrapper() {
        let momentum = Knob::find(&lookahead(), Some("momentum")).unwrap();
        assert_eq!(momentum.parameter.name, "inner.momentum");
        assert!(Knob::find(&lookahead(), Some("beta_1")).is_none());
        assert!(
            Knob::find(&lookahead(), Some("velocity")).is_none(),
            "no number"
        );
    }

    #[test]
    fn a_schedule_with_its_own_rate_is_what_is_set() {
        let mut plan = Plan::new(OptimizerChoice::Adam(Adam::default()));
        plan.schedule = Schedule::OneCycle {
            total_steps: Some(200),
            steps: None,
            epochs: None,
            max_learning_rate: 0.5,
        };
        let knob = Knob::find(&plan, None).unwrap();
        assert_eq!(knob.value(&plan), 0.5);
        let set = knob.set(&plan, 0.25).unwrap();
        assert_eq!(set.optimizer, plan.optimizer);
        assert_eq!(knob.value(&set), 0.25);
        assert_eq!(knob.set(&plan, -1.0), None);
    }

    #[test]
    fn every_number_of_a_race_but_its_rates_can_be_chosen() {
        let adam = Plan::new(OptimizerChoice::Adam(Adam::default()));
        let names: Vec<String> = knobs([&lookahead(), &adam].into_iter())
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        for name in [
            "sync_period",
            "slow_step_size",
            "momentum",
            "beta_1",
            "beta_2",
            "epsilon",
        ] {
            assert!(names.iter().any(|it| it == name), "{name} in {names:?}");
        }
        assert!(!names.iter().any(|it| it == "learning_rate"));
    }
}
