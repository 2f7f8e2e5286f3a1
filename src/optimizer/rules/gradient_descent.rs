//! Gradient descent, the rule that all others refine.

use serde::{Deserialize, Serialize};

use super::{
    About, Claim, CoordinateRule, Defaults, Described, Field, History, Kin, Note, Outcome, Probe,
    Real, Recurrence, Trial, fields, notes,
};

notes! {
    FROM_GRADIENT: Note::FROM_GRADIENT,
}

/// θ ← θ − η g
///
/// Cauchy, *Méthode générale pour la résolution des systèmes d'équations simultanées*, 1847. Batch,
/// stochastic and mini-batch gradient descent differ only in where g comes from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct GradientDescent {
    /// η
    pub learning_rate: f64,
}

impl Described for GradientDescent {
    const ABOUT: About = About {
        name: "GradientDescent",
        title: "Gradient descent",
        source: "A.-L. Cauchy, Comptes rendus, 1847",
        idea: "Go straight downhill, a fixed multiple of the slope at a time.",
        hue: 0,
    };

    const HISTORY: Option<History> = Some(History {
        year: 1847,
        kin: Kin::FirstOrder,
        parents: &[],
        good_for: Claim::trial(
            "Bowls that are nearly round: one rate suits all directions.",
            Trial::on("Booth", [-8.0, 8.0], 200).with(&[("learning_rate", 0.08)]),
        ),
        fails_when: Claim::trial(
            "A long valley whose walls are too steep for the rate throws it out.",
            Trial::on("LongValley", [-4.0, 1.0], 200)
                .with(&[("learning_rate", 0.05)])
                .ends(Outcome::Diverges),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[fields::learning_rate([1e-5, 10.0], |rule| {
        &mut rule.learning_rate
    })];

    fn defaults() -> Defaults<Self> {
        Defaults {
            paper: Self {
                learning_rate: 0.01,
            },
            pytorch: Some(Self {
                learning_rate: 0.001,
            }),
            keras: Some(Self {
                learning_rate: 0.01,
            }),
            optax: Some(Self {
                learning_rate: 0.01,
            }),
        }
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn equations(&self) -> Vec<&'static str> {
        vec!["theta <- theta - learning_rate*g"]
    }

    /// 1: the classic limit η λ < 2.
    fn alternating_gain(&self, _t: u64) -> Option<f64> {
        Some(1.0)
    }

    /// e ← (1 − ηλ) e
    fn recurrence(&self, curvature: f64) -> Option<Recurrence> {
        Some(Recurrence {
            now: 1.0 - self.learning_rate * curvature,
            before: 0.0,
        })
    }
}

impl CoordinateRule for GradientDescent {
    type State<N: Real> = ();
    type Clock<N: Real> = ();

    fn begin<N: Real>(&self, _position: N) -> Self::State<N> {}

    fn clock<N: Real>(&self, _t: u64, _before: Option<&()>) -> Self::Clock<N> {}

    fn update<N: Real, P: Probe>(
        &self,
        position: N,
        gradient: N,
        _state: &mut Self::State<N>,
        _clock: &Self::Clock<N>,
        probe: &mut P,
    ) -> N {
        let step = gradient * self.learning_rate;
        probe.note(FROM_GRADIENT, -step);
        position - step
    }
}
