//! L-BFGS: BFGS with a short memory instead of a matrix.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::bfgs::no_longer_than;
use super::line_search::{self, LineSearch, Ray, dot};
use super::secant::{self, Last, Pair};
use super::{
    About, Block, ByHand, Claim, Defaults, Described, Family, Field, History, Kin, Note, NoteRole,
    NoteShape, Optimizer, Oracle, Outcome, Parent, Probe, Queries, Real, Role, Trial, Valid,
    fields, notes,
};
use crate::optimizer::rule::{ASKED, GRADIENT};

notes! {
    PAIRS: Note::written(
        "k",
        ["k", "k"],
        "pairs remembered",
        NoteRole::Other(Family::Memory),
        NoteShape::Scalar,
    ),
    SCALE: Note::written(
        "scale",
        [r"\gamma", "γ"],
        "inverse curvature along the last step",
        NoteRole::Other(Family::Squares),
        NoteShape::Scalar,
    ),
    LENGTH: line_search::LENGTH,
    SHRINKS: line_search::SHRINKS,
    DIRECTION: line_search::DIRECTION,
    FROM_GRADIENT: Note::FROM_GRADIENT,
}

/// p = −H g, where H is made from the last m pairs s, y by the update of BFGS, beginning with
/// γI, γ = sᵀy/yᵀy of the newest; a = η τʲ, the first that lowers the loss enough; θ ← θ + a p.
///
/// Nocedal, *Updating quasi-Newton matrices with limited storage*, 1980; Nocedal & Wright, *Numerical
/// optimization*, 2006, algorithms 7.4 and 7.5. Without a pair, p = −g, and the search begins at
/// η min(1, 1/‖g‖). A p that would not descend drops all pairs. It needs the loss as well as the gradient, over the
/// same rows, and keeps 2m n numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LBfgs {
    /// η, the first step length of every search.
    pub learning_rate: f64,
    /// m
    pub memory: f64,
    /// The curvature from which on a step is learnt from.
    pub curvature_limit: f64,
    /// The share of the promised decrease that is enough.
    pub sufficient_decrease: f64,
    /// The factor of a step that is not accepted.
    pub shrink: f64,
    /// How often a step may shrink.
    pub max_shrinks: f64,
}

const PUBLISHED: LBfgs = LBfgs {
    learning_rate: 1.0,
    memory: 5.0,
    curvature_limit: secant::CURVATURE_LIMIT,
    sufficient_decrease: line_search::SUFFICIENT_DECREASE,
    shrink: line_search::SHRINK,
    max_shrinks: line_search::MAX_SHRINKS,
};

impl LBfgs {
    /// The most pairs that are kept.
    const MOST_PAIRS: usize = 100;
}

impl Described for LBfgs {
    const ABOUT: About = About {
        name: "LBfgs",
        title: "L-BFGS",
        source: "J. Nocedal, Mathematics of Computation 35(151), 1980",
        idea: "Uses more than a gradient: BFGS that remembers its last few steps instead of a matrix, \
               and so fits networks.",
        hue: 7,
    };

    const HISTORY: Option<History> = Some(History {
        year: 1980,
        kin: Kin::SecondOrder,
        parents: &[Parent::of("Bfgs", "short memory")],
        good_for: Claim::trial(
            "A bent valley, with a few pairs of steps in place of a matrix.",
            Trial::on("Rosenbrock", [-1.2, 1.0], 100),
        ),
        fails_when: Claim::trial(
            "Many bumps: it ends in the nearest of them.",
            Trial::on("Rastrigin", [-4.3, 3.4], 200).ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-3, 2.0], |rule| &mut rule.learning_rate),
        Field::<Self>::number(
            "memory",
            "m",
            Role::Other,
            Valid::Count,
            [1.0, 20.0],
            "How many of the last steps teach the curvature.",
            |rule| &mut rule.memory,
        )
        .called("memory m"),
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
        if self.memory > 100.0 {
            return Some("L-BFGS remembers at most 100 steps; lower its memory");
        }
        LineSearch::conflict(self.max_shrinks)
    }

    fn remark(&self) -> Option<&'static str> {
        Some(line_search::NOT_FOR_NOISE)
    }

    fn by_hand(&self, _t: u64) -> Option<ByHand> {
        Some(ByHand {
            latex: vec![
                secant::LEARNT,
                r"H = \text{BFGS of the last } <memory> \text{ pairs, from } <scale> I",
                r"<scale> = s^\top y / y^\top y, \quad <p> = -H <g>",
                line_search::FROM_RATE,
                line_search::FROM_LENGTH,
                line_search::STEP,
            ],
            text: "p = −Hg, H of BFGS from the last m steps; a = η, shrunk by τ until f(θ + ap) ≤ f(θ) \
                   + c₁a g·p; θ ← θ + ap",
        })
    }
}

/// The pairs, the oldest first, what the last step began with, and space for a gradient, a direction
/// and a point.
#[derive(Clone, Debug)]
pub struct State<N> {
    pairs: VecDeque<Pair<N>>,
    last: Last<N>,
    gradient: Vec<N>,
    direction: Vec<N>,
    trial: Vec<N>,
}

impl Optimizer for LBfgs {
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
            pairs: VecDeque::new(),
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
        let State {
            pairs,
            last,
            gradient,
            direction,
            trial,
        } = state;
        oracle.gradient(at, gradient);
        pairs.extend(last.pair(at, gradient, self.curvature_limit));
        while pairs.len() > self.most() {
            pairs.pop_front();
        }
        let first = self.aim(pairs, gradient, direction);
        let ray = Ray {
            from: at,
            direction,
            slope: dot(gradient, direction),
            first,
        };
        let found = self.search().along(ray, oracle, trial);
        let count = u32::try_from(pairs.len()).unwrap_or(u32::MAX);
        probe.note(PAIRS, N::from(f64::from(count)));
        probe.note(SCALE, pairs.back().map_or(N::ONE, Pair::scale));
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

impl LBfgs {
    /// m as a number of pairs.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number, 1 or more; an edit can set no other"
    )]
    fn most(&self) -> usize {
        (self.memory as usize).clamp(1, Self::MOST_PAIRS)
    }

    /// Finds the direction, and returns the first length of the search along it.
    fn aim<N: Real>(
        &self,
        pairs: &mut VecDeque<Pair<N>>,
        gradient: &[N],
        direction: &mut [N],
    ) -> N {
        let rate = N::from(self.learning_rate);
        two_loops(pairs, gradient, direction);
        if !pairs.is_empty() && dot(gradient, direction) < 0.0 {
            return rate;
        }
        pairs.clear();
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

/// −H g by the two-loop recursion.
fn two_loops<N: Real>(pairs: &VecDeque<Pair<N>>, gradient: &[N], direction: &mut [N]) {
    for (direction, &slope) in direction.iter_mut().zip(gradient) {
        *direction = -slope;
    }
    let mut shares = Vec::with_capacity(pairs.len());
    for pair in pairs.iter().rev() {
        let share = dot(&pair.step, direction) / pair.product;
        for (direction, &change) in direction.iter_mut().zip(&pair.change) {
            *direction -= share * change;
        }
        shares.push(share);
    }
    if let Some(newest) = pairs.back() {
        let scale = newest.scale();
        for direction in &mut *direction {
            *direction = scale * *direction;
        }
    }
    for (pair, share) in pairs.iter().zip(shares.into_iter().rev()) {
        let excess = share - dot(&pair.change, direction) / pair.product;
        for (direction, &step) in direction.iter_mut().zip(&pair.step) {
            *direction += excess * step;
        }
    }
}
