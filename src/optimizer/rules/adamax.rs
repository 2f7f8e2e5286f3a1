//! Adamax: Adam scaled by the largest gradient it remembers.

use serde::{Deserialize, Serialize};

use super::{
    About, Claim, CoordinateRule, Defaults, Described, Family, Field, History, Kin, Note, NoteRole,
    NoteShape, Outcome, Parent, Power, Probe, Real, Role, Trial, Valid, fields, forms, notes,
};

notes! {
    MOMENT: Note::MOMENT,
    CORRECTED_MOMENT: Note::CORRECTED_MOMENT,
    LARGEST: Note::written(
        "u",
        ["u", "u"],
        "largest gradient, fading",
        NoteRole::Other(Family::Squares),
        NoteShape::Coordinate,
    ),
    RATE: Note::RATE,
    FROM_MEMORY: Note::FROM_MEMORY,
    FROM_GRADIENT: Note::FROM_GRADIENT,
}

forms! {
    /// Where ε is added.
    EpsilonPlace {
        /// To the gradient, inside of the maximum (PyTorch, Optax).
        InsideMax,
        /// To u, where the step divides by it (Keras).
        Added,
    }
}

/// m ← β₁m + (1−β₁)g; c₁ = 1−β₁ᵗ.
/// `InsideMax`: u ← max(β₂u, |g| + ε); θ ← θ − η/c₁ · m/u.
/// `Added`: u ← max(β₂u, |g|); θ ← θ − η/c₁ · m/(u + ε).
///
/// Kingma & Ba, *Adam: a method for stochastic optimization*, 2015, algorithm 2, which has no ε.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Adamax {
    /// η
    pub learning_rate: f64,
    /// β₁
    pub beta_1: f64,
    /// β₂
    pub beta_2: f64,
    /// ε
    pub epsilon: f64,
    /// Where ε is added.
    pub epsilon_place: EpsilonPlace,
}

const PUBLISHED: Adamax = Adamax {
    learning_rate: 0.002,
    beta_1: 0.9,
    beta_2: 0.999,
    epsilon: 1e-8,
    epsilon_place: EpsilonPlace::InsideMax,
};

impl Described for Adamax {
    const ABOUT: About = About {
        name: "Adamax",
        title: "Adamax",
        source: "D. P. Kingma, J. L. Ba, ICLR 2015",
        idea: "Adam scaled by the largest gradient so far, which fades slowly, in place of an average of squares.",
        hue: 5,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2015,
        kin: Kin::Adaptive,
        parents: &[Parent::of("Adam", "the maximum")],
        good_for: Claim::trial(
            "Slopes of one size: each coordinate is scaled by the largest gradient it has seen.",
            Trial::on("LongValley", [-4.0, 1.0], 600).with(&[("learning_rate", 0.1)]),
        ),
        fails_when: Claim::trial(
            "A steep start is remembered for thousands of steps, which are short.",
            Trial::on("Rosenbrock", [-1.9, -0.9], 400)
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
            "How slowly the largest gradient fades: how long a steep slope keeps steps short.",
            |rule| &mut rule.beta_2,
        ),
        fields::epsilon(|rule| &mut rule.epsilon),
        Field::<Self>::choice(
            "epsilon_place",
            "place of ε",
            Role::Form,
            EpsilonPlace::NAMES,
            "Inside max: ε is added to every gradient, as in PyTorch and Optax; Added: to the divisor, as in Keras.",
            |rule| &mut rule.epsilon_place,
        ),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults {
            paper: PUBLISHED,
            pytorch: Some(PUBLISHED),
            keras: Some(Self {
                learning_rate: 0.001,
                epsilon: 1e-7,
                epsilon_place: EpsilonPlace::Added,
                ..PUBLISHED
            }),
            optax: Some(PUBLISHED),
        }
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn equations(&self) -> Vec<&'static str> {
        let [largest, step] = match self.epsilon_place {
            EpsilonPlace::InsideMax => [
                "u <- max(beta_2*u, abs(g) + epsilon)",
                "theta <- theta - learning_rate*m_hat/u",
            ],
            EpsilonPlace::Added => [
                "u <- max(beta_2*u, abs(g))",
                "theta <- theta - learning_rate*m_hat/(u + epsilon)",
            ],
        };
        vec![
            "m <- beta_1*m + (1 - beta_1)*g",
            largest,
            "m_hat = m/(1 - beta_1^t)",
            step,
        ]
    }

    /// (1 − β₁)/(1 + β₁), as for Adam.
    fn alternating_gain(&self, _t: u64) -> Option<f64> {
        Some((1.0 - self.beta_1) / (1.0 + self.beta_1))
    }
}

/// The exponential moving average of gradients (m), and the largest gradient (u).
#[derive(Clone, Copy, Debug)]
pub struct State<N> {
    first: N,
    largest: N,
}

impl Adamax {
    /// ε inside of the maximum and ε beside it, of which one is 0.
    fn epsilons(&self) -> [f64; 2] {
        match self.epsilon_place {
            EpsilonPlace::InsideMax => [self.epsilon, 0.0],
            EpsilonPlace::Added => [0.0, self.epsilon],
        }
    }
}

impl CoordinateRule for Adamax {
    type State<N: Real> = State<N>;
    /// β₁ᵗ
    type Clock<N: Real> = Power<N>;

    fn begin<N: Real>(&self, _position: N) -> State<N> {
        State {
            first: N::ZERO,
            largest: N::ZERO,
        }
    }

    fn clock<N: Real>(&self, t: u64, before: Option<&Power<N>>) -> Power<N> {
        Power::after(before.copied(), self.beta_1, t)
    }

    fn update<N: Real, P: Probe>(
        &self,
        position: N,
        gradient: N,
        state: &mut State<N>,
        clock: &Power<N>,
        probe: &mut P,
    ) -> N {
        let beta_1 = N::from(self.beta_1);
        let [inside, added_to_largest] = self.epsilons();
        let kept = beta_1 * state.first;
        let added = (N::ONE - beta_1) * gradient;
        state.first = kept + added;
        state.largest = (state.largest * self.beta_2).max(gradient.abs() + inside);

        let correction = clock.correction();
        let rate = N::from(self.learning_rate) / (state.largest + added_to_largest);
        let corrected_rate = rate / correction;
        probe.note(MOMENT, state.first);
        probe.note(CORRECTED_MOMENT, state.first / correction);
        probe.note(LARGEST, state.largest);
        probe.note(RATE, rate);
        probe.note(FROM_MEMORY, -corrected_rate * kept);
        probe.note(FROM_GRADIENT, -corrected_rate * added);
        position - corrected_rate * state.first
    }

    fn divided_by_zero<N: Real>(&self, state: &State<N>) -> Option<&'static str> {
        let [_, added_to_largest] = self.epsilons();
        (state.largest + added_to_largest == 0.0).then_some(match self.epsilon_place {
            EpsilonPlace::InsideMax => "u, which is 0",
            EpsilonPlace::Added => "u + ε, and both are 0",
        })
    }
}
