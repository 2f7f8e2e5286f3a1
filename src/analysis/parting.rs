//! When two racers part.

use crate::plane::{Window, distance};
use crate::simulation::Trajectory;

/// Distances up to this part of the window's diagonal count as none: a thousandth of a pixel, and
/// far more than rounding leaves between two ways to compute the same path.
const TOGETHER: f64 = 1e-6;

/// The first step at which two paths are apart by more than 1e-6 of the window's diagonal; `None`
/// if they never part. A path that has ended because its racer diverged differs from one that
/// continues.
#[must_use]
pub fn parting(a: &Trajectory, b: &Trajectory, window: &Window) -> Option<usize> {
    let together = TOGETHER * window.diagonal();
    let (shorter, longer) = (a.len().min(b.len()), a.len().max(b.len()));
    (0..shorter)
        .find(|&step| distance(a.at(step), b.at(step)) > together)
        .or((shorter < longer).then_some(shorter))
}
