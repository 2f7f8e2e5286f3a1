//! What changes the gradient before a rule sees it.

use super::super::counterpart::{Counterpart, HELD, Lack};
use super::super::dialect::Dialect;
use super::super::python::number;
use super::super::values::Values;
use super::{PyTorch, WEIGHT_DECAY, named};

/// The optimizer inside a wrapper that clips, which clips by this function before each of its steps.
/// There is none that clips in PyTorch: programs do so between `backward` and `step`.
pub(super) fn clipped(
    torch: &PyTorch,
    values: &Values,
    function: &str,
) -> Result<Counterpart, Lack> {
    let Some(limit) = values.pieces("limit").constant() else {
        return Err("the limit of its clipping changes on the way");
    };
    let mut inner = inside(torch, values)?;
    let call = inner.parts.first_mut().ok_or(HELD)?;
    let make = &call.function;
    call.function = format!("clipped({make}, {function}, {})", number(limit)).into();
    call.helpers
        .push(include_str!("clipped.py").trim_ascii_end());
    Ok(inner
        .remarked("PyTorch clips between backward and step; here a hook of the optimizer does."))
}

/// The optimizers whose `weight_decay` is added to the gradient.
const COUPLED: [&str; 8] = [
    "torch.optim.SGD",
    "torch.optim.Adam",
    "torch.optim.Adagrad",
    "torch.optim.RMSprop",
    "torch.optim.Adadelta",
    "torch.optim.Adamax",
    "torch.optim.NAdam",
    "torch.optim.RAdam",
];

/// The optimizer inside a wrapper that couples decay, with its `weight_decay`.
pub(super) fn decayed(torch: &PyTorch, values: &Values) -> Result<Counterpart, Lack> {
    let mut inner = inside(torch, values)?;
    let call = inner.parts.first_mut().ok_or(HELD)?;
    let has_decay = call
        .arguments
        .iter()
        .any(|(name, _)| name == WEIGHT_DECAY.0);
    if has_decay || !COUPLED.contains(&&*call.function) {
        return Err("PyTorch cannot add a decay to the gradient of the rule inside");
    }
    call.arguments.extend(named(values, &[WEIGHT_DECAY]));
    Ok(inner)
}

fn inside(torch: &PyTorch, values: &Values) -> Result<Counterpart, Lack> {
    let inner = values.inner().ok_or("there is no rule inside")?;
    let inner = torch.counterpart(&inner)?;
    let is_plain = !inner.manner.asks && !inner.manner.averages && !inner.is_own();
    if is_plain { Ok(inner) } else { Err(HELD) }
}
