//! Rules that need more than a gradient at the printed point.

use super::super::counterpart::{Call, Counterpart, Lack, Manner, NO_LOSS};
use super::super::python::{number, string};
use super::super::values::Values;
use super::names::{EPSILON, MIXING, RATE, VARIANTS, WEIGHT_DECAY, WEIGHT_POWER, named};
use crate::optimizer::{PolyakSgd, PolyakVariant};

/// `optax.polyak_sgd` measures the gradient after scaling it; composing the parts in the opposite
/// order scales the step.
pub(super) fn polyak_sgd(values: &Values, rule: &PolyakSgd) -> Counterpart {
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

pub(super) fn schedule_free_sgd(values: &Values) -> Result<Counterpart, Lack> {
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
pub(super) fn lookahead(values: &Values, inner: Counterpart) -> Result<Counterpart, Lack> {
    if inner.manner.looks_ahead {
        return Err("Optax' lookahead cannot hold another one");
    }
    if inner.manner.takes_loss {
        return Err(NO_LOSS);
    }
    if inner.manner.asks {
        return Err("Optax' lookahead does not hand on what its lines ask for");
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
