//! The evaluations that a path knows of.

use crate::simulation::Trajectory;

/// An evaluation of the full loss during a race.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// The step after which the loss was evaluated.
    pub step: usize,
    /// The first kept point of the path that has its values.
    pub point: usize,
}

/// The evaluations whose values a path has kept, in order. Between two of them, all points of the
/// path have the values of the first.
#[must_use]
pub fn evaluations(path: &Trajectory) -> Vec<Evaluation> {
    let last = path.last_step();
    // A race that ends before its last step ends without an evaluation.
    let ends_unseen = path.status().is_out() && !last.is_multiple_of(path.interval());
    let mut evaluations: Vec<Evaluation> = Vec::new();
    for point in 0..path.points() {
        let step = path.evaluated_by(path.step_of(point));
        let is_new = evaluations.last().is_none_or(|known| known.step < step);
        if is_new && !(ends_unseen && step == last) {
            evaluations.push(Evaluation { step, point });
        }
    }
    evaluations
}
