//! Rules that act on all coordinates together.

use super::{Oracle, Probe, Run, Undefined};
use crate::objective::{Block, Queries};

/// An update rule over any number of coordinates.
pub trait Optimizer: Clone {
    /// The memory of the rule between steps.
    type State: Clone;

    /// The quantities it queries; a course cannot start on an objective that does not offer them.
    fn needs(&self) -> Queries {
        Queries::GRADIENT
    }

    /// The state before the first step, for a race that starts at `at`, whose coordinates are laid
    /// out in `blocks`.
    fn begin(&self, at: &[f64], blocks: &[Block]) -> Self::State;

    /// Makes step `t` = 1, 2, … from `at`, in place. Reports the parts of the step, which add up to
    /// it, to the probe.
    fn step<P: Probe + ?Sized>(
        &self,
        at: &mut [f64],
        state: &mut Self::State,
        t: u64,
        oracle: &mut dyn Oracle,
        probe: &mut P,
    );

    /// Why the step that has just led to `at`, which is no longer finite, and to this state is
    /// undefined, if it is: a rule that divides by what can be 0 says so here. Of a wrapper, the
    /// wrapped rule says it.
    fn undefined(&self, at: &[f64], state: &mut Self::State) -> Option<Undefined> {
        Self::inner(state)?.undefined(at)
    }

    /// The run of the inner rule, if there is one, through which edits and schedules reach it.
    fn inner(_state: &mut Self::State) -> Option<&mut dyn Run> {
        None
    }
}
