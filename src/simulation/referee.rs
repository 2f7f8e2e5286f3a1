//! Decides how a race ends, based on the full gradient of any objective.

use super::vector::copy;
use super::{Course, Status};
use crate::objective::{Evaluator, lanczos};

/// A gradient and a step shorter than this count as zero.
const NOTHING: f64 = 1e-8;
/// Hessian eigenvalues up to this size count as flat.
const FLAT: f64 = 1e-6;

/// Watches a course for the step from which it is at rest.
#[derive(Clone, Debug)]
pub(super) struct Referee {
    /// The last finite position.
    position: Vec<f64>,
    resting_since: Option<usize>,
}

impl Referee {
    /// Starts watching before the first step.
    pub(super) fn new(course: &Course) -> Self {
        Self {
            position: course.at().to_vec(),
            resting_since: None,
        }
    }

    /// Observes the result of a step, with the length of the gradient there.
    pub(super) fn see(&mut self, course: &Course, gradient_norm: f64) {
        let rests = gradient_norm < NOTHING && distance(course.at(), &self.position) < NOTHING;
        if !rests {
            self.resting_since = None;
        } else if self.resting_since.is_none() {
            self.resting_since = Some(course.step());
        }
        copy(course.at(), &mut self.position);
    }

    /// Observes a step at which the gradient is not evaluated.
    pub(super) fn pass(&mut self, course: &Course) {
        copy(course.at(), &mut self.position);
    }

    /// The last finite position.
    pub(super) fn position(&self) -> &[f64] {
        &self.position
    }

    /// The status after the last observed step of a race of `steps` steps, if the race has ended.
    pub(super) fn verdict(&self, course: &mut Course, steps: usize) -> Option<Status> {
        if course.step() < steps {
            let last = course.step();
            return Some(match course.undefined() {
                Some(_) => Status::Undefined(last),
                None => Status::Diverged(last),
            });
        }
        let since = self.resting_since?;
        let trapped = is_trap(course.evaluator(), &self.position);
        Some(if trapped {
            Status::Stuck(since)
        } else {
            Status::Converged(since)
        })
    }
}

/// Whether a stationary point is not a minimum: a saddle, a maximum or a plateau. `false` if the
/// objective does not offer products with its Hessian, since then it cannot be decided.
fn is_trap(evaluator: &mut dyn Evaluator, at: &[f64]) -> bool {
    lanczos::of_hessian(evaluator, at).is_some_and(|curvature| {
        // Rounding errors alone can make a zero eigenvalue slightly negative.
        let rounding = 1e-10 * curvature.largest.abs().max(1.0);
        curvature.smallest < -rounding || curvature.largest <= FLAT
    })
}

fn distance(to: &[f64], from: &[f64]) -> f64 {
    let squares = to.iter().zip(from).map(|(to, from)| (to - from).powi(2));
    squares.sum::<f64>().sqrt()
}
