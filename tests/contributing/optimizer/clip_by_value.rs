//! Clipping by value: no part of the gradient is larger than a limit.

use serde::{Deserialize, Serialize};

use super::{
    About, Block, ByHand, Defaults, Described, Family, Field, Inner, Note, NoteId, NoteRole,
    NoteShape, Optimizer, Oracle, Probe, Queries, Real, Role, Rule, Run, Valid, step_wrapped,
};

/// The inner rule is given the gradient with each of its parts clamped to ±c.
///
/// Mikolov, *Statistical language models based on neural networks*, 2012, section 3.2.2.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClipByValue<I> {
    /// c
    pub limit: f64,
    /// The rule whose gradient is clipped.
    pub inner: I,
}

const NOTES: &[Note] = &[Note::written(
    "unclipped",
    [r"\nabla f", "∇f"],
    "gradient before clipping",
    NoteRole::Other(Family::Gradient),
    NoteShape::Coordinate,
)];
const UNCLIPPED: NoteId = 0;
/// How many they are.
const OWN_NOTES: NoteId = 1;

impl<I: Inner> Described for ClipByValue<I> {
    const ABOUT: About = About {
        name: "ClipByValue",
        title: "Clipping by value",
        source: "T. Mikolov, Brno University of Technology, 2012",
        idea: "A cliff may be as steep as it likes: the rule never sees more than the limit.",
        hue: 0,
    };

    const FIELDS: &'static [Field<Self>] = &[Field::<Self>::number(
        "limit",
        "c",
        Role::Other,
        Valid::Positive,
        [1e-3, 1e3],
        "The largest that a part of the gradient may be.",
        |rule| &mut rule.limit,
    )
    .called("limit c")];

    fn defaults() -> Defaults<Self> {
        Defaults::only_published(Self {
            limit: 1.0,
            inner: I::standard(),
        })
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn by_hand(&self, _t: u64) -> Option<ByHand> {
        Some(ByHand {
            latex: vec![
                r"\min(\max(<unclipped>, -<limit>), <limit>) \text{ is what the rule sees}",
            ],
            text: "g ← min(max(∇f, −c), c), then the inner rule",
        })
    }

    fn inner(&self) -> Option<&dyn Rule> {
        Some(self.inner.rule())
    }

    fn inner_mut(&mut self) -> Option<&mut dyn Rule> {
        Some(self.inner.rule_mut())
    }
}

/// The gradient before clipping, and the wrapped rule on its way.
#[derive(Clone)]
pub struct State<N: Real> {
    unclipped: Vec<N>,
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
            inner: self.inner.begin(at, blocks),
        }
    }

    fn step<N: Real, P: Probe>(
        &self,
        at: &mut [N],
        State { unclipped, inner }: &mut State<N>,
        t: u64,
        oracle: &mut dyn Oracle<N>,
        probe: &mut P,
    ) {
        let mut clipped = Clipped {
            limit: self.limit,
            oracle,
            unclipped,
        };
        step_wrapped(&mut **inner, at, t, &mut clipped, probe, OWN_NOTES);
        for (index, slope) in unclipped.iter().enumerate() {
            probe.coordinate(index);
            probe.note(UNCLIPPED, *slope);
        }
    }

    fn inner<N: Real>(state: &mut State<N>) -> Option<&mut dyn Run<N>> {
        Some(&mut *state.inner)
    }
}

/// Answers with clipped gradients, and keeps the last one as it was.
struct Clipped<'a, N: Real> {
    limit: f64,
    oracle: &'a mut dyn Oracle<N>,
    unclipped: &'a mut [N],
}

impl<N: Real> Oracle<N> for Clipped<'_, N> {
    fn gradient(&mut self, at: &[N], gradient: &mut [N]) {
        self.oracle.gradient(at, gradient);
        self.unclipped.copy_from_slice(gradient);
        for part in gradient {
            *part = part.max(N::from(-self.limit)).min(N::from(self.limit));
        }
    }

    fn value(&mut self, at: &[N]) -> N {
        self.oracle.value(at)
    }

    fn hessian(&mut self, at: &[N], hessian: &mut [N]) {
        self.oracle.hessian(at, hessian);
    }

    fn hessian_diagonal(&mut self, at: &[N], diagonal: &mut [N]) {
        self.oracle.hessian_diagonal(at, diagonal);
    }
}
