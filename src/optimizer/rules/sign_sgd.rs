//! Sign descent: every coordinate moves by the same length; Signum with momentum.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    About, Claim, CoordinateRule, Defaults, Described, Family, Field, History, Kin, Note, NoteRole,
    NoteShape, Outcome, Parent, Probe, Real, Role, Trial, Valid, fields, notes,
};

notes! {
    MOMENT: Note::MOMENT,
    FROM_SIGN: Note::written(
        "from_sign",
        [r"\Delta_{\text{sign}}", "from sign"],
        "step from the sign",
        NoteRole::Part(Family::Gradient),
        NoteShape::Coordinate,
    ),
}

/// m ← βm + (1−β)g; θ ← θ − η sign(m), where sign(0) = 0.
///
/// Bernstein et al., *signSGD: compressed optimisation for non-convex problems*, 2018, algorithm 1;
/// with β > 0 algorithm 2, Signum.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SignSgd {
    /// η
    pub learning_rate: f64,
    /// β
    pub momentum: f64,
}

const PUBLISHED: SignSgd = SignSgd {
    learning_rate: 1e-4,
    momentum: 0.0,
};

impl Described for SignSgd {
    const ABOUT: About = About {
        name: "SignSgd",
        title: "Sign SGD",
        source: "J. Bernstein et al., ICML 2018",
        idea: "Every coordinate moves by the same length; the gradient only says which way.",
        hue: 3,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2018,
        kin: Kin::Sign,
        parents: &[
            Parent::of("GradientDescent", "signs only"),
            Parent::of("Rprop", "one length"),
        ],
        good_for: Claim::trial(
            "Slopes of any size: all coordinates move by the same length.",
            Trial::on("LongValley", [-4.0, 1.0], 300).with(&[("learning_rate", 0.02)]),
        ),
        fails_when: Claim::trial(
            "A large rate: every step is as long as the first, so that it never settles.",
            Trial::on("LongValley", [-4.0, 1.0], 200)
                .with(&[("learning_rate", 0.35)])
                .ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-5, 10.0], |rule| &mut rule.learning_rate),
        Field::number(
            "momentum",
            "β",
            Role::Momentum,
            Valid::Fraction,
            [0.0, 0.999],
            "How slowly gradients are forgotten before the sign is taken; above 0, this is Signum.",
            |rule| &mut rule.momentum,
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
        Cow::Borrowed(if self.momentum > 0.0 {
            "Every coordinate moves by the same length; the average of the gradients only says which way."
        } else {
            Self::ABOUT.idea
        })
    }

    fn remark(&self) -> Option<&'static str> {
        Some(
            "A step is as long as the learning rate in every coordinate, however flat it is: unless the rate falls, it jumps across a minimum again and again.",
        )
    }

    fn equations(&self) -> Vec<&'static str> {
        vec![
            "m <- momentum*m + (1 - momentum)*g",
            "theta <- theta - learning_rate*sign(m)",
        ]
    }
}

impl CoordinateRule for SignSgd {
    /// m
    type State<N: Real> = N;
    type Clock<N: Real> = ();

    fn begin<N: Real>(&self, _position: N) -> N {
        N::ZERO
    }

    fn clock<N: Real>(&self, _t: u64, _before: Option<&()>) -> Self::Clock<N> {}

    fn update<N: Real, P: Probe>(
        &self,
        position: N,
        gradient: N,
        moment: &mut N,
        _clock: &Self::Clock<N>,
        probe: &mut P,
    ) -> N {
        let momentum = N::from(self.momentum);
        *moment = momentum * *moment + (N::ONE - momentum) * gradient;
        let step = moment.sign() * self.learning_rate;
        probe.note(MOMENT, *moment);
        probe.note(FROM_SIGN, -step);
        position - step
    }
}
