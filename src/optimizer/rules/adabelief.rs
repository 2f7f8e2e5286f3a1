//! `AdaBelief`: Adam scaled by how far gradients stray from what was expected.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    About, Claim, CoordinateRule, Defaults, Described, Family, Field, History, Kin, Note, NoteRole,
    NoteShape, Outcome, Parent, Power, Probe, Real, Role, Trial, Valid, fields, notes,
};

notes! {
    MOMENT: Note::MOMENT,
    CORRECTED_MOMENT: Note::CORRECTED_MOMENT,
    SPREAD: Note::written(
        "s",
        ["s", "s"],
        "spread around m",
        NoteRole::Other(Family::Squares),
        NoteShape::Coordinate,
    ),
    CORRECTED_SPREAD: Note::written(
        "s_hat",
        [r"\hat{s}", "s\u{302}"],
        "spread, corrected",
        NoteRole::Other(Family::Squares),
        NoteShape::Coordinate,
    ),
    RATE: Note::RATE,
    FROM_MEMORY: Note::FROM_MEMORY,
    FROM_GRADIENT: Note::FROM_GRADIENT,
}

/// m ← β₁m + (1−β₁)g; s ← β₂s + (1−β₂)(g−m)² + εᵣ with the new m; c₁ = 1−β₁ᵗ, c₂ = 1−β₂ᵗ;
/// θ ← θ − η (m/c₁) / (√(s/c₂) + ε).
///
/// Zhuang et al., *AdaBelief optimizer: adapting stepsizes by the belief in observed gradients*,
/// 2020, algorithm 2, whose one ε is both of ours.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AdaBelief {
    /// η
    pub learning_rate: f64,
    /// β₁
    pub beta_1: f64,
    /// β₂
    pub beta_2: f64,
    /// ε, beside the root.
    pub epsilon: f64,
    /// εᵣ, added to s in every step.
    pub epsilon_root: f64,
}

const PUBLISHED: AdaBelief = AdaBelief {
    learning_rate: 0.001,
    beta_1: 0.9,
    beta_2: 0.999,
    epsilon: 1e-16,
    epsilon_root: 1e-16,
};

impl Described for AdaBelief {
    const ABOUT: About = About {
        name: "AdaBelief",
        title: "AdaBelief",
        source: "J. Zhuang et al., NeurIPS 2020",
        idea: "Adam that takes long steps where gradients are as expected, and short ones where they stray from their average.",
        hue: 4,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2020,
        kin: Kin::Adaptive,
        parents: &[Parent::of("Adam", "by surprise")],
        good_for: Claim::trial(
            "An even slope: nothing surprises it, and it takes long steps.",
            Trial::on("LongValley", [-4.0, 1.0], 400).with(&[("learning_rate", 0.05)]),
        ),
        fails_when: Claim::trial(
            "Many bumps: it ends in one of them.",
            Trial::on("Rastrigin", [-4.3, 3.4], 300)
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
            "How slowly the spread is forgotten: how long a surprise keeps steps short.",
            |rule| &mut rule.beta_2,
        ),
        guard(
            "epsilon",
            "ε",
            "Keeps the division finite where gradients do not vary; larger values weaken the scaling.",
            |rule| &mut rule.epsilon,
        ),
        guard(
            "epsilon_root",
            "ε root",
            "Added to the spread in every step, so that it never vanishes; the sum is about this times 1/(1 − β₂).",
            |rule| &mut rule.epsilon_root,
        ),
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
        Cow::Borrowed(if self.beta_1 > 0.0 {
            Self::ABOUT.idea
        } else {
            "Without momentum, every gradient is its own average: none strays, and the constants alone limit the steps."
        })
    }

    fn equations(&self) -> Vec<&'static str> {
        vec![
            "m <- beta_1*m + (1 - beta_1)*g",
            if self.epsilon_root > 0.0 {
                "s <- beta_2*s + (1 - beta_2)*(g - m)^2 + epsilon_root"
            } else {
                "s <- beta_2*s + (1 - beta_2)*(g - m)^2"
            },
            "m_hat = m/(1 - beta_1^t); s_hat = s/(1 - beta_2^t)",
            "theta <- theta - learning_rate*m_hat/(sqrt(s_hat) + epsilon)",
        ]
    }

    /// (1 − β₁)/(1 + β₁), as for Adam.
    fn alternating_gain(&self, _t: u64) -> Option<f64> {
        Some((1.0 - self.beta_1) / (1.0 + self.beta_1))
    }
}

/// One of the two constants, which are far smaller than those of other rules.
const fn guard(
    name: &'static str,
    symbol: &'static str,
    help: &'static str,
    access: fn(&mut AdaBelief) -> &mut f64,
) -> Field<AdaBelief> {
    Field::number(
        name,
        symbol,
        Role::Guard,
        Valid::NonNegative,
        [1e-16, 1.0],
        help,
        access,
    )
}

/// Exponential moving averages of gradients (m) and of their squared distances from it (s).
#[derive(Clone, Copy, Debug)]
pub struct State<N> {
    first: N,
    spread: N,
}

/// β₁ᵗ and β₂ᵗ
#[derive(Clone, Copy, Debug)]
pub struct Clock<N> {
    first: Power<N>,
    second: Power<N>,
}

impl CoordinateRule for AdaBelief {
    type State<N: Real> = State<N>;
    type Clock<N: Real> = Clock<N>;

    fn begin<N: Real>(&self, _position: N) -> State<N> {
        State {
            first: N::ZERO,
            spread: N::ZERO,
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
        let surprise = gradient - state.first;
        state.spread =
            beta_2 * state.spread + (N::ONE - beta_2) * surprise * surprise + self.epsilon_root;

        let corrected = state.spread / c_2;
        let rate = N::from(self.learning_rate) / (corrected.sqrt() + self.epsilon);
        let corrected_rate = rate / c_1;
        probe.note(MOMENT, state.first);
        probe.note(CORRECTED_MOMENT, state.first / c_1);
        probe.note(SPREAD, state.spread);
        probe.note(CORRECTED_SPREAD, corrected);
        probe.note(RATE, rate);
        probe.note(FROM_MEMORY, -corrected_rate * kept);
        probe.note(FROM_GRADIENT, -corrected_rate * added);
        position - corrected_rate * state.first
    }

    fn divided_by_zero<N: Real>(&self, state: &State<N>) -> Option<&'static str> {
        (state.spread + self.epsilon == 0.0).then_some("√s\u{302} + ε, and both are 0")
    }
}
