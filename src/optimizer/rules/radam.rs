//! `RAdam`: Adam that scales only once it has seen enough gradients.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    About, Claim, CoordinateRule, Defaults, Described, Family, Field, History, Kin, Note, NoteRole,
    NoteShape, Outcome, Parent, Power, Probe, Real, Role, Trial, Valid, fields, notes,
};

notes! {
    MOMENT: Note::MOMENT,
    CORRECTED_MOMENT: Note::CORRECTED_MOMENT,
    SECOND_MOMENT: Note::SECOND_MOMENT,
    CORRECTED_SECOND_MOMENT: Note::CORRECTED_SECOND_MOMENT,
    TRUST: Note::written(
        "r",
        ["r", "r"],
        "trust in the scaling",
        NoteRole::Trust,
        NoteShape::Scalar,
    ),
    LONGEST: Note::written(
        "rho_inf",
        [r"\rho_{\infty}", "ρ∞"],
        "gradients that v can hold",
        NoteRole::Other(Family::Squares),
        NoteShape::Scalar,
    ),
    LENGTH: Note::written(
        "rho_t",
        [r"\rho_t", "ρₜ"],
        "gradients that v holds",
        NoteRole::Other(Family::Squares),
        NoteShape::Scalar,
    ),
    DIRECTION: Note::written(
        "u",
        ["u", "u"],
        "direction",
        NoteRole::Other(Family::Memory),
        NoteShape::Coordinate,
    ),
    RATE: Note::RATE,
    FROM_MEMORY: Note::FROM_MEMORY,
    FROM_GRADIENT: Note::FROM_GRADIENT,
}

/// m, v as in Adam; c₁ = 1−β₁ᵗ, c₂ = 1−β₂ᵗ; ρ∞ = 2/(1−β₂) − 1; ρₜ = ρ∞ − 2tβ₂ᵗ/c₂.
/// If ρₜ > threshold (≥ if inclusive): r = √((ρₜ−4)(ρₜ−2)ρ∞ / ((ρ∞−4)(ρ∞−2)ρₜ));
/// θ ← θ − η r (m/c₁) / (√(v/c₂) + ε), or with `epsilon_hat` θ ← θ − η r (m/c₁) √c₂ / (√v + ε).
/// Otherwise θ ← θ − η m/c₁.
///
/// Liu et al., *On the variance of the adaptive learning rate and beyond*, 2020, algorithm 2, with
/// the threshold 4 and no ε. PyTorch scales where ρₜ > 5, Optax where ρₜ ≥ 5.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RAdam {
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
    /// The ρₜ above which steps are scaled: 4 or more, as r is no real number below 4.
    pub threshold: f64,
    /// Whether steps are scaled at the threshold, too.
    pub threshold_inclusive: bool,
}

const PUBLISHED: RAdam = RAdam {
    learning_rate: 0.001,
    beta_1: 0.9,
    beta_2: 0.999,
    epsilon: 1e-8,
    epsilon_hat: false,
    threshold: 4.0,
    threshold_inclusive: false,
};

impl Described for RAdam {
    const ABOUT: About = About {
        name: "RAdam",
        title: "RAdam",
        source: "L. Liu et al., ICLR 2020",
        idea: "Adam that waits: momentum alone until there are enough gradients to scale by, and then little trust in the scaling at first.",
        hue: 7,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2020,
        kin: Kin::Adaptive,
        parents: &[Parent::of("Adam", "warm-up")],
        good_for: Claim::trial(
            "A gentle start: it scales by squares only once it has seen enough of them.",
            Trial::on("LongValley", [-4.0, 1.0], 1500).with(&[("learning_rate", 0.03)]),
        ),
        fails_when: Claim::trial(
            "Its first steps are unscaled, and a steep wall throws it out for good.",
            Trial::on("Rosenbrock", [-1.9, -0.9], 400)
                .with(&[("learning_rate", 0.05)])
                .ends(Outcome::Diverges),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-5, 10.0], |rule| &mut rule.learning_rate),
        fields::beta_1(|rule| &mut rule.beta_1),
        fields::beta_2(|rule| &mut rule.beta_2),
        fields::epsilon(|rule| &mut rule.epsilon),
        fields::epsilon_hat(|rule| &mut rule.epsilon_hat),
        Field::<Self>::number(
            "threshold",
            "ρ min",
            Role::Form,
            Valid::AtLeastFour,
            [4.0, 100.0],
            "How many gradients v has to hold before steps are scaled: 4 in the paper, 5 in PyTorch and Optax.",
            |rule| &mut rule.threshold,
        )
        .called("threshold ρ min"),
        Field::<Self>::switch(
            "threshold_inclusive",
            "inclusive",
            Role::Form,
            "On: steps are scaled at the threshold itself, too, as in Optax; off: only above it.",
            |rule| &mut rule.threshold_inclusive,
        )
        .called("also at ρ min"),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults {
            paper: PUBLISHED,
            pytorch: Some(Self {
                epsilon_hat: true,
                threshold: 5.0,
                ..PUBLISHED
            }),
            keras: None,
            optax: Some(Self {
                threshold: 5.0,
                threshold_inclusive: true,
                ..PUBLISHED
            }),
        }
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn idea(&self) -> Cow<'static, str> {
        let is_moved = self.beta_1 > 0.0;
        Cow::Borrowed(match (self.scales(self.longest::<f64>()), is_moved) {
            (true, true) => Self::ABOUT.idea,
            (true, false) => {
                "Adam that waits: plain gradients until there are enough of them to scale by, and then little trust in the scaling at first."
            }
            (false, true) => "With so short a memory it never scales: this is momentum alone.",
            (false, false) => "With so short a memory it never scales: this is gradient descent.",
        })
    }

    fn equations(&self) -> Vec<&'static str> {
        vec![
            "m <- beta_1*m + (1 - beta_1)*g",
            "v <- beta_2*v + (1 - beta_2)*g^2",
            "rho_inf = 2/(1 - beta_2) - 1; rho_t = rho_inf - 2*t*beta_2^t/(1 - beta_2^t)",
            if self.threshold_inclusive {
                "r = if(rho_t >= threshold, sqrt((rho_t - 4)*(rho_t - 2)*rho_inf/((rho_inf - 4)*(rho_inf - 2)*rho_t)), 0)"
            } else {
                "r = if(rho_t > threshold, sqrt((rho_t - 4)*(rho_t - 2)*rho_inf/((rho_inf - 4)*(rho_inf - 2)*rho_t)), 0)"
            },
            if self.epsilon_hat {
                "m_hat = m/(1 - beta_1^t)"
            } else {
                "m_hat = m/(1 - beta_1^t); v_hat = v/(1 - beta_2^t)"
            },
            match (self.threshold_inclusive, self.epsilon_hat) {
                (false, false) => {
                    "u = if(rho_t > threshold, r*m_hat/(sqrt(v_hat) + epsilon), m_hat)"
                }
                (true, false) => {
                    "u = if(rho_t >= threshold, r*m_hat/(sqrt(v_hat) + epsilon), m_hat)"
                }
                (false, true) => {
                    "u = if(rho_t > threshold, r*m_hat*(sqrt(1 - beta_2^t)/(sqrt(v) + epsilon)), m_hat)"
                }
                (true, true) => {
                    "u = if(rho_t >= threshold, r*m_hat*(sqrt(1 - beta_2^t)/(sqrt(v) + epsilon)), m_hat)"
                }
            },
            "theta <- theta - learning_rate*u",
        ]
    }

    /// (1 − β₁)/(1 + β₁), as for Adam; the rate contains r.
    fn alternating_gain(&self, _t: u64) -> Option<f64> {
        Some((1.0 - self.beta_1) / (1.0 + self.beta_1))
    }
}

impl RAdam {
    /// Whether steps are scaled where v holds about this many gradients.
    fn scales<N: Real>(&self, length: N) -> bool {
        length > self.threshold || (self.threshold_inclusive && length == self.threshold)
    }

    /// ρ∞, how many gradients v holds after a long time.
    fn longest<N: Real>(&self) -> N {
        N::from(2.0) / (N::ONE - N::from(self.beta_2)) - 1.0
    }

    /// ρₜ, how many gradients v holds in step `t`, of which `power` is β₂ᵗ.
    #[expect(
        clippy::cast_precision_loss,
        reason = "step numbers are far below 2^53"
    )]
    fn length<N: Real>(&self, t: u64, power: Power<N>) -> N {
        self.longest::<N>() - power.value() * (2.0 * t as f64) / power.correction()
    }

    /// Whether ρₜ is the threshold itself in step `t`, where alone `threshold_inclusive` matters.
    #[must_use]
    pub fn is_at_threshold(&self, t: u64) -> bool {
        self.length::<f64>(t, Power::of(self.beta_2, t)) == self.threshold
    }

    /// r in step `t`; `None` if that step is not scaled.
    fn trust<N: Real>(&self, t: u64, power: Power<N>) -> Option<N> {
        let (longest, length) = (self.longest::<N>(), self.length(t, power));
        if !self.scales(length) {
            return None;
        }
        if length == longest {
            // The limit, also where ρ∞ is 4 and the quotient would be 0/0.
            return Some(N::ONE);
        }
        let share = |length: N| (length - 4.0) * (length - 2.0) / length;
        Some((share(length) / share(longest)).sqrt())
    }
}

impl RAdam {
    /// u, the step without the learning rate.
    fn direction<N: Real>(&self, state: &State<N>, clock: &Clock<N>) -> N {
        let c_2 = clock.second.correction();
        let moment = state.first / clock.first.correction();
        match clock.trust {
            None => moment,
            Some(trust) if self.epsilon_hat => {
                trust * moment * c_2.sqrt() / (state.second.sqrt() + self.epsilon)
            }
            Some(trust) => trust * moment / ((state.second / c_2).sqrt() + self.epsilon),
        }
    }
}

/// Exponential moving averages of gradients (m) and their squares (v).
#[derive(Clone, Copy, Debug)]
pub struct State<N> {
    first: N,
    second: N,
}

/// What depends on the step alone.
#[derive(Clone, Copy, Debug)]
pub struct Clock<N> {
    /// β₁ᵗ
    first: Power<N>,
    /// β₂ᵗ
    second: Power<N>,
    /// ρₜ
    length: N,
    /// r; `None` while steps are not scaled.
    trust: Option<N>,
}

impl CoordinateRule for RAdam {
    type State<N: Real> = State<N>;
    type Clock<N: Real> = Clock<N>;

    fn begin<N: Real>(&self, _position: N) -> State<N> {
        State {
            first: N::ZERO,
            second: N::ZERO,
        }
    }

    fn clock<N: Real>(&self, t: u64, before: Option<&Clock<N>>) -> Clock<N> {
        let second = Power::after(before.map(|it| it.second), self.beta_2, t);
        Clock {
            first: Power::after(before.map(|it| it.first), self.beta_1, t),
            second,
            length: self.length(t, second),
            trust: self.trust(t, second),
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
        let learning_rate = N::from(self.learning_rate);
        let [beta_1, beta_2] = [self.beta_1, self.beta_2].map(N::from);
        let kept = beta_1 * state.first;
        let added = (N::ONE - beta_1) * gradient;
        state.first = kept + added;
        state.second = beta_2 * state.second + (N::ONE - beta_2) * gradient * gradient;

        let rate = match clock.trust {
            None => learning_rate,
            Some(trust) if self.epsilon_hat => {
                learning_rate * trust * c_2.sqrt() / (state.second.sqrt() + self.epsilon)
            }
            Some(trust) => learning_rate * trust / ((state.second / c_2).sqrt() + self.epsilon),
        };
        let corrected_rate = rate / c_1;
        probe.note(MOMENT, state.first);
        probe.note(CORRECTED_MOMENT, state.first / c_1);
        probe.note(SECOND_MOMENT, state.second);
        // With ε̂ it appears in no equation, but the scaling still amounts to it.
        probe.note(CORRECTED_SECOND_MOMENT, state.second / c_2);
        probe.note(LONGEST, self.longest::<N>());
        probe.note(LENGTH, clock.length);
        probe.note(TRUST, clock.trust.unwrap_or(N::ZERO));
        probe.note(DIRECTION, self.direction(state, clock));
        probe.note(RATE, rate);
        probe.note(FROM_MEMORY, -corrected_rate * kept);
        probe.note(FROM_GRADIENT, -corrected_rate * added);
        position - corrected_rate * state.first
    }

    fn divided_by_zero<N: Real>(&self, state: &State<N>) -> Option<&'static str> {
        (state.second + self.epsilon == 0.0).then_some(if self.epsilon_hat {
            "√v + ε, and both are 0"
        } else {
            "√v̂ + ε, and both are 0"
        })
    }
}
