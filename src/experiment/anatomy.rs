//! One step of a racer, looked at from inside.

use super::simulate::{Pace, Watch};
use super::{Racer, Trajectory};
use crate::optimizer::Notebook;
use crate::surface::Surface;

/// What a rule told about one step.
#[derive(Clone, Debug)]
pub struct Anatomy {
    /// The step before it was made: it leads from `step` to `step + 1`.
    pub step: usize,
    /// The position before.
    pub from: [f64; 2],
    /// The position after.
    pub to: [f64; 2],
    /// Everything that the rule noted.
    pub notes: Notebook,
}

/// The anatomy of the step from `step` to `step + 1`, told by the rule itself while the race is
/// run again up to there; `None` if the racer has diverged before.
#[must_use]
pub fn anatomy(
    surface: &dyn Surface,
    racer: &Racer,
    path: &Trajectory,
    step: usize,
    seed: u64,
) -> Option<Anatomy> {
    if path.is_empty() || step > path.last_step() {
        return None;
    }
    let mut pace = Pace::of(racer);
    let mut at = path.at(0);
    let mut run = racer.optimizer.rule().run(at.len());
    let mut watch = Watch::on(surface, at, racer, seed);
    for done in 0..step {
        pace.keep(&mut *run, done);
        watch.turn_to(done);
        run.step(&mut at, done as u64 + 1, &mut watch);
    }
    let from = at;
    let mut notes = Notebook::default();
    pace.keep(&mut *run, step);
    watch.turn_to(step);
    run.step_noted(&mut at, step as u64 + 1, &mut watch, &mut notes);
    Some(Anatomy {
        step,
        from,
        to: at,
        notes,
    })
}
