//! Quasi-hyperbolic momentum: a weighted mean of the gradient and its average.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    About, Claim, CoordinateRule, Defaults, Described, Field, History, Kin, Note, Outcome, Parent,
    Probe, Real, Recurrence, Role, Trial, Valid, fields, notes,
};

notes! {
    MOMENT: Note::MOMENT,
    FROM_MEMORY: Note::FROM_MEMORY,
    FROM_GRADIENT: Note::FROM_GRADIENT,
}

/// m ← βm + (1−β)g; θ ← θ − η((1−ν)g + νm).
///
/// Ma & Yarats, *Quasi-hyperbolic momentum and Adam for deep learning*, 2019, eq. 3. With ν = 1 this is
/// momentum with dampening β, with ν = 0 gradient descent, and with ν = β Nesterov's rule in its
/// reformulated, unscaled form, with η(1 − β).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct QhMomentum {
    /// η
    pub learning_rate: f64,
    /// β
    pub momentum: f64,
    /// ν
    pub nu: f64,
}

const PUBLISHED: QhMomentum = QhMomentum {
    learning_rate: 1.0,
    momentum: 0.999,
    nu: 0.7,
};

impl Described for QhMomentum {
    const ABOUT: About = About {
        name: "QhMomentum",
        title: "QHM",
        source: "J. Ma, D. Yarats, ICLR 2019",
        idea: "A mean of the gradient and its long average: inertia, but with an ear for the slope of now.",
        hue: 1,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2019,
        kin: Kin::FirstOrder,
        parents: &[
            Parent::of("Momentum", "mix in the gradient"),
            Parent::of("Nesterov", "any mixture"),
        ],
        good_for: Claim::trial(
            "A long valley with much memory: the gradient of now damps the swings.",
            Trial::on("LongValley", [-4.0, 1.0], 600).with(&[
                ("learning_rate", 0.1),
                ("momentum", 0.95),
                ("nu", 0.7),
            ]),
        ),
        fails_when: Claim::trial(
            "A rate beyond what its gradient part bears.",
            Trial::on("LongValley", [-4.0, 1.0], 300)
                .with(&[("learning_rate", 1.0), ("momentum", 0.9), ("nu", 0.7)])
                .ends(Outcome::Diverges),
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
            "How slowly gradients are forgotten; about 1/(1 − β) steps are averaged.",
            |rule| &mut rule.momentum,
        ),
        Field::<Self>::number(
            "nu",
            "ν",
            Role::Other,
            Valid::Share,
            [0.0, 1.0],
            "The weight of the average in the step; the rest is the current gradient.",
            |rule| &mut rule.nu,
        )
        .called("average ν"),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults::only_published(PUBLISHED)
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn idea(&self) -> Cow<'static, str> {
        Cow::Borrowed(match (self.nu > 0.0, self.momentum > 0.0) {
            (true, true) if self.nu < 1.0 => Self::ABOUT.idea,
            (true, true) => {
                "The average of the gradients alone: momentum, whose steps do not grow with it."
            }
            _ => "Nothing is remembered: this is gradient descent.",
        })
    }

    fn equations(&self) -> Vec<&'static str> {
        vec![
            "m <- momentum*m + (1 - momentum)*g",
            "theta <- theta - learning_rate*((1 - nu)*g + nu*m)",
        ]
    }

    /// 1 − ν + ν(1 − β)/(1 + β): the average of an alternating gradient is (1 − β)/(1 + β) of it.
    fn alternating_gain(&self, _t: u64) -> Option<f64> {
        Some(1.0 - self.nu + self.nu * (1.0 - self.momentum) / (1.0 + self.momentum))
    }

    /// e ← (1 + β − ηλ((1 − ν) + ν(1 − β))) e − β(1 − ηλ(1 − ν)) e₋₁: m is what the last change of e
    /// leaves when the part of the gradient is taken from it.
    fn recurrence(&self, curvature: f64) -> Option<Recurrence> {
        let pull = self.learning_rate * curvature;
        let Self { momentum, nu, .. } = *self;
        Some(Recurrence {
            now: 1.0 + momentum - pull * (1.0 - nu + nu * (1.0 - momentum)),
            before: -momentum * (1.0 - pull * (1.0 - nu)),
        })
    }
}

impl CoordinateRule for QhMomentum {
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
        let [rate, momentum, nu] = [self.learning_rate, self.momentum, self.nu].map(N::from);
        let kept = momentum * *moment;
        let added = (N::ONE - momentum) * gradient;
        *moment = kept + added;
        let present = (N::ONE - nu) * gradient;
        probe.note(MOMENT, *moment);
        probe.note(FROM_MEMORY, -rate * nu * kept);
        probe.note(FROM_GRADIENT, -rate * (present + nu * added));
        position - rate * (present + nu * *moment)
    }
}
