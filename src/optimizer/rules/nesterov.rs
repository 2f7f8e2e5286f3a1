//! Nesterov's accelerated gradient: momentum that looks where it is going.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    About, Claim, CoordinateRule, Defaults, Described, Field, History, Kin, Note, Outcome, Parent,
    Probe, Real, Recurrence, Role, Trial, Velocity, fields, forms, notes,
};

notes! {
    VELOCITY: Note::velocity("v"),
    FROM_MEMORY: Note::FROM_MEMORY,
    FROM_GRADIENT: Note::FROM_GRADIENT,
}

forms! {
    /// The point of Nesterov's method that is the position.
    NesterovForm {
        /// The gradient is evaluated at the point that momentum alone would reach (the article).
        LookAhead,
        /// The position is that look-ahead point itself (Bengio et al. 2013; all libraries).
        Reformulated,
    }
}

/// Look-ahead: v ← μ v + η ∇J(θ − μ v); θ ← θ − v.
/// Reformulated, scaled: v ← μ v + η g; θ ← θ − μ v − η g.
/// Reformulated, unscaled: v ← μ v + g; θ ← θ − η (g + μ v).
///
/// Nesterov, *A method for solving the convex programming problem with convergence rate O(1/k²)*,
/// 1983; look-ahead as in Sutskever et al., *On the importance of initialization and momentum in
/// deep learning*, 2013, eq. 3–4; reformulated as in Bengio et al., *Advances in optimizing
/// recurrent networks*, 2013, eq. 7. For constant η the reformulated path is the look-ahead path as
/// seen from the look-ahead point.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Nesterov {
    /// η
    pub learning_rate: f64,
    /// μ
    pub momentum: f64,
    /// The point that is the position.
    pub form: NesterovForm,
    /// The kind of velocity, in the reformulated variant.
    pub velocity: Velocity,
}

const PUBLISHED: Nesterov = Nesterov {
    learning_rate: 0.01,
    momentum: 0.9,
    form: NesterovForm::LookAhead,
    velocity: Velocity::Scaled,
};

const REFORMULATED: Nesterov = Nesterov {
    form: NesterovForm::Reformulated,
    ..PUBLISHED
};

impl Described for Nesterov {
    const ABOUT: About = About {
        name: "Nesterov",
        title: "Nesterov",
        source: "Y. Nesterov, Soviet Mathematics Doklady 27, 1983; I. Sutskever et al., ICML 2013",
        idea: "Momentum that takes the slope where it is about to be, so it brakes in time.",
        hue: 2,
    };

    const HISTORY: Option<History> = Some(History {
        year: 1983,
        kin: Kin::FirstOrder,
        parents: &[Parent::of("Momentum", "look ahead")],
        good_for: Claim::trial(
            "Much momentum in a long valley: it brakes before the far wall.",
            Trial::on("LongValley", [-4.0, 1.0], 300)
                .with(&[("learning_rate", 0.02), ("momentum", 0.95)]),
        ),
        fails_when: Claim::trial(
            "Steep walls: looking ahead, it needs a smaller rate than momentum does.",
            Trial::on("LongValley", [-4.0, 1.0], 200)
                .with(&[("learning_rate", 0.05), ("momentum", 0.9)])
                .ends(Outcome::Diverges),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-5, 10.0], |rule| &mut rule.learning_rate),
        fields::momentum(|rule| &mut rule.momentum),
        Field::choice(
            "form",
            "form",
            Role::Form,
            NesterovForm::NAMES,
            "Look ahead: the gradient at the point ahead; Reformulated: seen from that point, as in all libraries.",
            |rule| &mut rule.form,
        ),
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
                ..REFORMULATED
            }),
            keras: Some(REFORMULATED),
            optax: Some(Self {
                velocity: Velocity::Unscaled,
                ..REFORMULATED
            }),
        }
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn idea(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self.form {
            _ if self.momentum == 0.0 => fields::NO_MOMENTUM,
            NesterovForm::LookAhead => Self::ABOUT.idea,
            NesterovForm::Reformulated => {
                "Momentum that takes the slope where it is about to be, as seen from there: the \
                 position shown is that point ahead."
            }
        })
    }

    fn conflict(&self) -> Option<&'static str> {
        (self.form == NesterovForm::LookAhead && self.velocity == Velocity::Unscaled)
            .then_some("velocity: Unscaled needs form: Reformulated")
    }

    fn equations(&self) -> Vec<&'static str> {
        match (self.form, self.velocity) {
            (NesterovForm::LookAhead, _) => vec![
                "v <- momentum*v + learning_rate*gradient(theta - momentum*v)",
                "theta <- theta - v",
            ],
            (NesterovForm::Reformulated, Velocity::Scaled) => vec![
                "v <- momentum*v + learning_rate*g",
                "theta <- theta - momentum*v - learning_rate*g",
            ],
            (NesterovForm::Reformulated, Velocity::Unscaled) => vec![
                "v <- momentum*v + g",
                "theta <- theta - learning_rate*(g + momentum*v)",
            ],
        }
    }

    /// 1 + μ/(1 + μ) = (1 + 2μ)/(1 + μ) in both forms, which describe the same path: the limit is η
    /// λ < 2(1 + μ)/(1 + 2μ), lower than without momentum.
    ///
    /// Sutskever et al. 2013, section 2.1.
    fn alternating_gain(&self, _t: u64) -> Option<f64> {
        Some((1.0 + 2.0 * self.momentum) / (1.0 + self.momentum))
    }

    /// e ← (1 + μ)(1 − ηλ) e − μ(1 − ηλ) e₋₁, in all forms: they are linear in each other.
    fn recurrence(&self, curvature: f64) -> Option<Recurrence> {
        let descended = 1.0 - self.learning_rate * curvature;
        Some(Recurrence {
            now: (1.0 + self.momentum) * descended,
            before: -self.momentum * descended,
        })
    }
}

impl CoordinateRule for Nesterov {
    /// The velocity.
    type State<N: Real> = N;
    type Clock<N: Real> = ();

    fn begin<N: Real>(&self, _position: N) -> Self::State<N> {
        N::ZERO
    }

    fn clock<N: Real>(&self, _t: u64, _before: Option<&()>) -> Self::Clock<N> {}

    fn query<N: Real>(&self, position: N, velocity: &N) -> N {
        match self.form {
            NesterovForm::LookAhead => position - *velocity * self.momentum,
            NesterovForm::Reformulated => position,
        }
    }

    fn update<N: Real, P: Probe>(
        &self,
        position: N,
        gradient: N,
        velocity: &mut N,
        _clock: &Self::Clock<N>,
        probe: &mut P,
    ) -> N {
        let learning_rate = N::from(self.learning_rate);
        let (gain, rate) = match self.velocity {
            Velocity::Scaled => (learning_rate, N::ONE),
            Velocity::Unscaled => (N::ONE, learning_rate),
        };
        let kept = *velocity * self.momentum;
        let added = gain * gradient;
        *velocity = kept + added;
        probe.note(VELOCITY, *velocity);
        match self.form {
            NesterovForm::LookAhead => {
                probe.note(FROM_MEMORY, -kept);
                probe.note(FROM_GRADIENT, -added);
                position - *velocity
            }
            NesterovForm::Reformulated => {
                let ahead = *velocity * self.momentum;
                probe.note(FROM_MEMORY, -rate * ahead);
                probe.note(FROM_GRADIENT, -rate * added);
                position - rate * (ahead + added)
            }
        }
    }
}
