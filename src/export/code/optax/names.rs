//! The names of Optax' arguments.

use super::super::counterpart::{self, Arguments, Call};
use super::super::python::Numbers;
use super::super::values::Values;

pub(super) fn named(values: &Values, names: &[(&'static str, &str)]) -> Arguments {
    counterpart::named(values, Numbers::Traced, names)
}

pub(in super::super) const RATE: (&str, &str) = ("learning_rate", "learning_rate");
pub(in super::super) const MOMENTUM: (&str, &str) = ("momentum", "momentum");
pub(in super::super) const BETAS: [(&str, &str); 2] = [("b1", "beta_1"), ("b2", "beta_2")];
pub(in super::super) const EPSILON: (&str, &str) = ("eps", "epsilon");
pub(in super::super) const WEIGHT_DECAY: (&str, &str) = ("weight_decay", "weight_decay");
pub(in super::super) const CLIP: (&str, &str) = ("max_delta", "limit");
pub(in super::super) const CLIP_NORM: (&str, &str) = ("max_norm", "limit");
pub(in super::super) const DECAY: (&str, &str) = ("decay", "rho");
pub(in super::super) const START: (&str, &str) =
    ("initial_accumulator_value", "initial_accumulator");
pub(in super::super) const MIXING: (&str, &str) = ("b1", "momentum");
pub(in super::super) const EPSILON_ROOT: (&str, &str) = ("eps_root", "epsilon_root");
pub(in super::super) const WEIGHT_POWER: (&str, &str) = ("weight_lr_power", "weight_power");
/// The names of the Polyak step's variants, in our order.
pub(in super::super) const VARIANTS: [&str; 2] = ["sps", "sps+"];

pub(super) fn by_rate(values: &Values) -> Call {
    Call::new("optax.scale_by_learning_rate", named(values, &[RATE]))
}

pub(super) fn velocity_of(values: &Values) -> Call {
    Call::new("optax.trace", named(values, &[("decay", "momentum")]))
}
