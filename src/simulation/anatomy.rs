//! One step of a racer, in detail.

use std::sync::Arc;

use super::{Course, Trajectory};
use crate::experiment::Plan;
use crate::optimizer::{Notebook, Silent};
use crate::surface::Surface;

/// A step with everything that the rule noted about it.
#[derive(Clone, Debug)]
pub struct Anatomy {
    /// The index of the step: it leads from `step` to `step + 1`.
    pub step: usize,
    /// The position before.
    pub from: [f64; 2],
    /// The position after; not finite if the racer diverges in this step.
    pub to: [f64; 2],
    /// The quantities that the rule noted.
    pub notes: Notebook,
}

/// The anatomy of the step from `step` to `step + 1`, obtained from the rule by running the race
/// again up to there; `None` if the racer diverges before.
#[must_use]
pub fn anatomy(
    surface: &Arc<dyn Surface>,
    plan: &Plan,
    path: &Trajectory,
    step: usize,
    seed: u64,
) -> Option<Anatomy> {
    if path.is_empty() || step > path.last_step() {
        return None;
    }
    let mut course = Course::over(surface, plan, path.at(0), seed).ok()?;
    for _ in 0..step {
        course.next(&mut Silent)?;
    }
    let from = course.spot();
    let mut notes = Notebook::new(plan.optimizer.rule().notes());
    course.next(&mut notes);
    Some(Anatomy {
        step,
        from,
        to: course.spot(),
        notes,
    })
}
