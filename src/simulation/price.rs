//! What steps cost, as far as that decides where and how much is computed.

use crate::experiment::Plan;
use crate::objective::Objective;

/// The cost of a step besides the surface, in evaluations of a row of data.
pub const STEP: u64 = 75;

/// The cost of a step whose loss is evaluated over all rows, in evaluations of a row of data.
#[must_use]
pub fn of_step(objective: &dyn Objective) -> u64 {
    STEP.max(objective.cost() as u64)
}

/// The cost of a step that only has to be passed, in evaluations of a row or a formula.
#[must_use]
pub fn of_passing(plan: &Plan, objective: &(impl Objective + ?Sized)) -> u64 {
    let (all, rows) = (objective.cost(), objective.rows());
    let used = plan.batch.drawn().map_or(all, |size| match rows {
        0 => all.min(size),
        rows => (all / rows).saturating_mul(size.min(rows)),
    });
    1 + used as u64
}
