//! A learning rate that outlasts a change of the rule.

use crate::optimizer::{OptimizerChoice, Value};

/// Copies the learning rate of one optimizer to another if both have one and it means the same.
/// Rules that use more than the gradient measure it in different units.
pub fn keep_rate_of(from: &OptimizerChoice, to: &mut OptimizerChoice) {
    let is_beyond = |rule: &OptimizerChoice| rule.needs().is_beyond_gradient();
    if !from.is_same_rule(to) && (is_beyond(from) || is_beyond(to)) {
        return;
    }
    if let (Some(rate), Some(index)) = (from.rule().learning_rate(), to.rule().rate()) {
        to.rule_mut().set(index, Value::Number(rate));
    }
}
