//! The step at which two racers part.

use crate::plane::{Window, distance};
use crate::simulation::Trajectory;

/// The fraction of the window's diagonal up to which a distance counts as zero: a thousandth of a
/// pixel, and far more than the rounding difference between two ways to compute the same path.
const TOGETHER: f64 = 1e-6;

/// The first step at which two paths are farther apart than 1e-6 of the window's diagonal; `None`
/// if they never part. A path that has ended because its racer diverged parts from one that
/// continues.
#[must_use]
pub fn parting(a: &Trajectory, b: &Trajectory, window: &Window) -> Option<usize> {
    let together = TOGETHER * window.diagonal();
    let (shorter, longer) = (a.len().min(b.len()), a.len().max(b.len()));
    (0..shorter)
        .find(|&step| distance(a.at(step), b.at(step)) > together)
        .or((shorter < longer).then_some(shorter))
}
