//! Adadelta: steps in the units of the position, scaled by the size of earlier steps.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    About, Claim, CoordinateRule, Defaults, Described, Family, Field, History, Kin, Note, NoteRole,
    Outcome, Parent, Probe, Real, Trial, fields, notes,
};

notes! {
    SQUARES: Note::squares("E"),
    UPDATE: Note::new("u", "update", NoteRole::Other(Family::Gradient)),
    UPDATES: Note::new("D", "accumulated updates", NoteRole::Updates),
    RATE: Note::RATE,
    FROM_GRADIENT: Note::FROM_GRADIENT,
}

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
        source: "M. D. Zeiler, arXiv:1212.5701, 2012",
        idea: "No learning rate to choose: earlier steps set the length of the next one.",
        hue: 4,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2012,
        kin: Kin::Adaptive,
        parents: &[Parent::of("Adagrad", "forget, mend units")],
        good_for: Claim::trial(
            "No rate to choose: it finds the length of its steps, if there is time.",
            Trial::on("LongValley", [-4.0, 1.0], 3000),
        ),
        fails_when: Claim::trial(
            "Its first steps are tiny, so that a short race ends before it is under way.",
            Trial::on("LongValley", [-4.0, 1.0], 100).ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-4, 1e3], |rule| &mut rule.learning_rate),
        fields::rho(|rule| &mut rule.rho),
        fields::epsilon(|rule| &mut rule.epsilon),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults {
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
        }
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn idea(&self) -> Cow<'static, str> {
        Cow::Borrowed(if self.learning_rate == 1.0 {
            Self::ABOUT.idea
        } else {
            "Earlier steps set the length of the next one, times a learning rate that the paper \
             does without."
        })
    }

    fn equations(&self) -> Vec<&'static str> {
        vec![
            "E <- rho*E + (1 - rho)*g^2",
            "u = sqrt(D + epsilon)/sqrt(E + epsilon)*g",
            "D <- rho*D + (1 - rho)*u^2",
            "theta <- theta - learning_rate*u",
        ]
    }

    /// 1: the only memory is in the effective rate.
    fn alternating_gain(&self, _t: u64) -> Option<f64> {
        Some(1.0)
    }
}

/// Exponential moving averages of squared gradients (E) and squared updates (D).
#[derive(Clone, Copy, Debug)]
pub struct State<N> {
    gradients: N,
    updates: N,
}

impl CoordinateRule for Adadelta {
    type State<N: Real> = State<N>;
    type Clock<N: Real> = ();

    fn begin<N: Real>(&self, _position: N) -> State<N> {
        State {
            gradients: N::ZERO,
            updates: N::ZERO,
        }
    }

    fn clock<N: Real>(&self, _t: u64, _before: Option<&()>) -> Self::Clock<N> {}

    fn update<N: Real, P: Probe>(
        &self,
        position: N,
        gradient: N,
        state: &mut State<N>,
        _clock: &Self::Clock<N>,
        probe: &mut P,
    ) -> N {
        let [learning_rate, rho] = [self.learning_rate, self.rho].map(N::from);
        let average = |old: N, new: N| rho * old + (N::ONE - rho) * new;
        state.gradients = average(state.gradients, gradient * gradient);
        let rate = (state.updates + self.epsilon).sqrt() / (state.gradients + self.epsilon).sqrt();
        let update = rate * gradient;
        state.updates = average(state.updates, update * update);
        let step = learning_rate * update;
        probe.note(SQUARES, state.gradients);
        probe.note(UPDATE, update);
        probe.note(UPDATES, state.updates);
        probe.note(RATE, learning_rate * rate);
        probe.note(FROM_GRADIENT, -step);
        position - step
    }

    fn divided_by_zero<N: Real>(&self, state: &State<N>) -> Option<&'static str> {
        (state.gradients + self.epsilon == 0.0).then_some("√(E + ε), and both are 0")
    }
}
