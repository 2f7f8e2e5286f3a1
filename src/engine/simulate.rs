//! Simulates an experiment on all cores.

use std::sync::Arc;

use super::{Signal, all_cores};
use crate::experiment::Experiment;
use crate::simulation::{Horizon, HorizonJob, Memory, PathJob, Raced, Trajectory};
use crate::subspace::PlaneChoice;
use crate::surface::Surface;

/// One trajectory per racer of the experiment, in order: the same as
/// [`simulate`](crate::simulation::simulate), but on all cores if the race is long enough.
#[must_use]
pub fn simulate(experiment: &Experiment) -> Vec<Trajectory> {
    simulate_until(experiment, &Signal::default()).unwrap_or_default()
}

/// The same, unless `signal` stops it.
#[must_use]
pub fn simulate_until(experiment: &Experiment, signal: &Signal) -> Option<Vec<Trajectory>> {
    race_until(experiment, &PlaneChoice::Fitted, signal).map(|raced| raced.paths)
}

/// The same together with the surface, which is seen on the chosen plane if it has more than two
/// parameters.
#[must_use]
pub fn race_until(experiment: &Experiment, plane: &PlaneChoice, signal: &Signal) -> Option<Raced> {
    let surface = experiment.open_surface();
    let paths = paths_until(experiment, &surface, signal)?;
    let again = |surface: &Arc<dyn Surface>| paths_until(experiment, surface, signal);
    Raced { surface, paths }.seen_on(experiment, plane, again)
}

/// The same on a surface that is already open, on the plane that it has.
#[must_use]
pub fn paths_until(
    experiment: &Experiment,
    surface: &Arc<dyn Surface>,
    signal: &Signal,
) -> Option<Vec<Trajectory>> {
    let keep = Memory::of(experiment, &**surface).keep();
    let jobs = experiment.racers.iter();
    let jobs = jobs
        .map(|racer| PathJob::new(experiment, surface, &racer.plan, experiment.seed, keep).ok());
    let work = experiment.steps.saturating_mul(1 + surface.cost());
    let paths = all_cores(jobs.collect(), work, signal);
    let paths = paths.into_iter().map(Option::unwrap_or_default);
    (!signal.is_stopped()).then(|| paths.collect())
}

/// The steps from which rounding decides the racers' paths, in order, unless `signal` stops it.
#[must_use]
pub fn horizons_until(experiment: &Experiment, signal: &Signal) -> Option<Vec<Horizon>> {
    let Experiment {
        start, steps, seed, ..
    } = *experiment;
    let surface = experiment.open_surface();
    let plans = || experiment.racers.iter().map(|racer| &racer.plan);
    let jobs = plans().map(|plan| HorizonJob::new(&surface, plan, start, steps, seed).ok());
    let costs = plans().map(|plan| HorizonJob::cost_of(&*surface, plan, steps));
    let work = usize::try_from(costs.max().unwrap_or_default()).unwrap_or(usize::MAX);
    let horizons = all_cores(jobs.collect(), work, signal);
    let horizons = horizons.into_iter().map(Option::unwrap_or_default);
    (!signal.is_stopped()).then(|| horizons.collect())
}
