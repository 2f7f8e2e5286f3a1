//! Signum: of the momentum, only the sign counts.

use serde::{Deserialize, Serialize};

use super::{
    About, Claim, CoordinateRule, Defaults, Described, Field, History, Kin, Note, Outcome, Parent,
    Probe, Real, Trial, fields, notes,
};

notes! {
    MOMENT: Note::MOMENT,
    FROM_GRADIENT: Note::FROM_GRADIENT,
}

/// m ← β₁m + (1−β₁)g; θ ← θ − η sign(m)
///
/// Bernstein et al., *signSGD: compressed optimisation for non-convex problems*, 2018,
/// algorithm 2.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Signum {
    /// η
    pub learning_rate: f64,
    /// β₁
    pub beta_1: f64,
}

impl Described for Signum {
    const ABOUT: About = About {
        name: "Signum",
        title: "Signum",
        source: "J. Bernstein et al., ICML 2018",
        idea: "Every coordinate moves by the same length; the gradient only says which way.",
        hue: 3,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2018,
        kin: Kin::Sign,
        parents: &[Parent::of("Momentum", "sign only")],
        good_for: Claim::trial(
            "Slopes of any size: all coordinates move by the same length.",
            Trial::on("LongValley", [-4.0, 1.0], 300).with(&[("learning_rate", 0.02)]),
        ),
        fails_when: Claim::trial(
            "A large rate: every step is as long as the first, so that it never settles.",
            Trial::on("LongValley", [-4.0, 1.0], 200)
                .with(&[("learning_rate", 0.5)])
                .ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-5, 1.0], |rule| &mut rule.learning_rate),
        fields::beta_1(|rule| &mut rule.beta_1),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults::only_published(Self {
            learning_rate: 1e-4,
            beta_1: 0.9,
        })
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn equations(&self) -> Vec<&'static str> {
        vec![
            "m <- beta_1*m + (1 - beta_1)*g",
            "theta <- theta - learning_rate*sign(m)",
        ]
    }
}

impl CoordinateRule for Signum {
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
        let beta_1 = N::from(self.beta_1);
        *moment = beta_1 * *moment + (N::ONE - beta_1) * gradient;
        // `signum` of 0 is 1 in Rust, but a racer at rest should stay there.
        let sign = if *moment == 0.0 {
            N::ZERO
        } else {
            moment.signum()
        };
        let step = sign * self.learning_rate;
        probe.note(MOMENT, *moment);
        probe.note(FROM_GRADIENT, -step);
        position - step
    }
}
