//! One course: a rule on its way over an objective. This is the only loop; everything else listens.

use std::sync::Arc;

use super::oracle::{Asked, Watch};
use super::pace::Pace;
use super::vector::is_finite;
use crate::experiment::Plan;
use crate::objective::{Evaluator, Objective};
use crate::optimizer::{Probe, Run, Undefined};
use crate::surface::Surface;

/// Where a course begins.
#[derive(Clone, Copy, Debug)]
pub enum Start<'a> {
    /// At this position, an entry a parameter.
    At(&'a [f64]),
    /// Where the objective itself begins, drawn from the experiment's seed.
    Initial,
}

/// Why a course cannot begin.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CourseError {
    /// The start is a position of another space.
    #[error("the start has {found} coordinates, but the objective has {expected} parameters")]
    Dimension {
        /// n
        expected: usize,
        /// The length of the start.
        found: usize,
    },
    /// Nobody says where to begin.
    #[error("this objective does not say where a race begins; give a start")]
    NoStart,
    /// The rule asks for what the objective does not offer.
    #[error("{rule} needs {what}, which this objective does not offer")]
    Needs {
        /// The rule's name.
        rule: &'static str,
        /// What it asks for.
        what: &'static str,
    },
}

/// One step that was made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The number of steps made, this one included.
    pub step: usize,
    /// The loss over all rows where it leads.
    pub loss: f64,
    /// The learning rate of the step, schedule and edits applied.
    pub learning_rate: f64,
    /// The number of rows that its gradients were taken over; 0 without data.
    pub rows: u64,
}

/// A rule on its way over an objective. A clone is a fork: it goes on bit for bit as the original
/// does.
#[derive(Clone)]
pub struct Course {
    run: Box<dyn Run>,
    pace: Pace,
    watch: Watch,
    at: Vec<f64>,
    step: usize,
    has_ended: bool,
}

impl Course {
    /// The course that follows `plan` over the objective; all its chance comes from `seed`.
    ///
    /// # Errors
    /// If the start is no position of this objective, or if the rule needs what it does not offer.
    pub fn begin(
        objective: &Arc<dyn Objective>,
        plan: &Plan,
        start: Start<'_>,
        seed: u64,
    ) -> Result<Self, CourseError> {
        let at = match start {
            Start::At(at) => at.to_vec(),
            Start::Initial => objective.initial(seed).ok_or(CourseError::NoStart)?,
        };
        let (expected, found) = (objective.dimension(), at.len());
        if expected != found {
            return Err(CourseError::Dimension { expected, found });
        }
        if let Some(what) = plan.optimizer.needs().missing_in(objective.offers()) {
            let rule = plan.optimizer.rule().about().name;
            return Err(CourseError::Needs { rule, what });
        }
        Ok(Self {
            run: plan.optimizer.begin(&at, objective.blocks()),
            pace: Pace::of(plan),
            watch: Watch::new(objective, plan, &at, seed),
            at,
            step: 0,
            has_ended: false,
        })
    }

    /// The same over a surface, from a point of its plane.
    ///
    /// # Errors
    /// If the rule needs what the surface does not offer.
    pub fn over(
        surface: &Arc<dyn Surface>,
        plan: &Plan,
        start: [f64; 2],
        seed: u64,
    ) -> Result<Self, CourseError> {
        let objective: Arc<dyn Objective> = Arc::clone(surface) as Arc<dyn Objective>;
        Self::begin(&objective, plan, Start::At(&start), seed)
    }

    /// Makes the next step and tells it to `probe`; `None` once the position is no longer finite:
    /// the course then has ended, and [`Self::at`] is of no use.
    #[expect(
        clippy::inline_always,
        reason = "the step is handed over in registers: a seventh of a race's instructions"
    )]
    #[inline(always)]
    pub fn next<P: Probe>(&mut self, probe: &mut P) -> Option<Step> {
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
        self.watch.look(&self.at);
        Some(Step {
            step: self.step,
            loss: self.watch.loss(),
            learning_rate: self.pace.rate(),
            rows,
        })
    }

    /// The position.
    #[must_use]
    pub fn at(&self) -> &[f64] {
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

    /// The position as the plane shows it: its first two coordinates.
    #[must_use]
    #[inline]
    pub fn spot(&self) -> [f64; 2] {
        match *self.at {
            [x, y, ..] => [x, y],
            [x] => [x, 0.0],
            [] => [0.0; 2],
        }
    }

    /// The loss over all rows at the position.
    #[must_use]
    pub fn loss(&self) -> f64 {
        self.watch.loss()
    }

    /// The gradient over all rows at the position.
    #[must_use]
    pub fn gradient(&self) -> &[f64] {
        self.watch.slope()
    }

    /// The number of steps made.
    #[must_use]
    pub const fn step(&self) -> usize {
        self.step
    }

    /// How often the rule has asked its objective.
    #[must_use]
    pub const fn asked(&self) -> Asked {
        self.watch.asked()
    }

    /// To ask the objective about something else, without being counted.
    pub fn evaluator(&mut self) -> &mut dyn Evaluator {
        self.watch.evaluator()
    }
}
