//! Rules over all coordinates together.

use super::{Oracle, Probe, Run, Undefined};
use crate::objective::{Block, Queries};

/// An update rule over any number of coordinates.
pub trait Optimizer: Clone {
    /// What the rule remembers between steps.
    type State: Clone;

    /// What it asks the oracle for; an objective that does not offer it refuses the rule when a
    /// course begins.
    fn needs(&self) -> Queries {
        Queries::GRADIENT
    }

    /// The state before the first step, for a race that starts at `at`, whose coordinates are laid
    /// out in `blocks`.
    fn begin(&self, at: &[f64], blocks: &[Block]) -> Self::State;

    /// Makes step `t` = 1, 2, … from `at`, in place. Tells the probe the parts of the step, which
    /// add up to it.
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

    /// The rule that is wrapped, on its way, where there is one: edits and schedules reach it
    /// through here.
    fn inner(_state: &mut Self::State) -> Option<&mut dyn Run> {
        None
    }
}
