//! Normalized gradients: the rule inside only learns where the slope leads.

use serde::{Deserialize, Serialize};

use super::{
    About, Block, ByHand, Claim, Defaults, Described, Family, Field, History, Inner, Kin, Note,
    NoteId, NoteRole, NoteShape, Optimizer, Oracle, Outcome, Parent, Probe, Queries, Real, Role,
    Rule, Run, Trial, Valid, step_wrapped,
};

/// The inner rule is given ∇f/(‖∇f‖ + ε).
///
/// Hazan, Levy & Shalev-Shwartz, *Beyond convexity: stochastic quasi-convex optimization*, 2015,
/// algorithm 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Normalized<I> {
    /// ε
    pub epsilon: f64,
    /// The rule that sees the direction.
    pub inner: I,
}

const NOTES: &[Note] = &[Note::written(
    "slope",
    [r"\nabla f", "∇f"],
    "gradient before scaling",
    NoteRole::Other(Family::Gradient),
    NoteShape::Coordinate,
)];
const SLOPE: NoteId = 0;
/// How many they are.
const OWN_NOTES: NoteId = 1;

impl<I: Inner> Described for Normalized<I> {
    const ABOUT: About = About {
        name: "Normalized",
        title: "Normalized gradient",
        source: "E. Hazan, K. Y. Levy, S. Shalev-Shwartz, NeurIPS 2015",
        idea: "On a plateau and on a cliff alike, the rule sees a slope of the same length.",
        hue: 0,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2015,
        kin: Kin::Wrappers,
        parents: &[Parent::of("GradientDescent", "length 1")],
        good_for: Claim::trial(
            "A cliff: the slope has the same length there as anywhere else.",
            Trial::on("Booth", [-8.0, 8.0], 600).with(&[("inner.learning_rate", 0.1)]),
        ),
        fails_when: Claim::trial(
            "A low rate: no slope is steep enough to make the steps longer.",
            Trial::on("LongValley", [-4.0, 1.0], 50)
                .with(&[("inner.learning_rate", 0.001)])
                .ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[Field::<Self>::number(
        "epsilon",
        "ε",
        Role::Guard,
        Valid::Positive,
        [1e-12, 1.0],
        "Added to the length of the gradient, which is 0 in a minimum.",
        |rule| &mut rule.epsilon,
    )];

    fn defaults() -> Defaults<Self> {
        Defaults::only_published(Self {
            epsilon: 1e-8,
            inner: I::standard(),
        })
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn by_hand(&self, _t: u64) -> Option<ByHand> {
        Some(ByHand {
            latex: vec![
                r"g = <slope> / (\|<slope>\| + <epsilon>)",
                r"<theta> \leftarrow \text{step}(<theta>, g)",
            ],
            text: "g = ∇f/(‖∇f‖ + ε), which the inner rule sees",
        })
    }

    fn inner(&self) -> Option<&dyn Rule> {
        Some(self.inner.rule())
    }

    fn inner_mut(&mut self) -> Option<&mut dyn Rule> {
        Some(self.inner.rule_mut())
    }
}

/// The gradient before scaling, and the wrapped rule on its way.
#[derive(Clone)]
pub struct State<N: Real> {
    slope: Vec<N>,
    inner: Box<dyn Run<N>>,
}

impl<I: Inner> Optimizer for Normalized<I> {
    type State<N: Real> = State<N>;

    fn needs(&self) -> Queries {
        self.inner.needs()
    }

    fn begin<N: Real>(&self, at: &[N], blocks: &[Block]) -> State<N> {
        State {
            slope: vec![N::ZERO; at.len()],
            inner: self.inner.begin(at, blocks),
        }
    }

    fn step<N: Real, P: Probe>(
        &self,
        at: &mut [N],
        State { slope, inner }: &mut State<N>,
        t: u64,
        oracle: &mut dyn Oracle<N>,
        probe: &mut P,
    ) {
        let mut scaled = Scaled {
            epsilon: self.epsilon,
            oracle,
            slope,
        };
        step_wrapped(&mut **inner, at, t, &mut scaled, probe, OWN_NOTES);
        for (index, slope) in slope.iter().enumerate() {
            probe.coordinate(index);
            probe.note(SLOPE, *slope);
        }
    }

    fn inner<N: Real>(state: &mut State<N>) -> Option<&mut dyn Run<N>> {
        Some(&mut *state.inner)
    }
}

/// Answers with scaled gradients, and keeps the last one as it was.
struct Scaled<'a, N: Real> {
    epsilon: f64,
    oracle: &'a mut dyn Oracle<N>,
    slope: &'a mut [N],
}

impl<N: Real> Oracle<N> for Scaled<'_, N> {
    fn gradient(&mut self, at: &[N], gradient: &mut [N]) {
        self.oracle.gradient(at, gradient);
        self.slope.copy_from_slice(gradient);
        let square: N = gradient.iter().map(|&part| part * part).sum();
        let length = square.sqrt() + self.epsilon;
        for part in gradient {
            *part /= length;
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
