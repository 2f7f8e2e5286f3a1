//! `DoG`: the rate is the distance from the start over the root of all squared gradients.

use serde::{Deserialize, Serialize};

use super::distance::{self, Layers, Noted};
use super::{
    About, Block, Claim, Defaults, Described, Family, Field, History, Kin, Note, NoteRole,
    NoteShape, Optimizer, Oracle, Outcome, Parent, Probe, Real, Trial, Undefined, fields, notes,
};

notes! {
    DISTANCE: Note::written(
        "r",
        ["r", "r"],
        "largest distance from the start",
        NoteRole::Other(Family::Memory),
        NoteShape::Scalar,
    ),
    START: Note::written(
        "a",
        ["a", "a"],
        "start",
        NoteRole::Other(Family::Query),
        NoteShape::Coordinate,
    ),
    SQUARES: Note::written(
        "G",
        ["G", "G"],
        "sum of squared lengths of the gradient",
        NoteRole::Squares,
        NoteShape::Scalar,
    ),
    RATE: Note::written(
        "eta_t",
        [r"\eta_t", "ηₜ"],
        "learning rate of this step",
        NoteRole::Rate,
        NoteShape::Scalar,
    ),
    FROM_GRADIENT: Note::FROM_GRADIENT,
}

const NOTED: Noted = Noted {
    distance: DISTANCE,
    start: START,
    squares: SQUARES,
    rate: RATE,
    from_gradient: FROM_GRADIENT,
};

/// r = `reps_rel` (1 + ‖θ₀‖) at t = 1, then r ← max(r, ‖θ − θ₀‖); G ← G + ‖g‖², starting at ε;
/// θ ← θ − η r/√G · g.
///
/// Ivgi et al., *`DoG` is SGD's best friend: a parameter-free dynamic step size schedule*, 2023, eq. 1
/// and section 2.1 (`DoG`: distance over gradients). The paper's final answer is an average of the
/// iterates; shown is the iterate.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DoG {
    /// η
    pub learning_rate: f64,
    /// The first distance, relative to 1 + ‖θ₀‖.
    pub reps_rel: f64,
    /// ε
    pub epsilon: f64,
}

const PUBLISHED: DoG = DoG {
    learning_rate: 1.0,
    reps_rel: 1e-6,
    epsilon: 1e-8,
};

impl Described for DoG {
    const ABOUT: About = About {
        name: "DoG",
        title: "DoG",
        source: "M. Ivgi, O. Hinder, Y. Carmon, ICML 2023",
        idea: "Finds its own rate: the farther it has come from the start, the longer its steps, and the more it has seen, the shorter.",
        hue: 1,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2023,
        kin: Kin::Adaptive,
        parents: &[Parent::of("Adagrad", "distance as rate")],
        good_for: Claim::trial(
            "No rate to find: the way it has come sets the length of a step.",
            Trial::on("Booth", [-8.0, 8.0], 2000),
        ),
        fails_when: Claim::trial(
            "It starts with tiny steps, so that a short race ends early.",
            Trial::on("LongValley", [-4.0, 1.0], 10).ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([0.01, 100.0], |rule| &mut rule.learning_rate),
        distance::first_step(|rule| &mut rule.reps_rel),
        distance::first_square("Where the sum of squares begins.", |rule| &mut rule.epsilon),
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

    fn equations(&self) -> Vec<&'static str> {
        vec![
            "r <- max(r, norm(theta - a)); r_0 = reps_rel*(1 + norm(theta)); a <- a; a_0 = theta",
            "G <- G + norm(g)^2; G_0 = epsilon",
            "eta_t = learning_rate*r/sqrt(G)",
            "theta <- theta - eta_t*g",
        ]
    }
}

impl Optimizer for DoG {
    type State<N: Real> = Layers<N>;

    fn begin<N: Real>(&self, at: &[N], _blocks: &[Block]) -> Layers<N> {
        Layers::begin(at, [at.len()], [self.reps_rel, self.epsilon])
    }

    fn step<N: Real, P: Probe>(
        &self,
        at: &mut [N],
        layers: &mut Layers<N>,
        _t: u64,
        oracle: &mut dyn Oracle<N>,
        probe: &mut P,
    ) {
        layers.step(at, self.learning_rate, oracle, NOTED, probe);
    }

    fn undefined<N: Real>(&self, _at: &[N], layers: &mut Layers<N>) -> Option<Undefined> {
        layers.undefined()
    }
}
