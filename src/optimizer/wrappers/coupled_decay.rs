//! Coupled weight decay: the penalty goes through the rule.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    About, Block, ByHand, Claim, Defaults, Described, Family, Field, History, Inner, Kin, Note,
    NoteId, NoteRole, NoteShape, Optimizer, Oracle, Outcome, Parent, Probe, Queries, Real, Role,
    Rule, Run, Trial, Valid, step_wrapped,
};

/// The inner rule minimizes f + λ/2 ‖θ‖²: it is given g = ∇f + λθ.
///
/// The classical L2 penalty, and what `weight_decay` means in PyTorch's `SGD`, `Adam`, `Adagrad`,
/// `RMSprop`, `Adadelta`, `Adamax`, `NAdam` and `RAdam`; `optax.add_decayed_weights` before the rule. With gradient descent
/// it is the same as decoupled decay; a rule that scales the gradient scales the decay with it
/// (Loshchilov & Hutter, *Decoupled weight decay regularization*, 2019, algorithm 1 and 2). A rule that
/// asks for losses or Hessians is given those of the penalized loss, too: f + λ/2 ‖θ‖² and ∇²f + λI. The
/// loss of the race is f.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoupledDecay<I> {
    /// λ
    #[serde(default = "usual_decay")]
    pub weight_decay: f64,
    /// The rule that sees the penalty.
    pub inner: I,
}

/// No library has a default other than 0.
const fn usual_decay() -> f64 {
    0.01
}

const NOTES: &[Note] = &[
    Note::written(
        "slope",
        [r"\nabla{f}", "∇f"],
        "gradient without the decay",
        NoteRole::Other(Family::Gradient),
        NoteShape::Coordinate,
    ),
    Note::written(
        "decay",
        [r"\lambda\theta", "λθ"],
        "decay, added to the gradient",
        NoteRole::Other(Family::Decay),
        NoteShape::Coordinate,
    ),
];
const SLOPE: NoteId = 0;
const DECAY: NoteId = 1;
/// The number of the wrapper's own notes.
const OWN_NOTES: NoteId = 2;

impl<I: Inner> Described for CoupledDecay<I> {
    const ABOUT: About = About {
        name: "CoupledDecay",
        title: "Coupled decay",
        source: "A. Krogh, J. A. Hertz, NIPS 1991; I. Loshchilov, F. Hutter, ICLR 2019",
        idea: "Weight decay as part of the gradient: a rule that scales the gradient scales the decay \
               with it.",
        hue: 4,
    };

    const HISTORY: Option<History> = Some(History {
        year: 1991,
        kin: Kin::Wrappers,
        parents: &[Parent::of("GradientDescent", "shrink weights")],
        good_for: Claim::trial(
            "A floor without a slope: decay pulls the weights to 0 where the loss does not mind.",
            Trial::on("Matyas", [-8.0, 6.0], 3000)
                .with(&[("weight_decay", 0.01), ("inner.learning_rate", 0.05)]),
        ),
        fails_when: Claim::trial(
            "A minimum far from 0: strong decay holds it short of it.",
            Trial::on("Booth", [-8.0, 8.0], 300)
                .with(&[("weight_decay", 5.0), ("inner.learning_rate", 0.05)])
                .ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[Field::number(
        "weight_decay",
        "λ",
        Role::Other,
        Valid::NonNegative,
        [0.0, 1.0],
        "How strongly the gradient also points away from the origin; the rule inside scales both.",
        |rule: &mut Self| &mut rule.weight_decay,
    )
    .called("coupled λ")];

    fn defaults() -> Defaults<Self> {
        let usual = Self {
            weight_decay: usual_decay(),
            inner: I::standard(),
        };
        Defaults {
            pytorch: Some(usual.clone()),
            optax: Some(usual.clone()),
            ..Defaults::only_published(usual)
        }
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn idea(&self) -> Cow<'static, str> {
        Cow::Borrowed(if self.weight_decay == 0.0 {
            "With a weight decay of 0, this is the rule inside alone."
        } else {
            Self::ABOUT.idea
        })
    }

    fn by_hand(&self, _t: u64) -> Option<ByHand> {
        Some(ByHand {
            latex: vec![
                r"g = <slope> + <weight_decay> <theta>",
                r"<theta> \leftarrow \text{step}(<theta>, g)",
            ],
            text: "g = ∇f + λθ, which the rule inside sees as its gradient",
        })
    }

    fn inner(&self) -> Option<&dyn Rule> {
        Some(self.inner.rule())
    }

    fn inner_mut(&mut self) -> Option<&mut dyn Rule> {
        Some(self.inner.rule_mut())
    }
}

/// The last gradient without the decay, the decay, and the run of the rule inside.
#[derive(Clone)]
pub struct State<N: Real> {
    slope: Vec<N>,
    decay: Vec<N>,
    inner: Box<dyn Run<N>>,
}

impl<I: Inner> Optimizer for CoupledDecay<I> {
    type State<N: Real> = State<N>;

    fn needs(&self) -> Queries {
        self.inner.needs()
    }

    fn begin<N: Real>(&self, at: &[N], blocks: &[Block]) -> State<N> {
        State {
            slope: vec![N::ZERO; at.len()],
            decay: vec![N::ZERO; at.len()],
            inner: self.inner.begin(at, blocks),
        }
    }

    fn step<N: Real, P: Probe>(
        &self,
        at: &mut [N],
        State {
            slope,
            decay,
            inner,
        }: &mut State<N>,
        t: u64,
        oracle: &mut dyn Oracle<N>,
        probe: &mut P,
    ) {
        let mut penalized = Penalized {
            weight_decay: self.weight_decay,
            oracle,
            slope,
            decay,
        };
        step_wrapped(&mut **inner, at, t, &mut penalized, probe, OWN_NOTES);
        for (index, (slope, decay)) in slope.iter().zip(decay).enumerate() {
            probe.coordinate(index);
            probe.note(SLOPE, *slope);
            probe.note(DECAY, *decay);
        }
    }

    fn inner<N: Real>(state: &mut State<N>) -> Option<&mut dyn Run<N>> {
        Some(&mut *state.inner)
    }
}

/// Answers with the penalized loss, and keeps the parts of the last gradient.
struct Penalized<'a, N: Real> {
    weight_decay: f64,
    oracle: &'a mut dyn Oracle<N>,
    slope: &'a mut [N],
    decay: &'a mut [N],
}

impl<N: Real> Oracle<N> for Penalized<'_, N> {
    fn gradient(&mut self, at: &[N], gradient: &mut [N]) {
        self.oracle.gradient(at, gradient);
        self.slope.copy_from_slice(gradient);
        for ((part, &position), decay) in gradient.iter_mut().zip(at).zip(&mut *self.decay) {
            *decay = position * self.weight_decay;
            *part += *decay;
        }
    }

    fn value(&mut self, at: &[N]) -> N {
        let square: N = at.iter().map(|&position| position * position).sum();
        self.oracle.value(at) + square * (0.5 * self.weight_decay)
    }

    fn hessian(&mut self, at: &[N], hessian: &mut [N]) {
        self.oracle.hessian(at, hessian);
        for curvature in hessian.iter_mut().step_by(at.len() + 1) {
            *curvature += self.weight_decay;
        }
    }

    fn hessian_diagonal(&mut self, at: &[N], diagonal: &mut [N]) {
        self.oracle.hessian_diagonal(at, diagonal);
        for curvature in diagonal {
            *curvature += self.weight_decay;
        }
    }
}
