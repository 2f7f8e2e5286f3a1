//! The step at which a racer escapes.

use crate::experiment::Experiment;
use crate::simulation::Trajectory;

/// The first step at which a racer is outside the window of the experiment's surface, for instance
/// that of a saddle, where leaving the ridge is what counts; `None` if it never leaves. A racer
/// that starts outside escapes at step 0.
///
/// The window is rotated together with the surface, so a rotation makes no difference for rules
/// that are rotationally invariant.
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
