//! The rounding horizon: the step from which a path is decided by rounding.
//!
//! Every racer has a shadow: the same course in arithmetic with twice as many digits. On most races
//! both stay together to the end. Where a path is chaotic, rounding errors grow from step to step,
//! and from the step at which both have parted, the path shown is one of many that are equally
//! right: nothing that happens from there on says anything about the rule.

use std::sync::Arc;

use super::price::of_passing;
use super::{Course, CourseError, Job, Progress, Start};
use crate::experiment::Plan;
use crate::objective::Objective;
use crate::optimizer::Silent;
use crate::real::{DoubleDouble, Real};
use crate::surface::Surface;

/// Up to this difference, relative to 1 + |x|, both paths are the same.
const SAME: f64 = 1e-6;

/// A coordinate of this size has left everything behind: whether it leaves the range of numbers a
/// step earlier or later is of no interest.
const GONE: f64 = 1e100;

/// The evaluations of a row or a formula that the shadow of a racer may use, a few seconds at most:
/// in huge races, only the first steps are compared.
const MOST_EVALUATIONS: u64 = 1_000_000;

/// The cost of an evaluation with twice as many digits, in evaluations in doubles.
const PRECISION: u64 = 40;

/// Whether, and from which step on, rounding decides the path of a racer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Horizon {
    /// The first step at which the path in doubles and the exact one differ by more than
    /// 10⁻⁶ (1 + |x|) in a coordinate x. Where one of both ends and the other does not, the step
    /// after which it ends.
    pub decided_from: Option<usize>,
    /// The number of steps that were compared.
    pub checked: usize,
}

impl Horizon {
    /// Whether rounding decides the position at this step, as far as is known.
    #[must_use]
    pub fn is_past(&self, step: usize) -> bool {
        self.decided_from.is_some_and(|from| step >= from)
    }
}

/// The same course as a racer's, with twice as many digits, compared with it step by step.
pub struct Shadow {
    /// `None` once nothing is left to compare.
    course: Option<Course<DoubleDouble>>,
    horizon: Horizon,
    /// The number of steps that may be compared.
    affordable: usize,
}

impl Shadow {
    /// The shadow of a course that begins as given.
    ///
    /// # Errors
    /// Returns an error if the course cannot begin.
    pub fn of(
        surface: &Arc<dyn Surface>,
        plan: &Plan,
        start: [f64; 2],
        seed: u64,
    ) -> Result<Self, CourseError> {
        let objective = Arc::clone(surface) as Arc<dyn Objective>;
        let affordable = MOST_EVALUATIONS / of_passing(plan, &**surface);
        Ok(Self {
            course: Course::precise(&objective, plan, Start::At(&start), seed)?,
            horizon: Horizon::default(),
            affordable: usize::try_from(affordable).unwrap_or(usize::MAX),
        })
    }

    /// Follows a racer that has made its next step and is now at this point; `None`: the step has
    /// led out of the range of numbers.
    pub fn follow(&mut self, racer: Option<&[f64]>) {
        if self.horizon.checked >= self.affordable {
            self.course = None;
        }
        let Some(course) = &mut self.course else {
            return;
        };
        let goes_on = course.pass(&mut Silent).is_some();
        let has_parted = match racer {
            Some(racer) if goes_on => has_parted(racer, course.at()),
            Some(racer) => !is_gone(racer),
            None => goes_on && !course.at().iter().any(|part| part.abs() > GONE),
        };
        if has_parted {
            // A racer that has ended stands where it was.
            let step = self.horizon.checked + usize::from(racer.is_some());
            self.horizon.decided_from = Some(step);
        }
        if racer.is_some() {
            self.horizon.checked += 1;
        }
        if has_parted || !goes_on || racer.is_none() {
            self.course = None;
        }
    }

    /// What is known so far.
    #[must_use]
    pub const fn horizon(&self) -> Horizon {
        self.horizon
    }

    /// Whether rounding decides the position at the latest step; `None` if it is not known, as
    /// comparing more steps would have taken too long.
    #[must_use]
    pub fn decides(&self) -> Option<bool> {
        if self.horizon.decided_from.is_some() {
            return Some(true);
        }
        self.course.is_some().then_some(false)
    }

    /// Whether the comparison is over, for whatever reason.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        self.course.is_none()
    }
}

/// Whether two positions differ by more than rounding errors that never mattered.
fn has_parted(racer: &[f64], shadow: &[DoubleDouble]) -> bool {
    let mut pairs = racer.iter().zip(shadow);
    pairs.any(|(&racer, &shadow)| (shadow - racer).to_f64().abs() > SAME * (1.0 + racer.abs()))
        && !(is_gone(racer) && shadow.iter().any(|part| part.abs() > GONE))
}

fn is_gone(position: &[f64]) -> bool {
    position.iter().any(|part| part.abs() > GONE)
}

/// Finds the horizon of one racer in slices.
pub struct HorizonJob {
    course: Course,
    shadow: Shadow,
    steps: usize,
    /// The cost of one step, in evaluations of a row or a formula.
    price: u64,
}

impl HorizonJob {
    /// Prepares the comparison of a plan's path with that of its shadow, over `steps` steps.
    ///
    /// # Errors
    /// Returns an error if the rule needs something that the surface does not offer.
    pub fn new(
        surface: &Arc<dyn Surface>,
        plan: &Plan,
        start: [f64; 2],
        steps: usize,
        seed: u64,
    ) -> Result<Self, CourseError> {
        Ok(Self {
            course: Course::over(surface, plan, start, seed)?,
            shadow: Shadow::of(surface, plan, start, seed)?,
            steps,
            price: PRECISION * of_passing(plan, &**surface),
        })
    }

    /// The work that it takes at most, in evaluations of a row or a formula.
    #[must_use]
    pub fn cost_of(surface: &dyn Surface, plan: &Plan, steps: usize) -> u64 {
        let price = of_passing(plan, surface);
        PRECISION * price.saturating_mul(steps as u64).min(MOST_EVALUATIONS)
    }
}

impl Job for HorizonJob {
    type Out = Horizon;

    fn advance(&mut self, work: u64) -> Progress<Horizon> {
        for _ in 0..(work / self.price).max(1) {
            if self.course.step() == self.steps || self.shadow.is_over() {
                return Progress::Done(self.shadow.horizon());
            }
            let goes_on = self.course.pass(&mut Silent).is_some();
            let racer = goes_on.then(|| self.course.at());
            self.shadow.follow(racer);
        }
        Progress::Working {
            done: self.course.step() as u64 * self.price,
            of: self.steps.min(self.shadow.affordable) as u64 * self.price,
        }
    }
}
