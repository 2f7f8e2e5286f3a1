//! Chains of Optax: what changes the gradient, and the optimizer that sees it.

use super::call::{Argument, Call, Value};
use super::error::PasteError;
use super::wrap::wrap;
use super::{Pasted, constructed, optax};
use crate::text::brief;

/// The racer of `optax.chain(…)`, if that is what the call is.
pub(super) fn read(call: &Call) -> Option<Result<Pasted, PasteError>> {
    if call.name != "optax.chain" {
        return None;
    }
    let Some(arguments) = &call.arguments else {
        let class = call.name.clone();
        return Some(Err(PasteError::Unclosed { class }));
    };
    if !call.rest.is_empty() {
        return None;
    }
    let (last, before) = arguments.split_last()?;
    let last = Call::read(expression(last)?)?;
    let before: Option<Vec<Call>> = before
        .iter()
        .map(|it| Call::read(expression(it)?))
        .collect();
    let before = before?;
    let is_known = |part: &Call| optax::BEFORE.iter().any(|(name, ..)| *name == part.name);
    if last.name == "optax.chain" || !before.iter().all(is_known) || is_known(&last) {
        return None;
    }
    let pasted = constructed(last)?;
    Some(pasted.and_then(|pasted| {
        let parts = before.iter().rev();
        parts.clone().try_fold(pasted, around)
    }))
}

fn expression(argument: &Argument) -> Option<&str> {
    match &argument.value {
        Value::Expression(text) if argument.keyword.is_none() => Some(text),
        _ => None,
    }
}

/// The racer with a part of the chain around it.
fn around(mut pasted: Pasted, part: &Call) -> Result<Pasted, PasteError> {
    let known = optax::BEFORE.iter().find(|(name, ..)| *name == part.name);
    let lacks = |argument: &str| PasteError::Missing {
        class: part.name.clone(),
        argument: argument.to_owned(),
    };
    let Some((_, wrapper, (theirs, ours))) = known else {
        return Err(lacks("its arguments"));
    };
    let arguments = part.arguments.as_deref().unwrap_or_default();
    let [Argument { keyword, value }] = arguments else {
        return Err(lacks(theirs));
    };
    if keyword.as_ref().is_some_and(|keyword| keyword != theirs) {
        return Err(lacks(theirs));
    }
    let Value::Number(number, text) = value else {
        return Err(PasteError::Value {
            class: part.name.clone(),
            argument: (*theirs).to_owned(),
            value: brief(&value.text()),
            expected: "a plain number such as 0.001",
        });
    };
    let plan = &mut pasted.racer.plan;
    let wrapped = wrap(plan.optimizer.clone(), wrapper, ours, *number);
    plan.optimizer = wrapped.map_err(|valid| PasteError::OutOfRange {
        class: part.name.clone(),
        argument: (*theirs).to_owned(),
        value: brief(text),
        valid,
    })?;
    Ok(pasted)
}
