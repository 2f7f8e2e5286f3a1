//! Nadam: Adam with Nesterov's look-ahead.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    About, Claim, CoordinateRule, Defaults, Described, Family, Field, History, Kin, Note, NoteRole,
    NoteShape, Parent, Power, Probe, Real, Role, Trial, Valid, fields, forms, notes,
};

notes! {
    MOMENT: Note::MOMENT,
    CORRECTED_MOMENT: Note::CORRECTED_MOMENT,
    SECOND_MOMENT: Note::SECOND_MOMENT,
    CORRECTED_SECOND_MOMENT: Note::CORRECTED_SECOND_MOMENT,
    PRODUCT: Note::written(
        "Pi",
        [r"\Pi", "Π"],
        "product of all momenta so far",
        NoteRole::Other(Family::Memory),
        NoteShape::Scalar,
    ),
    CORRECTED_GRADIENT: Note::written(
        "g_hat",
        [r"\hat{g}", "g\u{302}"],
        "gradient, corrected",
        NoteRole::Other(Family::Gradient),
        NoteShape::Coordinate,
    ),
    MOMENTUM: Note::written(
        "mu_t",
        [r"\mu_t", "μₜ"],
        "momentum of this step",
        NoteRole::Other(Family::Memory),
        NoteShape::Scalar,
    ),
    NEXT_MOMENTUM: Note::written(
        "mu_next",
        [r"\mu_{t+1}", "μₜ₊₁"],
        "momentum of the next step",
        NoteRole::Other(Family::Memory),
        NoteShape::Scalar,
    ),
    RATE: Note::RATE,
    FROM_MEMORY: Note::FROM_MEMORY,
    FROM_GRADIENT: Note::FROM_GRADIENT,
    FROM_DECAY: Note::FROM_DECAY,
}

forms! {
    /// How the momentum of the look-ahead varies over the steps.
    MomentumSchedule {
        /// Warms up: μₜ = β₁ (1 − ½ · 0.96^(tψ)).
        Dozat,
        /// μₜ = β₁ (Optax).
        Constant,
        /// μₜ = β₁, and both terms are corrected by 1 − β₁ᵗ (the article).
        Simplified,
    }
}

/// m, v as in Adam; s = √(v/c₂) + ε.
/// Dozat: Π ← Π μₜ; θ ← θ − η [ μₜ₊₁ m/(1 − Π μₜ₊₁) + (1−μₜ) g/(1−Π) ] / s.
/// Constant: θ ← θ − η [ β₁ m/(1−β₁^(t+1)) + (1−β₁) g/(1−β₁ᵗ) ] / s.
/// Simplified: both terms divided by 1−β₁ᵗ.
/// Weight decay λ first shrinks θ ← θ(1 − ηλ).
///
/// Dozat, *Incorporating Nesterov momentum into Adam*, 2016, algorithm 2; simplified as in Ruder
/// 2016, section 4.8. In Dozat's paper, m uses μₜ as well; PyTorch and Keras use β₁, and so does
/// this.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Nadam {
    /// η
    pub learning_rate: f64,
    /// β₁
    pub beta_1: f64,
    /// β₂
    pub beta_2: f64,
    /// ε
    pub epsilon: f64,
    /// How the momentum of the look-ahead varies.
    pub momentum_schedule: MomentumSchedule,
    /// ψ of Dozat's schedule: 0.004 in PyTorch, 1 in Keras.
    pub momentum_decay: f64,
    /// λ, decoupled: `decoupled_weight_decay` in PyTorch, `nadamw` in Optax.
    pub weight_decay: f64,
}

const PUBLISHED: Nadam = Nadam {
    learning_rate: 0.002,
    beta_1: 0.9,
    beta_2: 0.999,
    epsilon: 1e-8,
    momentum_schedule: MomentumSchedule::Dozat,
    momentum_decay: 0.004,
    weight_decay: 0.0,
};

impl Described for Nadam {
    const ABOUT: About = About {
        name: "Nadam",
        title: "Nadam",
        source: "T. Dozat, ICLR 2016 workshop",
        idea: "Adam whose step already uses the momentum of the next one.",
        hue: 7,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2016,
        kin: Kin::Adaptive,
        parents: &[
            Parent::of("Adam", "look ahead"),
            Parent::of("Nesterov", "scale by squares"),
        ],
        good_for: Claim::trial(
            "Adam's slopes with a little less overshoot.",
            Trial::on("LongValley", [-4.0, 1.0], 400).with(&[("learning_rate", 0.1)]),
        ),
        fails_when: Claim::preset(
            "Its name stands for different momentum in Keras and in PyTorch.",
            "nadam-keras-against-pytorch",
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-5, 10.0], |rule| &mut rule.learning_rate),
        fields::beta_1(|rule| &mut rule.beta_1),
        fields::beta_2(|rule| &mut rule.beta_2),
        fields::epsilon(|rule| &mut rule.epsilon),
        Field::<Self>::choice(
            "momentum_schedule",
            "schedule of μ",
            Role::Form,
            MomentumSchedule::NAMES,
            "Dozat: the momentum warms up (PyTorch, Keras); Constant: as in Optax; Simplified: as in the article.",
            |rule| &mut rule.momentum_schedule,
        )
        .called("look-ahead"),
        Field::<Self>::number(
            "momentum_decay",
            "ψ",
            Role::Form,
            Valid::NonNegative,
            [1e-4, 10.0],
            "How fast Dozat's momentum warms up: 0.004 in PyTorch, 1 in Keras.",
            |rule| &mut rule.momentum_decay,
        )
        .called("warm-up ψ"),
        fields::weight_decay(|rule| &mut rule.weight_decay),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults {
            paper: PUBLISHED,
            pytorch: Some(PUBLISHED),
            keras: Some(Self {
                learning_rate: 0.001,
                epsilon: 1e-7,
                momentum_decay: 1.0,
                ..PUBLISHED
            }),
            optax: Some(Self {
                momentum_schedule: MomentumSchedule::Constant,
                ..PUBLISHED
            }),
        }
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn idea(&self) -> Cow<'static, str> {
        Cow::Borrowed(if self.beta_1 > 0.0 {
            Self::ABOUT.idea
        } else {
            "Without momentum, there is none to look ahead with: the gradient, scaled as in Adam."
        })
    }

    fn equations(&self) -> Vec<&'static str> {
        let mut lines = vec![
            "m <- beta_1*m + (1 - beta_1)*g",
            "v <- beta_2*v + (1 - beta_2)*g^2",
        ];
        lines.extend_from_slice(match self.momentum_schedule {
            MomentumSchedule::Dozat => &[
                "mu_t = beta_1*(1 - 0.5*0.96^(t*momentum_decay))",
                "mu_next = beta_1*(1 - 0.5*0.96^((t + 1)*momentum_decay))",
                "Pi <- Pi*mu_t; Pi_0 = 1",
                "m_hat = m/(1 - Pi*mu_next); g_hat = g/(1 - Pi)",
            ],
            MomentumSchedule::Constant => {
                &["m_hat = m/(1 - beta_1^(t + 1)); g_hat = g/(1 - beta_1^t)"]
            }
            MomentumSchedule::Simplified => &["m_hat = m/(1 - beta_1^t); g_hat = g/(1 - beta_1^t)"],
        });
        lines.push("v_hat = v/(1 - beta_2^t)");
        if self.weight_decay > 0.0 {
            lines.push(fields::WEIGHT_DECAY);
        }
        lines.push(match self.momentum_schedule {
            MomentumSchedule::Dozat => {
                "theta <- theta - learning_rate*(mu_next*m_hat + (1 - mu_t)*g_hat)/(sqrt(v_hat) + epsilon)"
            }
            MomentumSchedule::Constant | MomentumSchedule::Simplified => {
                "theta <- theta - learning_rate*(beta_1*m_hat + (1 - beta_1)*g_hat)/(sqrt(v_hat) + epsilon)"
            }
        });
        lines
    }

    /// μ (1 − β₁)/(1 + β₁) + 1 − μ, with the momentum μ of step t.
    ///
    /// If μ = β₁, as without Dozat's schedule and at its end, this is (1 − β₁)(1 + 2β₁)/(1 + β₁).
    fn alternating_gain(&self, t: u64) -> Option<f64> {
        let momentum: f64 = self.momentum_at(t);
        Some(momentum * (1.0 - self.beta_1) / (1.0 + self.beta_1) + 1.0 - momentum)
    }
}

impl Nadam {
    /// μₜ
    #[expect(
        clippy::cast_precision_loss,
        reason = "step numbers are far below 2^53"
    )]
    fn momentum_at<N: Real>(&self, t: u64) -> N {
        match self.momentum_schedule {
            MomentumSchedule::Dozat => {
                // 0.96^(tψ), at half the cost of `powf`.
                let cold = (N::from(0.96).ln() * self.momentum_decay * t as f64).exp();
                (N::ONE - cold * 0.5) * self.beta_1
            }
            MomentumSchedule::Constant | MomentumSchedule::Simplified => N::from(self.beta_1),
        }
    }

    /// The hyper-parameters that determine the momenta.
    fn settings(&self) -> [f64; 2] {
        [self.beta_1, self.momentum_decay]
    }
}

/// Exponential moving averages of gradients (m) and their squares (v), and the product Π of all
/// momenta.
#[derive(Clone, Copy, Debug)]
pub struct State<N> {
    first: N,
    second: N,
    product: N,
}

/// The values of the momentum schedule for step t.
#[derive(Clone, Copy, Debug)]
pub struct Clock<N> {
    /// μₜ
    now: N,
    /// μₜ₊₁
    next: N,
    /// The hyper-parameters from which they were computed.
    settings: [f64; 2],
    /// β₁ᵗ
    first: Power<N>,
    /// β₂ᵗ
    second: Power<N>,
}

impl CoordinateRule for Nadam {
    type State<N: Real> = State<N>;
    type Clock<N: Real> = Clock<N>;

    fn begin<N: Real>(&self, _position: N) -> State<N> {
        State {
            first: N::ZERO,
            second: N::ZERO,
            product: N::ONE,
        }
    }

    fn clock<N: Real>(&self, t: u64, before: Option<&Clock<N>>) -> Clock<N> {
        let settings = self.settings();
        let announced = before.filter(|before| before.settings == settings);
        Clock {
            now: announced.map_or_else(|| self.momentum_at(t), |before| before.next),
            next: self.momentum_at(t + 1),
            settings,
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
        let [beta_1, beta_2] = [self.beta_1, self.beta_2].map(N::from);
        let kept = beta_1 * state.first;
        let added = (N::ONE - beta_1) * gradient;
        state.first = kept + added;
        state.second = beta_2 * state.second + (N::ONE - beta_2) * gradient * gradient;
        state.product *= clock.now;

        let power = clock.first.value();
        // What the weights of the moment and of the gradient lack to add up to 1.
        let [moment_bias, gradient_bias] = match self.momentum_schedule {
            MomentumSchedule::Dozat => [state.product * clock.next, state.product],
            MomentumSchedule::Constant => [power * beta_1, power],
            MomentumSchedule::Simplified => [power; 2],
        };
        let moment_weight = clock.next / (N::ONE - moment_bias);
        let gradient_weight = (N::ONE - clock.now) / (N::ONE - gradient_bias);
        let corrected = state.second / clock.second.correction();
        let learning_rate = N::from(self.learning_rate);
        let rate = learning_rate / (corrected.sqrt() + self.epsilon);
        let ahead = rate * (moment_weight * state.first + gradient_weight * gradient);
        let decay = learning_rate * self.weight_decay * position;
        probe.note(MOMENT, state.first);
        probe.note(SECOND_MOMENT, state.second);
        probe.note(CORRECTED_MOMENT, state.first / (N::ONE - moment_bias));
        probe.note(CORRECTED_GRADIENT, gradient / (N::ONE - gradient_bias));
        probe.note(CORRECTED_SECOND_MOMENT, corrected);
        if self.momentum_schedule == MomentumSchedule::Dozat {
            probe.note(MOMENTUM, clock.now);
            probe.note(NEXT_MOMENTUM, clock.next);
            probe.note(PRODUCT, state.product);
        }
        probe.note(RATE, rate);
        probe.note(FROM_MEMORY, -rate * moment_weight * kept);
        probe.note(
            FROM_GRADIENT,
            -rate * (moment_weight * added + gradient_weight * gradient),
        );
        probe.note(FROM_DECAY, -decay);
        position - decay - ahead
    }

    fn divided_by_zero<N: Real>(&self, state: &State<N>) -> Option<&'static str> {
        (state.second + self.epsilon == 0.0).then_some("√v̂ + ε, and both are 0")
    }
}
