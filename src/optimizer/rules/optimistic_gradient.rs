//! Optimistic gradient descent: the gradient is expected to go on changing as it has just changed.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    About, Claim, CoordinateRule, Defaults, Described, Family, Field, History, Kin, Note, NoteRole,
    NoteShape, Outcome, Parent, Probe, Real, Recurrence, Role, Trial, Valid, fields, notes,
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
    FROM_GRADIENT: Note::FROM_GRADIENT,
    FROM_CHANGE: Note::written(
        "from_change",
        [r"\Delta_{d}", "from change"],
        "step from the change of the gradient",
        NoteRole::Part(Family::Memory),
        NoteShape::Coordinate,
    ),
}

/// θ ← θ − η((α+β)g − βg₋₁), where g₋₁ is the gradient of the step before, and g at t = 1: with the
/// change d = g − g₋₁, θ ← θ − η(αg + βd).
///
/// Mokhtari et al., *A unified analysis of extra-gradient and optimistic gradient methods for saddle
/// point problems*, 2020, section 4 (generalized OGDA), as in Optax.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OptimisticGradient {
    /// η
    pub learning_rate: f64,
    /// α
    pub alpha: f64,
    /// β
    pub beta: f64,
}

const PUBLISHED: OptimisticGradient = OptimisticGradient {
    learning_rate: 0.01,
    alpha: 1.0,
    beta: 1.0,
};

impl Described for OptimisticGradient {
    const ABOUT: About = About {
        name: "OptimisticGradient",
        title: "Optimistic gradient",
        source: "A. Mokhtari et al., AISTATS 2020",
        idea: "Expects the gradient to go on changing as it has just changed, which damps what turns in circles.",
        hue: 6,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2020,
        kin: Kin::FirstOrder,
        parents: &[Parent::of("GradientDescent", "guess the next")],
        good_for: Claim::trial(
            "Bowls that are nearly round, with a guess at the next gradient.",
            Trial::on("Booth", [-8.0, 8.0], 300).with(&[("learning_rate", 0.03)]),
        ),
        fails_when: Claim::trial(
            "Steep walls: it needs a smaller rate than gradient descent does.",
            Trial::on("LongValley", [-4.0, 1.0], 200)
                .with(&[("learning_rate", 0.03)])
                .ends(Outcome::Diverges),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-5, 10.0], |rule| &mut rule.learning_rate),
        Field::<Self>::number(
            "alpha",
            "α",
            Role::Other,
            Valid::NonNegative,
            [0.0, 2.0],
            "The weight of the gradient.",
            |rule| &mut rule.alpha,
        )
        .called("gradient α"),
        Field::<Self>::number(
            "beta",
            "β",
            Role::Other,
            Valid::NonNegative,
            [0.0, 2.0],
            "The weight of the change since the step before; 0 is gradient descent.",
            |rule| &mut rule.beta,
        )
        .called("change β"),
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
        Cow::Borrowed(if self.beta > 0.0 {
            Self::ABOUT.idea
        } else {
            "The change of the gradient has no weight: this is gradient descent."
        })
    }

    fn equations(&self) -> Vec<&'static str> {
        vec![
            "d = g - if(t == 1, g, h); h <- g",
            "theta <- theta - learning_rate*(alpha*g + beta*d)",
        ]
    }

    /// α + 2β: an alternating gradient changes by twice its size.
    fn alternating_gain(&self, _t: u64) -> Option<f64> {
        Some(self.alpha + 2.0 * self.beta)
    }

    /// e ← (1 − η(α + β)λ) e + ηβλ e₋₁
    fn recurrence(&self, curvature: f64) -> Option<Recurrence> {
        let pull = self.learning_rate * curvature;
        Some(Recurrence {
            now: 1.0 - pull * (self.alpha + self.beta),
            before: pull * self.beta,
        })
    }
}

impl CoordinateRule for OptimisticGradient {
    /// The gradient of the step before.
    type State<N: Real> = N;
    /// Whether this is the first step.
    type Clock<N: Real> = bool;

    fn begin<N: Real>(&self, _position: N) -> N {
        N::ZERO
    }

    fn clock<N: Real>(&self, t: u64, _before: Option<&bool>) -> Self::Clock<N> {
        t == 1
    }

    fn update<N: Real, P: Probe>(
        &self,
        position: N,
        gradient: N,
        before: &mut N,
        &first: &bool,
        probe: &mut P,
    ) -> N {
        let change = if first { N::ZERO } else { gradient - *before };
        *before = gradient;
        let from_gradient = gradient * self.alpha * self.learning_rate;
        let from_change = change * self.beta * self.learning_rate;
        probe.note(CHANGE, change);
        probe.note(KEPT, *before);
        probe.note(FROM_GRADIENT, -from_gradient);
        probe.note(FROM_CHANGE, -from_change);
        position - (from_gradient + from_change)
    }
}
