//! The method of conjugate gradients for any surface.

use serde::{Deserialize, Serialize};

use super::line_search::{self, LineSearch, Ray, dot};
use super::{
    About, Block, ByHand, Claim, Defaults, Described, Family, Field, History, Kin, Note, NoteRole,
    NoteShape, Optimizer, Oracle, Outcome, Parent, Probe, Queries, Real, Role, Trial, Valid,
    fields, forms, notes,
};
use crate::optimizer::rule::{ASKED, GRADIENT};

forms! {
    /// How much of the last direction is kept.
    ConjugateBeta {
        /// β = g·g / ĝ·ĝ, where ĝ is the gradient before.
        FletcherReeves,
        /// β = max(0, g·(g − ĝ) / ĝ·ĝ), which forgets the direction where a step was short.
        PolakRibierePlus,
    }
}

notes! {
    SHARE: Note::written(
        "b",
        [r"\beta", "β"],
        "share of the last direction",
        NoteRole::Other(Family::Memory),
        NoteShape::Scalar,
    ),
    LENGTH: line_search::LENGTH,
    SHRINKS: line_search::SHRINKS,
    DIRECTION: line_search::DIRECTION,
    FROM_MEMORY: Note::FROM_MEMORY,
    FROM_GRADIENT: Note::FROM_GRADIENT,
}

/// p ← −g + βp; a = η τʲ, the first that lowers the loss enough; θ ← θ + a p.
///
/// Fletcher & Reeves, *Function minimization by conjugate gradients*, 1964; Polak & Ribière, 1969, with
/// β not below 0 (Powell 1984; Nocedal & Wright, *Numerical optimization*, 2006, section 5.2). p is −g in
/// the first step, where −g + βp would not descend, and every `restart_every` steps, unless that is 0. It
/// needs the loss as well as the gradient, over the same rows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ConjugateGradient {
    /// η, the first step length of every search.
    pub learning_rate: f64,
    /// How much of the last direction is kept.
    pub beta: ConjugateBeta,
    /// After how many steps the direction is forgotten; 0: never.
    pub restart_every: f64,
    /// The share of the promised decrease that is enough.
    pub sufficient_decrease: f64,
    /// The factor of a step that is not accepted.
    pub shrink: f64,
    /// How often a step may shrink.
    pub max_shrinks: f64,
}

const PUBLISHED: ConjugateGradient = ConjugateGradient {
    learning_rate: 1.0,
    beta: ConjugateBeta::PolakRibierePlus,
    restart_every: 0.0,
    sufficient_decrease: line_search::SUFFICIENT_DECREASE,
    shrink: line_search::SHRINK,
    max_shrinks: line_search::MAX_SHRINKS,
};

impl Described for ConjugateGradient {
    const ABOUT: About = About {
        name: "ConjugateGradient",
        title: "Conjugate gradient",
        source: "R. Fletcher, C. M. Reeves, The Computer Journal 7(2), 1964; E. Polak, G. Ribière, \
                 1969",
        idea: "Uses more than a gradient: it keeps a share of the last direction that follows from \
               the gradients, and asks for the loss to find out how far to go.",
        hue: 4,
    };

    const HISTORY: Option<History> = Some(History {
        year: 1964,
        kin: Kin::SecondOrder,
        parents: &[Parent::of("GradientDescent", "conjugate directions")],
        good_for: Claim::trial(
            "A long valley: the second direction does not spoil the first.",
            Trial::on("LongValley", [-4.0, 1.0], 100),
        ),
        fails_when: Claim::trial(
            "Many bumps: it ends in the nearest of them.",
            Trial::on("Rastrigin", [-2.2, 3.9], 200).ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-3, 10.0], |rule| &mut rule.learning_rate),
        Field::<Self>::choice(
            "beta",
            "β",
            Role::Other,
            ConjugateBeta::NAMES,
            "How much of the last direction is kept; Polak and Ribière's share forgets more often.",
            |rule| &mut rule.beta,
        )
        .called("share β"),
        Field::<Self>::number(
            "restart_every",
            "restart",
            Role::Other,
            Valid::Whole,
            [0.0, 50.0],
            "Every so often, in steps, the direction is the gradient alone; 0: never.",
            |rule| &mut rule.restart_every,
        )
        .called("restart every"),
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
        let (share, text) = match self.beta {
            ConjugateBeta::FletcherReeves => (
                r"<b> = <g>^\top <g> / \hat{g}^\top \hat{g}",
                "β = g·g / ĝ·ĝ; p ← −g + βp; a = η, shrunk by τ until f(θ + ap) ≤ f(θ) + c₁a g·p; \
                 θ ← θ + ap",
            ),
            ConjugateBeta::PolakRibierePlus => (
                r"<b> = \max(0, <g>^\top (<g> - \hat{g}) / \hat{g}^\top \hat{g})",
                "β = max(0, g·(g − ĝ) / ĝ·ĝ); p ← −g + βp; a = η, shrunk by τ until f(θ + ap) ≤ \
                 f(θ) + c₁a g·p; θ ← θ + ap",
            ),
        };
        Some(ByHand {
            latex: vec![
                share,
                r"<p> \leftarrow -<g> + <b> <p>",
                line_search::FROM_RATE,
                line_search::STEP,
            ],
            text,
        })
    }
}

/// The last gradient and direction, and space for the next.
#[derive(Clone, Debug)]
pub struct State<N> {
    gradient: Vec<N>,
    before: Vec<N>,
    direction: Vec<N>,
    kept: Vec<N>,
    trial: Vec<N>,
}

impl Optimizer for ConjugateGradient {
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
            before: zeros.clone(),
            direction: zeros.clone(),
            kept: zeros.clone(),
            trial: zeros,
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
        std::mem::swap(&mut state.gradient, &mut state.before);
        oracle.gradient(at, &mut state.gradient);
        let share = self.turn(state, t);
        let ray = Ray {
            from: at,
            direction: &state.direction,
            slope: dot(&state.gradient, &state.direction),
            first: N::from(self.learning_rate),
        };
        let found = self.search().along(ray, oracle, &mut state.trial);
        probe.note(SHARE, share);
        probe.note(LENGTH, found.length);
        probe.note(SHRINKS, N::from(f64::from(found.shrinks)));
        for (index, position) in at.iter_mut().enumerate() {
            let gradient = state.gradient[index];
            probe.coordinate(index);
            probe.note(ASKED, *position);
            probe.note(GRADIENT, gradient);
            probe.note(DIRECTION, state.direction[index]);
            probe.note(FROM_MEMORY, found.length * state.kept[index]);
            probe.note(FROM_GRADIENT, -(found.length * gradient));
            *position += found.length * state.direction[index];
        }
    }
}

impl ConjugateGradient {
    /// Finds the next direction, and returns β.
    fn turn<N: Real>(&self, state: &mut State<N>, t: u64) -> N {
        let State {
            gradient,
            before,
            direction,
            kept,
            ..
        } = state;
        let square = dot(before, before);
        let share = match self.beta {
            ConjugateBeta::FletcherReeves => dot(gradient, gradient) / square,
            ConjugateBeta::PolakRibierePlus => {
                let change = gradient.iter().zip(&*before);
                let change: N = change.map(|(&now, &then)| now * (now - then)).sum();
                let share = change / square;
                // Not `max`, which would turn NaN into 0.
                if share < 0.0 { N::ZERO } else { share }
            }
        };
        let parts = kept.iter_mut().zip(&mut *direction).zip(&*gradient);
        for ((kept, direction), &slope) in parts {
            *kept = share * *direction;
            *direction = *kept - slope;
        }
        let descends = dot(gradient, direction) < 0.0;
        if t > 1 && !self.is_restart(t) && descends {
            return share;
        }
        for ((kept, direction), &slope) in kept.iter_mut().zip(direction).zip(&*gradient) {
            *kept = N::ZERO;
            *direction = -slope;
        }
        N::ZERO
    }

    /// Whether step t is one that forgets the last direction.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number, 0 or more; an edit can set no other"
    )]
    const fn is_restart(&self, t: u64) -> bool {
        let every = self.restart_every as u64;
        every > 0 && (t - 1).is_multiple_of(every)
    }

    const fn search(&self) -> LineSearch {
        LineSearch {
            sufficient_decrease: self.sufficient_decrease,
            shrink: self.shrink,
            max_shrinks: self.max_shrinks,
        }
    }
}
