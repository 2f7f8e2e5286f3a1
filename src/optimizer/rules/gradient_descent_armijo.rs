//! Gradient descent with a line search.

use serde::{Deserialize, Serialize};

use super::line_search::{self, LineSearch, Ray, dot};
use super::{
    About, Block, ByHand, Claim, Defaults, Described, Field, History, Kin, Note, Optimizer, Oracle,
    Outcome, Parent, Probe, Queries, Real, Trial, fields, notes,
};
use crate::optimizer::rule::{ASKED, GRADIENT};

notes! {
    LENGTH: line_search::LENGTH,
    SHRINKS: line_search::SHRINKS,
    DIRECTION: line_search::DIRECTION,
    FROM_GRADIENT: Note::FROM_GRADIENT,
}

/// p = −g; a = η τʲ, the first that lowers the loss enough; θ ← θ + a p.
///
/// Armijo, *Minimization of functions having Lipschitz continuous first partial derivatives*, 1966. It
/// needs the loss as well as the gradient, over the same rows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct GradientDescentArmijo {
    /// η, the first step length of every search.
    pub learning_rate: f64,
    /// The share of the promised decrease that is enough.
    pub sufficient_decrease: f64,
    /// The factor of a step that is not accepted.
    pub shrink: f64,
    /// How often a step may shrink.
    pub max_shrinks: f64,
}

const PUBLISHED: GradientDescentArmijo = GradientDescentArmijo {
    learning_rate: 1.0,
    sufficient_decrease: line_search::SUFFICIENT_DECREASE,
    shrink: line_search::SHRINK,
    max_shrinks: line_search::MAX_SHRINKS,
};

impl Described for GradientDescentArmijo {
    const ABOUT: About = About {
        name: "GradientDescentArmijo",
        title: "Line search",
        source: "L. Armijo, Pacific Journal of Mathematics 16(1), 1966",
        idea: "Uses more than a gradient: it goes straight downhill, and asks for the loss to find \
               out how far.",
        hue: 1,
    };

    const HISTORY: Option<History> = Some(History {
        year: 1966,
        kin: Kin::SecondOrder,
        parents: &[Parent::of("GradientDescent", "search the line")],
        good_for: Claim::trial(
            "No rate to find: a step is halved until the loss falls enough.",
            Trial::on("Booth", [-8.0, 8.0], 300),
        ),
        fails_when: Claim::trial(
            "A bent valley: short steps from wall to wall.",
            Trial::on("Rosenbrock", [-1.2, 1.0], 100).ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-3, 10.0], |rule| &mut rule.learning_rate),
        line_search::sufficient_decrease(|rule| &mut rule.sufficient_decrease),
        line_search::shrink(|rule| &mut rule.shrink),
        line_search::max_shrinks(|rule| &mut rule.max_shrinks),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults::only_published(PUBLISHED)
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn conflict(&self) -> Option<&'static str> {
        LineSearch::conflict(self.max_shrinks)
    }

    fn by_hand(&self, _t: u64) -> Option<ByHand> {
        Some(ByHand {
            latex: vec![r"<p> = -<g>", line_search::FROM_RATE, line_search::STEP],
            text: "p = −g; a = η, shrunk by τ until f(θ + ap) ≤ f(θ) + c₁a g·p; θ ← θ + ap",
        })
    }
}

/// Space for a gradient, a direction and a point.
#[derive(Clone, Debug)]
pub struct State<N> {
    gradient: Vec<N>,
    direction: Vec<N>,
    trial: Vec<N>,
}

impl Optimizer for GradientDescentArmijo {
    type State<N: Real> = State<N>;

    fn needs(&self) -> Queries {
        Queries {
            value: true,
            ..Queries::GRADIENT
        }
    }

    fn begin<N: Real>(&self, at: &[N], _blocks: &[Block]) -> State<N> {
        let zeros = vec![N::ZERO; at.len()];
        State {
            gradient: zeros.clone(),
            direction: zeros.clone(),
            trial: zeros,
        }
    }

    fn step<N: Real, P: Probe>(
        &self,
        at: &mut [N],
        state: &mut State<N>,
        _t: u64,
        oracle: &mut dyn Oracle<N>,
        probe: &mut P,
    ) {
        let State {
            gradient,
            direction,
            trial,
        } = state;
        oracle.gradient(at, gradient);
        for (direction, &slope) in direction.iter_mut().zip(&*gradient) {
            *direction = -slope;
        }
        let ray = Ray {
            from: at,
            direction,
            slope: dot(gradient, direction),
            first: N::from(self.learning_rate),
        };
        let found = self.search().along(ray, oracle, trial);
        probe.note(LENGTH, found.length);
        probe.note(SHRINKS, N::from(f64::from(found.shrinks)));
        for (index, (position, &direction)) in at.iter_mut().zip(&*direction).enumerate() {
            let step = found.length * direction;
            probe.coordinate(index);
            probe.note(ASKED, *position);
            probe.note(GRADIENT, gradient[index]);
            probe.note(DIRECTION, direction);
            probe.note(FROM_GRADIENT, step);
            *position += step;
        }
    }
}

impl GradientDescentArmijo {
    const fn search(&self) -> LineSearch {
        LineSearch {
            sufficient_decrease: self.sufficient_decrease,
            shrink: self.shrink,
            max_shrinks: self.max_shrinks,
        }
    }
}
