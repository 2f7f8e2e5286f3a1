//! Races in PyTorch.

mod wrapped;

use std::borrow::Cow;

use super::Framework;
use super::counterpart::{
    self, Arguments, CLASSICAL, Call, Counterpart, FULL_MATRIX, LOOK_AHEAD, Lack, Manner, NEWTON,
    NO_CORRECTION, SIMPLIFIED, UPHILL, centered, meets_threshold,
};
use super::dialect::{Dialect, Race, import_from, indented};
use super::layout::Code;
use super::own;
use super::python::{Amount, Numbers, number};
use super::team::Team;
use super::values::Values;
use super::written::PYTORCH;
use crate::optimizer::{
    Adagrad, AdagradMatrix, Adam, Adamax, AmsGrad, EpsilonPlace, MomentumSchedule, Nadam,
    NesterovForm, OptimizerChoice, RAdam, RMSProp, Rprop, Velocity,
};

use wrapped::{clipped, decayed};

pub(super) struct PyTorch;

fn named(values: &Values, names: &[(&'static str, &str)]) -> Arguments {
    counterpart::named(values, Numbers::Plain, names)
}

pub(super) const RATE: (&str, &str) = ("lr", "learning_rate");
pub(super) const MOMENTUM: (&str, &str) = ("momentum", "momentum");
pub(super) const EPSILON: (&str, &str) = ("eps", "epsilon");
pub(super) const WEIGHT_DECAY: (&str, &str) = ("weight_decay", "weight_decay");
pub(super) const BETAS: (&str, [&str; 2]) = ("betas", ["beta_1", "beta_2"]);
pub(super) const ETAS: (&str, [&str; 2]) = ("etas", ["eta_minus", "eta_plus"]);
pub(super) const STEP_SIZES: (&str, [&str; 2]) = ("step_sizes", ["step_min", "step_max"]);
pub(super) const ALPHA: (&str, &str) = ("alpha", "rho");
pub(super) const RATE_DECAY: (&str, &str) = ("lr_decay", "learning_rate_decay");
pub(super) const START: (&str, &str) = ("initial_accumulator_value", "initial_accumulator");
pub(super) const WEIGHT_POWER: (&str, &str) = ("weight_lr_power", "weight_power");

const SCALED: Lack = "PyTorch applies the learning rate to the velocity, and here it goes into the \
                      velocity, which differs when it changes";
const RESTING: Lack =
    "PyTorch keeps no velocity while the momentum is 0, and here the momentum comes back";

fn sgd(values: &Values) -> Call {
    Call::new("torch.optim.SGD", named(values, &[RATE]))
}

/// The reason why PyTorch's velocity would move differently from one of this form, if it would.
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

fn nesterov(values: &Values, form: NesterovForm, velocity: Velocity) -> Result<Call, Lack> {
    if values.is_zero("momentum") {
        return Ok(sgd(values));
    }
    if form == NesterovForm::LookAhead {
        return Err(LOOK_AHEAD);
    }
    let call = sgd(values).with(named(values, &[MOMENTUM]));
    velocity_lack(values, velocity).map_or(Ok(call.switch("nesterov", true)), Err)
}

fn adagrad(values: &Values, rule: &Adagrad) -> Result<Counterpart, Lack> {
    if rule.matrix == AdagradMatrix::Full {
        return Err(FULL_MATRIX);
    }
    let mut call = Call::new("torch.optim.Adagrad", named(values, &[RATE]));
    if !values.is_zero("learning_rate_decay") {
        call = call.with(named(values, &[RATE_DECAY]));
    }
    let epsilon = values.pieces("epsilon");
    if !rule.epsilon_inside_sqrt || epsilon.is_zero() {
        call = call.fixed(START.0, number(rule.initial_accumulator));
        return Ok(call.with(named(values, &[EPSILON])).into());
    }
    let Some(epsilon) = epsilon.constant() else {
        return Err("PyTorch adds epsilon outside of the root, and here it changes inside");
    };
    let sum = number(rule.initial_accumulator + epsilon);
    let counterpart = Counterpart::from(call.fixed(START.0, sum).fixed("eps", "0.0"));
    Ok(counterpart.remarked(
        "PyTorch adds eps outside of the root; here epsilon stands inside, as part of the first sum.",
    ))
}

fn rmsprop(values: &Values, rule: &RMSProp) -> Result<Call, Lack> {
    if rule.epsilon_inside_sqrt && !values.is_zero("epsilon") {
        return Err("PyTorch's RMSprop adds epsilon outside of the root only");
    }
    let names = [RATE, ALPHA, EPSILON];
    let mut call = Call::new("torch.optim.RMSprop", named(values, &names));
    if !values.is_zero("momentum") {
        if let Some(lack) = velocity_lack(values, rule.velocity) {
            return Err(lack);
        }
        call = call.with(named(values, &[MOMENTUM]));
    }
    Ok(call.switch("centered", rule.centered))
}

/// An argument whose value is a pair.
fn pair(values: &Values, (name, ours): (&'static str, [&str; 2])) -> (Cow<'static, str>, Amount) {
    let [one, other] = ours.map(|ours| Numbers::Plain.amount(&values.pieces(ours)));
    (name.into(), one.pair(&other))
}

fn betas(values: &Values) -> (Cow<'static, str>, Amount) {
    pair(values, BETAS)
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
        vec![("eps".into(), Numbers::Plain.epsilon(values, '/'))]
    } else {
        named(values, &[EPSILON])
    };
    let mut call = Call::new(function, named(values, &[RATE]))
        .with(vec![betas(values)])
        .with(epsilon);
    if decays {
        call = call.with(named(values, &[WEIGHT_DECAY]));
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
            let call = call.with(vec![betas(values)]).with(named(values, &more));
            Ok(if values.is_zero("weight_decay") {
                call
            } else {
                call.with(named(values, &[WEIGHT_DECAY]))
                    .fixed("decoupled_weight_decay", "True")
            })
        }
        MomentumSchedule::Constant => {
            Err("PyTorch's NAdam warms the momentum up, and here it is constant")
        }
        MomentumSchedule::Simplified => Err(SIMPLIFIED),
    }
}

fn adamax(values: &Values, rule: &Adamax) -> Result<Call, Lack> {
    if rule.epsilon_place == EpsilonPlace::Added && !values.is_zero("epsilon") {
        return Err("PyTorch's Adamax adds epsilon inside of the maximum only");
    }
    let call = Call::new("torch.optim.Adamax", named(values, &[RATE]));
    Ok(call
        .with(vec![betas(values)])
        .with(named(values, &[EPSILON])))
}

fn radam(values: &Values, rule: &RAdam) -> Result<Counterpart, Lack> {
    if values.pieces("threshold").constant() != Some(5.0) {
        return Err("PyTorch's RAdam has no threshold; its own is always 5");
    }
    if rule.threshold_inclusive && meets_threshold(values, rule) {
        return Err("PyTorch's RAdam scales no step at the threshold itself");
    }
    let is_hat = rule.epsilon_hat || values.is_zero("epsilon");
    let epsilon = if is_hat {
        named(values, &[EPSILON])
    } else {
        vec![("eps".into(), Numbers::Plain.epsilon(values, '*'))]
    };
    let call = Call::new("torch.optim.RAdam", named(values, &[RATE]));
    let counterpart = Counterpart::from(call.with(vec![betas(values)]).with(epsilon));
    Ok(if is_hat {
        counterpart
    } else {
        counterpart
            .remarked("PyTorch adds eps before v's bias is corrected, and here it is added after.")
    })
}

/// Only the initial learning rate matters; schedules and edits have no effect on it.
fn rprop(values: &Values, rule: &Rprop) -> Result<Counterpart, Lack> {
    let [eta_minus, eta_plus] = ["eta_minus", "eta_plus"].map(|name| values.pieces(name).first);
    if eta_minus == 0.0 || eta_plus == 1.0 {
        return Err("PyTorch's Rprop takes an eta_minus above 0 and an eta_plus above 1 only");
    }
    let highest = values.pieces("step_min").values().fold(0.0, f64::max);
    if values.pieces("step_max").values().any(|max| max < highest) {
        return Err("the limits of the step size cross, which PyTorch resolves in another way");
    }
    let call = Call::new("torch.optim.Rprop", Vec::new()).fixed("lr", number(rule.learning_rate));
    let call = call.with(vec![pair(values, ETAS), pair(values, STEP_SIZES)]);
    let counterpart = Counterpart::from(call);
    Ok(if values.rate_is_constant() {
        counterpart
    } else {
        counterpart
            .remarked("lr is only the first step size: its schedule and edits change nothing.")
    })
}

/// From the authors' own package, which holds y in the parameters during training.
fn schedule_free_sgd(values: &Values) -> Result<Counterpart, Lack> {
    if values.touches_zero("momentum") {
        return Err("schedulefree takes a momentum above 0 only");
    }
    let mut call = Call::new(
        "schedulefree.SGDScheduleFree",
        named(values, &[RATE, MOMENTUM]),
    );
    for name in ["warmup_steps", "r", "weight_decay"] {
        if !values.is_zero(name) {
            call = call.with(named(values, &[(name, name)]));
        }
    }
    let call = call.with(named(values, &[WEIGHT_POWER]));
    let counterpart = Counterpart::from(call.fixed("foreach", "False"));
    Ok(counterpart.in_manner(Manner {
        averages: true,
        ..Manner::default()
    }))
}

/// The function that an optimizer calls to know the loss and the gradient where it has moved the
/// parameters.
pub(super) fn closure(zero: &str, part: &str, noise: &str) -> String {
    let noise = indented(noise);
    format!(
        "
    def closure():
        {zero}.zero_grad()
        part = {part}
        part.backward()
{noise}        return part

"
    )
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
            OptimizerChoice::AdamW(rule) => return adam(values, &rule.as_adam()),
            OptimizerChoice::Nadam(rule) => nadam(values, &rule)?,
            OptimizerChoice::Adamax(rule) => adamax(values, &rule)?,
            OptimizerChoice::RAdam(rule) => return radam(values, &rule),
            OptimizerChoice::AdaBelief(_) => return Err("PyTorch has no AdaBelief"),
            OptimizerChoice::Yogi(_) => return Err("PyTorch has no Yogi"),
            OptimizerChoice::Lion(_) => return Err("PyTorch has no Lion"),
            OptimizerChoice::Rprop(rule) => return rprop(values, &rule),
            OptimizerChoice::PolyakSgd(_) => return Err("PyTorch has no Polyak step size"),
            OptimizerChoice::Newton(_) => return Err(NEWTON),
            OptimizerChoice::ScheduleFreeSgd(_) => return schedule_free_sgd(values),
            OptimizerChoice::Lookahead(_) => return Err("PyTorch has no Lookahead"),
            OptimizerChoice::ClipByValue(_) => {
                return clipped(self, values, "torch.nn.utils.clip_grad_value_");
            }
            OptimizerChoice::ClipByGlobalNorm(_) => {
                if values.pieces("epsilon").constant() != Some(1e-6) {
                    return Err("PyTorch's clip_grad_norm_ has an epsilon of its own, 1e-6");
                }
                return clipped(self, values, "torch.nn.utils.clip_grad_norm_");
            }
            OptimizerChoice::CoupledDecay(_) => return decayed(self, values),
            OptimizerChoice::Sam(_) => return Err(UPHILL),
            OptimizerChoice::GradientDescentArmijo(_)
            | OptimizerChoice::ConjugateGradient(_)
            | OptimizerChoice::Bfgs(_)
            | OptimizerChoice::LBfgs(_)
            | OptimizerChoice::NelderMead(_) => return Err(CLASSICAL),
            OptimizerChoice::Muon(rule) => PYTORCH.muon(values, Numbers::Plain, &rule),
            OptimizerChoice::Shampoo(rule) => PYTORCH.shampoo(values, Numbers::Plain, &rule),
            OptimizerChoice::Rule(rule) => {
                return own::counterpart(values, &rule, Framework::PyTorch);
            }
            _ => return Err("Slalom knows no such optimizer in PyTorch"),
        };
        Ok(call.into())
    }

    fn package(&self, manner: Manner) -> Option<&'static str> {
        manner.averages.then_some("schedulefree")
    }

    fn head(&self, names: &[&str], package: Option<&str>) -> String {
        let from_torch = import_from("torch", names);
        let package = package.map_or_else(String::new, |name| format!("import {name}\n"));
        format!(
            "import csv
import math
import sys

{package}import torch
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

    fn make_entry(&self, changes: bool, weights: &str) -> String {
        let parameters = if changes {
            "at(0, parameters)"
        } else {
            "parameters"
        };
        format!("make({weights}, **{parameters})")
    }

    fn change_entry(&self) -> &'static str {
        "optimizer.param_groups[0].update(at(step, parameters))\n"
    }

    fn make(&self, team: &Team, weights: &str) -> Code {
        let function: String = team.calls().map(|call| &*call.function).collect();
        let mut arguments = vec![Code::Word(weights.to_owned())];
        arguments.extend(team.calls().flat_map(Call::at_first));
        Code::call(&function, arguments)
    }

    fn set(&self, parameter: &str, value: &str) -> Option<String> {
        Some(format!(
            "optimizer.param_groups[0][\"{parameter}\"] = {value}\n"
        ))
    }

    fn plateau(&self, arguments: &str, per_epoch: u64) -> Option<String> {
        Some(format!(
            "if step == 0:
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(
        optimizer, {}
    )
elif step % {per_epoch} == 0:
    scheduler.step(value.item())
",
            arguments
                .replacen("cooldown", "\n        cooldown", 1)
                .replace(", \n", ",\n")
        ))
    }

    fn steps(&self, race: &Race, start: &str) -> String {
        let Race {
            steps,
            who,
            make,
            change,
            share,
            manner,
            is_alone,
            ..
        } = race;
        let change = indented(change);
        let noise = share.noise().map_or_else(String::new, |noise| {
            format!("    position.grad += {noise}\n")
        });
        let part = share.rows().map(|rows| format!("loss(position, {rows})"));
        let row = format!("    write([{who}, step, x, y, value.item()])\n");
        let turn = |to: &str| match (manner.averages, is_alone) {
            (false, _) => String::new(),
            (true, true) => format!("    optimizer.{to}()\n"),
            (true, false) => format!("    if averages:\n        optimizer.{to}()\n"),
        };
        let [to_print, train] = ["eval", "train"].map(turn);
        let (body, step) = if manner.asks {
            let part = part.as_deref().unwrap_or("loss(position)");
            let closure = closure("optimizer", part, &noise);
            let body =
                format!("    value = loss(position).detach()\n{row}{change}{train}{closure}");
            (body, "    optimizer.step(closure)\n")
        } else if manner.averages {
            let part = part.as_deref().unwrap_or("loss(position)");
            let body = format!(
                "    value = loss(position)
{row}{change}{train}    optimizer.zero_grad()
    {part}.backward()
{noise}"
            );
            (body, "    optimizer.step()\n")
        } else {
            let part = part.as_deref().unwrap_or("value");
            let body = format!(
                "    optimizer.zero_grad()
    value = loss(position)
    {part}.backward()
{noise}{row}{change}"
            );
            (body, "    optimizer.step()\n")
        };
        let averages = if manner.averages && !is_alone {
            "averages = isinstance(optimizer, schedulefree.SGDScheduleFree)\n"
        } else {
            ""
        };
        format!(
            "position = torch.tensor([{start}], requires_grad=True)
optimizer = {make}
{averages}for step in range({steps} + 1):
{to_print}    x, y = position.tolist()
    if not (math.isfinite(x) and math.isfinite(y)):
        break  # it has diverged
{body}{step}"
        )
    }
}
