//! One step of a racer, in detail.

use std::sync::Arc;

use super::price::of_passing;
use super::{Course, Job, Progress, Trajectory};
use crate::experiment::Plan;
use crate::optimizer::{Notebook, Silent};
use crate::subspace::Subspace;
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
    /// The learning rate, after schedule and edits; `None` if the racer diverges in this step.
    pub learning_rate: Option<f64>,
    /// All parameters before and after the step, if the surface is a plane through many.
    pub parameters: Option<[Vec<f64>; 2]>,
}

impl Anatomy {
    /// The same step as it is seen on a plane through its parameters.
    #[must_use]
    pub fn seen_on(&self, plane: &Subspace) -> Self {
        Self {
            step: self.step,
            from: self.from,
            to: self.to,
            notes: self.notes.seen_on(plane),
            learning_rate: self.learning_rate,
            parameters: None,
        }
    }
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
    AnatomyJob::new(surface, plan, path, step, seed)?.finish()
}

/// Obtains the anatomy of a step in slices; the result is `None` if the racer diverges before.
pub struct AnatomyJob {
    course: Course,
    notes: Notebook,
    step: usize,
    /// Whether all parameters are told, beside the points of the plane.
    has_many: bool,
    /// The cost of one step, in evaluations of a row or a formula.
    price: u64,
}

impl AnatomyJob {
    /// Prepares the anatomy of the step from `step` to `step + 1`; `None` if the path does not
    /// reach it.
    #[must_use]
    pub fn new(
        surface: &Arc<dyn Surface>,
        plan: &Plan,
        path: &Trajectory,
        step: usize,
        seed: u64,
    ) -> Option<Self> {
        if path.is_empty() || step > path.last_step() {
            return None;
        }
        Some(Self {
            course: Course::over(surface, plan, path.at(0), seed).ok()?,
            notes: Notebook::new(plan.optimizer.rule().notes()),
            step,
            has_many: surface.subspace().is_some(),
            price: of_passing(plan, &**surface),
        })
    }

    /// Notes the step and ends.
    fn close(&mut self) -> Anatomy {
        let from = self.course.spot();
        let before = self.has_many.then(|| self.course.at().to_vec());
        let passed = self.course.pass(&mut self.notes);
        Anatomy {
            parameters: before.map(|before| [before, self.course.at().to_vec()]),
            step: self.step,
            from,
            to: self.course.spot(),
            notes: std::mem::take(&mut self.notes),
            learning_rate: passed.map(|(_, rate)| rate),
        }
    }
}

impl Job for AnatomyJob {
    type Out = Option<Anatomy>;

    fn advance(&mut self, work: u64) -> Progress<Option<Anatomy>> {
        for _ in 0..(work / self.price).max(1) {
            if self.course.step() == self.step {
                return Progress::Done(Some(self.close()));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Batch;
    use crate::optimizer::OptimizerChoice;
    use crate::simulation::simulate_racer;
    use crate::surface::data::Moons;
    use crate::surface::{LogisticRegression, SurfaceChoice};

    const START: [f64; 2] = [-4.0, 3.0];

    fn moons() -> Arc<dyn Surface> {
        let mut model = LogisticRegression::default();
        model.moons = Some(Moons::default());
        let mut moons = SurfaceChoice::LogisticRegression(model);
        moons.load(None).unwrap();
        moons.open()
    }

    /// Returns the position before a step and its notes, where every loss was evaluated.
    fn seen(surface: &Arc<dyn Surface>, plan: &Plan, step: usize) -> ([f64; 2], Notebook) {
        let mut course = Course::over(surface, plan, START, 7).unwrap();
        for _ in 0..step {
            course.next(&mut Silent).unwrap();
        }
        let from = course.spot();
        let mut notes = Notebook::new(plan.optimizer.rule().notes());
        course.next(&mut notes);
        (from, notes)
    }

    #[test]
    fn steps_that_are_passed_are_those_of_the_race_for_every_rule_and_batch() {
        let surface = moons();
        let mut compared = 0;
        for optimizer in OptimizerChoice::for_points() {
            for (batch, noise) in [
                (Batch::Full, 0.0),
                (Batch::MiniBatch(16), 0.0),
                (Batch::MiniBatch(16), 0.1),
                (Batch::Full, 0.1),
            ] {
                let mut plan = Plan::new(optimizer.clone());
                (plan.batch, plan.noise) = (batch, noise);
                let path = simulate_racer(&surface, &plan, START, 30, 7);
                let Some(job) = AnatomyJob::new(&surface, &plan, &path, 20, 7) else {
                    // The rule diverges before.
                    assert!(path.last_step() < 20);
                    continue;
                };
                compared += 1;
                let found = job.finish().unwrap();
                let (from, notes) = seen(&surface, &plan, 20);
                let name = plan.optimizer.rule().about().name;
                assert_eq!(found.from, from, "{name}");
                assert_eq!(found.notes.values(), notes.values(), "{name}");
                assert_eq!(found.to, path.at(21), "{name}");
            }
        }
        assert!(compared > 3 * OptimizerChoice::for_points().count());
    }

    #[test]
    fn an_anatomy_can_be_obtained_in_slices() {
        let surface = moons();
        let mut plan = Plan::new(OptimizerChoice::all()[0].clone());
        plan.batch = Batch::MiniBatch(16);
        let path = simulate_racer(&surface, &plan, START, 30, 7);
        let mut job = AnatomyJob::new(&surface, &plan, &path, 20, 7).unwrap();
        let mut slices = 0;
        let found = loop {
            match job.advance(2 * 17) {
                Progress::Done(found) => break found.unwrap(),
                Progress::Working { done, of } => {
                    slices += 1;
                    assert_eq!([done, of], [slices * 2 * 17, 21 * 17]);
                }
            }
        };
        assert_eq!(slices, 10);
        assert_eq!(found.from, path.at(20));
    }
}
