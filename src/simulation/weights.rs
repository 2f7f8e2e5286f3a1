//! All parameters of a racer after some step.

use std::sync::Arc;

use super::price::of_passing;
use super::{Course, CourseError, Job, Progress, Trajectory};
use crate::experiment::Plan;
use crate::optimizer::Silent;
use crate::surface::Surface;

/// Finds all parameters of a racer after a step in slices: those that its path keeps or else, by
/// running the race again up to there, the very same numbers. The result is `None` if the racer
/// diverges before.
pub struct WeightsJob {
    course: Course,
    /// What the path has kept of the step.
    kept: Option<Vec<f64>>,
    step: usize,
    /// The cost of one step, in evaluations of a row or a formula.
    price: u64,
}

impl WeightsJob {
    /// Prepares the parameters after `step` steps of a race that starts at `start`, if the surface
    /// has only two parameters. `path` is the racer's, if it is known.
    ///
    /// # Errors
    /// Returns an error if the rule needs something that the surface does not offer.
    pub fn new(
        surface: &Arc<dyn Surface>,
        plan: &Plan,
        start: [f64; 2],
        path: Option<&Trajectory>,
        step: usize,
        seed: u64,
    ) -> Result<Self, CourseError> {
        let kept = path.and_then(|path| path.parameters_by(step));
        let kept = kept.filter(|(found, _)| *found == step);
        Ok(Self {
            course: Course::over(surface, plan, start, seed)?,
            kept: kept.map(|(_, parameters)| parameters.to_vec()),
            step,
            price: of_passing(plan, &**surface),
        })
    }
}

impl Job for WeightsJob {
    type Out = Option<Vec<f64>>;

    fn advance(&mut self, work: u64) -> Progress<Option<Vec<f64>>> {
        if self.kept.is_some() {
            return Progress::Done(self.kept.take());
        }
        for _ in 0..(work / self.price).max(1) {
            if self.course.step() == self.step {
                return Progress::Done(Some(self.course.at().to_vec()));
            }
            if self.course.pass(&mut Silent).is_none() {
                return Progress::Done(None);
            }
        }
        Progress::Working {
            done: self.course.step() as u64 * self.price,
            of: (self.step as u64 + 1) * self.price,
        }
    }
}
