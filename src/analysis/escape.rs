//! When a racer gets away.

use crate::experiment::Trajectory;
use crate::surface::Window;

/// The first step at which a racer is outside `window`, for instance that of the saddle's surface,
/// where getting off the ridge is what counts; `None` if it never gets there. A racer that starts
/// outside has got away at step 0.
#[must_use]
pub fn escape(path: &Trajectory, window: &Window) -> Option<usize> {
    (0..path.len()).find(|&step| !window.contains(path.at(step)))
}
