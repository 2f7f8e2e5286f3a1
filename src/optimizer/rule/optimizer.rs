//! Rules that act on all coordinates together.

use super::{Oracle, Probe, Run, Undefined};
use crate::objective::{Block, Queries};
use crate::real::Real;

/// The greatest number of parameters that a rule can move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// The number.
    pub most: usize,
    /// What it does for each of them, to go on a sentence that begins with "it": "keeps a square
    /// matrix with a row for each".
    pub why: &'static str,
}

/// An update rule over any number of coordinates, in any arithmetic.
pub trait Optimizer: Clone {
    /// The memory of the rule between steps.
    type State<N: Real>: Clone + Send + 'static;

    /// The quantities it queries; a course cannot start on an objective that does not offer them.
    fn needs(&self) -> Queries {
        Queries::GRADIENT
    }

    /// The number of rows of the largest square matrix of its own that it keeps and takes a root of, for
    /// parameters in these blocks; 0 without one.
    fn side(&self, _blocks: &[Block]) -> usize {
        0
    }

    /// How many parameters it can move at most; `None`: any number.
    fn capacity(&self) -> Option<Capacity> {
        None
    }

    /// The state before the first step, for a race that starts at `at`, whose coordinates are laid
    /// out in `blocks`.
    fn begin<N: Real>(&self, at: &[N], blocks: &[Block]) -> Self::State<N>;

    /// Writes into `point` where the next step from `at` will first ask for a gradient: where the
    /// inner rule will, or else at the position itself. If it asks elsewhere, a race in groups costs
    /// one more gradient.
    fn query<N: Real>(&self, at: &[N], state: &mut Self::State<N>, point: &mut [N]) {
        match Self::inner(state) {
            Some(inner) => inner.query(at, point),
            None => point.copy_from_slice(at),
        }
    }

    /// Makes step `t` = 1, 2, … from `at`, in place. Reports the parts of the step, which add up to
    /// it, to the probe.
    fn step<N: Real, P: Probe>(
        &self,
        at: &mut [N],
        state: &mut Self::State<N>,
        t: u64,
        oracle: &mut dyn Oracle<N>,
        probe: &mut P,
    );

    /// Why the step that has just led to `at`, which is no longer finite, and to this state is
    /// undefined, if it is: a rule that divides by what can be 0 says so here. Of a wrapper, the
    /// wrapped rule says it.
    fn undefined<N: Real>(&self, at: &[N], state: &mut Self::State<N>) -> Option<Undefined> {
        Self::inner(state)?.undefined(at)
    }

    /// The run of the inner rule, or of the rule that moves what this one does not, if there is one:
    /// through it, edits and schedules reach that rule.
    fn inner<N: Real>(_state: &mut Self::State<N>) -> Option<&mut dyn Run<N>> {
        None
    }
}
