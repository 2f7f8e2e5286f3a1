//! Runs jobs to completion on all cores.
//!
//! Nothing below this module starts a thread: a [`Job`](crate::simulation::Job) only knows how to
//! do some work. On the web there are no threads, and the jobs run one after the other.

mod all_cores;
mod signal;

pub use all_cores::all_cores;
pub use signal::Signal;

use crate::experiment::Experiment;
use crate::simulation::{Memory, PathJob, Trajectory};

/// One trajectory per racer of the experiment, in order: the same as
/// [`simulate`](crate::simulation::simulate), but on all cores if the race is long enough.
#[must_use]
pub fn simulate(experiment: &Experiment) -> Vec<Trajectory> {
    let surface = experiment.open_surface();
    let keep = Memory::of(experiment, &*surface).keep();
    let jobs = experiment.racers.iter();
    let jobs = jobs.map(|racer| PathJob::new(experiment, &surface, &racer.plan, keep).ok());
    let work = experiment.steps.saturating_mul(surface.cost());
    let paths = all_cores(jobs.collect(), work, &Signal::default());
    paths.into_iter().map(Option::unwrap_or_default).collect()
}
