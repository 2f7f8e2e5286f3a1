//! The line search of the classical rules.

use super::{Family, Field, Note, NoteRole, NoteShape, Oracle, Real, Role, Valid};

/// Backtracking from a first step length a: a is multiplied by `shrink` until
/// f(θ + a p) ≤ f(θ) + `sufficient_decrease` · a gᵀp.
///
/// Armijo, *Minimization of functions having Lipschitz continuous first partial derivatives*, 1966;
/// Nocedal & Wright, *Numerical optimization*, 2006, algorithm 3.1.
#[derive(Clone, Copy, Debug)]
pub(super) struct LineSearch {
    pub sufficient_decrease: f64,
    pub shrink: f64,
    pub max_shrinks: f64,
}

/// Where a search begins and where it leads.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ray<'a, N> {
    /// θ
    pub from: &'a [N],
    /// p
    pub direction: &'a [N],
    /// gᵀp
    pub slope: N,
    /// The first a.
    pub first: N,
}

/// How a search has ended.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<N> {
    /// The accepted a; 0 if none was.
    pub length: N,
    /// How often it has shrunk.
    pub shrinks: u32,
}

impl LineSearch {
    /// How often a step may shrink at all: 0.5 to this power is below the smallest number.
    const MOST_SHRINKS: f64 = 1_100.0;

    /// Why these numbers cannot be searched with, if so.
    pub const fn conflict(max_shrinks: f64) -> Option<&'static str> {
        if max_shrinks > Self::MOST_SHRINKS {
            Some("a line search may shrink its step at most 1100 times; lower max_shrinks")
        } else {
            None
        }
    }

    /// Searches along the ray, and asks for the loss at its beginning and once for each length.
    pub fn along<N: Real>(
        self,
        ray: Ray<'_, N>,
        oracle: &mut dyn Oracle<N>,
        trial: &mut [N],
    ) -> Found<N> {
        let start = oracle.value(ray.from);
        let mut length = ray.first;
        let mut shrinks = 0;
        loop {
            let ways = ray.from.iter().zip(ray.direction);
            for (trial, (&from, &direction)) in trial.iter_mut().zip(ways) {
                *trial = from + length * direction;
            }
            let limit = start + length * self.sufficient_decrease * ray.slope;
            if oracle.value(trial) <= limit {
                return Found { length, shrinks };
            }
            // A step too short to change any coordinate will not be accepted when it is shorter.
            let goes_nowhere = *trial == *ray.from;
            if goes_nowhere || f64::from(shrinks) >= self.max_shrinks.min(Self::MOST_SHRINKS) {
                let length = N::ZERO;
                return Found { length, shrinks };
            }
            length *= self.shrink;
            shrinks += 1;
        }
    }
}

/// aᵀb
pub(super) fn dot<N: Real>(one: &[N], other: &[N]) -> N {
    one.iter().zip(other).map(|(&a, &b)| a * b).sum()
}

/// Published values: the usual ones of textbooks.
pub(super) const SUFFICIENT_DECREASE: f64 = 1e-4;
pub(super) const SHRINK: f64 = 0.5;
pub(super) const MAX_SHRINKS: f64 = 60.0;

/// The share of the decrease that the slope promises.
pub(super) const fn sufficient_decrease<R>(access: fn(&mut R) -> &mut f64) -> Field<R> {
    Field::number(
        "sufficient_decrease",
        "c₁",
        Role::Form,
        Valid::Fraction,
        [0.0, 0.9],
        "A step is accepted if the loss falls by this share of what the slope promises.",
        access,
    )
    .called("decrease c₁")
}

/// The factor of a step that is not accepted.
pub(super) const fn shrink<R>(access: fn(&mut R) -> &mut f64) -> Field<R> {
    Field::number(
        "shrink",
        "τ",
        Role::Form,
        Valid::Fraction,
        [0.0, 0.95],
        "A step that is not accepted is multiplied by this and tried again.",
        access,
    )
    .called("shrink τ")
}

/// How often a step is tried again.
pub(super) const fn max_shrinks<R>(access: fn(&mut R) -> &mut f64) -> Field<R> {
    Field::number(
        "max_shrinks",
        "most shrinks",
        Role::Form,
        Valid::Whole,
        [0.0, 100.0],
        "Where this many shrinks do not lower the loss, the racer stays.",
        access,
    )
}

/// p
pub(super) const DIRECTION: Note = Note::written(
    "p",
    ["p", "p"],
    "direction",
    NoteRole::Other(Family::Memory),
    NoteShape::Coordinate,
);

/// a
pub(super) const LENGTH: Note = Note::written(
    "a",
    ["a", "a"],
    "accepted step length",
    NoteRole::Other(Family::Step),
    NoteShape::Scalar,
);

/// How often a has shrunk.
pub(super) const SHRINKS: Note = Note::written(
    "j",
    ["j", "j"],
    "number of shrinks",
    NoteRole::Other(Family::Step),
    NoteShape::Scalar,
);

/// The line of the search in the equations of a rule, whose first step length is η.
pub(super) const FROM_RATE: &str = r"<a> = <learning_rate>\, <shrink>^{<j>}, \text{ the first with } f(<theta> + <a> <p>) \le f(<theta>) + <sufficient_decrease>\, <a>\, <g>^\top <p>";

/// The same where the first step is no longer than η.
pub(super) const FROM_LENGTH: &str =
    r"<a> = <learning_rate> \min(1, 1 / \|<g>\|)\, <shrink>^{<j>} \text{ without } H";

/// The step that every such rule makes.
pub(super) const STEP: &str = r"<theta> \leftarrow <theta> + <a> <p>";

/// The remark of rules that compare losses or gradients of one step with those of another.
pub(super) const NOT_FOR_NOISE: &str = "It compares what it sees in one step with the next, so it \
                                        is meant for all rows and no noise.";
