//! `LDoG`: the distance over the gradients, layer by layer.

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
        NoteShape::Coordinate,
    ),
    START: Note::written(
        "a",
        ["a", "a"],
        "start",
        NoteRole::Other(Family::Query),
        NoteShape::Coordinate,
    ),
    SQUARES: Note::squares("G"),
    RATE: Note::RATE,
    FROM_GRADIENT: Note::FROM_GRADIENT,
}

const NOTED: Noted = Noted {
    distance: DISTANCE,
    start: START,
    squares: SQUARES,
    rate: RATE,
    from_gradient: FROM_GRADIENT,
};

/// For each layer by itself: r = `reps_rel` (1 + ‖θ₀‖) at t = 1, then r ← max(r, ‖θ − θ₀‖);
/// G ← G + ‖g‖², starting at ε; θ ← θ − η r/√G · g.
///
/// Ivgi et al., *`DoG` is SGD's best friend: a parameter-free dynamic step size schedule*, 2023,
/// section 4.1 (layer-wise `DoG`). On a surface, which has no layers, each coordinate is one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LDoG {
    /// η
    pub learning_rate: f64,
    /// The first distance, relative to 1 + ‖θ₀‖.
    pub reps_rel: f64,
    /// ε
    pub epsilon: f64,
}

const PUBLISHED: LDoG = LDoG {
    learning_rate: 1.0,
    reps_rel: 1e-6,
    epsilon: 1e-8,
};

impl Described for LDoG {
    const ABOUT: About = About {
        name: "LDoG",
        title: "LDoG",
        source: "M. Ivgi, O. Hinder, Y. Carmon, ICML 2023",
        idea: "Each layer finds its own rate: the farther it has come from its start, the longer its steps, and the more it has seen, the shorter.",
        hue: 2,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2023,
        kin: Kin::Adaptive,
        parents: &[Parent::of("DoG", "layer by layer")],
        good_for: Claim::trial(
            "Layers of different sizes: each finds a length of its own.",
            Trial::on("LongValley", [-4.0, 1.0], 2000),
        ),
        fails_when: Claim::trial(
            "It starts with tiny steps, so that a short race ends early.",
            Trial::on("LongValley", [-4.0, 1.0], 10).ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([0.01, 100.0], |rule| &mut rule.learning_rate),
        distance::first_step(|rule| &mut rule.reps_rel),
        distance::first_square("Where the sums of squares begin.", |rule| &mut rule.epsilon),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults::only_published(PUBLISHED)
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn remark(&self) -> Option<&'static str> {
        Some("On a surface each coordinate is a layer; on a network its matrices and biases are.")
    }

    fn equations(&self) -> Vec<&'static str> {
        vec![
            "r <- max(r, abs(theta - a)); r_0 = reps_rel*(1 + abs(theta)); a <- a; a_0 = theta",
            "G <- G + g^2; G_0 = epsilon",
            "theta <- theta - learning_rate*r/sqrt(G)*g",
        ]
    }
}

/// Returns the lengths of the layers: a single vector has none, and each of its coordinates is one.
fn lengths(blocks: &[Block]) -> Vec<usize> {
    match blocks {
        [Block::Vector(length)] => vec![1; *length],
        _ => blocks.iter().map(Block::len).collect(),
    }
}

impl Optimizer for LDoG {
    type State<N: Real> = Layers<N>;

    fn begin<N: Real>(&self, at: &[N], blocks: &[Block]) -> Layers<N> {
        Layers::begin(at, lengths(blocks), [self.reps_rel, self.epsilon])
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
