//! Quasi-hyperbolic Adam: Adam whose averages are mixed with what they average.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    About, Claim, CoordinateRule, Defaults, Described, Field, History, Kin, Note, NoteRole,
    NoteShape, Outcome, Parent, Power, Probe, Real, Role, Trial, Valid, fields, notes,
};

notes! {
    MOMENT: Note::MOMENT,
    CORRECTED_MOMENT: Note::CORRECTED_MOMENT,
    SECOND_MOMENT: Note::SECOND_MOMENT,
    CORRECTED_SECOND_MOMENT: Note::CORRECTED_SECOND_MOMENT,
    MIXED: Note::written(
        "s",
        ["s", "s"],
        "squares, mixed",
        NoteRole::Squares,
        NoteShape::Coordinate,
    ),
    RATE: Note::RATE,
    FROM_MEMORY: Note::FROM_MEMORY,
    FROM_GRADIENT: Note::FROM_GRADIENT,
}

/// m, v as in Adam; c₁ = 1−β₁ᵗ, c₂ = 1−β₂ᵗ;
/// θ ← θ − η ((1−ν₁)g + ν₁m/c₁) / (√((1−ν₂)g² + ν₂v/c₂) + ε).
///
/// Ma & Yarats, *Quasi-hyperbolic momentum and Adam for deep learning*, 2019, algorithm 2. With
/// ν₁ = ν₂ = 1 this is Adam; with ν₁ = β₁ and ν₂ = 1 it is near Nadam.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct QhAdam {
    /// η
    pub learning_rate: f64,
    /// β₁
    pub beta_1: f64,
    /// β₂
    pub beta_2: f64,
    /// ν₁
    pub nu_1: f64,
    /// ν₂
    pub nu_2: f64,
    /// ε
    pub epsilon: f64,
}

const PUBLISHED: QhAdam = QhAdam {
    learning_rate: 0.001,
    beta_1: 0.995,
    beta_2: 0.999,
    nu_1: 0.7,
    nu_2: 1.0,
    epsilon: 1e-8,
};

impl Described for QhAdam {
    const ABOUT: About = About {
        name: "QhAdam",
        title: "QHAdam",
        source: "J. Ma, D. Yarats, ICLR 2019",
        idea: "Adam with a longer memory, into which the gradient of now is mixed.",
        hue: 4,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2019,
        kin: Kin::Adaptive,
        parents: &[
            Parent::of("Adam", "mix in the gradient"),
            Parent::of("QhMomentum", "scale by squares"),
        ],
        good_for: Claim::trial(
            "Adam's slopes, with less inertia.",
            Trial::on("LongValley", [-4.0, 1.0], 600).with(&[("learning_rate", 0.05)]),
        ),
        fails_when: Claim::trial(
            "A far minimum and a small rate: a step is hardly ever longer than the rate.",
            Trial::on("LongValley", [-4.0, 1.0], 200)
                .with(&[("learning_rate", 0.01)])
                .ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-5, 10.0], |rule| &mut rule.learning_rate),
        fields::beta_1(|rule| &mut rule.beta_1),
        fields::beta_2(|rule| &mut rule.beta_2),
        Field::<Self>::number(
            "nu_1",
            "ν₁",
            Role::Other,
            Valid::Share,
            [0.0, 1.0],
            "The weight of the average in the direction; the rest is the current gradient.",
            |rule| &mut rule.nu_1,
        )
        .called("average ν₁"),
        Field::<Self>::number(
            "nu_2",
            "ν₂",
            Role::Other,
            Valid::Share,
            [0.0, 1.0],
            "The weight of the average in the scaling; the rest is the current gradient squared.",
            |rule| &mut rule.nu_2,
        )
        .called("squares ν₂"),
        fields::epsilon(|rule| &mut rule.epsilon),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults::only_published(PUBLISHED)
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn idea(&self) -> Cow<'static, str> {
        let remembers = self.nu_1 > 0.0 && self.beta_1 > 0.0;
        Cow::Borrowed(match (remembers, self.nu_1 < 1.0 || self.nu_2 < 1.0) {
            (true, true) => Self::ABOUT.idea,
            (true, false) => "With only averages in the step, this is Adam.",
            (false, _) => "The gradient of now, divided by the root of its average square.",
        })
    }

    fn equations(&self) -> Vec<&'static str> {
        vec![
            "m <- beta_1*m + (1 - beta_1)*g",
            "v <- beta_2*v + (1 - beta_2)*g^2",
            "m_hat = m/(1 - beta_1^t); v_hat = v/(1 - beta_2^t)",
            "s = (1 - nu_2)*g^2 + nu_2*v_hat",
            "theta <- theta - learning_rate*((1 - nu_1)*g + nu_1*m_hat)/(sqrt(s) + epsilon)",
        ]
    }

    /// 1 − ν₁ + ν₁(1 − β₁)/(1 + β₁), as for QHM.
    fn alternating_gain(&self, _t: u64) -> Option<f64> {
        Some(1.0 - self.nu_1 + self.nu_1 * (1.0 - self.beta_1) / (1.0 + self.beta_1))
    }
}

/// Exponential moving averages of gradients (m) and their squares (v).
#[derive(Clone, Copy, Debug)]
pub struct State<N> {
    first: N,
    second: N,
    /// What the last step was divided by, but for ε, squared.
    mixed: N,
}

/// β₁ᵗ and β₂ᵗ
#[derive(Clone, Copy, Debug)]
pub struct Clock<N> {
    first: Power<N>,
    second: Power<N>,
}

impl CoordinateRule for QhAdam {
    type State<N: Real> = State<N>;
    type Clock<N: Real> = Clock<N>;

    fn begin<N: Real>(&self, _position: N) -> State<N> {
        State {
            first: N::ZERO,
            second: N::ZERO,
            mixed: N::ONE,
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
        let [nu_1, nu_2] = [self.nu_1, self.nu_2].map(N::from);
        let square = gradient * gradient;
        let kept = beta_1 * state.first;
        let added = (N::ONE - beta_1) * gradient;
        state.first = kept + added;
        state.second = beta_2 * state.second + (N::ONE - beta_2) * square;
        let corrected = state.second / c_2;
        state.mixed = (N::ONE - nu_2) * square + nu_2 * corrected;

        let rate = N::from(self.learning_rate) / (state.mixed.sqrt() + self.epsilon);
        let present = (N::ONE - nu_1) * gradient;
        let averaged = nu_1 / c_1;
        probe.note(MOMENT, state.first);
        probe.note(CORRECTED_MOMENT, state.first / c_1);
        probe.note(SECOND_MOMENT, state.second);
        probe.note(CORRECTED_SECOND_MOMENT, corrected);
        probe.note(MIXED, state.mixed);
        probe.note(RATE, rate);
        probe.note(FROM_MEMORY, -rate * averaged * kept);
        probe.note(FROM_GRADIENT, -rate * (present + averaged * added));
        position - rate * (present + averaged * state.first)
    }

    fn divided_by_zero<N: Real>(&self, state: &State<N>) -> Option<&'static str> {
        (state.mixed + self.epsilon == 0.0).then_some("√s + ε, and both are 0")
    }
}
