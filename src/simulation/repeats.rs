//! The same race with other seeds.

use std::sync::Arc;

use super::{Keep, Memory, PathJob};
use crate::experiment::Experiment;
use crate::surface::Surface;

/// The runs that an experiment needs besides its own race, one for each of its other seeds and for
/// each racer whose path depends on the seed. Their cost and their memory are bounded.
#[derive(Clone, Debug)]
pub struct Repeats {
    experiment: Experiment,
    surface: Arc<dyn Surface>,
    /// The racers whose paths depend on the seed.
    racers: Vec<usize>,
    /// The other seeds.
    seeds: Vec<u64>,
    keep: Keep,
}

impl Repeats {
    /// The highest cost of all runs together, in evaluations of a row of data or of a formula: some
    /// 20 seconds on two cores. Beyond it, only the first seeds are run.
    pub const MOST_WORK: u64 = 10_000_000_000;

    /// The runs of an experiment on its surface.
    #[must_use]
    pub fn of(experiment: &Experiment, surface: &Arc<dyn Surface>) -> Self {
        let rows = surface.rows();
        let racers = experiment.racers.iter().enumerate();
        let racers: Vec<usize> = racers
            .filter(|(_, racer)| racer.plan.has_chance(rows))
            .map(|(index, _)| index)
            .collect();
        let per_seed = work(experiment, &**surface).saturating_mul(racers.len() as u64);
        let affordable = Self::MOST_WORK / per_seed.max(1);
        let seeds: Vec<u64> = experiment
            .all_seeds()
            .skip(1)
            .take(usize::try_from(affordable).unwrap_or(usize::MAX))
            .collect();
        let points = racers
            .len()
            .saturating_mul(seeds.len())
            .saturating_mul(experiment.steps);
        let own = Memory::of(experiment, &**surface).keep();
        let keep = Keep {
            every: own.every.max(points.div_ceil(Memory::MOST_STEPS)),
            ..own
        };
        Self {
            experiment: experiment.clone(),
            surface: Arc::clone(surface),
            seeds: if racers.is_empty() { Vec::new() } else { seeds },
            racers,
            keep,
        }
    }

    /// The racers whose paths depend on the seed.
    #[must_use]
    pub fn racers(&self) -> &[usize] {
        &self.racers
    }

    /// The other seeds that are run; fewer than the experiment has if that would take too long.
    #[must_use]
    pub fn seeds(&self) -> &[u64] {
        &self.seeds
    }

    /// The number of steps between kept points.
    #[must_use]
    pub const fn every(&self) -> usize {
        self.keep.every
    }

    /// The cost of one run, in evaluations of a row of data or of a formula.
    #[must_use]
    pub fn work(&self) -> u64 {
        work(&self.experiment, &*self.surface)
    }

    /// The cost of running this many racers with all other seeds.
    #[must_use]
    pub fn work_of(&self, racers: usize) -> u64 {
        let runs = self.seeds.len().saturating_mul(racers);
        self.work().saturating_mul(runs as u64)
    }

    /// The run of a racer with a seed; `None` if its rule cannot race on the surface.
    #[must_use]
    pub fn job(&self, racer: usize, seed: u64) -> Option<PathJob> {
        let plan = &self.experiment.racers.get(racer)?.plan;
        PathJob::new(&self.experiment, &self.surface, plan, seed, self.keep).ok()
    }
}

fn work(experiment: &Experiment, surface: &dyn Surface) -> u64 {
    let steps = experiment.steps as u64;
    steps.saturating_mul(1 + surface.cost() as u64)
}
