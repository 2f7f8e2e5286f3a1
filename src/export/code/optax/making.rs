//! The code that makes an optimizer.

use std::borrow::Cow;

use super::super::counterpart::{Call, Counterpart};
use super::super::dialect::Race;
use super::super::layout::Code;
use super::super::python::Amount;
use super::super::team::Team;

/// The optimizer of a racer. Several rules that move a group of parameters each are told apart by
/// labels.
pub(super) fn optimizer(team: &Team) -> Code {
    let inside = match &*team.members {
        [only] => of_one(&only.counterpart),
        members => {
            let rules = members.iter().map(|member| of_one(&member.counterpart));
            let rules = team.labels().into_iter().zip(rules);
            let arguments = vec![Code::dictionary(rules), team.labels_of_parameters()];
            Code::call("optax.partition", arguments)
        }
    };
    match &team.around {
        None => inside,
        Some(call) => {
            let arguments = std::iter::once(inside).chain(call.at_first());
            Code::call(&call.function, arguments.collect())
        }
    }
}

fn of_one(counterpart: &Counterpart) -> Code {
    match &*counterpart.parts {
        [only] => code_of(only),
        parts => Code::call("optax.chain", parts.iter().map(code_of).collect()),
    }
}

/// `optax.adam(…)`. Only the learning rate may be passed as a function of the step; anything else
/// that changes has to be injected.
fn code_of(call: &Call) -> Code {
    let rate_alone = |(name, amount): &(Cow<str>, Amount)| {
        let is_rate = name == "learning_rate" && call.own.is_none();
        is_rate || amount.at_step.is_none()
    };
    if call.arguments.iter().all(rate_alone) {
        Code::call(&call.function, call.with_functions())
    } else {
        let injected = format!("optax.inject_hyperparams({})", call.function);
        Code::call(&injected, call.with_functions())
    }
}

/// The code that makes the optimizer and its update.
pub(in super::super) fn made(race: &Race) -> String {
    let make = match &*race.make {
        "" => String::new(),
        make => format!("optimizer = {make}\n"),
    };
    // In a list, optimizers that take no loss have to accept and ignore it.
    if race.manner.asks {
        // What asks questions of its own cannot be compiled as a whole.
        let updater = if race.is_alone {
            "optimizer"
        } else {
            "optax.with_extra_args_support(optimizer)"
        };
        return format!("{make}update = {updater}.update\n");
    }
    let updater = if race.manner.takes_loss && !race.is_alone {
        "optax.with_extra_args_support(optimizer)"
    } else {
        "optimizer"
    };
    format!("{make}update = jax.jit({updater}.update)\n")
}
