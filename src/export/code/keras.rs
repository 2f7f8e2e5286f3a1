//! Races in Keras 3, on JAX.

use super::Framework;
use super::counterpart::{
    self, Arguments, CLASSICAL, Call, Counterpart, FULL_MATRIX, HELD, LOOK_AHEAD, Lack, NEWTON,
    NO_CORRECTION, SIMPLIFIED, UPHILL, centered,
};
use super::dialect::{Dialect, Questions, Race, import_from, indented};
use super::layout::Code;
use super::own;
use super::python::{Numbers, number};
use super::team::Team;
use super::values::Values;
use super::written::KERAS;
use crate::optimizer::{
    Adagrad, AdagradMatrix, Adam, Adamax, AmsGrad, EpsilonPlace, Momentum, MomentumSchedule, Nadam,
    NesterovForm, OptimizerChoice, RMSProp, Velocity,
};

pub(super) struct Keras;

/// The arguments with other names here.
pub(super) const CLIP_VALUE: (&str, &str) = ("clipvalue", "limit");
pub(super) const CLIP_NORM: (&str, &str) = ("global_clipnorm", "limit");
pub(super) const START: (&str, &str) = ("initial_accumulator_value", "initial_accumulator");

/// Arguments whose names are the same in Keras as here.
fn named(values: &Values, names: &[&'static str]) -> Arguments {
    let pairs: Vec<_> = names.iter().map(|&name| (name, name)).collect();
    counterpart::named(values, Numbers::Plain, &pairs)
}

const UNSCALED: Lack = "Keras puts the learning rate into the velocity, and here it is applied to \
                        the velocity, which differs when it changes";
const RESTING: Lack =
    "Keras keeps no velocity while the momentum is 0, and here the momentum comes back";

fn sgd(values: &Values, more: &[&'static str]) -> Call {
    let arguments = named(values, &[&["learning_rate"], more].concat());
    Call::new("keras.optimizers.SGD", arguments)
}

/// The reason why Keras' velocity would move differently from one of this form, if it would.
fn velocity_lack(values: &Values, velocity: Velocity) -> Option<Lack> {
    if velocity == Velocity::Unscaled && !values.rate_is_constant() {
        Some(UNSCALED)
    } else {
        values.momentum_rests().then_some(RESTING)
    }
}

fn momentum(values: &Values, rule: &Momentum) -> Result<Call, Lack> {
    if !values.is_zero("dampening") {
        return Err("Keras' SGD has no dampening");
    }
    if values.is_zero("momentum") {
        return Ok(sgd(values, &[]));
    }
    velocity_lack(values, rule.velocity).map_or_else(|| Ok(sgd(values, &["momentum"])), Err)
}

fn nesterov(values: &Values, form: NesterovForm, velocity: Velocity) -> Result<Call, Lack> {
    if values.is_zero("momentum") {
        return Ok(sgd(values, &[]));
    }
    if form == NesterovForm::LookAhead {
        return Err(LOOK_AHEAD);
    }
    let call = sgd(values, &["momentum"]).switch("nesterov", true);
    velocity_lack(values, velocity).map_or(Ok(call), Err)
}

fn adagrad(values: &Values, rule: &Adagrad) -> Result<Call, Lack> {
    if rule.matrix == AdagradMatrix::Full {
        return Err(FULL_MATRIX);
    }
    if !values.is_zero("learning_rate_decay") {
        return Err("Keras' Adagrad has no learning_rate_decay");
    }
    if !rule.epsilon_inside_sqrt && !values.is_zero("epsilon") {
        return Err("Keras' Adagrad adds epsilon inside of the root only");
    }
    let start = number(rule.initial_accumulator);
    let call = Call::new(
        "keras.optimizers.Adagrad",
        named(values, &["learning_rate"]),
    );
    let call = call.fixed(START.0, start);
    Ok(call.with(named(values, &["epsilon"])))
}

fn rmsprop(values: &Values, rule: &RMSProp) -> Result<Call, Lack> {
    if !rule.epsilon_inside_sqrt && !values.is_zero("epsilon") {
        return Err("Keras' RMSprop adds epsilon inside of the root only");
    }
    let arguments = named(values, &["learning_rate", "rho", "epsilon"]);
    let mut call = Call::new("keras.optimizers.RMSprop", arguments);
    if !values.is_zero("momentum") {
        if let Some(lack) = velocity_lack(values, rule.velocity) {
            return Err(lack);
        }
        call = call.with(named(values, &["momentum"]));
    }
    Ok(call.switch("centered", rule.centered))
}

fn adam(values: &Values, rule: &Adam) -> Result<Counterpart, Lack> {
    if !rule.bias_correction {
        return Err(NO_CORRECTION);
    }
    if rule.amsgrad == AmsGrad::MaxOfCorrected {
        return Err("Keras' amsgrad keeps the maximum before the bias is corrected");
    }
    let decays = !values.is_zero("weight_decay");
    let function = if decays {
        "keras.optimizers.AdamW"
    } else {
        "keras.optimizers.Adam"
    };
    let hat = rule.epsilon_hat || values.is_zero("epsilon");
    let epsilon = if hat {
        named(values, &["epsilon"])
    } else {
        vec![("epsilon".into(), Numbers::Plain.epsilon(values, '*'))]
    };
    let moments = named(values, &["learning_rate", "beta_1", "beta_2"]);
    let mut call = Call::new(function, moments).with(epsilon);
    if decays {
        call = call.with(named(values, &["weight_decay"]));
    }
    let counterpart = Counterpart::from(call.switch("amsgrad", rule.amsgrad != AmsGrad::Off));
    Ok(if hat {
        counterpart
    } else {
        counterpart.remarked(
            "Keras adds epsilon before v's bias is corrected, and here it is added after.",
        )
    })
}

fn nadam(values: &Values, rule: &Nadam) -> Result<Call, Lack> {
    match rule.momentum_schedule {
        MomentumSchedule::Dozat if values.pieces("momentum_decay").constant() == Some(1.0) => {
            let arguments = named(values, &["learning_rate", "beta_1", "beta_2", "epsilon"]);
            let call = Call::new("keras.optimizers.Nadam", arguments);
            Ok(if values.is_zero("weight_decay") {
                call
            } else {
                call.with(named(values, &["weight_decay"]))
            })
        }
        MomentumSchedule::Dozat => Err("Keras' Nadam has no momentum_decay; its own is always 1"),
        MomentumSchedule::Constant => {
            Err("Keras' Nadam warms the momentum up, and here it is constant")
        }
        MomentumSchedule::Simplified => Err(SIMPLIFIED),
    }
}

fn adamax(values: &Values, rule: &Adamax) -> Result<Call, Lack> {
    if rule.epsilon_place == EpsilonPlace::InsideMax && !values.is_zero("epsilon") {
        return Err("Keras' Adamax adds epsilon outside of the maximum only");
    }
    let arguments = named(values, &["learning_rate", "beta_1", "beta_2", "epsilon"]);
    Ok(Call::new("keras.optimizers.Adamax", arguments))
}

fn lion(values: &Values) -> Result<Call, Lack> {
    if values.touches_zero("beta_1") {
        return Err("Keras' Lion takes a beta_1 above 0 only");
    }
    let arguments = named(values, &["learning_rate", "beta_1", "beta_2"]);
    let call = Call::new("keras.optimizers.Lion", arguments);
    Ok(if values.is_zero("weight_decay") {
        call
    } else {
        call.with(named(values, &["weight_decay"]))
    })
}

/// The lines that take a step of a rule that asks for the loss and gradients at points of its own,
/// of `variables`, where `answer` is a pair of both.
pub(super) fn asking(
    is_alone: bool,
    [optimizer, variables, answer]: [&str; 3],
    gradient: impl Fn(&str) -> String,
) -> String {
    let list = gradient("gradient");
    let step = format!("{optimizer}.step({variables}, value_at, gradient_at)\n");
    let step = if is_alone {
        format!("    {step}")
    } else {
        format!("    if hasattr({optimizer}, \"step\"):\n        {step}")
    };
    format!(
        "
    def value_at(weights):
        value, _ = {answer}
        return value

    def gradient_at(weights):
        _, gradient = {answer}
        return {list}

{step}"
    )
}

impl Keras {
    /// The optimizer inside a wrapper that clips, with the argument that clips there.
    fn clipped(
        &self,
        values: &Values,
        argument: (&'static str, &str),
    ) -> Result<Counterpart, Lack> {
        let inner = values.inner().ok_or("there is no rule inside")?;
        let mut inner = self.counterpart(&inner)?;
        let limit = counterpart::named(values, Numbers::Plain, &[argument]);
        let is_written = inner.is_written_out() || inner.manner.asks;
        let Some(call) = inner.parts.first_mut().filter(|_| !is_written) else {
            return Err(HELD);
        };
        let clips = [CLIP_VALUE.0, CLIP_NORM.0];
        if call
            .arguments
            .iter()
            .any(|(name, _)| clips.contains(&&**name))
        {
            return Err("an optimizer of Keras clips in one way only");
        }
        call.arguments.extend(limit);
        Ok(inner)
    }
}

impl Dialect for Keras {
    fn numbers(&self) -> Numbers {
        Numbers::Plain
    }

    #[allow(
        unreachable_patterns,
        reason = "a rule can be added before its counterparts are known"
    )]
    fn counterpart(&self, values: &Values) -> Result<Counterpart, Lack> {
        let call = match values.optimizer() {
            OptimizerChoice::GradientDescent(_) => sgd(values, &[]),
            OptimizerChoice::Momentum(rule) => momentum(values, &rule)?,
            OptimizerChoice::Nesterov(rule) => nesterov(values, rule.form, rule.velocity)?,
            OptimizerChoice::Adagrad(rule) => adagrad(values, &rule)?,
            OptimizerChoice::Adadelta(_) => {
                let arguments = named(values, &["learning_rate", "rho", "epsilon"]);
                Call::new("keras.optimizers.Adadelta", arguments)
            }
            OptimizerChoice::RMSProp(rule) => {
                let call = rmsprop(values, &rule)?;
                return centered(values, &rule, call.into());
            }
            OptimizerChoice::Adam(rule) => return adam(values, &rule),
            OptimizerChoice::AdamW(rule) => return adam(values, &rule.as_adam()),
            OptimizerChoice::Nadam(rule) => nadam(values, &rule)?,
            OptimizerChoice::Adamax(rule) => adamax(values, &rule)?,
            OptimizerChoice::RAdam(_) => return Err("Keras has no RAdam"),
            OptimizerChoice::AdaBelief(_) => return Err("Keras has no AdaBelief"),
            OptimizerChoice::Yogi(_) => return Err("Keras has no Yogi"),
            OptimizerChoice::Lion(_) => lion(values)?,
            OptimizerChoice::Rprop(_) => return Err("Keras has no Rprop"),
            OptimizerChoice::PolyakSgd(_) => return Err("Keras has no Polyak step size"),
            OptimizerChoice::Newton(_) => return Err(NEWTON),
            OptimizerChoice::ScheduleFreeSgd(_) => {
                return Err("Keras has no schedule-free optimizer");
            }
            OptimizerChoice::Lookahead(_) => return Err("Keras has no Lookahead"),
            OptimizerChoice::ClipByValue(_) => return self.clipped(values, CLIP_VALUE),
            OptimizerChoice::ClipByGlobalNorm(_) if values.is_zero("epsilon") => {
                return self.clipped(values, CLIP_NORM);
            }
            OptimizerChoice::ClipByGlobalNorm(_) => {
                return Err("Keras' global_clipnorm adds no epsilon to the norm");
            }
            OptimizerChoice::CoupledDecay(_) => {
                return Err("Keras decouples the weight decay of every optimizer");
            }
            OptimizerChoice::Sam(_) => return Err(UPHILL),
            OptimizerChoice::GradientDescentArmijo(_)
            | OptimizerChoice::ConjugateGradient(_)
            | OptimizerChoice::Bfgs(_)
            | OptimizerChoice::LBfgs(_)
            | OptimizerChoice::NelderMead(_) => return Err(CLASSICAL),
            OptimizerChoice::Muon(rule) => KERAS.muon(values, Numbers::Plain, &rule),
            OptimizerChoice::Shampoo(rule) => KERAS.shampoo(values, Numbers::Plain, &rule),
            OptimizerChoice::Rule(rule) => {
                return own::counterpart(values, &rule, Framework::Keras);
            }
            _ => return Err("Slalom knows no such optimizer in Keras"),
        };
        Ok(call.into())
    }

    fn head(&self, names: &[&str], _package: Option<&str>) -> String {
        let from_jax = import_from("jax.numpy", names);
        format!(
            "import csv
import math
import os
import sys

os.environ[\"KERAS_BACKEND\"] = \"jax\"  # Keras looks at it when it is imported

import jax
import keras
{from_jax}
jax.config.update(\"jax_enable_x64\", True)
keras.config.set_floatx(\"float64\")
"
        )
    }

    fn array(&self) -> &'static str {
        "keras.ops.array"
    }

    // `keras.losses` and `keras.ops` compute means in 32 bits; the method of an array does not.
    fn squared_error(&self) -> &'static str {
        "keras.ops.square(predictions - targets[rows]).mean()"
    }

    fn cross_entropy(&self) -> &'static str {
        "keras.ops.binary_crossentropy(labels[rows], logits, from_logits=True).mean()"
    }

    fn derivative(&self) -> &'static str {
        "loss_and_gradient = jax.jit(jax.value_and_grad(loss))\n"
    }

    fn make_entry(&self, changes: bool, _weights: &str) -> String {
        let parameters = if changes {
            "at(0, parameters)"
        } else {
            "parameters"
        };
        format!("make(**{parameters})")
    }

    fn change_entry(&self) -> &'static str {
        "for parameter, now in at(step, parameters).items():
    setattr(optimizer, parameter, now)
"
    }

    fn make(&self, team: &Team, _weights: &str) -> Code {
        let function: String = team.calls().map(|call| &*call.function).collect();
        Code::call(&function, team.calls().flat_map(Call::at_first).collect())
    }

    fn set(&self, parameter: &str, value: &str) -> Option<String> {
        Some(format!("optimizer.{parameter} = {value}\n"))
    }

    fn steps(&self, race: &Race, start: &str) -> String {
        let Race {
            steps,
            who,
            make,
            change,
            share,
            ..
        } = race;
        let change = indented(change);
        let questions = Questions {
            shown: "position.value",
            asked: "position.value",
            part: "_",
            array: self.array(),
        };
        let gradient = questions.lines(share);
        let asks = if race.manner.asks {
            let rows = share.rows().map_or("", |_| ", rows");
            let noise = share
                .noise()
                .map_or_else(String::new, |it| format!(" + {it}"));
            asking(
                race.is_alone,
                [
                    "optimizer",
                    "[position]",
                    &format!("loss_and_gradient(weights[0]{rows})"),
                ],
                |gradient| format!("[{gradient}{noise}]"),
            )
        } else {
            String::new()
        };
        let apply = "optimizer.apply([gradient], [position])\n";
        let apply = match (race.manner.asks, race.is_alone) {
            (false, _) => format!("    {apply}"),
            (true, true) => String::new(),
            (true, false) => format!("    else:\n        {apply}"),
        };
        format!(
            "position = keras.Variable([{start}])
optimizer = {make}
for step in range({steps} + 1):
    x, y = position.numpy().tolist()
    if not (math.isfinite(x) and math.isfinite(y)):
        break  # it has diverged
{gradient}    write([{who}, step, x, y, value.item()])
{change}{asks}{apply}"
        )
    }
}
