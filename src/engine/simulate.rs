//! Simulates an experiment on all cores.

use std::sync::Arc;

use super::all_cores::SLICE;
use super::{Pauses, Signal, all_cores, at_once};
use crate::experiment::Experiment;
use crate::simulation::{Horizon, HorizonJob, Memory, PathJob, Raced, Trajectory};
use crate::subspace::PlaneChoice;
use crate::surface::Surface;

/// One trajectory per racer of the experiment, in order: the same as
/// [`simulate`](crate::simulation::simulate), but on all cores if the race is long enough.
#[must_use]
pub fn simulate(experiment: &Experiment) -> Vec<Trajectory> {
    at_once(simulate_until(experiment, &Signal::default())).unwrap_or_default()
}

/// The same, unless `signal` stops it.
pub async fn simulate_until(experiment: &Experiment, signal: &Signal) -> Option<Vec<Trajectory>> {
    let raced = race_until(experiment, &PlaneChoice::Fitted, signal).await;
    raced.map(|raced| raced.paths)
}

/// The same together with the surface, which is seen on the chosen plane if it has more than two
/// parameters.
pub async fn race_until(
    experiment: &Experiment,
    plane: &PlaneChoice,
    signal: &Signal,
) -> Option<Raced> {
    let surface = experiment.open_surface();
    let paths = paths_until(experiment, &surface, signal).await?;
    let raced = Raced { surface, paths };
    let again = async |surface: &Arc<dyn Surface>| paths_until(experiment, surface, signal).await;
    raced.seen_on(experiment, plane, again).await
}

/// The same on a surface that is already open, on the plane that it has.
pub async fn paths_until(
    experiment: &Experiment,
    surface: &Arc<dyn Surface>,
    signal: &Signal,
) -> Option<Vec<Trajectory>> {
    let keep = Memory::of(experiment, &**surface).keep();
    let mut jobs = Vec::with_capacity(experiment.racers.len());
    // Over data, even the first point of a path takes a pass over all rows.
    let mut pauses = Pauses::every(SLICE);
    for racer in &experiment.racers {
        jobs.push(PathJob::new(experiment, surface, &racer.plan, experiment.seed, keep).ok());
        pauses.after(surface.cost() as u64).await;
    }
    let work = experiment.steps.saturating_mul(1 + surface.cost());
    let paths = all_cores(jobs, work, signal).await;
    let paths = paths.into_iter().map(Option::unwrap_or_default);
    (!signal.is_stopped()).then(|| paths.collect())
}

/// The steps from which rounding decides the racers' paths, in order, unless `signal` stops it.
pub async fn horizons_until(experiment: &Experiment, signal: &Signal) -> Option<Vec<Horizon>> {
    let Experiment {
        start, steps, seed, ..
    } = *experiment;
    let surface = experiment.open_surface();
    let plans = || experiment.racers.iter().map(|racer| &racer.plan);
    let jobs = plans().map(|plan| HorizonJob::new(&surface, plan, start, steps, seed).ok());
    let costs = plans().map(|plan| HorizonJob::cost_of(&*surface, plan, steps));
    let work = usize::try_from(costs.max().unwrap_or_default()).unwrap_or(usize::MAX);
    let horizons = all_cores(jobs.collect(), work, signal).await;
    let horizons = horizons.into_iter().map(Option::unwrap_or_default);
    (!signal.is_stopped()).then(|| horizons.collect())
}
