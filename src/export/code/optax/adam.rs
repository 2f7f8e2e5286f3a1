//! Adam and Nadam.

use super::super::counterpart::{Arguments, Call, Counterpart, Lack, NO_CORRECTION, SIMPLIFIED};
use super::super::python::Numbers;
use super::super::values::Values;
use super::names::{BETAS, EPSILON, RATE, WEIGHT_DECAY, by_rate, named};
use crate::optimizer::{Adam, AmsGrad, MomentumSchedule, Nadam};

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
    arguments.push(("eps".into(), epsilon));
    arguments
}

pub(super) fn adam(values: &Values, rule: &Adam) -> Result<Counterpart, Lack> {
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

pub(super) fn nadam(values: &Values, rule: &Nadam) -> Result<Call, Lack> {
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
