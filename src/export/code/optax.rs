//! Races in Optax.

mod adam;
mod adaptive;
mod making;
mod manners;
mod muon;
mod names;
mod points;
mod wrapped;

use super::Framework;
use super::counterpart::{
    CLASSICAL, Call, Counterpart, LOOK_AHEAD, Lack, NEWTON, UPHILL, centered,
};
use super::dialect::{Dialect, Questions, Race, import_from};
use super::layout::Code;
use super::own;
use super::python::Numbers;
use super::team::Team;
use super::values::Values;
use super::written::OPTAX;
use crate::optimizer::{NesterovForm, OptimizerChoice};
use adam::{adam, nadam};
use adaptive::{adabelief, adagrad, adamax, lion, radam, rmsprop, sgd, yogi};
use making::optimizer;
use manners::{lookahead, polyak_sgd, schedule_free_sgd};
use muon::muon;
use names::named;
use wrapped::{clipped_by_norm, clipped_by_value, decayed};

pub(super) use making::made;
pub(super) use names::{
    BETAS, CLIP, CLIP_NORM, DECAY, EPSILON, EPSILON_ROOT, MIXING, MOMENTUM, RATE, START, VARIANTS,
    WEIGHT_DECAY, WEIGHT_POWER,
};
pub(super) use points::{Points, points};

pub(super) struct Optax;

/// The functions that a rule asks for the loss and for gradients at points of its own, where
/// `answer` is a pair of both.
pub(super) fn asking(answer: &str, noise: &str) -> String {
    format!(
        "
    def value_at(at):
        value, _ = {answer}
        return value

    def gradient_at(at):
        _, gradient = {answer}
        return gradient{noise}

"
    )
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
            OptimizerChoice::ClipByValue(_) => clipped_by_value(values, self),
            OptimizerChoice::ClipByGlobalNorm(_) => clipped_by_norm(values, self),
            OptimizerChoice::CoupledDecay(_) => decayed(values, self),
            OptimizerChoice::Sam(_) => Err(UPHILL),
            OptimizerChoice::GradientDescentArmijo(_)
            | OptimizerChoice::ConjugateGradient(_)
            | OptimizerChoice::Bfgs(_)
            | OptimizerChoice::LBfgs(_)
            | OptimizerChoice::NelderMead(_) => Err(CLASSICAL),
            OptimizerChoice::Muon(rule) => Ok(muon(values, &rule).into()),
            OptimizerChoice::Shampoo(rule) => {
                Ok(OPTAX.shampoo(values, Numbers::Traced, &rule).into())
            }
            OptimizerChoice::Rule(rule) => own::counterpart(values, &rule, Framework::Optax),
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

    fn entry(&self, team: &Team, _grouped: bool) -> Vec<Code> {
        vec![optimizer(team)]
    }

    fn entry_names(&self, _grouped: bool) -> &'static str {
        "name, rule, optimizer"
    }

    fn make_entry(&self, _changes: bool, _weights: &str) -> String {
        String::new()
    }

    fn change_entry(&self) -> &'static str {
        ""
    }

    fn make(&self, team: &Team, _weights: &str) -> Code {
        optimizer(team)
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
        let (asks, questions) = if manner.asks {
            let rows = share.rows().map_or("", |_| ", rows");
            let noise = share
                .noise()
                .map_or_else(String::new, |it| format!(" + {it}"));
            let answer = format!("loss_and_gradient(at{rows})");
            (
                asking(&answer, &noise),
                ", value_fn=value_at, grad_fn=gradient_at",
            )
        } else {
            (String::new(), "")
        };
        format!(
            "{make}{begin}for step in range({steps} + 1):
{find}    x, y = {shown}.tolist()
    if not (math.isfinite(x) and math.isfinite(y)):
        break  # it has diverged
{gradient}    write([{who}, step, x, y, value.item()])
{asks}    updates, state = update(gradient, state, position{loss}{questions})
    position = optax.apply_updates(position, updates)
"
        )
    }
}
