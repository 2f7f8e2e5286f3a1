//! Races in PyTorch.

use super::dialect::{
    self, Arguments, Call, Counterpart, Dialect, FULL_MATRIX, LOOK_AHEAD, Lack, NO_CORRECTION,
    Race, SIMPLIFIED, centered, import_from, indented,
};
use super::layout::Code;
use super::python::{Amount, Numbers, number};
use super::values::Values;
use crate::optimizer::{
    Adagrad, Adam, AmsGrad, Form, Matrix, MomentumSchedule, Nadam, OptimizerChoice, RMSProp,
    Velocity,
};

pub(super) struct PyTorch;

fn named(values: &Values, names: &[(&'static str, &str)]) -> Arguments {
    dialect::named(values, Numbers::Plain, names)
}

const RATE: (&str, &str) = ("lr", "learning_rate");
const MOMENTUM: (&str, &str) = ("momentum", "momentum");
const EPSILON: (&str, &str) = ("eps", "epsilon");

const SCALED: Lack = "PyTorch applies the learning rate to the velocity, and here it goes into the \
                      velocity, which differs when it changes";
const RESTING: Lack =
    "PyTorch keeps no velocity while the momentum is 0, and here the momentum comes back";

fn sgd(values: &Values) -> Call {
    Call::new("torch.optim.SGD", named(values, &[RATE]))
}

/// Why a velocity of this form does not move as PyTorch's.
fn velocity_lack(values: &Values, velocity: Velocity) -> Option<Lack> {
    if velocity == Velocity::Scaled && !values.rate_is_constant() {
        Some(SCALED)
    } else {
        values.momentum_rests().then_some(RESTING)
    }
}

fn momentum(values: &Values, velocity: Velocity) -> Result<Call, Lack> {
    let undamped = values.is_zero("dampening");
    if values.is_zero("momentum") && undamped {
        return Ok(sgd(values));
    }
    if let Some(lack) = velocity_lack(values, velocity) {
        return Err(lack);
    }
    let call = sgd(values).with(named(values, &[MOMENTUM]));
    if undamped {
        Ok(call)
    } else if values.momentum_ends() {
        Err("PyTorch has no dampening without momentum")
    } else {
        Ok(call.with(named(values, &[("dampening", "dampening")])))
    }
}

fn nesterov(values: &Values, form: Form, velocity: Velocity) -> Result<Call, Lack> {
    if values.is_zero("momentum") {
        return Ok(sgd(values));
    }
    if form == Form::LookAhead {
        return Err(LOOK_AHEAD);
    }
    let call = sgd(values).with(named(values, &[MOMENTUM]));
    velocity_lack(values, velocity).map_or(Ok(call.switch("nesterov", true)), Err)
}

fn adagrad(values: &Values, rule: &Adagrad) -> Result<Counterpart, Lack> {
    if rule.matrix == Matrix::Full {
        return Err(FULL_MATRIX);
    }
    let mut call = Call::new("torch.optim.Adagrad", named(values, &[RATE]));
    if !values.is_zero("learning_rate_decay") {
        call = call.with(named(values, &[("lr_decay", "learning_rate_decay")]));
    }
    let start = "initial_accumulator_value";
    let epsilon = values.pieces("epsilon");
    if !rule.epsilon_inside_sqrt || epsilon.is_zero() {
        call = call.fixed(start, number(rule.initial_accumulator));
        return Ok(call.with(named(values, &[EPSILON])).into());
    }
    let Some(epsilon) = epsilon.constant() else {
        return Err("PyTorch adds epsilon outside of the root, and here it changes inside");
    };
    let sum = number(rule.initial_accumulator + epsilon);
    let counterpart = Counterpart::from(call.fixed(start, sum).fixed("eps", "0.0"));
    Ok(counterpart.remarked(
        "PyTorch adds eps outside of the root; here epsilon stands inside, as part of the first sum.",
    ))
}

fn rmsprop(values: &Values, rule: &RMSProp) -> Result<Call, Lack> {
    if rule.epsilon_inside_sqrt && !values.is_zero("epsilon") {
        return Err("PyTorch's RMSprop adds epsilon outside of the root only");
    }
    let names = [RATE, ("alpha", "rho"), EPSILON];
    let mut call = Call::new("torch.optim.RMSprop", named(values, &names));
    if !values.is_zero("momentum") {
        if let Some(lack) = velocity_lack(values, rule.velocity) {
            return Err(lack);
        }
        call = call.with(named(values, &[MOMENTUM]));
    }
    Ok(call.switch("centered", rule.centered))
}

fn betas(values: &Values) -> (&'static str, Amount) {
    let beta = |name| Numbers::Plain.amount(&values.pieces(name));
    ("betas", beta("beta_1").pair(&beta("beta_2")))
}

fn adam(values: &Values, rule: &Adam) -> Result<Counterpart, Lack> {
    if !rule.bias_correction {
        return Err(NO_CORRECTION);
    }
    if rule.amsgrad == AmsGrad::MaxOfCorrected {
        return Err("PyTorch's amsgrad keeps the maximum before the bias is corrected");
    }
    let decays = !values.is_zero("weight_decay");
    let function = if decays {
        "torch.optim.AdamW"
    } else {
        "torch.optim.Adam"
    };
    let hat = rule.epsilon_hat && !values.is_zero("epsilon");
    let epsilon = if hat {
        vec![("eps", Numbers::Plain.epsilon(values, '/'))]
    } else {
        named(values, &[EPSILON])
    };
    let mut call = Call::new(function, named(values, &[RATE]))
        .with(vec![betas(values)])
        .with(epsilon);
    if decays {
        call = call.with(named(values, &[("weight_decay", "weight_decay")]));
    }
    let counterpart = Counterpart::from(call.switch("amsgrad", rule.amsgrad != AmsGrad::Off));
    Ok(if hat {
        counterpart
            .remarked("PyTorch adds eps after v's bias is corrected, and here it is added before.")
    } else {
        counterpart
    })
}

fn nadam(values: &Values, rule: &Nadam) -> Result<Call, Lack> {
    match rule.momentum_schedule {
        MomentumSchedule::Dozat => {
            let call = Call::new("torch.optim.NAdam", named(values, &[RATE]));
            let more = [EPSILON, ("momentum_decay", "momentum_decay")];
            Ok(call.with(vec![betas(values)]).with(named(values, &more)))
        }
        MomentumSchedule::Constant => {
            Err("PyTorch's NAdam warms the momentum up, and here it is constant")
        }
        MomentumSchedule::Simplified => Err(SIMPLIFIED),
    }
}

impl Dialect for PyTorch {
    fn numbers(&self) -> Numbers {
        Numbers::Plain
    }

    #[allow(
        unreachable_patterns,
        reason = "a rule can be added before its counterparts are known"
    )]
    fn counterpart(&self, values: &Values) -> Result<Counterpart, Lack> {
        let call = match values.optimizer() {
            OptimizerChoice::GradientDescent(_) => sgd(values),
            OptimizerChoice::Momentum(rule) => momentum(values, rule.velocity)?,
            OptimizerChoice::Nesterov(rule) => nesterov(values, rule.form, rule.velocity)?,
            OptimizerChoice::Adagrad(rule) => return adagrad(values, &rule),
            OptimizerChoice::Adadelta(_) => {
                let names = [RATE, ("rho", "rho"), EPSILON];
                Call::new("torch.optim.Adadelta", named(values, &names))
            }
            OptimizerChoice::RMSProp(rule) => {
                let call = rmsprop(values, &rule)?;
                return centered(values, &rule, call.into());
            }
            OptimizerChoice::Adam(rule) => return adam(values, &rule),
            OptimizerChoice::Nadam(rule) => nadam(values, &rule)?,
            _ => return Err("Slalom knows no such optimizer in PyTorch"),
        };
        Ok(call.into())
    }

    fn head(&self, names: &[&str]) -> String {
        let from_torch = import_from("torch", names);
        format!(
            "import csv
import math
import sys

import torch
{from_torch}
torch.set_default_dtype(torch.float64)
"
        )
    }

    fn array(&self) -> &'static str {
        "torch.tensor"
    }

    fn squared_error(&self) -> &'static str {
        "torch.nn.functional.mse_loss(predictions, targets[rows])"
    }

    fn cross_entropy(&self) -> &'static str {
        "torch.nn.functional.binary_cross_entropy_with_logits(logits, labels[rows])"
    }

    fn derivative(&self) -> &'static str {
        ""
    }

    fn make_entry(&self, changes: bool) -> String {
        let parameters = if changes {
            "at(0, parameters)"
        } else {
            "parameters"
        };
        format!("make([position], **{parameters})")
    }

    fn change_entry(&self) -> &'static str {
        "optimizer.param_groups[0].update(at(step, parameters))\n"
    }

    fn make(&self, counterpart: &Counterpart) -> Code {
        let function = counterpart
            .parts
            .iter()
            .map(|call| call.function)
            .collect::<String>();
        let mut arguments = vec![Code::Word("[position]".to_owned())];
        arguments.extend(counterpart.parts.iter().flat_map(Call::at_first));
        Code::call(&function, arguments)
    }

    fn set(&self, parameter: &str, value: &str) -> Option<String> {
        Some(format!(
            "optimizer.param_groups[0][\"{parameter}\"] = {value}\n"
        ))
    }

    fn steps(&self, race: &Race) -> String {
        let Race {
            start,
            steps,
            who,
            make,
            change,
            share,
        } = race;
        let change = indented(change);
        let part = share.rows().map(|rows| format!("loss(position, {rows})"));
        let part = part.as_deref().unwrap_or("value");
        let noise = share.noise().map_or_else(String::new, |noise| {
            format!("    position.grad += {noise}\n")
        });
        format!(
            "position = torch.tensor([{start}], requires_grad=True)
optimizer = {make}
for step in range({steps} + 1):
    x, y = position.tolist()
    if not (math.isfinite(x) and math.isfinite(y)):
        break  # it has diverged
    optimizer.zero_grad()
    value = loss(position)
    {part}.backward()
{noise}    write([{who}, step, x, y, value.item()])
{change}    optimizer.step()
"
        )
    }
}
