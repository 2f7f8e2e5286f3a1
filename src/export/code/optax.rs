//! Races in Optax.

mod points;

use super::dialect::{
    self, Arguments, Call, Counterpart, Dialect, FULL_MATRIX, LOOK_AHEAD, Lack, Manner, NEWTON,
    NO_CORRECTION, Questions, Race, SIMPLIFIED, centered, import_from, meets_threshold,
};
use super::layout::Code;
use super::python::{Amount, Numbers, number, string};
use super::values::Values;
use crate::optimizer::{
    Adagrad, AdagradMatrix, Adam, Adamax, AmsGrad, EpsilonPlace, MomentumSchedule, Nadam,
    NesterovForm, OptimizerChoice, PolyakSgd, PolyakVariant, RAdam, RMSProp, Velocity, Yogi,
};
pub(super) use points::{Points, points};

pub(super) struct Optax;

fn named(values: &Values, names: &[(&'static str, &str)]) -> Arguments {
    dialect::named(values, Numbers::Traced, names)
}

pub(super) const RATE: (&str, &str) = ("learning_rate", "learning_rate");
pub(super) const MOMENTUM: (&str, &str) = ("momentum", "momentum");
pub(super) const BETAS: [(&str, &str); 2] = [("b1", "beta_1"), ("b2", "beta_2")];
pub(super) const EPSILON: (&str, &str) = ("eps", "epsilon");
pub(super) const WEIGHT_DECAY: (&str, &str) = ("weight_decay", "weight_decay");
pub(super) const DECAY: (&str, &str) = ("decay", "rho");
pub(super) const START: (&str, &str) = ("initial_accumulator_value", "initial_accumulator");
pub(super) const MIXING: (&str, &str) = ("b1", "momentum");
pub(super) const EPSILON_ROOT: (&str, &str) = ("eps_root", "epsilon_root");
pub(super) const WEIGHT_POWER: (&str, &str) = ("weight_lr_power", "weight_power");
/// The names of the Polyak step's variants, in our order.
pub(super) const VARIANTS: [&str; 2] = ["sps", "sps+"];

fn by_rate(values: &Values) -> Call {
    Call::new("optax.scale_by_learning_rate", named(values, &[RATE]))
}

fn velocity_of(values: &Values) -> Call {
    Call::new("optax.trace", named(values, &[("decay", "momentum")]))
}

/// `optax.sgd` applies the learning rate to the velocity; composing the parts in the opposite order
/// makes it part of the velocity.
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
    if rule.matrix == AdagradMatrix::Full {
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
    let call = call.fixed(START.0, start);
    Ok(call.with(named(values, &[EPSILON])))
}

/// `optax.rmsprop` makes the learning rate part of the velocity; composing the parts in the
/// opposite order applies it to the velocity.
fn rmsprop(values: &Values, rule: &RMSProp) -> Counterpart {
    let measure = |call: Call| {
        let call = call.with(named(values, &[DECAY, EPSILON]));
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

/// Whether ε is added before the bias of v is corrected, and is not zero.
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
    let decay = || named(values, &[WEIGHT_DECAY]);
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
            let moments = [&[RATE], &BETAS[..], &[EPSILON]].concat();
            Ok(if values.is_zero("weight_decay") {
                Call::new("optax.nadam", named(values, &moments))
            } else {
                let all = [&moments[..], &[WEIGHT_DECAY]].concat();
                Call::new("optax.nadamw", named(values, &all))
            })
        }
        MomentumSchedule::Dozat => {
            Err("Optax' nadam has a constant momentum, and here it warms up")
        }
        MomentumSchedule::Simplified => Err(SIMPLIFIED),
    }
}

fn adamax(values: &Values, rule: &Adamax) -> Result<Call, Lack> {
    if rule.epsilon_place == EpsilonPlace::Added && !values.is_zero("epsilon") {
        return Err("Optax' adamax adds epsilon inside of the maximum only");
    }
    let names = [&[RATE], &BETAS[..], &[EPSILON]].concat();
    Ok(Call::new("optax.adamax", named(values, &names)))
}

fn radam(values: &Values, rule: &RAdam) -> Result<Counterpart, Lack> {
    if !rule.threshold_inclusive && meets_threshold(values, rule) {
        return Err("Optax' radam scales steps at the threshold itself, too");
    }
    let is_hat = rule.epsilon_hat && !values.is_zero("epsilon");
    let epsilon = if is_hat {
        vec![("eps", Numbers::Traced.epsilon(values, '/'))]
    } else {
        named(values, &[EPSILON])
    };
    let moments = [&[RATE], &BETAS[..]].concat();
    let call = Call::new("optax.radam", named(values, &moments)).with(epsilon);
    let counterpart = Counterpart::from(call.with(named(values, &[("threshold", "threshold")])));
    Ok(if is_hat {
        counterpart
            .remarked("Optax adds eps after v's bias is corrected, and here it is added before.")
    } else {
        counterpart
    })
}

fn adabelief(values: &Values) -> Call {
    let names = [&[RATE], &BETAS[..], &[EPSILON, EPSILON_ROOT]].concat();
    Call::new("optax.adabelief", named(values, &names))
}

/// `optax.yogi` starts its averages at 1e-6; composing its parts gives them another start.
fn yogi(values: &Values, rule: &Yogi) -> Counterpart {
    let moments = [&BETAS[..], &[EPSILON]].concat();
    let start = Yogi::default().initial_accumulator;
    if rule.initial_accumulator == start {
        let names = [&[RATE], &moments[..]].concat();
        return Call::new("optax.yogi", named(values, &names)).into();
    }
    let measure = Call::new("optax.scale_by_yogi", named(values, &moments));
    let measure = measure.fixed(START.0, number(rule.initial_accumulator));
    vec![measure, by_rate(values)].into()
}

/// Its weight decay is written even if it is 0, which is not the default.
fn lion(values: &Values) -> Call {
    let names = [&[RATE], &BETAS[..], &[WEIGHT_DECAY]].concat();
    Call::new("optax.lion", named(values, &names))
}

/// `optax.polyak_sgd` measures the gradient after scaling it; composing the parts in the opposite
/// order scales the step.
fn polyak_sgd(values: &Values, rule: &PolyakSgd) -> Counterpart {
    let measure = |function| {
        let names = [
            ("max_learning_rate", "max_learning_rate"),
            ("f_min", "f_min"),
            EPSILON,
        ];
        let variant = match rule.variant {
            PolyakVariant::Sps => VARIANTS[0],
            PolyakVariant::SpsPlus => VARIANTS[1],
        };
        Call::new(function, named(values, &names)).fixed("variant", string(variant))
    };
    let scaling = values.rate();
    let counterpart = if values.schedule().is_constant() && scaling.constant() == Some(1.0) {
        Counterpart::from(measure("optax.polyak_sgd"))
    } else {
        let scale = named(values, &[("learning_rate", "scaling")]);
        let scale = Call::new("optax.scale_by_learning_rate", scale);
        Counterpart::from(vec![measure("optax.scale_by_polyak"), scale])
            .remarked("polyak_sgd measures the gradient after scaling it; here the step is scaled.")
    };
    counterpart.in_manner(Manner {
        takes_loss: true,
        ..Manner::default()
    })
}

fn schedule_free_sgd(values: &Values) -> Result<Counterpart, Lack> {
    if !values.is_zero("r") {
        return Err("Optax' schedule_free_sgd has no r");
    }
    if values.touches_zero("momentum") {
        return Err("Optax' schedule_free_sgd takes a momentum above 0 only");
    }
    if !values.is_zero("warmup_steps") || !values.rate_is_constant() {
        return Err(
            "Optax' schedule_free_sgd weighs a step by the learning rate of the next, which \
             differs when it changes",
        );
    }
    if !values.are_constant(&["momentum", "weight_power", "weight_decay"]) {
        return Err("Optax' schedule_free_sgd keeps its hyper-parameters, and here they change");
    }
    let names = [RATE, MIXING, WEIGHT_POWER];
    let mut call = Call::new("optax.contrib.schedule_free_sgd", named(values, &names));
    if !values.is_zero("weight_decay") {
        call = call.with(named(values, &[WEIGHT_DECAY]));
    }
    Ok(Counterpart::from(call).in_manner(Manner {
        averages: true,
        ..Manner::default()
    }))
}

/// The counterpart of the inner rule, wrapped in `optax.lookahead`.
fn lookahead(values: &Values, inner: Counterpart) -> Result<Counterpart, Lack> {
    if inner.manner.looks_ahead {
        return Err("Optax' lookahead cannot hold another one");
    }
    if inner.manner.takes_loss {
        return Err("Optax' lookahead does not hand the loss on to the rule inside");
    }
    if inner.manner.averages {
        return Err(
            "Optax' lookahead moves the point where the gradient is asked, and here it \
                    moves the average",
        );
    }
    let [period, size] = ["sync_period", "slow_step_size"].map(|name| values.pieces(name));
    let (Some(period), Some(size)) = (period.constant(), size.constant()) else {
        return Err("Optax' lookahead keeps its hyper-parameters, and here they change");
    };
    // Optax counts steps in 32 bits.
    let period = format!("{:.0}", period.min(f64::from(i32::MAX)));
    let around = Call::new("optax.lookahead", Vec::new()).fixed("sync_period", period);
    Ok(Counterpart {
        around: Some(around.fixed("slow_step_size", number(size))),
        manner: Manner {
            looks_ahead: true,
            ..Manner::default()
        },
        ..inner
    })
}

/// `optax.adam(…)`. Only the learning rate may be passed as a function of the step; anything else
/// that changes has to be injected.
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

/// The code that makes the optimizer and its update.
pub(super) fn made(race: &Race) -> String {
    let make = match &*race.make {
        "" => String::new(),
        make => format!("optimizer = {make}\n"),
    };
    // In a list, optimizers that take no loss have to accept and ignore it.
    let updater = if race.manner.takes_loss && !race.is_alone {
        "optax.with_extra_args_support(optimizer)"
    } else {
        "optimizer"
    };
    format!("{make}update = jax.jit({updater}.update)\n")
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
                if rule.form == NesterovForm::LookAhead && !values.is_zero("momentum") =>
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
            OptimizerChoice::AdamW(rule) => adam(values, &rule.as_adam()),
            OptimizerChoice::Nadam(rule) => Ok(nadam(values, &rule)?.into()),
            OptimizerChoice::Adamax(rule) => Ok(adamax(values, &rule)?.into()),
            OptimizerChoice::RAdam(rule) => radam(values, &rule),
            OptimizerChoice::AdaBelief(_) => Ok(adabelief(values).into()),
            OptimizerChoice::Yogi(rule) => Ok(yogi(values, &rule)),
            OptimizerChoice::Lion(_) => Ok(lion(values).into()),
            OptimizerChoice::Rprop(_) => Err("Optax' rprop is another rule, one step behind"),
            OptimizerChoice::PolyakSgd(rule) => Ok(polyak_sgd(values, &rule)),
            OptimizerChoice::Newton(_) => Err(NEWTON),
            OptimizerChoice::ScheduleFreeSgd(_) => schedule_free_sgd(values),
            OptimizerChoice::Lookahead(_) => {
                let inner = values.inner().ok_or("there is no rule inside")?;
                lookahead(values, self.counterpart(&inner)?)
            }
            OptimizerChoice::Muon(_) => Err(
                "Optax counts the rows of a matrix as inputs, which scales Muon's steps otherwise",
            ),
            OptimizerChoice::Shampoo(_) => Err("Optax has no Shampoo"),
            _ => Err("Slalom knows no such optimizer in Optax"),
        }
    }

    fn head(&self, names: &[&str], _package: Option<&str>) -> String {
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
        vec![self.make(counterpart, "")]
    }

    fn entry_names(&self) -> &'static str {
        "name, rule, optimizer"
    }

    fn make_entry(&self, _changes: bool, _weights: &str) -> String {
        String::new()
    }

    fn change_entry(&self) -> &'static str {
        ""
    }

    fn make(&self, counterpart: &Counterpart, _weights: &str) -> Code {
        let parts = match &*counterpart.parts {
            [only] => code_of(only),
            parts => Code::call("optax.chain", parts.iter().map(code_of).collect()),
        };
        match &counterpart.around {
            None => parts,
            Some(call) => {
                let arguments = std::iter::once(parts).chain(call.at_first());
                Code::call(call.function, arguments.collect())
            }
        }
    }

    fn set(&self, _parameter: &str, _value: &str) -> Option<String> {
        None
    }

    fn steps(&self, race: &Race, start: &str) -> String {
        let Race {
            steps,
            who,
            share,
            manner,
            is_alone,
            ..
        } = race;
        let Points {
            begin,
            find,
            shown,
            asked,
        } = points(
            "position",
            &format!("jnp.array([{start}])"),
            *manner,
            *is_alone,
        );
        let questions = Questions {
            shown: &shown,
            asked: &asked,
            part: if manner.takes_loss { "part" } else { "_" },
            array: self.array(),
        };
        let gradient = questions.lines(share);
        let make = made(race);
        let loss = match manner.takes_loss {
            false => "",
            true if questions.are_one(share) => ", value=value",
            true => ", value=part",
        };
        format!(
            "{make}{begin}for step in range({steps} + 1):
{find}    x, y = {shown}.tolist()
    if not (math.isfinite(x) and math.isfinite(y)):
        break  # it has diverged
{gradient}    write([{who}, step, x, y, value.item()])
    updates, state = update(gradient, state, position{loss})
    position = optax.apply_updates(position, updates)
"
        )
    }
}
