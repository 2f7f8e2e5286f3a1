//! Runs an experiment.

use std::sync::Arc;

use super::referee::Referee;
use super::{Course, CourseError, Job, Keep, Memory, Progress, Trajectory, norm};
use crate::experiment::{Experiment, Plan};
use crate::objective::Objective;
use crate::optimizer::Silent;
use crate::plane::Window;
use crate::surface::Surface;

/// How many windows away a racer is called far.
const FAR: f64 = 1e3;

/// One trajectory for each racer of the experiment, in its order; of very long races, as much as
/// [`Memory`] allows.
///
/// No racer is ever clipped, normalised or stopped, except that a trajectory ends with its last
/// finite position.
#[must_use]
pub fn simulate(experiment: &Experiment) -> Vec<Trajectory> {
    let surface = experiment.open_surface();
    let keep = Memory::of(experiment, &*surface).keep();
    let racers = experiment.racers.iter();
    racers
        .map(|racer| {
            PathJob::new(experiment, &surface, &racer.plan, keep)
                .map(Job::finish)
                .unwrap_or_default()
        })
        .collect()
}

/// The whole trajectory of one plan over a surface; all its chance comes from `seed`. It is empty
/// if the rule needs what the surface does not offer; every surface offers all that there is.
#[must_use]
pub fn simulate_racer(
    surface: &Arc<dyn Surface>,
    plan: &Plan,
    start: [f64; 2],
    steps: usize,
    seed: u64,
) -> Trajectory {
    PathJob::over_surface(surface, plan, start, steps, seed, Keep::default())
        .map(Job::finish)
        .unwrap_or_default()
}

/// The trajectory of one racer, in slices.
#[derive(Clone)]
pub struct PathJob {
    course: Course,
    referee: Referee,
    path: Trajectory,
    steps: usize,
    keep: Keep,
    /// What one step costs, in looks at a row or a formula.
    price: u64,
    rows_seen: u64,
    /// The number of steps since a point was kept.
    unkept: usize,
    /// The last point, if it is not kept yet.
    latest: Point,
}

/// A point of a path.
#[derive(Clone, Copy, Debug)]
struct Point {
    spot: [f64; 2],
    loss: f64,
    gradient_norm: f64,
}

impl Point {
    /// Where the course stands now, as the plane shows it.
    fn of(course: &Course, gradient_norm: f64) -> Self {
        Self {
            spot: course.spot(),
            loss: course.loss(),
            gradient_norm,
        }
    }
}

impl PathJob {
    /// The trajectory of one plan in an experiment, whose surface is open.
    ///
    /// # Errors
    /// If the rule needs what the surface does not offer.
    pub fn new(
        experiment: &Experiment,
        surface: &Arc<dyn Surface>,
        plan: &Plan,
        keep: Keep,
    ) -> Result<Self, CourseError> {
        let Experiment {
            start, steps, seed, ..
        } = *experiment;
        Self::over_surface(surface, plan, start, steps, seed, keep)
    }

    fn over_surface(
        surface: &Arc<dyn Surface>,
        plan: &Plan,
        start: [f64; 2],
        steps: usize,
        seed: u64,
        keep: Keep,
    ) -> Result<Self, CourseError> {
        let course = Course::over(surface, plan, start, seed)?;
        let window = Some(surface.window());
        Ok(Self::follow(course, &**surface, steps, keep, window))
    }

    /// Follows a course that has just begun over the objective for this many steps; a racer is far
    /// only where there is a window.
    #[must_use]
    pub fn follow(
        course: Course,
        objective: &dyn Objective,
        steps: usize,
        keep: Keep,
        window: Option<Window>,
    ) -> Self {
        let rows = objective.rows();
        let mut path = Trajectory::with_capacity(steps, rows, keep.every);
        path.far_bounds = window.map(|window| window.zoomed(FAR, window.centre()));
        let start = Point::of(&course, norm(course.gradient()));
        let mut job = Self {
            referee: Referee::new(&course),
            price: 1 + objective.cost() as u64,
            latest: start,
            course,
            path,
            steps,
            keep,
            rows_seen: 0,
            unkept: 0,
        };
        job.keep(start);
        job
    }

    /// Makes one step; `false` once the position is no longer finite.
    fn step(&mut self) -> bool {
        let Some(step) = self.course.next(&mut Silent) else {
            return false;
        };
        if self.unkept == 0 {
            self.path.learning_rate.push(step.learning_rate);
        }
        self.unkept += 1;
        self.rows_seen += step.rows;
        let gradient_norm = norm(self.course.gradient());
        self.referee.see(&self.course, gradient_norm);
        let point = Point::of(&self.course, gradient_norm);
        if self.unkept == self.path.every {
            self.keep(point);
        } else {
            self.latest = point;
        }
        true
    }

    #[expect(clippy::inline_always, reason = "the point stays in registers")]
    #[inline(always)]
    fn keep(&mut self, point: Point) {
        self.unkept = 0;
        self.path.push(point.spot, point.loss, point.gradient_norm);
        if self.path.rows > 0 {
            self.path.rows_seen.push(self.rows_seen);
        }
        if self.keep.parameters {
            self.path
                .parameters
                .extend_from_slice(self.referee.position());
        }
    }

    /// Keeps the last point, where it is not kept yet, and says how the race ended.
    fn close(&mut self) -> Trajectory {
        if self.unkept > 0 {
            self.keep(self.latest);
        }
        self.path.steps = self.course.step();
        self.path.end = self.referee.verdict(&mut self.course, self.steps);
        self.path.undefined = self.course.undefined();
        std::mem::take(&mut self.path)
    }
}

impl Job for PathJob {
    type Out = Trajectory;

    fn advance(&mut self, work: u64) -> Progress<Trajectory> {
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
