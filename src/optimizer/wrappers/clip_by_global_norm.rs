//! Clipping by global norm: the whole gradient is no longer than a limit.

use serde::{Deserialize, Serialize};

use super::seen::Seen;
use super::{
    About, Block, ByHand, Claim, Defaults, Described, Family, Field, History, Inner, Kin, Note,
    NoteId, NoteRole, NoteShape, Optimizer, Oracle, Outcome, Parent, Probe, Queries, Real, Role,
    Rule, Run, Trial, Valid, step_wrapped,
};
use crate::real::length as euclidean;

/// The inner rule is given ∇f · min(1, c/(‖∇f‖ + ε)), where the norm is over all parameters.
///
/// Pascanu, Mikolov & Bengio, *On the difficulty of training recurrent neural networks*, 2013,
/// algorithm 1. PyTorch's `clip_grad_norm_` adds ε = 10⁻⁶ to the norm, so that a clipped gradient is
/// a little shorter than c; `optax.clip_by_global_norm` and Keras' `global_clipnorm` add nothing.
/// Losses and Hessians pass unchanged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClipByGlobalNorm<I> {
    /// c
    #[serde(default = "usual_limit")]
    pub limit: f64,
    /// ε
    #[serde(default)]
    pub epsilon: f64,
    /// The rule whose gradient is clipped.
    pub inner: I,
}

/// No library has a default.
const fn usual_limit() -> f64 {
    1.0
}

const NOTES: &[Note] = &[
    Note::UNCLIPPED,
    Note::written(
        "length",
        [r"\|\nabla{f}\|", "‖∇f‖"],
        "length before clipping",
        NoteRole::Other(Family::Gradient),
        NoteShape::Scalar,
    ),
    Note::kept(NoteShape::Scalar),
];
const UNCLIPPED: NoteId = 0;
const LENGTH: NoteId = 1;
const KEPT: NoteId = 2;
/// The number of the wrapper's own notes.
const OWN_NOTES: NoteId = 3;

impl<I: Inner> Described for ClipByGlobalNorm<I> {
    const ABOUT: About = About {
        name: "ClipByGlobalNorm",
        title: "Clipping by norm",
        source: "R. Pascanu, T. Mikolov, Y. Bengio, ICML 2013",
        idea: "A gradient that is longer than the limit is shortened to it and keeps its direction; \
               the rule inside sees no other.",
        hue: 6,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2013,
        kin: Kin::Wrappers,
        parents: &[
            Parent::of("GradientDescent", "a limit in all"),
            Parent::of("ClipByValue", "keep the direction"),
        ],
        good_for: Claim::trial(
            "A cliff: the gradient keeps its direction, but not its length.",
            Trial::on("Booth", [-8.0, 8.0], 600)
                .with(&[("limit", 1.0), ("inner.learning_rate", 0.1)]),
        ),
        fails_when: Claim::trial(
            "A low limit makes the way long.",
            Trial::on("LongValley", [-4.0, 1.0], 50)
                .with(&[("limit", 0.01), ("inner.learning_rate", 0.02)])
                .ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::number(
            "limit",
            "c",
            Role::Other,
            Valid::Positive,
            [1e-3, 1e3],
            "The greatest length that the gradient may have, over all parameters.",
            |rule| &mut rule.limit,
        )
        .called("limit c"),
        Field::<Self>::number(
            "epsilon",
            "ε",
            Role::Form,
            Valid::NonNegative,
            [0.0, 1.0],
            "Added to the length; PyTorch has 1e-6, so its clipped gradients are shorter than c.",
            |rule| &mut rule.epsilon,
        )
        .called("guard ε"),
    ];

    fn defaults() -> Defaults<Self> {
        let published = Self {
            limit: usual_limit(),
            epsilon: 0.0,
            inner: I::standard(),
        };
        Defaults {
            pytorch: Some(Self {
                epsilon: 1e-6,
                ..published.clone()
            }),
            keras: Some(published.clone()),
            optax: Some(published.clone()),
            ..Defaults::only_published(published)
        }
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn by_hand(&self, _t: u64) -> Option<ByHand> {
        let share = if self.epsilon > 0.0 {
            r"<kept> = \min(1, <limit> / (<length> + <epsilon>))"
        } else {
            r"<kept> = \min(1, <limit> / <length>)"
        };
        let text = if self.epsilon > 0.0 {
            "g = ∇f · min(1, c/(‖∇f‖ + ε)), which the rule inside sees as its gradient"
        } else {
            "g = ∇f · min(1, c/‖∇f‖), which the rule inside sees as its gradient"
        };
        Some(ByHand {
            latex: vec![
                share,
                r"g = <kept>\, <unclipped>",
                r"<theta> \leftarrow \text{step}(<theta>, g)",
            ],
            text,
        })
    }

    fn inner(&self) -> Option<&dyn Rule> {
        Some(self.inner.rule())
    }

    fn inner_mut(&mut self) -> Option<&mut dyn Rule> {
        Some(self.inner.rule_mut())
    }
}

/// The last gradient before clipping, its length, how much of it is left, and the run of the rule
/// inside.
#[derive(Clone)]
pub struct State<N: Real> {
    unclipped: Vec<N>,
    length: N,
    kept: N,
    inner: Box<dyn Run<N>>,
}

impl<I: Inner> Optimizer for ClipByGlobalNorm<I> {
    type State<N: Real> = State<N>;

    fn needs(&self) -> Queries {
        self.inner.needs()
    }

    fn begin<N: Real>(&self, at: &[N], blocks: &[Block]) -> State<N> {
        State {
            unclipped: vec![N::ZERO; at.len()],
            length: N::ZERO,
            kept: N::ONE,
            inner: self.inner.begin(at, blocks),
        }
    }

    fn step<N: Real, P: Probe>(
        &self,
        at: &mut [N],
        State {
            unclipped,
            length,
            kept,
            inner,
        }: &mut State<N>,
        t: u64,
        oracle: &mut dyn Oracle<N>,
        probe: &mut P,
    ) {
        let mut seen = Seen {
            oracle,
            change: |_: &[N], gradient: &mut [N]| {
                unclipped.copy_from_slice(gradient);
                *length = euclidean(gradient);
                *kept = self.share(*length);
                for part in gradient {
                    *part *= *kept;
                }
            },
        };
        step_wrapped(&mut **inner, at, t, &mut seen, probe, OWN_NOTES);
        // The rule inside has gone through the coordinates.
        probe.coordinate(0);
        probe.note(LENGTH, *length);
        probe.note(KEPT, *kept);
        for (index, slope) in unclipped.iter().enumerate() {
            probe.coordinate(index);
            probe.note(UNCLIPPED, *slope);
        }
    }

    fn inner<N: Real>(state: &mut State<N>) -> Option<&mut dyn Run<N>> {
        Some(&mut *state.inner)
    }
}

impl<I> ClipByGlobalNorm<I> {
    /// min(1, c/(‖∇f‖ + ε)); a length that is no number leaves the gradient as it is.
    fn share<N: Real>(&self, length: N) -> N {
        let guarded = length + self.epsilon;
        if guarded > self.limit {
            N::from(self.limit) / guarded
        } else {
            N::ONE
        }
    }
}
