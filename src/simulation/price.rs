//! What steps cost, as far as that decides where and how much is computed.

use crate::experiment::{Experiment, Plan};
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

/// The highest cost of a race that is opened, in evaluations of a row of data or of a formula: some
/// days on one core.
pub const MOST_OF_RACE: u64 = 100_000_000_000_000;

/// The cost of a race with its own seed: of its steps, and of the losses that are told between them.
#[must_use]
pub fn of_race(experiment: &Experiment, objective: &(impl Objective + ?Sized)) -> u64 {
    let per_step = experiment.racers.iter().map(|racer| {
        let plan = &racer.plan;
        let interval = objective.evaluation_interval();
        let interval = interval.or_else(|| {
            let epoch = plan.batch.steps_per_epoch(objective.rows());
            usize::try_from(epoch).ok()
        });
        let loss = objective.cost() / interval.unwrap_or(1).max(1);
        of_passing(plan, objective).saturating_add(loss as u64)
    });
    let per_step = per_step.fold(0_u64, u64::saturating_add);
    per_step.saturating_mul(experiment.steps as u64)
}
