//! Muon.

use super::super::counterpart::Call;
use super::super::python::{Numbers, number};
use super::super::values::Values;
use super::super::written::OPTAX;
use super::names::{EPSILON, RATE, WEIGHT_DECAY, named};
use crate::optimizer::{Muon, MuonEpsilon, MuonScale, OptimizerChoice};

/// `optax.contrib.muon`, where it is of our form and only its rate changes; or else Muon written
/// out. Optax' own would move biases by Nadam, and is given matrices only. It takes the rows of a
/// matrix for inputs, as they are in the script.
pub(super) fn muon(values: &Values, rule: &Muon<Box<OptimizerChoice>>) -> Call {
    let is_of_its_form = rule.momentum_correction
        && rule.epsilon_place == MuonEpsilon::Added
        && matches!(rule.scale, MuonScale::Original | MuonScale::MatchRms);
    let numbers = [
        "momentum",
        "newton_schulz_steps",
        "epsilon",
        "rms",
        "weight_decay",
    ];
    if !is_of_its_form || !values.are_constant(&numbers) {
        return OPTAX.muon(values, Numbers::Traced, rule);
    }
    let published = Muon::<Box<OptimizerChoice>>::default();
    let names = [RATE, ("beta", "momentum"), EPSILON];
    let mut call = Call::new("optax.contrib.muon", named(values, &names));
    if rule.coefficients != published.coefficients {
        let [a, b, c] = rule.coefficients.map(number);
        call = call.fixed("ns_coeffs", format!("({a}, {b}, {c})"));
    }
    let steps = values.pieces("newton_schulz_steps").first;
    if steps.to_bits() != published.newton_schulz_steps.to_bits() {
        call = call.fixed("ns_steps", format!("{steps:.0}"));
    }
    if !values.is_zero("weight_decay") {
        call = call.with(named(values, &[WEIGHT_DECAY]));
    }
    if !rule.nesterov {
        call = call.fixed("nesterov", "False");
    }
    if rule.scale == MuonScale::MatchRms {
        call = call.with(named(values, &[("consistent_rms", "rms")]));
    }
    call
}
