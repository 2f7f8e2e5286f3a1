//! Gradient descent with the inertia of a heavy ball.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    About, Claim, CoordinateRule, Defaults, Described, Field, History, Kin, Note, Outcome, Parent,
    Probe, Real, Recurrence, Role, Trial, Valid, Velocity, fields, notes,
};

notes! {
    VELOCITY: Note::velocity("v"),
    FROM_MEMORY: Note::FROM_MEMORY,
    FROM_GRADIENT: Note::FROM_GRADIENT,
}

/// Scaled: v ← μ v + η g; θ ← θ − v.
/// Unscaled: v ← μ v + (1 − τ) g, at t = 1 v ← g; θ ← θ − η v.
///
/// Polyak, *Some methods of speeding up the convergence of iteration methods*, 1964; the article's
/// form is Ruder, *An overview of gradient descent optimization algorithms*, 2016, section 4.1.
/// With τ = 0 both are the same as long as η is constant.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Momentum {
    /// η
    pub learning_rate: f64,
    /// μ
    pub momentum: f64,
    /// τ, only for the unscaled velocity.
    pub dampening: f64,
    /// The kind of velocity.
    pub velocity: Velocity,
}

const PUBLISHED: Momentum = Momentum {
    learning_rate: 0.01,
    momentum: 0.9,
    dampening: 0.0,
    velocity: Velocity::Scaled,
};

impl Described for Momentum {
    const ABOUT: About = About {
        name: "Momentum",
        title: "Momentum",
        source: "B. T. Polyak, USSR Computational Mathematics and Mathematical Physics 4(5), 1964",
        idea: "A heavy ball: the speed it has picked up carries it on.",
        hue: 1,
    };

    const HISTORY: Option<History> = Some(History {
        year: 1964,
        kin: Kin::FirstOrder,
        parents: &[Parent::of("GradientDescent", "keep a velocity")],
        good_for: Claim::trial(
            "A long valley: the speed that it picks up carries it along the floor.",
            Trial::on("LongValley", [-4.0, 1.0], 300)
                .with(&[("learning_rate", 0.02), ("momentum", 0.9)]),
        ),
        fails_when: Claim::trial(
            "With too much momentum it swings past the minimum again and again.",
            Trial::on("LongValley", [-4.0, 1.0], 200)
                .with(&[("learning_rate", 0.02), ("momentum", 0.99)])
                .ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-5, 10.0], |rule| &mut rule.learning_rate),
        fields::momentum(|rule| &mut rule.momentum),
        Field::<Self>::number(
            "dampening",
            "τ",
            Role::Other,
            Valid::Fraction,
            [0.0, 0.999],
            "The share of each new gradient that is left out; only the unscaled velocity has it.",
            |rule| &mut rule.dampening,
        )
        .called("dampening τ"),
        fields::velocity(
            "Scaled: η goes into the velocity (Keras); Unscaled: η is applied to it (PyTorch, Optax).",
            |rule| &mut rule.velocity,
        ),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults {
            paper: PUBLISHED,
            pytorch: Some(Self {
                learning_rate: 0.001,
                velocity: Velocity::Unscaled,
                ..PUBLISHED
            }),
            keras: Some(PUBLISHED),
            optax: Some(Self {
                velocity: Velocity::Unscaled,
                ..PUBLISHED
            }),
        }
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn idea(&self) -> Cow<'static, str> {
        Cow::Borrowed(if self.momentum > 0.0 {
            Self::ABOUT.idea
        } else {
            fields::NO_MOMENTUM
        })
    }

    fn conflict(&self) -> Option<&'static str> {
        (self.velocity == Velocity::Scaled && self.dampening != 0.0)
            .then_some("dampening needs velocity: Unscaled")
    }

    fn equations(&self) -> Vec<&'static str> {
        let velocity = match (self.velocity, self.dampening == 0.0) {
            (Velocity::Scaled, _) => "v <- momentum*v + learning_rate*g",
            (Velocity::Unscaled, true) => "v <- momentum*v + g",
            (Velocity::Unscaled, false) => "v <- if(t == 1, g, momentum*v + (1 - dampening)*g)",
        };
        let step = match self.velocity {
            Velocity::Scaled => "theta <- theta - v",
            Velocity::Unscaled => "theta <- theta - learning_rate*v",
        };
        vec![velocity, step]
    }

    /// (1 − τ) Σ (−μ)ʲ = (1 − τ)/(1 + μ): the limit is η λ < 2(1 + μ)/(1 − τ).
    ///
    /// Polyak 1964; Goh, *Why momentum really works*, Distill, 2017.
    fn alternating_gain(&self, _t: u64) -> Option<f64> {
        Some((1.0 - self.dampening) / (1.0 + self.momentum))
    }

    /// e ← (1 + μ − η(1 − τ)λ) e − μ e₋₁, since the last velocity is the last change of e.
    fn recurrence(&self, curvature: f64) -> Option<Recurrence> {
        let pull = self.learning_rate * (1.0 - self.dampening) * curvature;
        Some(Recurrence {
            now: 1.0 + self.momentum - pull,
            before: -self.momentum,
        })
    }
}

impl CoordinateRule for Momentum {
    /// The velocity.
    type State<N: Real> = N;
    /// Whether this is the first step.
    type Clock<N: Real> = bool;

    fn begin<N: Real>(&self, _position: N) -> Self::State<N> {
        N::ZERO
    }

    fn clock<N: Real>(&self, t: u64, _before: Option<&bool>) -> Self::Clock<N> {
        t == 1
    }

    fn update<N: Real, P: Probe>(
        &self,
        position: N,
        gradient: N,
        velocity: &mut N,
        &first: &bool,
        probe: &mut P,
    ) -> N {
        let kept = *velocity * self.momentum;
        let learning_rate = N::from(self.learning_rate);
        let (gain, rate) = match self.velocity {
            Velocity::Scaled => (learning_rate, N::ONE),
            Velocity::Unscaled if first => (N::ONE, learning_rate),
            Velocity::Unscaled => (N::ONE - self.dampening, learning_rate),
        };
        let added = gain * gradient;
        *velocity = kept + added;
        probe.note(VELOCITY, *velocity);
        probe.note(FROM_MEMORY, -rate * kept);
        probe.note(FROM_GRADIENT, -rate * added);
        position - rate * *velocity
    }
}
