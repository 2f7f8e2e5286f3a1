//! A course: a rule that minimizes an objective. It contains the only training loop; everything
//! else observes it.

use std::sync::Arc;

use super::oracle::{Asked, Watch};
use super::pace::Pace;
use super::vector::is_finite;
use crate::experiment::{GroupFault, Plan};
use crate::objective::{Evaluator, Objective, Scores};
use crate::optimizer::{Probe, Run, Undefined};
use crate::real::{DoubleDouble, Real};
use crate::subspace::Subspace;
use crate::surface::Surface;

/// The starting point of a course.
#[derive(Clone, Copy, Debug)]
pub enum Start<'a> {
    /// This position, with one entry per parameter.
    At(&'a [f64]),
    /// The objective's own starting point, drawn from the experiment's seed.
    Initial,
}

impl Start<'_> {
    fn position(self, objective: &dyn Objective, seed: u64) -> Result<Vec<f64>, CourseError> {
        match self {
            Self::At(at) => Ok(at.to_vec()),
            Self::Initial => objective.initial(seed).ok_or(CourseError::NoStart),
        }
    }
}

/// The reason why a course cannot start.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CourseError {
    /// The starting point has the wrong number of coordinates.
    #[error("the start has {found} coordinates, but the objective has {expected} parameters")]
    Dimension {
        /// n
        expected: usize,
        /// The number of coordinates of the starting point.
        found: usize,
    },
    /// Neither the race nor the objective gives a starting point.
    #[error("this objective does not say where a race begins; give a start")]
    NoStart,
    /// The rule needs something that the objective does not offer.
    #[error("{rule} needs {what}, which this objective does not offer")]
    Needs {
        /// The rule's name.
        rule: &'static str,
        /// The missing quantity.
        what: &'static str,
    },
    /// The plan's groups do not fit the objective.
    #[error(transparent)]
    Groups(#[from] GroupFault),
}

/// A completed step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The number of completed steps, including this one.
    pub step: usize,
    /// The loss over all rows at the new position.
    pub loss: f64,
    /// The learning rate of the step, after schedule and edits.
    pub learning_rate: f64,
    /// The number of rows used by its gradients; 0 without data.
    pub rows: u64,
}

/// A rule that minimizes an objective. A clone is a fork: it continues exactly like the original,
/// bit by bit.
#[derive(Clone)]
pub struct Course<N: Real = f64> {
    run: Box<dyn Run<N>>,
    pace: Pace,
    watch: Watch<N>,
    at: Vec<N>,
    /// The plane on which the course is seen, if it has many parameters.
    plane: Option<Arc<Subspace>>,
    /// The number of steps between evaluations of the full loss.
    interval: usize,
    step: usize,
    has_ended: bool,
}

impl Course {
    /// Starts a course that follows `plan` on the objective; all randomness comes from `seed`.
    ///
    /// # Errors
    /// Returns an error if the starting point does not fit the objective, or if the rule needs
    /// something that the objective does not offer.
    pub fn begin(
        objective: &Arc<dyn Objective>,
        plan: &Plan,
        start: Start<'_>,
        seed: u64,
    ) -> Result<Self, CourseError> {
        let at = start.position(&**objective, seed)?;
        let evaluator = Arc::clone(objective).evaluator();
        Self::with(evaluator, objective, plan, at, seed)
    }

    /// Starts a course on a surface from a point of its plane; from its own starting point if it
    /// has many parameters.
    ///
    /// # Errors
    /// Returns an error if the rule needs something that the surface does not offer.
    pub fn over(
        surface: &Arc<dyn Surface>,
        plan: &Plan,
        start: [f64; 2],
        seed: u64,
    ) -> Result<Self, CourseError> {
        let objective: Arc<dyn Objective> = Arc::clone(surface) as Arc<dyn Objective>;
        let plane = surface.subspace().map(Arc::clone);
        let start = match plane {
            Some(_) => Start::Initial,
            None => Start::At(&start),
        };
        let course = Self::begin(&objective, plan, start, seed)?;
        Ok(Self { plane, ..course })
    }
}

impl Course {
    /// The current position in the plane, and its distance from the plane if it has more than two
    /// coordinates.
    #[must_use]
    #[inline]
    pub fn sight(&self) -> ([f64; 2], Option<f64>) {
        match &self.plane {
            Some(plane) => {
                let (spot, distance) = plane.sight(self.at.iter().copied());
                (spot, Some(distance))
            }
            None => (self.spot(), None),
        }
    }
}

impl Course<DoubleDouble> {
    /// Starts the same course in arithmetic with twice as many digits, with the same draws of rows
    /// and the same noise; `None` if the objective has only doubles.
    ///
    /// # Errors
    /// Returns an error as [`Course::begin`] does.
    pub fn precise(
        objective: &Arc<dyn Objective>,
        plan: &Plan,
        start: Start<'_>,
        seed: u64,
    ) -> Result<Option<Self>, CourseError> {
        let at = start.position(&**objective, seed)?;
        let at = at.into_iter().map(DoubleDouble::from).collect();
        let evaluator = Arc::clone(objective).precise_evaluator();
        let begin = |evaluator| Self::with(evaluator, objective, plan, at, seed);
        evaluator.map(begin).transpose()
    }
}

impl<N: Real> Course<N> {
    fn with(
        evaluator: Box<dyn Evaluator<N>>,
        objective: &Arc<dyn Objective>,
        plan: &Plan,
        at: Vec<N>,
        seed: u64,
    ) -> Result<Self, CourseError> {
        let (expected, found) = (objective.dimension(), at.len());
        if expected != found {
            return Err(CourseError::Dimension { expected, found });
        }
        let provides = objective.provides();
        if let Some(what) = plan.optimizer.needs().missing_in(provides)
            && plan.groups.is_empty()
        {
            let rule = plan.optimizer.rule().about().name;
            return Err(CourseError::Needs { rule, what });
        }
        let per_epoch = plan.batch.steps_per_epoch(objective.rows());
        let per_epoch = usize::try_from(per_epoch).unwrap_or(usize::MAX);
        Ok(Self {
            plane: None,
            interval: objective.evaluation_interval().unwrap_or(per_epoch).max(1),
            run: plan.begin(&at, objective.blocks(), provides)?,
            pace: Pace::of(plan, objective.rows()),
            watch: Watch::new(objective, evaluator, plan, &at, seed),
            at,
            step: 0,
            has_ended: false,
        })
    }

    /// Makes the next step and reports it to `probe`; `None` if the position is no longer finite:
    /// the course has then ended, and [`Self::at`] is meaningless.
    #[expect(
        clippy::inline_always,
        reason = "the step is handed over in registers: a seventh of a race's instructions"
    )]
    #[inline(always)]
    pub fn next<P: Probe>(&mut self, probe: &mut P) -> Option<Step> {
        let rows = self.advance(probe)?;
        self.watch.look(&self.at);
        self.pace.see(self.step, self.watch.loss().to_f64());
        Some(Step {
            step: self.step,
            loss: self.watch.loss().to_f64(),
            learning_rate: self.pace.rate(),
            rows,
        })
    }

    /// Makes the next step like [`Self::next`], but evaluates the loss only where it
    /// [is due](Self::is_due) in a race of `steps` steps; elsewhere it is NaN.
    pub fn follow<P: Probe>(&mut self, probe: &mut P, steps: usize) -> Option<Step> {
        if self.is_due(self.step + 1, steps) {
            return self.next(probe);
        }
        let (rows, learning_rate) = self.pass(probe)?;
        Some(Step {
            step: self.step,
            loss: f64::NAN,
            learning_rate,
            rows,
        })
    }

    /// Whether the loss is evaluated after `step` steps in a race of `steps` steps: at the start,
    /// at the end, and in regular intervals.
    #[inline]
    #[must_use]
    pub const fn is_due(&self, step: usize, steps: usize) -> bool {
        self.interval == 1 || step == steps || step.is_multiple_of(self.interval)
    }

    /// The number of steps between evaluations of the full loss.
    #[must_use]
    pub const fn interval(&self) -> usize {
        self.interval
    }

    /// Makes the next step like [`Self::next`], for an observer who does not need the loss: where a
    /// step uses only some rows, the others are not evaluated. [`Self::loss`] and
    /// [`Self::gradient`] may stay those of an earlier position. Returns the number of rows used
    /// and the learning rate.
    pub(super) fn pass<P: Probe>(&mut self, probe: &mut P) -> Option<(u64, f64)> {
        let rows = self.advance(probe)?;
        if self.pace.watches(self.step) {
            self.watch.look(&self.at);
            self.pace.see(self.step, self.watch.loss().to_f64());
        } else {
            self.watch.pass(&self.at);
        }
        Some((rows, self.pace.rate()))
    }

    /// Makes the next step and returns the number of rows used by its gradients; `None` if the
    /// position is no longer finite.
    #[expect(clippy::inline_always, reason = "as above")]
    #[inline(always)]
    fn advance<P: Probe>(&mut self, probe: &mut P) -> Option<u64> {
        if self.has_ended {
            return None;
        }
        self.pace.keep(&mut *self.run, self.step);
        self.watch.turn_to(self.step);
        let t = self.step as u64 + 1;
        if probe.listening() {
            let watch = &mut self.watch;
            self.run.step_noted(&mut self.at, t, watch, probe);
        } else {
            self.run.step(&mut self.at, t, &mut self.watch);
        }
        if !is_finite(&self.at) {
            self.has_ended = true;
            return None;
        }
        let rows = self.watch.rows();
        self.step += 1;
        Some(rows)
    }

    /// How well the model does at the current position, beyond its loss, if the objective is one.
    pub fn scores(&mut self) -> Option<Scores> {
        self.watch.evaluator().scores(&self.at)
    }

    /// The current position.
    #[must_use]
    pub fn at(&self) -> &[N] {
        &self.at
    }

    /// Why the step that has ended the course is undefined, if it is; `None` as long as the course
    /// goes on, and if the position has grown beyond the range of numbers.
    #[must_use]
    pub fn undefined(&mut self) -> Option<Undefined> {
        if self.has_ended {
            self.run.undefined(&self.at)
        } else {
            None
        }
    }

    /// The current position in the plane: its two coordinates, or where it is seen if it has more.
    #[must_use]
    #[inline]
    pub fn spot(&self) -> [N; 2] {
        if let Some(plane) = &self.plane {
            return seen(plane, &self.at);
        }
        match *self.at {
            [x, y, ..] => [x, y],
            [x] => [x, N::ZERO],
            [] => [N::ZERO; 2],
        }
    }

    /// The loss over all rows at the current position.
    #[must_use]
    pub fn loss(&self) -> N {
        self.watch.loss()
    }

    /// The gradient over all rows at the current position.
    #[must_use]
    pub fn gradient(&self) -> &[N] {
        self.watch.slope()
    }

    /// The number of completed steps.
    #[must_use]
    pub const fn step(&self) -> usize {
        self.step
    }

    /// The number of evaluations by the rule.
    #[must_use]
    pub const fn asked(&self) -> Asked {
        self.watch.asked()
    }

    /// The evaluator, for evaluations that are not counted.
    pub fn evaluator(&mut self) -> &mut dyn Evaluator<N> {
        self.watch.evaluator()
    }
}

/// The point of a plane at which a position is seen.
#[cold]
fn seen<N: Real>(plane: &Subspace, at: &[N]) -> [N; 2] {
    plane
        .project(at.iter().map(|part| part.to_f64()))
        .map(N::from)
}
