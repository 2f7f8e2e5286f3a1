//! When a racer gets away.

use crate::experiment::Experiment;
use crate::simulation::Trajectory;

/// The first step at which a racer is outside the window of the experiment's surface, for instance
/// the saddle's, where getting off the ridge is what counts; `None` if it never gets there. A racer
/// that starts outside has got away at step 0.
///
/// The window turns with the surface, so that a turn changes nothing for rules that do not feel it.
#[must_use]
pub fn escape(path: &Trajectory, experiment: &Experiment) -> Option<usize> {
    let window = experiment.surface.open().window();
    let back = experiment.shape.turning(&experiment.surface, 0.0);
    let straight = |at: [f64; 2]| match experiment.shape.rotation {
        0.0 => at,
        _ => back.from_inner(at),
    };
    (0..path.len()).find(|&step| !window.contains(straight(path.at(step))))
}
