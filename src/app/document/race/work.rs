//! The simulation of a race, from the paths that are known to those that are wanted.

use std::sync::Arc;

use super::Race;
use crate::engine::{Run, Signal, Stage, in_rounds, paths_until, pause};
use crate::experiment::{Experiment, Plan, Racer};
use crate::simulation::{Memory, PathJob, Raced, Trajectory};
use crate::subspace::{PlaneChoice, Subspace};
use crate::surface::{Minimum, Surface, minima};

/// The cost from which a race over data shows its paths before they are finished: about 50 ms.
const LONG: usize = 500_000;
/// The number of rounds in which a long race is simulated. The unfinished paths can be seen after
/// each.
const ROUNDS: u64 = 16;

/// The cost of a search for the minima of a formula. On a page, which has less time in a frame, it is
/// not done at once.
const SEARCH: usize = if cfg!(target_arch = "wasm32") {
    20_000
} else {
    0
};

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

/// A racer's path, unless it is to be simulated.
type Known = Option<Arc<Trajectory>>;

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
        let racers = racers.map(|(index, racer)| path_of(index, &racer.plan));
        let racers: Vec<Known> = racers.collect();
        // Over data, a step costs several times as much.
        let price = match surface.network() {
            Some(_) => 1 + surface.cost() / 4,
            None => 1 + surface.rows() / 32,
        };
        let unknown = racers.iter().filter(|racer| racer.is_none());
        let of_paths = unknown.count().saturating_mul(experiment.steps * price);
        // Over data, a minimum is fitted in several passes over all rows.
        let of_minima = if has_minima {
            0
        } else {
            surface.rows() / 4 + SEARCH
        };
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

    /// Returns the jobs for the unknown paths; `None` where a rule cannot race here.
    async fn jobs(&self) -> Vec<Option<PathJob>> {
        let (experiment, surface) = (&self.experiment, &self.surface);
        let keep = Memory::of(experiment, &**surface).keep();
        let racers = experiment.racers.iter().zip(&self.racers);
        let unknown = racers.filter(|(_, known)| known.is_none());
        let mut jobs = Vec::new();
        for (racer, _) in unknown {
            jobs.push(PathJob::new(experiment, surface, &racer.plan, experiment.seed, keep).ok());
            // Over data, even the first point takes a pass over all rows.
            if surface.rows() > 0 {
                pause().await;
            }
        }
        jobs
    }

    /// Returns all paths, and the minima if they are not known; paths stopped by `signal` are empty.
    /// The unfinished paths of a long race are shown to `look` now and then.
    pub async fn run(
        self,
        signal: &Signal,
        mut look: impl AsyncFnMut(&mut Unfinished<'_>),
    ) -> Outcome {
        let minima = if self.has_minima {
            None
        } else {
            Some(minima::worth_marking_in_slices(&*self.surface).await)
        };
        let (looks, rounds) = (self.looks_per_path(), self.rounds());
        let jobs = self.jobs().await;
        let known = self.racers;
        let ground = Ground {
            experiment: self.experiment,
            surface: self.surface,
            minima,
        };
        let (mut round, mut provisional) = (0_u64, None);
        let show = async |runs: &[Run<PathJob>]| {
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
            })
            .await;
        };
        let made = in_rounds(jobs, looks, rounds, signal, show).await;
        let paths = together(&known, made.into_iter().map(Option::unwrap_or_default));
        match &self.plane {
            Some(plane) => ground.laid(paths, plane, signal).await,
            None => ground.as_it_is(paths),
        }
    }
}

/// Returns the paths of all racers in order: those that are known, with the others in the gaps.
fn together(known: &[Known], mut made: impl Iterator<Item = Trajectory>) -> Vec<Arc<Trajectory>> {
    let path = |known: &Known| match known {
        Some(path) => Arc::clone(path),
        None => Arc::new(made.next().unwrap_or_default()),
    };
    known.iter().map(path).collect()
}

/// The paths of a race that is being simulated.
pub struct Unfinished<'a> {
    ground: &'a Ground,
    known: &'a [Known],
    runs: &'a [Run<PathJob>],
    plane: Option<&'a PlaneChoice>,
    /// The plane that was laid through earlier unfinished paths, while it stays.
    provisional: &'a mut Option<Arc<Subspace>>,
}

impl Unfinished<'_> {
    /// Returns the paths as far as they are.
    pub async fn so_far(&mut self, signal: &Signal) -> Outcome {
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
            Some(plane) => self.ground.on(paths, plane, signal).await,
            None => self.ground.laid(paths, choice, signal).await,
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
    async fn laid(
        &self,
        paths: Vec<Arc<Trajectory>>,
        plane: &PlaneChoice,
        signal: &Signal,
    ) -> Outcome {
        let raced = self.raced(&paths);
        let again =
            async |surface: &Arc<dyn Surface>| paths_until(&self.experiment, surface, signal).await;
        let raced = raced.seen_on(&self.experiment, plane, again).await;
        self.outcome(raced, paths)
    }

    /// Returns the paths on a plane that was laid before.
    async fn on(
        &self,
        paths: Vec<Arc<Trajectory>>,
        plane: Arc<Subspace>,
        signal: &Signal,
    ) -> Outcome {
        let raced = self.raced(&paths);
        let again =
            async |surface: &Arc<dyn Surface>| paths_until(&self.experiment, surface, signal).await;
        let raced = raced.on(plane, again).await;
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
