//! BFGS: learns the inverse Hessian from its own steps.

use serde::{Deserialize, Serialize};

use super::line_search::{self, LineSearch, Ray, dot};
use super::secant::{self, Last, Pair};
use super::{
    About, Block, ByHand, Claim, Defaults, Described, Family, Field, History, Kin, Note, NoteRole,
    NoteShape, Optimizer, Oracle, Outcome, Parent, Probe, Queries, Real, Trial, fields, notes,
};
use crate::optimizer::rule::{ASKED, Capacity, GRADIENT};
use crate::real::length;

notes! {
    INVERSE: Note::written(
        "H",
        ["H", "H"],
        "inverse curvature, diagonal",
        NoteRole::Other(Family::Squares),
        NoteShape::Coordinate,
    ),
    LENGTH: line_search::LENGTH,
    SHRINKS: line_search::SHRINKS,
    DIRECTION: line_search::DIRECTION,
    FROM_GRADIENT: Note::FROM_GRADIENT,
}

/// H ← (I − s yᵀ/sᵀy) H (I − y sᵀ/sᵀy) + s sᵀ/sᵀy; p = −H g; a = η τʲ, the first that lowers the
/// loss enough; θ ← θ + a p.
///
/// Broyden 1970, Fletcher 1970, Goldfarb 1970, Shanno 1970; Nocedal & Wright, *Numerical optimization*,
/// 2006, algorithm 6.1 and eq. 6.20. s and y are the last step and the change of the gradient along it.
/// Before the first pair there is no H: p = −g, and the search begins at η min(1, 1/‖g‖), so that the
/// first step is no longer than η. H begins as sᵀy/yᵀy I. Where p would not descend, H is dropped. It needs the loss as
/// well as the gradient, over the same rows, and keeps n × n numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Bfgs {
    /// η, the first step length of every search.
    pub learning_rate: f64,
    /// The curvature from which on a step is learnt from.
    pub curvature_limit: f64,
    /// The share of the promised decrease that is enough.
    pub sufficient_decrease: f64,
    /// The factor of a step that is not accepted.
    pub shrink: f64,
    /// How often a step may shrink.
    pub max_shrinks: f64,
}

const PUBLISHED: Bfgs = Bfgs {
    learning_rate: 1.0,
    curvature_limit: secant::CURVATURE_LIMIT,
    sufficient_decrease: line_search::SUFFICIENT_DECREASE,
    shrink: line_search::SHRINK,
    max_shrinks: line_search::MAX_SHRINKS,
};

impl Described for Bfgs {
    const ABOUT: About = About {
        name: "Bfgs",
        title: "BFGS",
        source: "C. G. Broyden; R. Fletcher; D. Goldfarb; D. F. Shanno, 1970",
        idea: "Uses more than a gradient: it learns the curvature from how the gradient changes along \
               its steps, and asks for the loss to find out how far to go.",
        hue: 5,
    };

    const HISTORY: Option<History> = Some(History {
        year: 1970,
        kin: Kin::SecondOrder,
        parents: &[Parent::of("Newton", "Hessian by steps")],
        good_for: Claim::trial(
            "A bent valley: it learns the curvature from the gradients on its way.",
            Trial::on("Rosenbrock", [-1.2, 1.0], 100),
        ),
        fails_when: Claim::trial(
            "Many bumps: it ends in the nearest of them.",
            Trial::on("Rastrigin", [-4.3, 3.4], 200).ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-3, 2.0], |rule| &mut rule.learning_rate),
        secant::curvature_limit(|rule| &mut rule.curvature_limit),
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

    fn remark(&self) -> Option<&'static str> {
        Some(line_search::NOT_FOR_NOISE)
    }

    fn by_hand(&self, _t: u64) -> Option<ByHand> {
        Some(ByHand {
            latex: vec![
                secant::LEARNT,
                r"<H> \leftarrow \left(I - s y^\top / s^\top y\right) <H> \left(I - y s^\top / s^\top y\right) + s s^\top / s^\top y",
                r"<p> = -<H> <g>",
                line_search::FROM_RATE,
                line_search::FROM_LENGTH,
                line_search::STEP,
            ],
            text: "H ← that of BFGS from H, s = θ − θ̂ and y = g − ĝ; p = −Hg; a = η, shrunk by τ until \
                   f(θ + ap) ≤ f(θ) + c₁a g·p; θ ← θ + ap",
        })
    }
}

/// H, what the last step began with, and space for a gradient, a direction and a point.
#[derive(Clone, Debug)]
pub struct State<N> {
    /// Row by row; empty if there is none.
    inverse: Vec<N>,
    last: Last<N>,
    gradient: Vec<N>,
    direction: Vec<N>,
    trial: Vec<N>,
}

impl Optimizer for Bfgs {
    type State<N: Real> = State<N>;

    fn needs(&self) -> Queries {
        Queries {
            value: true,
            ..Queries::GRADIENT
        }
    }

    fn capacity(&self) -> Option<Capacity> {
        Some(Capacity {
            most: 1_000,
            why: "keeps a square matrix with a row for each",
        })
    }

    fn begin<N: Real>(&self, at: &[N], _blocks: &[Block]) -> State<N> {
        let zeros = vec![N::ZERO; at.len()];
        State {
            inverse: Vec::new(),
            last: Last::NONE,
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
        oracle.gradient(at, &mut state.gradient);
        let State {
            inverse,
            last,
            gradient,
            direction,
            trial,
        } = state;
        if let Some(pair) = last.pair(at, gradient, self.curvature_limit) {
            learn(inverse, &pair);
        }
        let first = self.aim(inverse, gradient, direction);
        let ray = Ray {
            from: at,
            direction,
            slope: dot(gradient, direction),
            first,
        };
        let found = self.search().along(ray, oracle, trial);
        probe.note(LENGTH, found.length);
        probe.note(SHRINKS, N::from(f64::from(found.shrinks)));
        for (index, (position, &direction)) in at.iter_mut().zip(&*direction).enumerate() {
            let step = found.length * direction;
            let along = inverse.get(index * (gradient.len() + 1));
            probe.coordinate(index);
            probe.note(ASKED, *position);
            probe.note(GRADIENT, gradient[index]);
            probe.note(INVERSE, along.copied().unwrap_or(N::ONE));
            probe.note(DIRECTION, direction);
            probe.note(FROM_GRADIENT, step);
            *position += step;
        }
    }
}

impl Bfgs {
    /// Finds the direction, and returns the first length of the search along it.
    fn aim<N: Real>(&self, inverse: &mut Vec<N>, gradient: &[N], direction: &mut [N]) -> N {
        let rate = N::from(self.learning_rate);
        for (direction, row) in direction
            .iter_mut()
            .zip(inverse.chunks(gradient.len().max(1)))
        {
            *direction = -dot(row, gradient);
        }
        if !inverse.is_empty() && dot(gradient, direction) < 0.0 {
            return rate;
        }
        inverse.clear();
        for (direction, &slope) in direction.iter_mut().zip(gradient) {
            *direction = -slope;
        }
        no_longer_than(rate, gradient)
    }

    const fn search(&self) -> LineSearch {
        LineSearch {
            sufficient_decrease: self.sufficient_decrease,
            shrink: self.shrink,
            max_shrinks: self.max_shrinks,
        }
    }
}

/// η min(1, 1/‖g‖)
pub(super) fn no_longer_than<N: Real>(rate: N, gradient: &[N]) -> N {
    let length = length(gradient);
    if length > 1.0 { rate / length } else { rate }
}

/// Changes H so that H y = s, and as little as possible otherwise.
fn learn<N: Real>(inverse: &mut Vec<N>, pair: &Pair<N>) {
    let Pair {
        step,
        change,
        product,
    } = pair;
    let n = step.len();
    if inverse.is_empty() {
        inverse.resize(n * n, N::ZERO);
        let scale = pair.scale();
        for diagonal in inverse.iter_mut().step_by(n + 1) {
            *diagonal = scale;
        }
    }
    // With u = H y, this is H − (s uᵀ + u sᵀ)/sᵀy + (1 + yᵀu/sᵀy) s sᵀ/sᵀy.
    let image: Vec<N> = inverse.chunks(n).map(|row| dot(row, change)).collect();
    let stretch = (dot(change, &image) / *product + 1.0) / *product;
    for ((row, &s), &u) in inverse.chunks_mut(n).zip(step).zip(&image) {
        for ((entry, &other_s), &other_u) in row.iter_mut().zip(step).zip(&image) {
            *entry += stretch * s * other_s - (s * other_u + u * other_s) / *product;
        }
    }
}
