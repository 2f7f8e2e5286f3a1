//! Races in Optax.

use super::dialect::{
    self, Arguments, Call, Counterpart, Dialect, FULL_MATRIX, LOOK_AHEAD, Lack, NO_CORRECTION,
    Race, SIMPLIFIED, centered, import_from, jax_gradient,
};
use super::layout::Code;
use super::python::{Amount, Numbers, number};
use super::values::Values;
use crate::optimizer::{
    Adagrad, Adam, AmsGrad, Form, Matrix, MomentumSchedule, Nadam, OptimizerChoice, RMSProp,
    Velocity,
};

pub(super) struct Optax;

fn named(values: &Values, names: &[(&'static str, &str)]) -> Arguments {
    dialect::named(values, Numbers::Traced, names)
}

const RATE: (&str, &str) = ("learning_rate", "learning_rate");
const MOMENTUM: (&str, &str) = ("momentum", "momentum");
const BETAS: [(&str, &str); 2] = [("b1", "beta_1"), ("b2", "beta_2")];
const EPSILON: (&str, &str) = ("eps", "epsilon");

fn by_rate(values: &Values) -> Call {
    Call::new("optax.scale_by_learning_rate", named(values, &[RATE]))
}

fn velocity_of(values: &Values) -> Call {
    Call::new("optax.trace", named(values, &[("decay", "momentum")]))
}

/// `optax.sgd` applies the learning rate to the velocity; the parts in the other order put it in.
fn sgd(values: &Values, velocity: Velocity, nesterov: bool) -> Counterpart {
    if values.is_zero("momentum") {
        return Call::new("optax.sgd", named(values, &[RATE])).into();
    }
    if velocity == Velocity::Scaled && !values.rate_is_constant() {
        let velocity = velocity_of(values).switch("nesterov", nesterov);
        return vec![by_rate(values), velocity].into();
    }
    let call = Call::new("optax.sgd", named(values, &[RATE, MOMENTUM]));
    call.switch("nesterov", nesterov).into()
}

fn adagrad(values: &Values, rule: &Adagrad) -> Result<Call, Lack> {
    let no_epsilon = values.is_zero("epsilon");
    if rule.matrix == Matrix::Full {
        return Err(FULL_MATRIX);
    }
    if !values.is_zero("learning_rate_decay") {
        return Err("Optax' adagrad has no learning_rate_decay");
    }
    if !rule.epsilon_inside_sqrt && !no_epsilon {
        return Err("Optax' adagrad adds epsilon inside of the root only");
    }
    if no_epsilon && rule.initial_accumulator == 0.0 {
        return Err("Optax' adagrad takes 0/0 for 0, which epsilon 0 can lead to");
    }
    let start = number(rule.initial_accumulator);
    let call = Call::new("optax.adagrad", named(values, &[RATE]));
    let call = call.fixed("initial_accumulator_value", start);
    Ok(call.with(named(values, &[EPSILON])))
}

/// `optax.rmsprop` puts the learning rate into the velocity; the parts in the other order apply it.
fn rmsprop(values: &Values, rule: &RMSProp) -> Counterpart {
    let measure = |call: Call| {
        let call = call.with(named(values, &[("decay", "rho"), EPSILON]));
        if rule.epsilon_inside_sqrt || values.is_zero("epsilon") {
            call
        } else {
            call.fixed("eps_in_sqrt", "False")
        }
    };
    let moves = !values.is_zero("momentum");
    if moves && rule.velocity == Velocity::Unscaled && !values.rate_is_constant() {
        let function = if rule.centered {
            "optax.scale_by_stddev"
        } else {
            "optax.scale_by_rms"
        };
        let measured = measure(Call::new(function, Vec::new()));
        return vec![measured, velocity_of(values), by_rate(values)].into();
    }
    let mut call = measure(Call::new("optax.rmsprop", named(values, &[RATE])));
    if moves {
        call = call.with(named(values, &[MOMENTUM]));
    }
    call.switch("centered", rule.centered).into()
}

/// Whether ε is added before the bias of v is corrected, and it matters.
fn is_hat(values: &Values, rule: &Adam) -> bool {
    rule.epsilon_hat && !values.is_zero("epsilon")
}

fn moments(values: &Values, rule: &Adam) -> Arguments {
    let epsilon = if is_hat(values, rule) {
        Numbers::Traced.epsilon(values, '/')
    } else {
        Numbers::Traced.amount(&values.pieces("epsilon"))
    };
    let mut arguments = named(values, &BETAS);
    arguments.push(("eps", epsilon));
    arguments
}

fn adam(values: &Values, rule: &Adam) -> Result<Counterpart, Lack> {
    if !rule.bias_correction {
        return Err(NO_CORRECTION);
    }
    let decays = !values.is_zero("weight_decay");
    let decay = || named(values, &[("weight_decay", "weight_decay")]);
    let whole = |function| Call::new(function, named(values, &[RATE])).with(moments(values, rule));
    let counterpart: Counterpart = match (rule.amsgrad, decays) {
        (AmsGrad::MaxOfRaw, _) => {
            return Err("Optax' amsgrad keeps the maximum after the bias is corrected");
        }
        (AmsGrad::Off, false) => whole("optax.adam").into(),
        (AmsGrad::Off, true) => whole("optax.adamw").with(decay()).into(),
        (AmsGrad::MaxOfCorrected, false) => whole("optax.amsgrad").into(),
        (AmsGrad::MaxOfCorrected, true) => vec![
            Call::new("optax.scale_by_amsgrad", moments(values, rule)),
            Call::new("optax.add_decayed_weights", decay()),
            by_rate(values),
        ]
        .into(),
    };
    Ok(if is_hat(values, rule) {
        counterpart
            .remarked("Optax adds eps after v's bias is corrected, and here it is added before.")
    } else {
        counterpart
    })
}

fn nadam(values: &Values, rule: &Nadam) -> Result<Call, Lack> {
    match rule.momentum_schedule {
        MomentumSchedule::Constant => {
            let call = Call::new("optax.nadam", named(values, &[RATE]));
            Ok(call
                .with(named(values, &BETAS))
                .with(named(values, &[EPSILON])))
        }
        MomentumSchedule::Dozat => {
            Err("Optax' nadam has a constant momentum, and here it warms up")
        }
        MomentumSchedule::Simplified => Err(SIMPLIFIED),
    }
}

/// `optax.adam(…)`. A learning rate may be a function of the step as it is; whatever else changes
/// has to be injected.
fn code_of(call: &Call) -> Code {
    let rate_alone =
        |(name, amount): &(&str, Amount)| *name == "learning_rate" || amount.at_step.is_none();
    if call.arguments.iter().all(rate_alone) {
        Code::call(call.function, call.with_functions())
    } else {
        let injected = format!("optax.inject_hyperparams({})", call.function);
        Code::call(&injected, call.with_functions())
    }
}

impl Dialect for Optax {
    fn numbers(&self) -> Numbers {
        Numbers::Traced
    }

    #[allow(
        unreachable_patterns,
        reason = "a rule can be added before its counterparts are known"
    )]
    fn counterpart(&self, values: &Values) -> Result<Counterpart, Lack> {
        match values.optimizer() {
            OptimizerChoice::GradientDescent(_) => {
                Ok(Call::new("optax.sgd", named(values, &[RATE])).into())
            }
            OptimizerChoice::Momentum(rule) if values.is_zero("dampening") => {
                Ok(sgd(values, rule.velocity, false))
            }
            OptimizerChoice::Momentum(_) => Err("Optax' sgd has no dampening"),
            OptimizerChoice::Nesterov(rule)
                if rule.form == Form::LookAhead && !values.is_zero("momentum") =>
            {
                Err(LOOK_AHEAD)
            }
            OptimizerChoice::Nesterov(rule) => Ok(sgd(values, rule.velocity, true)),
            OptimizerChoice::Adagrad(rule) => Ok(adagrad(values, &rule)?.into()),
            OptimizerChoice::Adadelta(_) => {
                let names = [RATE, ("rho", "rho"), EPSILON];
                Ok(Call::new("optax.adadelta", named(values, &names)).into())
            }
            OptimizerChoice::RMSProp(rule) => centered(values, &rule, rmsprop(values, &rule)),
            OptimizerChoice::Adam(rule) => adam(values, &rule),
            OptimizerChoice::Nadam(rule) => Ok(nadam(values, &rule)?.into()),
            _ => Err("Slalom knows no such optimizer in Optax"),
        }
    }

    fn head(&self, names: &[&str]) -> String {
        let from_jax = import_from("jax.numpy", names);
        format!(
            "import csv
import math
import sys

import jax
import jax.numpy as jnp
import optax
{from_jax}
jax.config.update(\"jax_enable_x64\", True)
"
        )
    }

    fn array(&self) -> &'static str {
        "jnp.array"
    }

    fn squared_error(&self) -> &'static str {
        "optax.squared_error(predictions, targets[rows]).mean()"
    }

    fn cross_entropy(&self) -> &'static str {
        "optax.sigmoid_binary_cross_entropy(logits, labels[rows]).mean()"
    }

    fn derivative(&self) -> &'static str {
        "loss_and_gradient = jax.jit(jax.value_and_grad(loss))\n"
    }

    fn entry(&self, counterpart: &Counterpart) -> Vec<Code> {
        vec![self.make(counterpart)]
    }

    fn entry_names(&self) -> &'static str {
        "name, rule, optimizer"
    }

    fn make_entry(&self, _changes: bool) -> String {
        String::new()
    }

    fn change_entry(&self) -> &'static str {
        ""
    }

    fn make(&self, counterpart: &Counterpart) -> Code {
        match &*counterpart.parts {
            [only] => code_of(only),
            parts => Code::call("optax.chain", parts.iter().map(code_of).collect()),
        }
    }

    fn set(&self, _parameter: &str, _value: &str) -> Option<String> {
        None
    }

    fn steps(&self, race: &Race) -> String {
        let Race {
            start,
            steps,
            who,
            make,
            share,
            ..
        } = race;
        let gradient = jax_gradient("position", share, self.array());
        let make = if make.is_empty() {
            String::new()
        } else {
            format!("optimizer = {make}\n")
        };
        format!(
            "{make}update = jax.jit(optimizer.update)
position = jnp.array([{start}])
state = optimizer.init(position)
for step in range({steps} + 1):
    x, y = position.tolist()
    if not (math.isfinite(x) and math.isfinite(y)):
        break  # it has diverged
{gradient}    write([{who}, step, x, y, value.item()])
    updates, state = update(gradient, state, position)
    position = optax.apply_updates(position, updates)
"
        )
    }
}
