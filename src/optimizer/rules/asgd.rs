//! Averaged SGD: gradient descent with a falling rate, and the average of where it has been.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    About, Claim, CoordinateRule, Defaults, Described, Family, Field, History, Kin, Note, NoteRole,
    NoteShape, Outcome, Parent, Probe, Real, Role, Trial, Valid, fields, notes,
};

notes! {
    RATE: Note::written(
        "eta_t",
        [r"\eta_t", "ηₜ"],
        "learning rate of this step",
        NoteRole::Rate,
        NoteShape::Scalar,
    ),
    SHARE: Note::written(
        "mu",
        [r"\mu", "μ"],
        "weight of this step in the average",
        NoteRole::Other(Family::Memory),
        NoteShape::Scalar,
    ),
    AVERAGE: Note::written(
        "a",
        ["a", "a"],
        "average",
        NoteRole::Other(Family::Memory),
        NoteShape::Coordinate,
    ),
    FROM_GRADIENT: Note::FROM_GRADIENT,
    FROM_DECAY: Note::FROM_DECAY,
}

/// ηₜ = η/(1 + λη(t−1))^α; θ ← θ(1 − ληₜ) − ηₜg; a ← a + μ(θ − a), μ = 1/max(1, t−1−t₀).
///
/// Polyak & Juditsky, *Acceleration of stochastic approximation by averaging*, 1992, eq. 4–5, as in
/// PyTorch. The position shown is θ; the average a, which is the result, is a note beside it. With
/// PyTorch's t₀ of a million, the average is the position for the first million steps.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Asgd {
    /// η
    pub learning_rate: f64,
    /// λ, which shrinks the weights and lets the rate fall.
    pub lambda: f64,
    /// α
    pub alpha: f64,
    /// t₀
    pub average_from: f64,
}

const PUBLISHED: Asgd = Asgd {
    learning_rate: 0.01,
    lambda: 1e-4,
    alpha: 0.75,
    average_from: 1e6,
};

impl Described for Asgd {
    const ABOUT: About = About {
        name: "Asgd",
        title: "ASGD",
        source: "B. T. Polyak, A. B. Juditsky, SIAM J. Control Optim. 30(4), 1992",
        idea: "Gradient descent with a slowly falling rate; the average of its path is what counts.",
        hue: 0,
    };

    const HISTORY: Option<History> = Some(History {
        year: 1992,
        kin: Kin::Averaging,
        parents: &[Parent::of("GradientDescent", "average")],
        good_for: Claim::trial(
            "Bowls that are nearly round, as gradient descent; the average is steadier under noise.",
            Trial::on("Booth", [-8.0, 8.0], 300).with(&[("learning_rate", 0.08)]),
        ),
        fails_when: Claim::trial(
            "Steep walls: the average does not help points that fly away.",
            Trial::on("LongValley", [-4.0, 1.0], 200)
                .with(&[("learning_rate", 0.05)])
                .ends(Outcome::Diverges),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-5, 10.0], |rule| &mut rule.learning_rate),
        Field::<Self>::number(
            "lambda",
            "λ",
            Role::WeightDecay,
            Valid::NonNegative,
            [0.0, 0.1],
            "Shrinks the position by a share ληₜ, and lets the rate fall the faster.",
            |rule| &mut rule.lambda,
        )
        .called("decay λ"),
        Field::<Self>::number(
            "alpha",
            "α",
            Role::Other,
            Valid::NonNegative,
            [0.0, 1.0],
            "How fast the rate falls: like the step number to this power.",
            |rule| &mut rule.alpha,
        )
        .called("power α"),
        Field::<Self>::number(
            "average_from",
            "t₀",
            Role::Other,
            Valid::NonNegative,
            [0.0, 1e6],
            "The step from which positions are averaged; before it, the average is the position.",
            |rule| &mut rule.average_from,
        )
        .called("average from"),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults {
            pytorch: Some(PUBLISHED),
            ..Defaults::only_published(PUBLISHED)
        }
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn idea(&self) -> Cow<'static, str> {
        let falls = self.lambda > 0.0 && self.alpha > 0.0;
        Cow::Borrowed(if falls {
            Self::ABOUT.idea
        } else {
            "Gradient descent at a constant rate; the average of its path is what counts."
        })
    }

    fn remark(&self) -> Option<&'static str> {
        Some(
            "The path shown is θ; the average a is the result, and is told among the values of the step.",
        )
    }

    fn equations(&self) -> Vec<&'static str> {
        let mut lines = vec!["eta_t = learning_rate/(1 + lambda*learning_rate*(t - 1))^alpha"];
        if self.lambda > 0.0 {
            lines.push("theta <- theta*(1 - lambda*eta_t)");
        }
        lines.extend([
            "theta <- theta - eta_t*g",
            "mu = 1/max(1, t - 1 - average_from); a <- a + mu*(theta - a)",
        ]);
        lines
    }
}

/// The rate of a step, and its weight in the average.
#[derive(Clone, Copy, Debug)]
pub struct Clock<N> {
    rate: N,
    share: N,
}

impl CoordinateRule for Asgd {
    /// a
    type State<N: Real> = N;
    type Clock<N: Real> = Clock<N>;

    fn begin<N: Real>(&self, _position: N) -> N {
        N::ZERO
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "step numbers are far below 2^53"
    )]
    fn clock<N: Real>(&self, t: u64, _before: Option<&Clock<N>>) -> Clock<N> {
        let made = N::from((t - 1) as f64);
        let learning_rate = N::from(self.learning_rate);
        let fall = (learning_rate * self.lambda * made + 1.0).powf(self.alpha);
        Clock {
            rate: learning_rate / fall,
            share: N::ONE / (made - self.average_from).max(N::ONE),
        }
    }

    fn update<N: Real, P: Probe>(
        &self,
        position: N,
        gradient: N,
        average: &mut N,
        clock: &Clock<N>,
        probe: &mut P,
    ) -> N {
        let decay = clock.rate * self.lambda * position;
        let step = clock.rate * gradient;
        let arrived = position - decay - step;
        *average += clock.share * (arrived - *average);
        probe.note(RATE, clock.rate);
        probe.note(SHARE, clock.share);
        probe.note(AVERAGE, *average);
        probe.note(FROM_GRADIENT, -step);
        probe.note(FROM_DECAY, -decay);
        arrived
    }
}
