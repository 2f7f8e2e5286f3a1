//! What steps cost, as far as that decides where and how much is computed.

use crate::objective::Objective;

/// The cost of a step besides the surface, in evaluations of a row of data.
pub const STEP: u64 = 75;

/// The cost of a step whose loss is evaluated over all rows, in evaluations of a row of data.
#[must_use]
pub fn of_step(objective: &dyn Objective) -> u64 {
    STEP.max(objective.cost() as u64)
}
