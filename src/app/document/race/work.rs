//! The simulation of a race, from the paths that are known to those that are wanted.

use std::sync::Arc;

use super::Race;
use crate::engine::{Run, Signal, Stage, in_rounds, paths_until};
use crate::experiment::{Experiment, Plan, Racer};
use crate::simulation::{Memory, PathJob, Raced, Trajectory};
use crate::subspace::{PlaneChoice, Subspace};
use crate::surface::{Minimum, Surface, minima};

/// The cost from which a race over data shows its paths before they are finished: about 50 ms.
const LONG: usize = 500_000;
/// The number of rounds in which a long race is simulated. The unfinished paths can be seen after
/// each.
const ROUNDS: u64 = 16;

/// What a simulation comes to.
#[derive(Debug)]
pub struct Outcome {
    pub surface: Arc<dyn Surface>,
    /// Whether the plane of a network was laid through these paths.
    pub is_laid: bool,
    pub paths: Vec<Arc<Trajectory>>,
    /// The minima worth marking, unless they are known.
    pub minima: Option<Vec<Minimum>>,
}

/// The racers to simulate and those whose paths are known.
pub struct Work {
    experiment: Experiment,
    surface: Arc<dyn Surface>,
    racers: Vec<Known>,
    /// The price of the whole work, in steps of a racer on a simple surface.
    pub cost: usize,
    /// The plane to lay through the paths of a network, unless it stays.
    plane: Option<PlaneChoice>,
    /// Whether the minima of the surface are known.
    has_minima: bool,
}

/// A racer's path, or the job that computes it; `Job(None)` if its rule cannot race here.
enum Known {
    Path(Arc<Trajectory>),
    Job(Option<Box<PathJob>>),
}

impl Work {
    /// Prepares the simulation of an experiment. Racers that have not changed keep their finished
    /// paths from `known`, and a plane is laid only if one is given as `plane`.
    pub fn of(
        experiment: &Experiment,
        surface: Arc<dyn Surface>,
        known: Option<&Race>,
        plane: Option<&PlaneChoice>,
    ) -> Self {
        let keep = Memory::of(experiment, &*surface).keep();
        let same_ground = |race: &&Race| {
            let old = race.experiment();
            old.same_surface(experiment)
                && old.start == experiment.start
                && old.steps == experiment.steps
                && old.seed == experiment.seed
        };
        let has_minima = known.is_some_and(|race| Arc::ptr_eq(&race.surface, &surface));
        let known = known.filter(same_ground);
        let path_of = |index: usize, plan: &Plan| {
            let race = known?;
            let racers = &race.experiment().racers;
            let runs_alike = |old: &Racer| old.plan == *plan;
            // A racer is nearly always at its old index; the others are searched only if it moved.
            let stayed = racers.get(index).is_some_and(runs_alike).then_some(index);
            let index = stayed.or_else(|| racers.iter().position(runs_alike))?;
            let path = race.paths.get(index)?;
            (path.every() == keep.every && !path.is_cut_off()).then(|| Arc::clone(path))
        };
        let racers = experiment.racers.iter().enumerate();
        let racers = racers.map(|(index, racer)| match path_of(index, &racer.plan) {
            Some(path) => Known::Path(path),
            None => Known::Job(
                PathJob::new(experiment, &surface, &racer.plan, experiment.seed, keep)
                    .ok()
                    .map(Box::new),
            ),
        });
        let racers: Vec<Known> = racers.collect();
        // Over data, a step costs several times as much.
        let price = match surface.network() {
            Some(_) => 1 + surface.cost() / 4,
            None => 1 + surface.rows() / 32,
        };
        let unknown = racers.iter().filter(|racer| matches!(racer, Known::Job(_)));
        let of_paths = unknown.count().saturating_mul(experiment.steps * price);
        // Over data, a minimum is fitted in several passes over all rows.
        let of_minima = if has_minima { 0 } else { surface.rows() / 4 };
        let cost = of_paths.saturating_add(of_minima);
        Self {
            experiment: experiment.clone(),
            plane: surface.subspace().and(plane.cloned()),
            surface,
            racers,
            cost,
            has_minima,
        }
    }

    /// Returns the number of row or formula evaluations needed for one unknown path.
    fn looks_per_path(&self) -> usize {
        self.experiment
            .steps
            .saturating_mul(1 + self.surface.cost())
    }

    /// Returns the number of rounds in which the work is done.
    fn rounds(&self) -> u64 {
        let is_long = self.cost >= LONG && self.surface.rows() > 0;
        if is_long { ROUNDS } else { 1 }
    }

    /// Returns all paths, and the minima if they are not known; paths stopped by `signal` are empty.
    /// The unfinished paths of a long race are shown to `look` now and then.
    pub fn run(self, signal: &Signal, mut look: impl FnMut(&mut Unfinished<'_>)) -> Outcome {
        let minima = (!self.has_minima).then(|| minima::worth_marking(&*self.surface));
        let (looks, rounds) = (self.looks_per_path(), self.rounds());
        let (mut known, mut jobs) = (Vec::new(), Vec::new());
        for racer in self.racers {
            match racer {
                Known::Path(path) => known.push(Some(path)),
                Known::Job(job) => {
                    known.push(None);
                    jobs.push(job.map(|job| *job));
                }
            }
        }
        let ground = Ground {
            experiment: self.experiment,
            surface: self.surface,
            minima,
        };
        let (mut round, mut provisional) = (0_u64, None);
        let made = in_rounds(jobs, looks, rounds, signal, |runs| {
            round += 1;
            // Now and then, the plane follows the paths. In between, it stays, and so does its map.
            if round.is_power_of_two() {
                provisional = None;
            }
            look(&mut Unfinished {
                ground: &ground,
                known: &known,
                runs,
                plane: self.plane.as_ref(),
                provisional: &mut provisional,
            });
        });
        let paths = together(&known, made.into_iter().map(Option::unwrap_or_default));
        match &self.plane {
            Some(plane) => ground.laid(paths, plane, signal),
            None => ground.as_it_is(paths),
        }
    }
}

/// Returns the paths of all racers in order: those that are known, with the others in the gaps.
fn together(
    known: &[Option<Arc<Trajectory>>],
    mut made: impl Iterator<Item = Trajectory>,
) -> Vec<Arc<Trajectory>> {
    let path = |known: &Option<Arc<Trajectory>>| match known {
        Some(path) => Arc::clone(path),
        None => Arc::new(made.next().unwrap_or_default()),
    };
    known.iter().map(path).collect()
}

/// The paths of a race that is being simulated.
pub struct Unfinished<'a> {
    ground: &'a Ground,
    known: &'a [Option<Arc<Trajectory>>],
    runs: &'a [Run<PathJob>],
    plane: Option<&'a PlaneChoice>,
    /// The plane that was laid through earlier unfinished paths, while it stays.
    provisional: &'a mut Option<Arc<Subspace>>,
}

impl Unfinished<'_> {
    /// Returns the paths as far as they are.
    pub fn so_far(&mut self, signal: &Signal) -> Outcome {
        let path = |run: &Run<PathJob>| match run.stage() {
            Stage::Nothing => Trajectory::default(),
            Stage::Working(job) => job.so_far(),
            Stage::Done(path) => path.clone(),
        };
        let mut paths = together(self.known, self.runs.iter().map(path));
        let Some(choice) = self.plane else {
            return self.ground.as_it_is(paths);
        };
        // Only points with all their parameters can be moved to another plane.
        for path in &mut paths {
            Arc::make_mut(path).keep_positions();
        }
        let outcome = match self.provisional.take() {
            Some(plane) => self.ground.on(paths, plane, signal),
            None => self.ground.laid(paths, choice, signal),
        };
        *self.provisional = outcome.surface.subspace().cloned();
        outcome
    }
}

/// What the racers race on.
struct Ground {
    experiment: Experiment,
    surface: Arc<dyn Surface>,
    /// The minima worth marking, unless they are known.
    minima: Option<Vec<Minimum>>,
}

impl Ground {
    /// Returns the paths on a plane that is laid through them.
    fn laid(&self, paths: Vec<Arc<Trajectory>>, plane: &PlaneChoice, signal: &Signal) -> Outcome {
        let raced = self.raced(&paths);
        let raced = raced.seen_on(&self.experiment, plane, |surface| {
            paths_until(&self.experiment, surface, signal)
        });
        self.outcome(raced, paths)
    }

    /// Returns the paths on a plane that was laid before.
    fn on(&self, paths: Vec<Arc<Trajectory>>, plane: Arc<Subspace>, signal: &Signal) -> Outcome {
        let raced = self.raced(&paths);
        let raced = raced.on(plane, |surface| {
            paths_until(&self.experiment, surface, signal)
        });
        self.outcome(raced, paths)
    }

    fn raced(&self, paths: &[Arc<Trajectory>]) -> Raced {
        Raced {
            surface: Arc::clone(&self.surface),
            paths: paths.iter().map(|path| Trajectory::clone(path)).collect(),
        }
    }

    /// Returns the paths as they are on their new plane, or else on the old one.
    fn outcome(&self, raced: Option<Raced>, paths: Vec<Arc<Trajectory>>) -> Outcome {
        let Some(raced) = raced else {
            return self.as_it_is(paths);
        };
        Outcome {
            surface: raced.surface,
            is_laid: true,
            paths: raced.paths.into_iter().map(Arc::new).collect(),
            minima: self.minima.clone(),
        }
    }

    /// Returns the paths on the surface as it is.
    fn as_it_is(&self, paths: Vec<Arc<Trajectory>>) -> Outcome {
        Outcome {
            surface: Arc::clone(&self.surface),
            is_laid: false,
            paths,
            minima: self.minima.clone(),
        }
    }
}
