//! Simulates an experiment on all cores.

use super::{Signal, all_cores};
use crate::experiment::Experiment;
use crate::simulation::{Memory, PathJob, Trajectory};

/// One trajectory per racer of the experiment, in order: the same as
/// [`simulate`](crate::simulation::simulate), but on all cores if the race is long enough.
#[must_use]
pub fn simulate(experiment: &Experiment) -> Vec<Trajectory> {
    simulate_until(experiment, &Signal::default()).unwrap_or_default()
}

/// The same, unless `signal` stops it.
#[must_use]
pub fn simulate_until(experiment: &Experiment, signal: &Signal) -> Option<Vec<Trajectory>> {
    let surface = experiment.open_surface();
    let keep = Memory::of(experiment, &*surface).keep();
    let jobs = experiment.racers.iter();
    let jobs = jobs
        .map(|racer| PathJob::new(experiment, &surface, &racer.plan, experiment.seed, keep).ok());
    let work = experiment.steps.saturating_mul(1 + surface.cost());
    let paths = all_cores(jobs.collect(), work, signal);
    let paths = paths.into_iter().map(Option::unwrap_or_default);
    (!signal.is_stopped()).then(|| paths.collect())
}
