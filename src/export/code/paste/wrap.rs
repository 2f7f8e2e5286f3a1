//! Sets the numbers of rules, and puts wrappers around them.

use crate::optimizer::{self, OptimizerChoice, ParameterKind, Valid};

/// The rule in a wrapper with this number.
///
/// # Errors
/// Which numbers the wrapper takes, if this is none.
pub(super) fn wrap(
    inner: OptimizerChoice,
    wrapper: &str,
    parameter: &str,
    number: f64,
) -> Result<OptimizerChoice, Valid> {
    let mut all = OptimizerChoice::all().iter();
    let Some(mut around) = all.find(|it| it.rule().about().name == wrapper).cloned() else {
        return Ok(inner);
    };
    let rule = around.rule();
    let described = rule.find(parameter).and_then(|index| rule.parameter(index));
    if let Some(ParameterKind::Number { valid, .. }) = described.map(|it| it.kind)
        && !valid.allows(number)
    {
        return Err(valid);
    }
    set(&mut around, parameter, optimizer::Value::Number(number));
    if let Some(held) = around.inner_mut() {
        *held = inner;
    }
    Ok(around)
}

/// Sets a parameter of a rule; one that it lacks is ignored.
pub(super) fn set(optimizer: &mut OptimizerChoice, parameter: &str, value: optimizer::Value) {
    let rule = optimizer.rule_mut();
    if let Some(index) = rule.find(parameter) {
        rule.set(index, value);
    }
}
