//! Signum: of the momentum, only the sign counts.

use serde::{Deserialize, Serialize};

use super::{About, CoordinateRule, Defaults, Described, Field, Note, Probe, Run, Running, fields};

/// m ← β₁m + (1−β₁)g; θ ← θ − η sign(m)
///
/// Bernstein et al., *signSGD: compressed optimisation for non-convex problems*, 2018,
/// algorithm 2.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Signum {
    /// η
    pub learning_rate: f64,
    /// β₁
    pub beta_1: f64,
}

impl Described for Signum {
    const ABOUT: About = About {
        name: "Signum",
        title: "Signum",
        equation: "m ← β₁m + (1−β₁)g;  θ ← θ − η sign(m)",
        source: "J. Bernstein et al., ICML 2018",
        idea: "Every coordinate moves by the same length; the gradient only says which way.",
    };

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-5, 1.0], |rule| &mut rule.learning_rate),
        fields::beta_1(|rule| &mut rule.beta_1),
    ];

    const DEFAULTS: Defaults<Self> = Defaults {
        paper: Self {
            learning_rate: 1e-4,
            beta_1: 0.9,
        },
        pytorch: None,
        keras: None,
        optax: None,
    };

    fn run(&self, dimension: usize) -> Box<dyn Run> {
        Running::start(*self, dimension)
    }
}

impl CoordinateRule for Signum {
    /// m
    type State = f64;
    type Clock = ();

    fn begin(&self) -> f64 {
        0.0
    }

    fn clock(&self, _t: u64) -> Self::Clock {}

    fn update<P: Probe + ?Sized>(
        &self,
        position: f64,
        gradient: f64,
        moment: &mut f64,
        _clock: &Self::Clock,
        probe: &mut P,
    ) -> f64 {
        *moment = self.beta_1 * *moment + (1.0 - self.beta_1) * gradient;
        // `signum` of 0 is 1 in Rust, but a racer at rest should stay there.
        let sign = if *moment == 0.0 { 0.0 } else { moment.signum() };
        let step = self.learning_rate * sign;
        probe.note(Note::FirstMoment, *moment);
        probe.note(Note::GradientPart, -step);
        position - step
    }
}
