//! The multiplier of all learning rates.

use crate::experiment::Experiment;
use crate::optimizer::Value;

/// The factor by which all learning rates are multiplied.
#[derive(Clone, Debug, PartialEq)]
pub struct RateScale {
    factor: f64,
    /// Every multiplied rate, as (result, original), so that undoing the factor loses nothing to
    /// rounding.
    plain: Vec<(f64, f64)>,
}

impl Default for RateScale {
    fn default() -> Self {
        Self {
            factor: 1.0,
            plain: Vec::new(),
        }
    }
}

impl RateScale {
    /// Returns the multiplier.
    pub fn factor(&self) -> f64 {
        self.factor
    }

    /// Sets the multiplier of all learning rates in the experiment, including edits and those of
    /// groups.
    pub fn change(&mut self, experiment: &mut Experiment, factor: f64) {
        let before = std::mem::take(self);
        let mut rescaled = |rate: f64| {
            let plain = before.plain_of(rate);
            let scaled = product(plain, factor);
            self.plain.push((scaled, plain));
            scaled
        };
        for racer in &mut experiment.racers {
            let plan = &mut racer.plan;
            let own = std::iter::once(&mut plan.optimizer);
            let groups = plan.groups.iter_mut().map(|group| &mut group.optimizer);
            for optimizer in own.chain(groups) {
                let rule = optimizer.rule_mut();
                if let (Some(index), Some(rate)) = (rule.rate(), rule.learning_rate()) {
                    rule.set(index, Value::Number(rescaled(rate)));
                }
            }
            let rule = plan.optimizer.rule();
            let Some(driven) = rule.rate() else {
                continue;
            };
            for edit in &mut plan.edits {
                if rule.find(&edit.parameter) == Some(driven) {
                    edit.value = rescaled(edit.value);
                }
            }
        }
        self.factor = factor;
    }

    /// Returns a rate without the multiplier.
    fn plain_of(&self, rate: f64) -> f64 {
        let known = self.plain.iter().find(|(scaled, _)| same(*scaled, rate));
        known.map_or_else(|| product(rate, 1.0 / self.factor), |(_, plain)| *plain)
    }
}

/// Returns the product rounded to twelve digits, which removes binary rounding errors.
fn product(rate: f64, factor: f64) -> f64 {
    if same(factor, 1.0) {
        return rate;
    }
    let exact = rate * factor;
    format!("{exact:.11e}").parse().unwrap_or(exact)
}

fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits()
}
