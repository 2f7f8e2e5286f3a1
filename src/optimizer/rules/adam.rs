//! Adam: momentum and RMSProp combined, with bias correction.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    About, Choose, Claim, CoordinateRule, Defaults, Described, Field, History, Kin, Note, NoteRole,
    NoteShape, Outcome, Parent, Power, Probe, Real, Role, Trial, fields, forms, notes,
};

notes! {
    MOMENT: Note::MOMENT,
    CORRECTED_MOMENT: Note::CORRECTED_MOMENT,
    SECOND_MOMENT: Note::SECOND_MOMENT,
    LARGEST: Note::written(
        "v_max",
        [r"v_{\max}", "v max"],
        "largest second moment",
        NoteRole::Squares,
        NoteShape::Coordinate,
    ),
    CORRECTED_SECOND_MOMENT: Note::CORRECTED_SECOND_MOMENT,
    RATE: Note::RATE,
    FROM_MEMORY: Note::FROM_MEMORY,
    FROM_GRADIENT: Note::FROM_GRADIENT,
    FROM_DECAY: Note::FROM_DECAY,
}

forms! {
    /// The running maximum of the second moment that is kept, so that the effective rate never
    /// grows.
    AmsGrad {
        /// None: plain Adam.
        Off,
        /// The maximum of v (PyTorch, Keras).
        MaxOfRaw,
        /// The maximum of v/c₂ (Optax).
        MaxOfCorrected,
    }
}

/// The choice of a maximum, for Adam and `AdamW`.
pub(super) const fn amsgrad<R>(access: fn(&mut R) -> &mut dyn Choose) -> Field<R> {
    Field::choice(
        "amsgrad",
        "AMSGrad",
        Role::Other,
        AmsGrad::NAMES,
        "Keeps the largest second moment so far, so that the rate never grows: the largest v (raw; PyTorch, Keras) or the largest v̂ (corrected; Optax).",
        access,
    )
}

/// m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; c₁ = 1−β₁ᵗ, c₂ = 1−β₂ᵗ;
/// θ ← θ − η (m/c₁) / (√(v/c₂) + ε), or with `epsilon_hat` θ ← θ − η √c₂/c₁ · m / (√v + ε).
/// Weight decay λ first shrinks θ ← θ(1 − ηλ).
///
/// Kingma & Ba, *Adam: a method for stochastic optimization*, 2015, algorithm 1 and the remark
/// below it (ε̂); `AMSGrad`: Reddi, Kale & Kumar, *On the convergence of Adam and beyond*, 2018,
/// algorithm 2; `AdamW`: Loshchilov & Hutter, *Decoupled weight decay regularization*, 2019,
/// algorithm 2, with λ scaled by η as in the libraries.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Adam {
    /// η
    pub learning_rate: f64,
    /// β₁
    pub beta_1: f64,
    /// β₂
    pub beta_2: f64,
    /// ε
    pub epsilon: f64,
    /// Whether ε is added before the bias of v is corrected.
    pub epsilon_hat: bool,
    /// The running maximum of the second moment that is kept.
    pub amsgrad: AmsGrad,
    /// λ, decoupled.
    pub weight_decay: f64,
    /// Whether the bias towards zero is corrected; if not, c₁ = c₂ = 1.
    pub bias_correction: bool,
}

const PUBLISHED: Adam = Adam {
    learning_rate: 0.001,
    beta_1: 0.9,
    beta_2: 0.999,
    epsilon: 1e-8,
    epsilon_hat: false,
    amsgrad: AmsGrad::Off,
    weight_decay: 0.0,
    bias_correction: true,
};

/// The history of its form `AMSGrad`: Reddi et al., *On the convergence of Adam and beyond*, ICLR 2018.
pub const AMSGRAD: History = History {
    year: 2018,
    kin: Kin::Adaptive,
    parents: &[Parent::of("Adam", "never shrink")],
    good_for: Claim::trial(
        "A divisor that never falls keeps late steps short, so that it settles.",
        Trial::on("LongValley", [-4.0, 1.0], 400).with(&[("learning_rate", 0.1)]),
    ),
    fails_when: Claim::trial(
        "One steep place, and its steps stay short for good.",
        Trial::on("Rosenbrock", [-1.9, -0.9], 1000)
            .with(&[("learning_rate", 0.02)])
            .ends(Outcome::Misses),
    ),
};

impl Described for Adam {
    const ABOUT: About = About {
        name: "Adam",
        title: "Adam",
        source: "D. P. Kingma, J. L. Ba, ICLR 2015",
        idea: "Momentum's direction, scaled as in RMSProp, with both averages corrected for starting at 0.",
        hue: 6,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2015,
        kin: Kin::Adaptive,
        parents: &[
            Parent::of("RMSProp", "keep a velocity"),
            Parent::of("Momentum", "scale by squares"),
        ],
        good_for: Claim::trial(
            "Unknown slopes: the rate is about the length of a step, wherever it stands.",
            Trial::on("LongValley", [-4.0, 1.0], 400).with(&[("learning_rate", 0.1)]),
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
        fields::epsilon(|rule| &mut rule.epsilon),
        fields::epsilon_hat(|rule| &mut rule.epsilon_hat),
        amsgrad(|rule| &mut rule.amsgrad),
        fields::weight_decay(|rule| &mut rule.weight_decay),
        Field::switch(
            "bias_correction",
            "bias correction",
            Role::Correction,
            "Off shows what it is for: without it the first steps are far too long.",
            |rule| &mut rule.bias_correction,
        ),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults {
            paper: PUBLISHED,
            pytorch: Some(PUBLISHED),
            keras: Some(Self {
                epsilon: 1e-7,
                epsilon_hat: true,
                ..PUBLISHED
            }),
            optax: Some(PUBLISHED),
        }
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn idea(&self) -> Cow<'static, str> {
        let direction = if self.beta_1 > 0.0 {
            "Momentum's direction"
        } else {
            "The gradient's own direction"
        };
        let scale = match self.amsgrad {
            AmsGrad::Off => "scaled as in RMSProp",
            AmsGrad::MaxOfRaw | AmsGrad::MaxOfCorrected => {
                "scaled by the largest average of squares so far"
            }
        };
        let averages = match (self.bias_correction, self.beta_1 > 0.0) {
            (true, true) => "with both averages corrected for starting at 0",
            (true, false) => "with the average of squares corrected for starting at 0",
            (false, true) => "with both averages left too small at first, as they start at 0",
            (false, false) => {
                "with the average of squares left too small at first, as it starts at 0"
            }
        };
        format!("{direction}, {scale}, {averages}.").into()
    }

    fn conflict(&self) -> Option<&'static str> {
        (self.epsilon_hat && self.amsgrad == AmsGrad::MaxOfCorrected)
            .then_some("amsgrad: MaxOfCorrected cannot go with epsilon_hat: true")
    }

    fn equations(&self) -> Vec<&'static str> {
        let mut lines = vec![
            "m <- beta_1*m + (1 - beta_1)*g",
            "v <- beta_2*v + (1 - beta_2)*g^2",
        ];
        if self.keeps_largest() {
            lines.push("v_max <- max(v_max, v)");
        }
        if self.corrects_moments() {
            lines.push(match self.amsgrad {
                AmsGrad::Off => "m_hat = m/(1 - beta_1^t); v_hat = v/(1 - beta_2^t)",
                AmsGrad::MaxOfRaw => "m_hat = m/(1 - beta_1^t); v_hat = v_max/(1 - beta_2^t)",
                AmsGrad::MaxOfCorrected => {
                    "m_hat = m/(1 - beta_1^t); v_hat <- max(v_hat, v/(1 - beta_2^t))"
                }
            });
        }
        if self.weight_decay > 0.0 {
            lines.push(fields::WEIGHT_DECAY);
        }
        lines.push(
            match (self.bias_correction, self.epsilon_hat, self.keeps_largest()) {
                (true, false, _) => "theta <- theta - learning_rate*m_hat/(sqrt(v_hat) + epsilon)",
                (true, true, false) => {
                    "theta <- theta - learning_rate*(sqrt(1 - beta_2^t)/(1 - beta_1^t))*(m/(sqrt(v) + epsilon))"
                }
                (true, true, true) => {
                    "theta <- theta - learning_rate*(sqrt(1 - beta_2^t)/(1 - beta_1^t))*(m/(sqrt(v_max) + epsilon))"
                }
                (false, _, false) => "theta <- theta - learning_rate*m/(sqrt(v) + epsilon)",
                (false, _, true) => "theta <- theta - learning_rate*m/(sqrt(v_max) + epsilon)",
            },
        );
        lines
    }

    /// (1 − β₁) Σ (−β₁)ʲ = (1 − β₁)/(1 + β₁): the first moment nearly cancels an alternating
    /// gradient.
    ///
    /// Cohen et al., *Adaptive gradient methods at the edge of stability*, 2022, where the limit
    /// (2 + 2β₁)/((1 − β₁) η) of the preconditioned curvature is 38/η for β₁ = 0.9. Weight decay is
    /// neglected.
    fn alternating_gain(&self, _t: u64) -> Option<f64> {
        Some((1.0 - self.beta_1) / (1.0 + self.beta_1))
    }
}

impl Adam {
    /// Whether the maximum of v itself is kept, rather than that of v̂ or none.
    fn keeps_largest(&self) -> bool {
        match self.amsgrad {
            AmsGrad::Off => false,
            AmsGrad::MaxOfRaw => true,
            // Without correction, both are the same.
            AmsGrad::MaxOfCorrected => !self.bias_correction,
        }
    }

    /// Whether the step uses m̂ and v̂.
    fn corrects_moments(&self) -> bool {
        self.bias_correction && !self.epsilon_hat
    }
}

/// Exponential moving averages of gradients (m) and their squares (v), and the maximum v of
/// `AMSGrad`.
#[derive(Clone, Copy, Debug)]
pub struct State<N> {
    first: N,
    second: N,
    largest: N,
}

/// β₁ᵗ and β₂ᵗ
#[derive(Clone, Copy, Debug)]
pub struct Clock<N> {
    first: Power<N>,
    second: Power<N>,
}

impl CoordinateRule for Adam {
    type State<N: Real> = State<N>;
    type Clock<N: Real> = Clock<N>;

    fn begin<N: Real>(&self, _position: N) -> State<N> {
        State {
            first: N::ZERO,
            second: N::ZERO,
            largest: N::ZERO,
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
        let [c_1, c_2] = if self.bias_correction {
            [clock.first.correction(), clock.second.correction()]
        } else {
            [N::ONE, N::ONE]
        };
        let learning_rate = N::from(self.learning_rate);
        let [beta_1, beta_2] = [self.beta_1, self.beta_2].map(N::from);
        let kept = beta_1 * state.first;
        let added = (N::ONE - beta_1) * gradient;
        state.first = kept + added;
        state.second = beta_2 * state.second + (N::ONE - beta_2) * gradient * gradient;

        let second = match self.amsgrad {
            AmsGrad::Off => state.second,
            AmsGrad::MaxOfRaw => {
                state.largest = state.largest.max(state.second);
                state.largest
            }
            AmsGrad::MaxOfCorrected => {
                state.largest = state.largest.max(state.second / c_2);
                state.largest * c_2
            }
        };
        let rate = if self.epsilon_hat {
            learning_rate * c_2.sqrt() / c_1 / (second.sqrt() + self.epsilon)
        } else {
            learning_rate / c_1 / ((second / c_2).sqrt() + self.epsilon)
        };
        let decay = learning_rate * self.weight_decay * position;
        probe.note(MOMENT, state.first);
        probe.note(SECOND_MOMENT, state.second);
        if self.keeps_largest() {
            probe.note(LARGEST, second);
        }
        if self.corrects_moments() {
            probe.note(CORRECTED_MOMENT, state.first / c_1);
        }
        // With ε̂ it appears in no equation, but the scaling still amounts to it.
        if self.bias_correction {
            probe.note(CORRECTED_SECOND_MOMENT, second / c_2);
        }
        probe.note(RATE, rate * c_1);
        probe.note(FROM_MEMORY, -rate * kept);
        probe.note(FROM_GRADIENT, -rate * added);
        probe.note(FROM_DECAY, -decay);
        position - decay - rate * state.first
    }

    fn divided_by_zero<N: Real>(&self, state: &State<N>) -> Option<&'static str> {
        let largest = match self.amsgrad {
            AmsGrad::Off => state.second,
            AmsGrad::MaxOfRaw | AmsGrad::MaxOfCorrected => state.largest,
        };
        let divisor = match (self.corrects_moments(), self.keeps_largest()) {
            (true, _) => "√v̂ + ε, and both are 0",
            (false, true) => "√v max + ε, and both are 0",
            (false, false) => "√v + ε, and both are 0",
        };
        (largest + self.epsilon == 0.0).then_some(divisor)
    }
}
