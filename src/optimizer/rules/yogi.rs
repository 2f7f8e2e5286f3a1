//! Yogi: Adam whose scale rises and falls by no more than the current gradient squared.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    About, Claim, CoordinateRule, Defaults, Described, Field, History, Kin, Note, Outcome, Parent,
    Power, Probe, Real, Role, Trial, Valid, fields, notes,
};

notes! {
    MOMENT: Note::MOMENT,
    CORRECTED_MOMENT: Note::CORRECTED_MOMENT,
    SECOND_MOMENT: Note::SECOND_MOMENT,
    CORRECTED_SECOND_MOMENT: Note::CORRECTED_SECOND_MOMENT,
    RATE: Note::RATE,
    FROM_MEMORY: Note::FROM_MEMORY,
    FROM_GRADIENT: Note::FROM_GRADIENT,
}

/// m ← β₁m + (1−β₁)g; v ← v − (1−β₂) sign(v − g²) g², where sign(0) = 0; both start at a₀;
/// c₁ = 1−β₁ᵗ, c₂ = 1−β₂ᵗ; θ ← θ − η (m/c₁) / (√(v/c₂) + ε).
///
/// Zaheer et al., *Adaptive methods for nonconvex optimization*, 2018, algorithm 2, as Optax has
/// it: the paper corrects no bias.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Yogi {
    /// η
    pub learning_rate: f64,
    /// β₁
    pub beta_1: f64,
    /// β₂
    pub beta_2: f64,
    /// ε
    pub epsilon: f64,
    /// a₀, of both averages.
    pub initial_accumulator: f64,
}

const PUBLISHED: Yogi = Yogi {
    learning_rate: 0.01,
    beta_1: 0.9,
    beta_2: 0.999,
    epsilon: 1e-3,
    initial_accumulator: 1e-6,
};

impl Described for Yogi {
    const ABOUT: About = About {
        name: "Yogi",
        title: "Yogi",
        source: "M. Zaheer et al., NeurIPS 2018",
        idea: "Adam whose scale falls slowly where gradients become small, so that its steps do not suddenly grow.",
        hue: 1,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2018,
        kin: Kin::Adaptive,
        parents: &[Parent::of("Adam", "bounded changes")],
        good_for: Claim::trial(
            "Gradients that become small: its steps do not suddenly grow.",
            Trial::on("LongValley", [-4.0, 1.0], 400).with(&[("learning_rate", 0.1)]),
        ),
        fails_when: Claim::trial(
            "A steep start: its divisor falls so slowly that the steps stay short.",
            Trial::on("Rosenbrock", [-1.9, -0.9], 1000)
                .with(&[("learning_rate", 0.02)])
                .ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-5, 10.0], |rule| &mut rule.learning_rate),
        fields::beta_1(|rule| &mut rule.beta_1),
        Field::number(
            "beta_2",
            "β₂",
            Role::Forgetting,
            Valid::Fraction,
            [0.5, 0.99999],
            "How slowly the scale follows the squared gradients, up and down.",
            |rule| &mut rule.beta_2,
        ),
        fields::epsilon(|rule| &mut rule.epsilon),
        Field::<Self>::number(
            "initial_accumulator",
            "a₀",
            Role::Form,
            Valid::NonNegative,
            [0.0, 1.0],
            "Where both averages start; larger values shorten the first steps.",
            |rule| &mut rule.initial_accumulator,
        )
        .called("initial state a₀"),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults {
            optax: Some(PUBLISHED),
            ..Defaults::only_published(PUBLISHED)
        }
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn idea(&self) -> Cow<'static, str> {
        Cow::Borrowed(Self::ABOUT.idea)
    }

    fn equations(&self) -> Vec<&'static str> {
        let [first, second] = if self.initial_accumulator > 0.0 {
            [
                "m <- beta_1*m + (1 - beta_1)*g; m_0 = initial_accumulator",
                "v <- v - (1 - beta_2)*sign(v - g^2)*g^2; v_0 = initial_accumulator",
            ]
        } else {
            [
                "m <- beta_1*m + (1 - beta_1)*g",
                "v <- v - (1 - beta_2)*sign(v - g^2)*g^2",
            ]
        };
        vec![
            first,
            second,
            "m_hat = m/(1 - beta_1^t); v_hat = v/(1 - beta_2^t)",
            "theta <- theta - learning_rate*m_hat/(sqrt(v_hat) + epsilon)",
        ]
    }

    /// (1 − β₁)/(1 + β₁), as for Adam.
    fn alternating_gain(&self, _t: u64) -> Option<f64> {
        Some((1.0 - self.beta_1) / (1.0 + self.beta_1))
    }
}

/// The moving average of gradients (m), and the measure of their squares (v).
#[derive(Clone, Copy, Debug)]
pub struct State<N> {
    first: N,
    second: N,
}

/// β₁ᵗ and β₂ᵗ
#[derive(Clone, Copy, Debug)]
pub struct Clock<N> {
    first: Power<N>,
    second: Power<N>,
}

impl CoordinateRule for Yogi {
    type State<N: Real> = State<N>;
    type Clock<N: Real> = Clock<N>;

    fn begin<N: Real>(&self, _position: N) -> State<N> {
        let start = N::from(self.initial_accumulator);
        State {
            first: start,
            second: start,
        }
    }

    fn clock<N: Real>(&self, t: u64, before: Option<&Clock<N>>) -> Clock<N> {
        Clock {
            first: Power::after(before.map(|it| it.first), self.beta_1, t),
            second: Power::after(before.map(|it| it.second), self.beta_2, t),
        }
    }

    fn update<N: Real, P: Probe>(
        &self,
        position: N,
        gradient: N,
        state: &mut State<N>,
        clock: &Clock<N>,
        probe: &mut P,
    ) -> N {
        let [c_1, c_2] = [clock.first.correction(), clock.second.correction()];
        let [beta_1, beta_2] = [self.beta_1, self.beta_2].map(N::from);
        let kept = beta_1 * state.first;
        let added = (N::ONE - beta_1) * gradient;
        state.first = kept + added;
        let square = gradient * gradient;
        state.second -= (N::ONE - beta_2) * (state.second - square).sign() * square;

        let corrected = state.second / c_2;
        let rate = N::from(self.learning_rate) / (corrected.sqrt() + self.epsilon);
        let corrected_rate = rate / c_1;
        probe.note(MOMENT, state.first);
        probe.note(CORRECTED_MOMENT, state.first / c_1);
        probe.note(SECOND_MOMENT, state.second);
        probe.note(CORRECTED_SECOND_MOMENT, corrected);
        probe.note(RATE, rate);
        probe.note(FROM_MEMORY, -corrected_rate * kept);
        probe.note(FROM_GRADIENT, -corrected_rate * added);
        position - corrected_rate * state.first
    }

    fn divided_by_zero<N: Real>(&self, state: &State<N>) -> Option<&'static str> {
        (state.second + self.epsilon == 0.0).then_some("√v̂ + ε, and both are 0")
    }
}
