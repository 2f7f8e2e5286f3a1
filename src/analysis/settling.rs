//! The step at which a racer settles.

use super::distance;
use crate::simulation::Trajectory;
use crate::surface::Minimum;

/// The step from which a racer stays closer than `within` to a global minimum until the end of the
/// race; `None` if it does not, or if no global minimum is known.
#[must_use]
pub fn settled(path: &Trajectory, minima: &[Minimum], within: f64) -> Option<usize> {
    let is_near = |&step: &usize| {
        let away = distance(path.at(step), minima);
        away.is_some_and(|away| away < within)
    };
    (0..path.len()).rev().take_while(is_near).last()
}
