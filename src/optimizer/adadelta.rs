//! Adadelta: steps in the units of the position, from the size of earlier steps.

use serde::{Deserialize, Serialize};

use super::{About, CoordinateRule, Defaults, Described, Field, Note, Probe, Run, Running, fields};

/// E ← ρE + (1−ρ)g²; u = √(D+ε)/√(E+ε) · g; D ← ρD + (1−ρ)u²; θ ← θ − η u
///
/// Zeiler, *ADADELTA: an adaptive learning rate method*, 2012, algorithm 1, where η = 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Adadelta {
    /// η
    pub learning_rate: f64,
    /// ρ
    pub rho: f64,
    /// ε, which also sets the size of the first steps.
    pub epsilon: f64,
}

impl Described for Adadelta {
    const ABOUT: About = About {
        name: "Adadelta",
        title: "Adadelta",
        equation: "E ← ρE + (1−ρ)g²;  u = √(D+ε)/√(E+ε) · g;  D ← ρD + (1−ρ)u²;  θ ← θ − η u",
        source: "M. D. Zeiler, arXiv:1212.5701, 2012",
        idea: "No rate to choose: a step is as long as earlier steps were, for such a gradient.",
    };

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-4, 1e3], |rule| &mut rule.learning_rate),
        fields::rho(|rule| &mut rule.rho),
        fields::epsilon(|rule| &mut rule.epsilon),
    ];

    const DEFAULTS: Defaults<Self> = Defaults {
        paper: Self {
            learning_rate: 1.0,
            rho: 0.95,
            epsilon: 1e-6,
        },
        pytorch: Some(Self {
            learning_rate: 1.0,
            rho: 0.9,
            epsilon: 1e-6,
        }),
        keras: Some(Self {
            learning_rate: 0.001,
            rho: 0.95,
            epsilon: 1e-7,
        }),
        optax: Some(Self {
            learning_rate: 1.0,
            rho: 0.9,
            epsilon: 1e-6,
        }),
    };

    fn equations(&self) -> Vec<&'static str> {
        vec![
            r"<accumulator:E> \leftarrow <rho> <accumulator:E> + (1 - <rho>)\, <gradient>^2",
            r"u = \frac{\sqrt{<update_accumulator> + <epsilon>}}{\sqrt{<accumulator:E> + <epsilon>}}\, <gradient>",
            r"<update_accumulator> \leftarrow <rho> <update_accumulator> + (1 - <rho>)\, u^2",
            r"<position> \leftarrow <position> - <learning_rate>\, u",
        ]
    }

    /// 1: what is past is in the effective rate alone.
    fn alternating_gain(&self, _t: u64) -> Option<f64> {
        Some(1.0)
    }

    fn run(&self, dimension: usize) -> Box<dyn Run> {
        Running::start(*self, dimension)
    }
}

/// Decaying averages of squared gradients (E) and squared updates (D).
#[derive(Clone, Copy, Debug)]
pub struct State {
    gradients: f64,
    updates: f64,
}

impl CoordinateRule for Adadelta {
    type State = State;
    type Clock = ();

    fn begin(&self) -> State {
        State {
            gradients: 0.0,
            updates: 0.0,
        }
    }

    fn clock(&self, _t: u64) -> Self::Clock {}

    fn update<P: Probe + ?Sized>(
        &self,
        position: f64,
        gradient: f64,
        state: &mut State,
        _clock: &Self::Clock,
        probe: &mut P,
    ) -> f64 {
        let average = |old: f64, new: f64| self.rho * old + (1.0 - self.rho) * new;
        state.gradients = average(state.gradients, gradient * gradient);
        let rate = (state.updates + self.epsilon).sqrt() / (state.gradients + self.epsilon).sqrt();
        let update = rate * gradient;
        state.updates = average(state.updates, update * update);
        let step = self.learning_rate * update;
        probe.note(Note::Accumulator, state.gradients);
        probe.note(Note::UpdateAccumulator, state.updates);
        probe.note(Note::EffectiveRate, self.learning_rate * rate);
        probe.note(Note::GradientPart, -step);
        position - step
    }
}
