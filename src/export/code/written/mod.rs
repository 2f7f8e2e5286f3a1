//! Rules that no library has in our form, written out in Python.

use super::counterpart::{Call, named};
use super::python::{Numbers, number, string};
use super::values::Values;
use crate::optimizer::{Muon, MuonEpsilon, MuonScale, OptimizerChoice, Shampoo};

/// Muon, as the optimizers hold it.
type MuonOverChoices = Muon<Box<OptimizerChoice>>;

const LENGTH: &str = include_str!("length.py");
const ORTHOGONAL_IN_JAX: &str = include_str!("orthogonal_jax.py");
const POWER_IN_JAX: &str = include_str!("power_jax.py");
const PRODUCTS_IN_JAX: &str = include_str!("products_jax.py");

/// A rule that is written out: what a script calls, the names of two arguments there, and the
/// definitions.
#[derive(Debug)]
pub(super) struct Written {
    function: &'static str,
    rate: &'static str,
    epsilon: &'static str,
    coefficients: &'static str,
    code: &'static [&'static str],
}

/// All rules that are written out for one library.
#[derive(Debug)]
pub(super) struct AllWritten {
    muon: Written,
    shampoo: Written,
}

pub(super) const PYTORCH: AllWritten = AllWritten {
    muon: Written {
        function: "Muon",
        rate: "lr",
        epsilon: "eps",
        coefficients: "ns_coefficients",
        code: &[
            include_str!("orthogonal_torch.py"),
            LENGTH,
            include_str!("muon_torch.py"),
        ],
    },
    shampoo: Written {
        function: "Shampoo",
        rate: "lr",
        epsilon: "eps",
        coefficients: "",
        code: &[
            include_str!("power_torch.py"),
            include_str!("shampoo_torch.py"),
        ],
    },
};

pub(super) const KERAS: AllWritten = AllWritten {
    muon: Written {
        function: "Muon",
        rate: "learning_rate",
        epsilon: "epsilon",
        coefficients: "ns_coefficients",
        code: &[ORTHOGONAL_IN_JAX, LENGTH, include_str!("muon_keras.py")],
    },
    shampoo: Written {
        function: "Shampoo",
        rate: "learning_rate",
        epsilon: "epsilon",
        coefficients: "",
        code: &[
            POWER_IN_JAX,
            PRODUCTS_IN_JAX,
            include_str!("shampoo_keras.py"),
        ],
    },
};

pub(super) const OPTAX: AllWritten = AllWritten {
    muon: Written {
        function: "muon",
        rate: "learning_rate",
        epsilon: "eps",
        coefficients: "ns_coeffs",
        code: &[ORTHOGONAL_IN_JAX, LENGTH, include_str!("muon_optax.py")],
    },
    shampoo: Written {
        function: "shampoo",
        rate: "learning_rate",
        epsilon: "eps",
        coefficients: "",
        code: &[
            POWER_IN_JAX,
            PRODUCTS_IN_JAX,
            include_str!("shampoo_optax.py"),
        ],
    },
};

impl AllWritten {
    /// Muon, as a call with the arguments that differ from the defaults of the definition.
    pub(super) fn muon(&self, values: &Values, numbers: Numbers, rule: &MuonOverChoices) -> Call {
        let Written {
            function,
            rate,
            epsilon,
            coefficients,
            code,
        } = self.muon;
        let published = MuonOverChoices::default();
        let always = [(rate, "learning_rate"), ("momentum", "momentum")];
        let mut call = Call::new(function, named(values, numbers, &always)).defined_by(code);
        let usual = [
            (("weight_decay", "weight_decay"), published.weight_decay),
            ((epsilon, "epsilon"), published.epsilon),
            (("rms", "rms"), published.rms),
        ];
        for ((theirs, ours), usual) in usual {
            if values.pieces(ours).constant() != Some(usual) {
                call = call.with(named(values, numbers, &[(theirs, ours)]));
            }
        }
        let steps = values.pieces("newton_schulz_steps");
        call = match steps.constant() {
            Some(count) if count.to_bits() == published.newton_schulz_steps.to_bits() => call,
            Some(count) => call.fixed("ns_steps", format!("{count:.0}")),
            None => call.with(vec![("ns_steps".into(), numbers.amount(&steps))]),
        };
        if rule.coefficients != published.coefficients {
            let [a, b, c] = rule.coefficients.map(number);
            call = call.fixed(coefficients, format!("({a}, {b}, {c})"));
        }
        if !rule.nesterov {
            call = call.fixed("nesterov", "False");
        }
        let scale = match rule.scale {
            MuonScale::Original => None,
            MuonScale::MatchRms => Some("match_rms"),
            MuonScale::SpectralUnclamped => Some("spectral"),
            MuonScale::Unscaled => Some("unscaled"),
        };
        if let Some(scale) = scale {
            call = call.fixed("scale", string(scale));
        }
        call.switch("corrected", rule.momentum_correction)
            .switch("clamps", rule.epsilon_place == MuonEpsilon::Clamp)
    }

    /// Shampoo, whose ε is that of the start.
    pub(super) fn shampoo(&self, values: &Values, numbers: Numbers, rule: &Shampoo) -> Call {
        let Written {
            function,
            rate,
            epsilon,
            code,
            ..
        } = self.shampoo;
        let rate = named(values, numbers, &[(rate, "learning_rate")]);
        let call = Call::new(function, rate).defined_by(code);
        call.fixed(epsilon, number(rule.epsilon))
    }
}
