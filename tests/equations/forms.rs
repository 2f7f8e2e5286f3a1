//! Every form of every rule: all combinations of choices and switches, and of numbers with a
//! visible effect and without any effect.

use slalom::optimizer::{OptimizerChoice, Parameter, ParameterKind, Role, Valid, Value};

/// Returns all forms of the rules that are not wrappers.
pub fn plain() -> Vec<OptimizerChoice> {
    let rules = OptimizerChoice::for_points().filter(|it| it.inner().is_none());
    rules.flat_map(forms).collect()
}

/// Returns all forms of the wrappers, each around every rule in `inside`.
pub fn wrapped(inside: &[OptimizerChoice]) -> Vec<OptimizerChoice> {
    let wrappers = OptimizerChoice::all()
        .iter()
        .filter(|it| it.inner().is_some());
    let mut found = Vec::new();
    for wrapper in wrappers {
        for inner in inside {
            let mut wrapper = wrapper.clone();
            *wrapper.inner_mut().unwrap() = inner.clone();
            found.extend(forms(&wrapper));
        }
    }
    found
}

/// Returns all forms of a rule, without changing the rule inside a wrapper.
fn forms(published: &OptimizerChoice) -> Vec<OptimizerChoice> {
    let mut found = vec![published.clone()];
    for (index, parameter) in published.rule().parameters().enumerate() {
        if parameter.name.starts_with("inner.") {
            continue;
        }
        let values = values(&parameter);
        let mut varied = Vec::new();
        for form in &found {
            for value in &values {
                let mut form = form.clone();
                form.rule_mut().set(index, *value);
                varied.push(form);
            }
        }
        found = varied;
    }
    found.retain(|form| form.rule().conflict().is_none());
    found
}

fn values(parameter: &Parameter) -> Vec<Value> {
    match parameter.kind {
        ParameterKind::Switch => vec![Value::Switch(false), Value::Switch(true)],
        ParameterKind::Choice(names) => (0..names.len()).map(Value::Choice).collect(),
        ParameterKind::Number { valid, .. } => {
            let numbers = numbers(parameter.role, valid);
            numbers.iter().copied().map(Value::Number).collect()
        }
        kind => panic!("values of {kind:?} have to be tried, too"),
    }
}

/// Returns a number with a visible effect, followed by the number without effect.
fn numbers(role: Role, valid: Valid) -> &'static [f64] {
    match (role, valid) {
        (Role::Rate, _) => &[0.07],
        // RAdam scales its steps only if it remembers long enough.
        (Role::Forgetting, _) => &[0.85, 0.0],
        (_, Valid::Fraction) => &[0.6, 0.0],
        (_, Valid::Share) => &[0.3, 1.0],
        (_, Valid::AtLeastOne) => &[1.3, 1.0],
        (_, Valid::AtLeastFour) => &[5.0, 4.0],
        (_, Valid::Count) => &[3.0, 1.0],
        (_, Valid::Whole) => &[4.0, 0.0],
        (_, Valid::NonNegative) => &[0.2, 0.0],
        (_, Valid::Positive) => &[0.2],
        (_, Valid::NonPositive) => &[-0.5, 0.0],
        (_, Valid::Finite) => &[0.5, 0.0],
        (_, valid) => panic!("numbers of {valid:?} have to be tried, too"),
    }
}

/// Whether every number in the form is the one with an effect.
pub fn has_all_effects(form: &OptimizerChoice) -> bool {
    let rule = form.rule();
    let mut parameters = rule.parameters().enumerate();
    parameters.all(|(index, parameter)| match rule.number(index) {
        Some(number) => has_effect(&parameter, number),
        None => true,
    })
}

/// Whether a number of a form is not the one without effect.
pub fn has_effect(parameter: &Parameter, number: f64) -> bool {
    match parameter.kind {
        ParameterKind::Number { valid, .. } => {
            numbers(parameter.role, valid).get(1) != Some(&number)
        }
        _ => true,
    }
}

/// Whether the rule or the one inside it has no guard against division by 0.
pub fn may_divide_by_0(form: &OptimizerChoice) -> bool {
    let rule = form.rule();
    let mut parameters = rule.parameters().enumerate();
    parameters
        .any(|(index, parameter)| parameter.role == Role::Guard && rule.number(index) == Some(0.0))
}
