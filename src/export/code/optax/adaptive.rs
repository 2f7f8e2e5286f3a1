//! Momentum and the adaptive rules.

use super::super::counterpart::{Call, Counterpart, FULL_MATRIX, Lack, meets_threshold};
use super::super::python::{Numbers, number};
use super::super::values::Values;
use super::names::{
    BETAS, DECAY, EPSILON, EPSILON_ROOT, MOMENTUM, RATE, START, WEIGHT_DECAY, by_rate, named,
    velocity_of,
};
use crate::optimizer::{
    Adagrad, AdagradMatrix, Adamax, EpsilonPlace, RAdam, RMSProp, Velocity, Yogi,
};

/// `optax.sgd` applies the learning rate to the velocity; composing the parts in the opposite order
/// makes it part of the velocity.
pub(super) fn sgd(values: &Values, velocity: Velocity, nesterov: bool) -> Counterpart {
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

pub(super) fn adagrad(values: &Values, rule: &Adagrad) -> Result<Call, Lack> {
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
pub(super) fn rmsprop(values: &Values, rule: &RMSProp) -> Counterpart {
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

pub(super) fn adamax(values: &Values, rule: &Adamax) -> Result<Call, Lack> {
    if rule.epsilon_place == EpsilonPlace::Added && !values.is_zero("epsilon") {
        return Err("Optax' adamax adds epsilon inside of the maximum only");
    }
    let names = [&[RATE], &BETAS[..], &[EPSILON]].concat();
    Ok(Call::new("optax.adamax", named(values, &names)))
}

pub(super) fn radam(values: &Values, rule: &RAdam) -> Result<Counterpart, Lack> {
    if !rule.threshold_inclusive && meets_threshold(values, rule) {
        return Err("Optax' radam scales steps at the threshold itself, too");
    }
    let is_hat = rule.epsilon_hat && !values.is_zero("epsilon");
    let epsilon = if is_hat {
        vec![("eps".into(), Numbers::Traced.epsilon(values, '/'))]
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

pub(super) fn adabelief(values: &Values) -> Call {
    let names = [&[RATE], &BETAS[..], &[EPSILON, EPSILON_ROOT]].concat();
    Call::new("optax.adabelief", named(values, &names))
}

/// `optax.yogi` starts its averages at 1e-6; composing its parts gives them another start.
pub(super) fn yogi(values: &Values, rule: &Yogi) -> Counterpart {
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
pub(super) fn lion(values: &Values) -> Call {
    let names = [&[RATE], &BETAS[..], &[WEIGHT_DECAY]].concat();
    Call::new("optax.lion", named(values, &names))
}
