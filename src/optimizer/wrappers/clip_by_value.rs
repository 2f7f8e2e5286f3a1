//! Clipping by value: no part of the gradient is larger than a limit.

use serde::{Deserialize, Serialize};

use super::seen::Seen;
use super::{
    About, Block, ByHand, Claim, Defaults, Described, Field, History, Inner, Kin, Note, NoteId,
    NoteShape, Optimizer, Oracle, Outcome, Parent, Probe, Queries, Real, Role, Rule, Run, Trial,
    Valid, step_wrapped,
};

/// The inner rule is given min(max(∂f, −c), c) for every part ∂f of the gradient.
///
/// Mikolov, *Statistical language models based on neural networks*, 2012, section 3.2.2; PyTorch's
/// `clip_grad_value_`, `optax.clip`, and `clipvalue` of Keras. Losses and Hessians pass unchanged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClipByValue<I> {
    /// c
    #[serde(default = "usual_limit")]
    pub limit: f64,
    /// The rule whose gradient is clipped.
    pub inner: I,
}

/// No library has a default.
const fn usual_limit() -> f64 {
    1.0
}

const NOTES: &[Note] = &[Note::UNCLIPPED, Note::kept(NoteShape::Coordinate)];
const UNCLIPPED: NoteId = 0;
const KEPT: NoteId = 1;
/// The number of the wrapper's own notes.
const OWN_NOTES: NoteId = 2;

impl<I: Inner> Described for ClipByValue<I> {
    const ABOUT: About = About {
        name: "ClipByValue",
        title: "Clipping by value",
        source: "T. Mikolov, PhD thesis, Brno University of Technology, 2012",
        idea: "However steep a cliff is, no part of the gradient that the rule inside sees is larger \
               than the limit; the direction may change.",
        hue: 2,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2012,
        kin: Kin::Wrappers,
        parents: &[Parent::of("GradientDescent", "a limit each")],
        good_for: Claim::trial(
            "A cliff: no part of the gradient is larger than the limit.",
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

    const FIELDS: &'static [Field<Self>] = &[Field::<Self>::number(
        "limit",
        "c",
        Role::Other,
        Valid::Positive,
        [1e-3, 1e3],
        "The largest size that a part of the gradient may have.",
        |rule| &mut rule.limit,
    )
    .called("limit c")];

    fn defaults() -> Defaults<Self> {
        let usual = Self {
            limit: usual_limit(),
            inner: I::standard(),
        };
        Defaults {
            pytorch: Some(usual.clone()),
            keras: Some(usual.clone()),
            optax: Some(usual.clone()),
            ..Defaults::only_published(usual)
        }
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn by_hand(&self, _t: u64) -> Option<ByHand> {
        Some(ByHand {
            latex: vec![
                r"g = \min(\max(<unclipped>, -<limit>), <limit>)",
                r"<theta> \leftarrow \text{step}(<theta>, g), \quad <kept> = g / <unclipped>",
            ],
            text: "g = min(max(∇f, −c), c), which the rule inside sees as its gradient",
        })
    }

    fn inner(&self) -> Option<&dyn Rule> {
        Some(self.inner.rule())
    }

    fn inner_mut(&mut self) -> Option<&mut dyn Rule> {
        Some(self.inner.rule_mut())
    }
}

/// The last gradient before clipping, how much of it is left, and the run of the rule inside.
#[derive(Clone)]
pub struct State<N: Real> {
    unclipped: Vec<N>,
    kept: Vec<N>,
    inner: Box<dyn Run<N>>,
}

impl<I: Inner> Optimizer for ClipByValue<I> {
    type State<N: Real> = State<N>;

    fn needs(&self) -> Queries {
        self.inner.needs()
    }

    fn begin<N: Real>(&self, at: &[N], blocks: &[Block]) -> State<N> {
        State {
            unclipped: vec![N::ZERO; at.len()],
            kept: vec![N::ONE; at.len()],
            inner: self.inner.begin(at, blocks),
        }
    }

    fn step<N: Real, P: Probe>(
        &self,
        at: &mut [N],
        State {
            unclipped,
            kept,
            inner,
        }: &mut State<N>,
        t: u64,
        oracle: &mut dyn Oracle<N>,
        probe: &mut P,
    ) {
        let limit = N::from(self.limit);
        let mut seen = Seen {
            oracle,
            change: |_: &[N], gradient: &mut [N]| {
                unclipped.copy_from_slice(gradient);
                for (part, kept) in gradient.iter_mut().zip(&mut *kept) {
                    *kept = clip(part, limit);
                }
            },
        };
        step_wrapped(&mut **inner, at, t, &mut seen, probe, OWN_NOTES);
        for (index, (slope, kept)) in unclipped.iter().zip(kept).enumerate() {
            probe.coordinate(index);
            probe.note(UNCLIPPED, *slope);
            probe.note(KEPT, *kept);
        }
    }

    fn inner<N: Real>(state: &mut State<N>) -> Option<&mut dyn Run<N>> {
        Some(&mut *state.inner)
    }
}

/// Clips a part of a gradient, and returns the share of it that is left. What is not a number stays
/// none.
fn clip<N: Real>(part: &mut N, limit: N) -> N {
    let size = part.abs();
    if size > limit {
        *part = limit * part.sign();
        limit / size
    } else {
        N::ONE
    }
}
