//! When a racer gets away.

use crate::experiment::{Experiment, Trajectory};

/// The first step at which a racer is outside the window of the experiment's surface, for instance
/// the saddle's, where getting off the ridge is what counts; `None` if it never gets there. A racer
/// that starts outside has got away at step 0.
///
/// The window turns with the surface, so that a turn changes nothing for rules that do not feel it.
#[must_use]
pub fn escape(path: &Trajectory, experiment: &Experiment) -> Option<usize> {
    let window = experiment.surface.open().window();
    let straight = experiment.shape.turned_back(&experiment.surface, path);
    (0..straight.len()).find(|&step| !window.contains(straight.at(step)))
}
