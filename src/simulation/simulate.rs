//! Simulates an experiment.

use std::sync::Arc;

use super::referee::Referee;
use super::{Course, CourseError, Job, Keep, Memory, Progress, Raced, Trajectory};
use crate::experiment::{Experiment, Plan};
use crate::objective::{Objective, Scores};
use crate::optimizer::Silent;
use crate::pause::at_once;
use crate::plane::Window;
use crate::real::norm;
use crate::subspace::PlaneChoice;
use crate::surface::Surface;

/// The number of windows beyond which a racer is far.
const FAR: f64 = 1e3;

/// Simulates one trajectory per racer of the experiment, in order; very long races keep only what
/// [`Memory`] allows. The paths of a network are seen on the plane fitted to them.
///
/// No racer is ever clipped, normalized or stopped, except that a trajectory ends with its last
/// finite position.
#[must_use]
pub fn simulate(experiment: &Experiment) -> Vec<Trajectory> {
    let surface = experiment.open_surface();
    let all = |surface: &Arc<dyn Surface>| -> Vec<Trajectory> {
        let keep = Memory::of(experiment, &**surface).keep();
        let racers = experiment.racers.iter();
        racers
            .map(|racer| {
                PathJob::new(experiment, surface, &racer.plan, experiment.seed, keep)
                    .map(Job::finish)
                    .unwrap_or_default()
            })
            .collect()
    };
    let paths = all(&surface);
    let raced = Raced { surface, paths };
    let again = async |surface: &Arc<dyn Surface>| Some(all(surface));
    let seen = at_once(raced.seen_on(experiment, &PlaneChoice::Fitted, again));
    seen.map(|seen| seen.paths).unwrap_or_default()
}

/// Simulates the trajectory of one plan on a surface; all randomness comes from `seed`. The result
/// is empty if the rule needs something that the surface does not offer; all surfaces in the
/// program offer everything.
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

/// Simulates the trajectory of one racer in slices.
#[derive(Clone)]
pub struct PathJob {
    course: Course,
    referee: Referee,
    path: Trajectory,
    steps: usize,
    keep: Keep,
    /// The cost of one step, in evaluations of a row or a formula.
    price: u64,
    rows_seen: u64,
    /// The number of steps since the last kept point.
    unkept: usize,
    /// The latest point.
    latest: Point,
    /// The latest scores, if the objective is a model.
    scores: Option<Scores>,
}

/// A point of a path.
#[derive(Clone, Copy, Debug)]
struct Point {
    spot: [f64; 2],
    /// From the plane on which it is seen.
    distance: Option<f64>,
    loss: f64,
    gradient_norm: f64,
}

impl Point {
    /// The current position of the course in the plane.
    fn of(course: &Course, gradient_norm: f64) -> Self {
        let (spot, distance) = course.sight();
        Self {
            spot,
            distance,
            loss: course.loss(),
            gradient_norm,
        }
    }

    /// The current position with the loss of an earlier one, where it was last evaluated.
    fn passed(self, course: &Course) -> Self {
        let (spot, distance) = course.sight();
        Self {
            spot,
            distance,
            ..self
        }
    }
}

impl PathJob {
    /// Prepares the trajectory of one plan in an experiment, with its surface already open, for one
    /// of its seeds.
    ///
    /// # Errors
    /// Returns an error if the rule needs something that the surface does not offer.
    pub fn new(
        experiment: &Experiment,
        surface: &Arc<dyn Surface>,
        plan: &Plan,
        seed: u64,
        keep: Keep,
    ) -> Result<Self, CourseError> {
        let Experiment { start, steps, .. } = *experiment;
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
        // A window that is fitted to the paths says nothing about how far they are.
        let window = surface.subspace().is_none().then(|| surface.window());
        Ok(Self::follow(course, &**surface, steps, keep, window))
    }

    /// Follows a newly started course on the objective for `steps` steps; a racer can be far only
    /// if there is a window.
    #[must_use]
    pub fn follow(
        mut course: Course,
        objective: &dyn Objective,
        steps: usize,
        keep: Keep,
        window: Option<Window>,
    ) -> Self {
        let rows = objective.rows();
        let mut path = Trajectory::with_capacity(steps, rows, keep.every);
        path.far_bounds = window.map(|window| window.zoomed(FAR, window.centre()));
        path.interval = course.interval();
        path.parameters_every = keep.parameters.unwrap_or_default();
        path.dimension = course.at().len();
        let start = Point::of(&course, norm(course.gradient()));
        let scores = course.scores();
        let mut job = Self {
            referee: Referee::new(&course),
            price: 1 + objective.cost() as u64,
            latest: start,
            scores,
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

    /// Makes one step; returns `false` if the position is no longer finite.
    fn step(&mut self) -> bool {
        let Some(step) = self.course.follow(&mut Silent, self.steps) else {
            return false;
        };
        if self.unkept == 0 {
            self.path.learning_rate.push(step.learning_rate);
        }
        self.unkept += 1;
        self.rows_seen += step.rows;
        let point = if self.course.is_due(step.step, self.steps) {
            self.evaluated()
        } else {
            self.referee.pass(&self.course);
            self.latest.passed(&self.course)
        };
        self.latest = point;
        if self.unkept == self.path.every {
            self.keep(point);
        }
        true
    }

    #[expect(clippy::inline_always, reason = "the point stays in registers")]
    #[inline(always)]
    fn evaluated(&mut self) -> Point {
        let gradient_norm = norm(self.course.gradient());
        self.referee.see(&self.course, gradient_norm);
        if self.scores.is_some() {
            self.scores = self.course.scores();
        }
        Point::of(&self.course, gradient_norm)
    }

    #[expect(clippy::inline_always, reason = "the point stays in registers")]
    #[inline(always)]
    fn keep(&mut self, point: Point) {
        self.unkept = 0;
        self.path.push(point.spot, point.loss, point.gradient_norm);
        if self.path.rows > 0 {
            self.path.rows_seen.push(self.rows_seen);
        }
        if let Some(scores) = self.scores {
            self.path.scores.push(scores);
            self.path.norm.push(norm(self.referee.position()));
        }
        self.path.distance.extend(point.distance);
        let point = self.path.points() - 1;
        if self
            .keep
            .parameters
            .is_some_and(|every| point.is_multiple_of(every))
        {
            self.keep_parameters();
        }
    }

    fn keep_parameters(&mut self) {
        let position = self.referee.position();
        self.path.parameters.extend_from_slice(position);
    }

    /// The path up to now, as if the race had been cut off here.
    #[must_use]
    pub fn so_far(&self) -> Trajectory {
        let mut cut = self.clone();
        cut.keep_last();
        cut.path.is_cut_off = true;
        cut.path
    }

    /// Keeps the last point with all its parameters, unless that has been done.
    fn keep_last(&mut self) {
        if self.unkept > 0 {
            self.keep(self.latest);
        }
        self.path.steps = self.course.step();
        let last = self.path.points() - 1;
        if self
            .keep
            .parameters
            .is_some_and(|every| !last.is_multiple_of(every))
        {
            self.keep_parameters();
        }
    }

    /// Keeps the last point and determines how the race ended.
    fn close(&mut self) -> Trajectory {
        self.keep_last();
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
