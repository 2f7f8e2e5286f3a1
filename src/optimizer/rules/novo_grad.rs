//! `NovoGrad`: gradients are normalized layer by layer before momentum sees them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    About, Block, Claim, Defaults, Described, Field, History, Kin, Note, NoteRole, NoteShape,
    Optimizer, Oracle, Outcome, Parent, Probe, Real, Role, Trial, Undefined, Valid, fields, notes,
};
use crate::optimizer::rule::{ASKED, GRADIENT};

notes! {
    SQUARES: Note::written(
        "v",
        ["v", "v"],
        "average squared length of the gradient",
        NoteRole::Squares,
        NoteShape::Coordinate,
    ),
    MOMENT: Note::MOMENT,
    FROM_MEMORY: Note::FROM_MEMORY,
    FROM_GRADIENT: Note::FROM_GRADIENT,
    FROM_DECAY: Note::FROM_DECAY,
}

/// One number v for each layer: v ← ‖g‖² at t = 1, else β₂v + (1−β₂)‖g‖²;
/// m ← β₁m + g/(√(v + εᵣ) + ε) + λθ; θ ← θ − ηm.
///
/// Ginsburg et al., *Stochastic gradient methods with layer-wise adaptive moments for training of deep
/// networks*, 2019, algorithm 1, as in Optax. On a surface, both coordinates are one layer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NovoGrad {
    /// η
    pub learning_rate: f64,
    /// β₁
    pub beta_1: f64,
    /// β₂
    pub beta_2: f64,
    /// ε
    pub epsilon: f64,
    /// εᵣ
    pub epsilon_root: f64,
    /// λ
    pub weight_decay: f64,
}

const PUBLISHED: NovoGrad = NovoGrad {
    learning_rate: 0.01,
    beta_1: 0.9,
    beta_2: 0.25,
    epsilon: 1e-6,
    epsilon_root: 0.0,
    weight_decay: 0.0,
};

impl Described for NovoGrad {
    const ABOUT: About = About {
        name: "NovoGrad",
        title: "NovoGrad",
        source: "B. Ginsburg et al., arXiv:1905.11286, 2019",
        idea: "The gradient of each layer is divided by its usual length, and momentum gathers what is left: directions.",
        hue: 6,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2019,
        kin: Kin::Adaptive,
        parents: &[Parent::of("Adam", "one scale a layer")],
        good_for: Claim::trial(
            "Steep starts: the first step is as long as the rate says.",
            Trial::on("Booth", [-8.0, 8.0], 600).with(&[("learning_rate", 0.01)]),
        ),
        fails_when: Claim::trial(
            "A small rate and a far minimum.",
            Trial::on("LongValley", [-4.0, 1.0], 50)
                .with(&[("learning_rate", 0.001)])
                .ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-5, 10.0], |rule| &mut rule.learning_rate),
        Field::number(
            "beta_1",
            "β₁",
            Role::Momentum,
            Valid::Fraction,
            [0.0, 0.999],
            "How much of the momentum is kept; a steady direction is amplified by 1/(1 − β₁).",
            |rule| &mut rule.beta_1,
        ),
        Field::number(
            "beta_2",
            "β₂",
            Role::Forgetting,
            Valid::Fraction,
            [0.0, 0.999],
            "How slowly the length of earlier gradients is forgotten.",
            |rule| &mut rule.beta_2,
        ),
        fields::epsilon(|rule| &mut rule.epsilon),
        Field::<Self>::number(
            "epsilon_root",
            "ε root",
            Role::Guard,
            Valid::NonNegative,
            [1e-16, 1e-2],
            "Added under the root, too.",
            |rule| &mut rule.epsilon_root,
        )
        .called("inner constant"),
        Field::number(
            "weight_decay",
            "λ",
            Role::WeightDecay,
            Valid::NonNegative,
            [0.0, 0.1],
            "A share λ of the position goes into the momentum, and pulls towards 0.",
            |rule| &mut rule.weight_decay,
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
        Cow::Borrowed(if self.beta_1 > 0.0 {
            Self::ABOUT.idea
        } else {
            "The gradient of each layer is divided by its usual length: what is left is a direction."
        })
    }

    fn remark(&self) -> Option<&'static str> {
        Some("There is one v for each layer of a network; on a surface, one for both coordinates.")
    }

    fn equations(&self) -> Vec<&'static str> {
        let square = "v <- if(t == 1, norm(g)^2, beta_2*v + (1 - beta_2)*norm(g)^2)";
        let moment = match (self.epsilon_root > 0.0, self.weight_decay > 0.0) {
            (false, false) => "m <- beta_1*m + g/(sqrt(v) + epsilon)",
            (false, true) => "m <- beta_1*m + g/(sqrt(v) + epsilon) + weight_decay*theta",
            (true, false) => "m <- beta_1*m + g/(sqrt(v + epsilon_root) + epsilon)",
            (true, true) => {
                "m <- beta_1*m + g/(sqrt(v + epsilon_root) + epsilon) + weight_decay*theta"
            }
        };
        vec![square, moment, "theta <- theta - learning_rate*m"]
    }
}

/// Space for a gradient, the momentum, and for each layer its length and its v.
#[derive(Clone, Debug)]
pub struct State<N> {
    gradient: Vec<N>,
    moment: Vec<N>,
    layers: Vec<(usize, N)>,
}

impl Optimizer for NovoGrad {
    type State<N: Real> = State<N>;

    fn begin<N: Real>(&self, at: &[N], blocks: &[Block]) -> State<N> {
        State {
            gradient: vec![N::ZERO; at.len()],
            moment: vec![N::ZERO; at.len()],
            layers: blocks.iter().map(|it| (it.len(), N::ZERO)).collect(),
        }
    }

    fn step<N: Real, P: Probe>(
        &self,
        at: &mut [N],
        state: &mut State<N>,
        t: u64,
        oracle: &mut dyn Oracle<N>,
        probe: &mut P,
    ) {
        let State {
            gradient,
            moment,
            layers,
        } = state;
        oracle.gradient(at, gradient);
        let [beta_1, beta_2] = [self.beta_1, self.beta_2].map(N::from);
        let rate = N::from(self.learning_rate);
        let mut index = 0;
        for (length, squares) in layers {
            let end = index + *length;
            let square = gradient[index..end].iter().map(|&it| it * it).sum::<N>();
            *squares = if t == 1 {
                square
            } else {
                beta_2 * *squares + (N::ONE - beta_2) * square
            };
            let root = (*squares + self.epsilon_root).sqrt() + self.epsilon;
            for index in index..end {
                let kept = beta_1 * moment[index];
                let added = gradient[index] / root;
                let decay = at[index] * self.weight_decay;
                moment[index] = kept + added + decay;
                probe.coordinate(index);
                probe.note(ASKED, at[index]);
                probe.note(GRADIENT, gradient[index]);
                probe.note(SQUARES, *squares);
                probe.note(MOMENT, moment[index]);
                probe.note(FROM_MEMORY, -rate * kept);
                probe.note(FROM_GRADIENT, -rate * added);
                probe.note(FROM_DECAY, -rate * decay);
                at[index] -= rate * moment[index];
            }
            index = end;
        }
    }

    fn undefined<N: Real>(&self, _at: &[N], state: &mut State<N>) -> Option<Undefined> {
        let is_zero =
            |&(_, squares): &(usize, N)| squares + self.epsilon_root + self.epsilon == 0.0;
        state.layers.iter().any(is_zero).then_some(Undefined {
            divisor: Some("√v + ε, and both are 0"),
            coordinate: None,
        })
    }
}
