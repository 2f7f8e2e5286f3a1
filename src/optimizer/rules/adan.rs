//! Adan: Adam with the change of the gradient as a second memory.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    About, Claim, CoordinateRule, Defaults, Described, Family, Field, History, Kin, Note, NoteRole,
    NoteShape, Outcome, Parent, Power, Probe, Real, Role, Trial, Valid, fields, forms, notes,
};

notes! {
    CHANGE: Note::written(
        "d",
        ["d", "d"],
        "change of the gradient",
        NoteRole::Other(Family::Memory),
        NoteShape::Coordinate,
    ),
    KEPT: Note::written(
        "h",
        ["h", "h"],
        "gradient to compare the next one with",
        NoteRole::Other(Family::Memory),
        NoteShape::Coordinate,
    ),
    MOMENT: Note::MOMENT,
    CHANGES: Note::written(
        "v",
        ["v", "v"],
        "average change",
        NoteRole::Other(Family::Memory),
        NoteShape::Coordinate,
    ),
    SQUARES: Note::squares("n"),
    CORRECTED_MOMENT: Note::CORRECTED_MOMENT,
    CORRECTED_CHANGES: Note::written(
        "v_hat",
        [r"\hat{v}", "v̂"],
        "average change, corrected",
        NoteRole::Other(Family::Memory),
        NoteShape::Coordinate,
    ),
    CORRECTED_SQUARES: Note::written(
        "n_hat",
        [r"\hat{n}", "n̂"],
        "accumulated squares, corrected",
        NoteRole::Squares,
        NoteShape::Coordinate,
    ),
    STEP: Note::written(
        "q",
        ["q", "q"],
        "step back",
        NoteRole::Other(Family::Step),
        NoteShape::Coordinate,
    ),
    RATE: Note::RATE,
    FROM_MEMORY: Note::FROM_MEMORY,
    FROM_GRADIENT: Note::FROM_GRADIENT,
    FROM_DECAY: Note::FROM_DECAY,
}

forms! {
    /// How weight decay is applied.
    AdanDecay {
        /// θ ← (θ − q)/(1 + ηλ) (the paper, adan-pytorch).
        Proximal,
        /// θ ← θ(1 − ηλ) − q (Optax).
        Decoupled,
    }
}

forms! {
    /// What the first step is for.
    AdanFirstStep {
        /// It only remembers the gradient; but for the decay, nothing moves (adan-pytorch).
        Skipped,
        /// It is a step like any other, without a change of the gradient (Optax).
        Used,
    }
}

forms! {
    /// The weight κ of the change in the step and in the squares.
    AdanDifferenceWeight {
        /// κ = β₂ (the paper, adan-pytorch).
        Beta2,
        /// κ = 1 − β₂ (Optax).
        OneMinusBeta2,
    }
}

/// d = g − g₋₁, 0 at t = 1; κ = β₂ or 1 − β₂; m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)d;
/// n ← β₃n + (1−β₃)(g + κd)²; q = η (m/(1−β₁ᵗ) + κv/(1−β₂ᵗ)) / (√(n/(1−β₃ᵗ) + εᵣ) + ε);
/// θ ← (θ − q)/(1 + ηλ), or θ ← θ(1 − ηλ) − q.
///
/// Xie et al., *Adan: adaptive Nesterov momentum algorithm for faster optimizing deep models*, 2022,
/// algorithm 1, where βₖ stands for what is 1 − βₖ here. Optax damps the change by 0.08 where the paper
/// has 0.92.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Adan {
    /// η
    pub learning_rate: f64,
    /// β₁
    pub beta_1: f64,
    /// β₂
    pub beta_2: f64,
    /// β₃
    pub beta_3: f64,
    /// ε
    pub epsilon: f64,
    /// εᵣ
    pub epsilon_root: f64,
    /// λ
    pub weight_decay: f64,
    /// How λ is applied.
    pub decay: AdanDecay,
    /// What the first step is for.
    pub first_step: AdanFirstStep,
    /// κ
    pub difference_weight: AdanDifferenceWeight,
}

const PUBLISHED: Adan = Adan {
    learning_rate: 0.001,
    beta_1: 0.98,
    beta_2: 0.92,
    beta_3: 0.99,
    epsilon: 1e-8,
    epsilon_root: 0.0,
    weight_decay: 0.0,
    decay: AdanDecay::Proximal,
    first_step: AdanFirstStep::Skipped,
    difference_weight: AdanDifferenceWeight::Beta2,
};

impl Described for Adan {
    const ABOUT: About = About {
        name: "Adan",
        title: "Adan",
        source: "X. Xie et al., arXiv:2208.06677, 2022",
        idea: "Adam that also remembers how the gradient changes, and so looks ahead without a second gradient.",
        hue: 5,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2022,
        kin: Kin::Adaptive,
        parents: &[
            Parent::of("Nadam", "change of gradient"),
            Parent::of("Adam", "change of gradient"),
        ],
        good_for: Claim::trial(
            "Curved floors: the change of the gradient tells where it is going.",
            Trial::on("LongValley", [-4.0, 1.0], 600).with(&[("learning_rate", 0.05)]),
        ),
        fails_when: Claim::trial(
            "A far minimum and a small rate.",
            Trial::on("LongValley", [-4.0, 1.0], 200)
                .with(&[("learning_rate", 0.005)])
                .ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-5, 10.0], |rule| &mut rule.learning_rate),
        fields::beta_1(|rule| &mut rule.beta_1),
        Field::<Self>::number(
            "beta_2",
            "β₂",
            Role::Momentum,
            Valid::Fraction,
            [0.0, 0.999],
            "How slowly changes of the gradient are forgotten.",
            |rule| &mut rule.beta_2,
        )
        .called("changes β₂"),
        Field::<Self>::number(
            "beta_3",
            "β₃",
            Role::Forgetting,
            Valid::Fraction,
            [0.5, 0.99999],
            "How slowly squares are forgotten: how long a steep slope keeps steps short.",
            |rule| &mut rule.beta_3,
        )
        .called("squares β₃"),
        fields::epsilon(|rule| &mut rule.epsilon),
        Field::<Self>::number(
            "epsilon_root",
            "ε root",
            Role::Guard,
            Valid::NonNegative,
            [1e-16, 1e-2],
            "Added under the root, too: 1e-8 in Optax, 0 in the paper.",
            |rule| &mut rule.epsilon_root,
        )
        .called("inner constant"),
        fields::weight_decay(|rule| &mut rule.weight_decay),
        Field::<Self>::choice(
            "decay",
            "decay",
            Role::Form,
            AdanDecay::NAMES,
            "Proximal: the step's end is divided by 1 + ηλ, as in the paper; Decoupled: its start is shrunk, as in Optax.",
            |rule| &mut rule.decay,
        )
        .called("kind of decay"),
        Field::<Self>::choice(
            "first_step",
            "first step",
            Role::Form,
            AdanFirstStep::NAMES,
            "Skipped: the first step only remembers the gradient; Used: it is made, as in Optax.",
            |rule| &mut rule.first_step,
        ),
        Field::<Self>::choice(
            "difference_weight",
            "κ",
            Role::Form,
            AdanDifferenceWeight::NAMES,
            "The weight of the change: β₂ in the paper, 1 − β₂ in Optax.",
            |rule| &mut rule.difference_weight,
        )
        .called("change weight"),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults {
            optax: Some(Self {
                epsilon_root: 1e-8,
                decay: AdanDecay::Decoupled,
                first_step: AdanFirstStep::Used,
                difference_weight: AdanDifferenceWeight::OneMinusBeta2,
                ..PUBLISHED
            }),
            ..Defaults::only_published(PUBLISHED)
        }
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn idea(&self) -> Cow<'static, str> {
        Cow::Borrowed(if self.change_weight() > 0.0 {
            Self::ABOUT.idea
        } else {
            "The change of the gradient has no weight: this is Adam."
        })
    }

    fn remark(&self) -> Option<&'static str> {
        (self.first_step == AdanFirstStep::Skipped).then_some(
            "The first step only remembers the gradient, to know its change in the second.",
        )
    }

    fn equations(&self) -> Vec<&'static str> {
        let skips = self.first_step == AdanFirstStep::Skipped;
        let is_beta = self.difference_weight == AdanDifferenceWeight::Beta2;
        let mut lines = vec![
            "d = if(t == 1, 0*g, g - h); h <- g",
            if skips {
                "m <- if(t == 1, m, beta_1*m + (1 - beta_1)*g)"
            } else {
                "m <- beta_1*m + (1 - beta_1)*g"
            },
            "v <- beta_2*v + (1 - beta_2)*d",
            match (skips, is_beta) {
                (true, true) => "n <- if(t == 1, n, beta_3*n + (1 - beta_3)*(g + beta_2*d)^2)",
                (true, false) => {
                    "n <- if(t == 1, n, beta_3*n + (1 - beta_3)*(g + (1 - beta_2)*d)^2)"
                }
                (false, true) => "n <- beta_3*n + (1 - beta_3)*(g + beta_2*d)^2",
                (false, false) => "n <- beta_3*n + (1 - beta_3)*(g + (1 - beta_2)*d)^2",
            },
            "m_hat = m/(1 - beta_1^t); v_hat = v/(1 - beta_2^t); n_hat = n/(1 - beta_3^t)",
            match (skips, is_beta) {
                (true, true) => {
                    "q = if(t == 1, 0*g, learning_rate*(m_hat + beta_2*v_hat)/(sqrt(n_hat + epsilon_root) + epsilon))"
                }
                (true, false) => {
                    "q = if(t == 1, 0*g, learning_rate*(m_hat + (1 - beta_2)*v_hat)/(sqrt(n_hat + epsilon_root) + epsilon))"
                }
                (false, true) => {
                    "q = learning_rate*(m_hat + beta_2*v_hat)/(sqrt(n_hat + epsilon_root) + epsilon)"
                }
                (false, false) => {
                    "q = learning_rate*(m_hat + (1 - beta_2)*v_hat)/(sqrt(n_hat + epsilon_root) + epsilon)"
                }
            },
        ];
        match (self.weight_decay > 0.0, self.decay) {
            (false, _) => lines.push("theta <- theta - q"),
            (true, AdanDecay::Decoupled) => {
                lines.extend([fields::WEIGHT_DECAY, "theta <- theta - q"]);
            }
            (true, AdanDecay::Proximal) => {
                lines.push("theta <- (theta - q)/(1 + learning_rate*weight_decay)");
            }
        }
        lines
    }
}

impl Adan {
    /// κ
    fn change_weight(&self) -> f64 {
        match self.difference_weight {
            AdanDifferenceWeight::Beta2 => self.beta_2,
            AdanDifferenceWeight::OneMinusBeta2 => 1.0 - self.beta_2,
        }
    }
}

/// The gradient of the step before, and averages of gradients (m), of their changes (v) and of squares
/// (n).
#[derive(Clone, Copy, Debug)]
pub struct State<N> {
    before: N,
    first: N,
    changes: N,
    squares: N,
}

/// β₁ᵗ, β₂ᵗ and β₃ᵗ, and whether this is the first step.
#[derive(Clone, Copy, Debug)]
pub struct Clock<N> {
    powers: [Power<N>; 3],
    is_first: bool,
}

impl CoordinateRule for Adan {
    type State<N: Real> = State<N>;
    type Clock<N: Real> = Clock<N>;

    fn begin<N: Real>(&self, _position: N) -> State<N> {
        State {
            before: N::ZERO,
            first: N::ZERO,
            changes: N::ZERO,
            squares: N::ZERO,
        }
    }

    fn clock<N: Real>(&self, t: u64, before: Option<&Clock<N>>) -> Clock<N> {
        let power = |index: usize, base| Power::after(before.map(|it| it.powers[index]), base, t);
        Clock {
            powers: [
                power(0, self.beta_1),
                power(1, self.beta_2),
                power(2, self.beta_3),
            ],
            is_first: t == 1,
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
        let [c_1, c_2, c_3] = clock.powers.map(Power::correction);
        let [beta_1, beta_2, beta_3] = [self.beta_1, self.beta_2, self.beta_3].map(N::from);
        let weight = N::from(self.change_weight());
        let is_skipped = clock.is_first && self.first_step == AdanFirstStep::Skipped;
        let change = if clock.is_first {
            N::ZERO
        } else {
            gradient - state.before
        };
        state.before = gradient;
        let kept = beta_1 * state.first;
        let added = (N::ONE - beta_1) * gradient;
        let kept_changes = beta_2 * state.changes;
        let added_change = (N::ONE - beta_2) * change;
        if !is_skipped {
            let ahead = gradient + weight * change;
            state.first = kept + added;
            state.squares = beta_3 * state.squares + (N::ONE - beta_3) * ahead * ahead;
        }
        state.changes = kept_changes + added_change;
        let corrected = state.squares / c_3;
        let rate = if is_skipped {
            N::ZERO
        } else {
            let root = (corrected + self.epsilon_root).sqrt() + self.epsilon;
            N::from(self.learning_rate) / root
        };
        let [remembered, present] = [
            kept / c_1 + weight * kept_changes / c_2,
            added / c_1 + weight * added_change / c_2,
        ];
        // What is left of the start, and what the step is divided by.
        let share = N::from(self.learning_rate) * self.weight_decay;
        let (shrunk, divisor) = match self.decay {
            AdanDecay::Decoupled => (share * position, N::ONE),
            AdanDecay::Proximal => (share * position / (share + 1.0), share + 1.0),
        };
        let step = rate * (state.first / c_1 + weight * state.changes / c_2);
        probe.note(CHANGE, change);
        probe.note(KEPT, state.before);
        probe.note(STEP, step);
        probe.note(MOMENT, state.first);
        probe.note(CHANGES, state.changes);
        probe.note(SQUARES, state.squares);
        probe.note(CORRECTED_MOMENT, state.first / c_1);
        probe.note(CORRECTED_CHANGES, state.changes / c_2);
        probe.note(CORRECTED_SQUARES, corrected);
        probe.note(RATE, rate);
        probe.note(FROM_MEMORY, -rate * remembered / divisor);
        probe.note(FROM_GRADIENT, -rate * present / divisor);
        probe.note(FROM_DECAY, -shrunk);
        position - shrunk - step / divisor
    }

    fn divided_by_zero<N: Real>(&self, state: &State<N>) -> Option<&'static str> {
        (state.squares + self.epsilon_root + self.epsilon == 0.0)
            .then_some("√(n̂ + ε root) + ε, and all of it is 0")
    }
}
