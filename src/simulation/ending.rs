//! How a race ends, without the path that led there.

use std::sync::Arc;

use super::price::of_passing;
use super::{Course, CourseError, Job, Progress, Trajectory};
use crate::experiment::Plan;
use crate::objective::Rows;
use crate::optimizer::Silent;
use crate::surface::Surface;

/// The end of a race.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ending {
    /// The loss at the start.
    pub began: f64,
    /// The loss after the last step; NaN if the position is no longer finite.
    pub loss: f64,
    /// The last position in the plane.
    pub at: [f64; 2],
    /// The number of steps after which the loss was first at the target or below; `None` if it
    /// never was.
    pub arrived: Option<usize>,
}

impl Ending {
    /// The end of the race of this many steps that took this path. If not every step of it is kept,
    /// the arrival is that of the first kept one.
    #[must_use]
    pub fn of(path: &Trajectory, steps: usize, target: Option<f64>) -> Self {
        let last = path.last_step();
        let target = target.unwrap_or(f64::NAN);
        let arrived = path.loss.iter().position(|loss| *loss <= target);
        Self {
            began: path.loss_at(0),
            loss: if last < steps {
                f64::NAN
            } else {
                path.loss_at(last)
            },
            at: path.at(last),
            arrived: arrived.map(|point| path.step_of(point)),
        }
    }

    /// Whether the race has led nowhere: to numbers that are not finite, or higher up than it began.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        !self.loss.is_finite() || self.loss > self.began
    }
}

/// Runs a race to its end in slices and keeps only how it ends.
#[derive(Clone)]
pub struct EndingJob {
    course: Course,
    /// The loss at which a racer has arrived.
    target: f64,
    steps: usize,
    /// The cost of one step, in evaluations of a row or a formula.
    price: u64,
    /// Whether the loss is known after every step.
    looks: bool,
    ending: Ending,
}

impl EndingJob {
    /// Prepares the race of one plan on a surface.
    ///
    /// Where steps use only some rows, the loss over all rows is evaluated after every step only
    /// if there is a `target`, and otherwise once at the end.
    ///
    /// # Errors
    /// Returns an error if the rule needs something that the surface does not offer.
    pub fn new(
        surface: &Arc<dyn Surface>,
        plan: &Plan,
        start: [f64; 2],
        steps: usize,
        seed: u64,
        target: Option<f64>,
    ) -> Result<Self, CourseError> {
        let course = Course::over(surface, plan, start, seed)?;
        let began = course.loss();
        let target = target.unwrap_or(f64::NAN);
        Ok(Self {
            ending: Ending {
                began,
                loss: began,
                at: start,
                arrived: (began <= target).then_some(0),
            },
            price: Self::price(&**surface, plan, !target.is_nan()),
            looks: plan.batch.is_full() || !target.is_nan(),
            course,
            target,
            steps,
        })
    }

    /// The cost of one step, in evaluations of a row or a formula.
    #[must_use]
    pub fn price(surface: &dyn Surface, plan: &Plan, has_target: bool) -> u64 {
        if has_target {
            1 + surface.cost() as u64
        } else {
            of_passing(plan, surface)
        }
    }

    /// Makes one step; returns `false` if the position is no longer finite.
    fn step(&mut self) -> bool {
        if self.looks {
            let Some(step) = self.course.next(&mut Silent) else {
                return false;
            };
            self.ending.loss = step.loss;
            if step.loss <= self.target && self.ending.arrived.is_none() {
                self.ending.arrived = Some(step.step);
            }
            return true;
        }
        self.course.pass(&mut Silent).is_some()
    }

    fn close(&mut self) -> Ending {
        if self.course.step() < self.steps {
            self.ending.loss = f64::NAN;
            return self.ending;
        }
        self.ending.at = self.course.spot();
        if !self.looks {
            let at = self.course.at().to_vec();
            self.ending.loss = self.course.evaluator().value(&at, Rows::All);
        }
        self.ending
    }
}

impl Job for EndingJob {
    type Out = Ending;

    fn advance(&mut self, work: u64) -> Progress<Ending> {
        let slice = (work / self.price).max(1);
        let left = (self.steps - self.course.step()) as u64;
        for _ in 0..slice.min(left) {
            if !self.step() {
                return Progress::Done(self.close());
            }
        }
        if slice > left {
            return Progress::Done(self.close());
        }
        Progress::Working {
            done: self.course.step() as u64 * self.price,
            of: self.steps as u64 * self.price,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Batch;
    use crate::optimizer::{Adam, GradientDescent, OptimizerChoice};
    use crate::simulation::simulate_racer;
    use crate::surface::SurfaceChoice;

    fn ending(surface: &Arc<dyn Surface>, plan: &Plan, target: Option<f64>) -> Ending {
        let job = EndingJob::new(surface, plan, [1.0, 1.6], 200, 3, target);
        job.unwrap().finish()
    }

    fn adam() -> Plan {
        Plan::new(OptimizerChoice::Adam(Adam {
            learning_rate: 0.15,
            ..Adam::default()
        }))
    }

    #[test]
    fn a_race_ends_as_its_path_does() {
        let beale = SurfaceChoice::Beale.open();
        let path = simulate_racer(&beale, &adam(), [1.0, 1.6], 200, 3);
        let arrived = path.loss.iter().position(|loss| *loss <= 0.5);
        let end = ending(&beale, &adam(), Some(0.5));
        assert_eq!((end.loss, end.at), (path.loss_at(200), path.at(200)));
        assert_eq!((end.began, end.arrived), (path.loss_at(0), arrived));
        assert!(arrived.is_some() && !end.is_lost());
        assert_eq!(Ending::of(&path, 200, Some(0.5)), end);
    }

    #[test]
    fn over_batches_a_race_ends_alike_with_and_without_a_target() {
        let mut line = crate::surface::LinearRegression::default();
        line.data = "line".into();
        let mut choice = SurfaceChoice::LinearRegression(line);
        choice.load(None).unwrap();
        let surface = choice.open();
        let mut plan = adam();
        plan.batch = Batch::MiniBatch(7);
        let [blind, sighted] = [None, Some(-1.0)].map(|target| ending(&surface, &plan, target));
        assert_eq!(sighted.at, blind.at);
        assert!((sighted.loss - blind.loss).abs() <= 1e-12 * blind.loss.abs());
        let path = simulate_racer(&surface, &plan, [1.0, 1.6], 200, 3);
        assert_eq!(sighted.loss, path.loss_at(200));
    }

    #[test]
    fn flying_off_leads_nowhere() {
        let beale = SurfaceChoice::Beale.open();
        let bold = GradientDescent { learning_rate: 9.0 };
        let end = ending(
            &beale,
            &Plan::new(OptimizerChoice::GradientDescent(bold)),
            None,
        );
        assert!(end.is_lost() && end.loss.is_nan());
    }
}
