//! The trajectories of the open experiment, kept up to date.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::ids::RacerId;
use super::lineup::Lineup;
use crate::app::worker::{Answer, Report, Worker};
use crate::engine::{Signal, all_cores};
use crate::experiment::{Experiment, Plan, Racer};
use crate::simulation::{Memory, PathJob, Trajectory};
use crate::surface::{Minimum, Surface, minima};

/// The most racer-steps simulated within a frame. Beyond that, a worker takes over while the old
/// paths stay visible. At about 100 ns each, this takes well under 4 ms.
const IN_FRAME: usize = 30_000;

/// An experiment with its trajectories. Unchanged racers keep theirs.
#[derive(Debug)]
pub struct Race {
    lineup: Lineup,
    surface: Arc<dyn Surface>,
    minima: Vec<Minimum>,
    paths: Vec<Arc<Trajectory>>,
    /// A number that changes with every change of any race's paths, for caches that depend on them.
    version: u64,
    /// The simulation running on a worker, if any.
    ordered: Option<Order>,
    /// The race that is not simulated, since that was cancelled or has failed.
    given_up: Option<Lineup>,
    /// Why the last simulation failed, until that has been told.
    failure: Option<Report>,
}

/// A simulation running on a worker.
#[derive(Debug)]
struct Order {
    lineup: Lineup,
    surface: Arc<dyn Surface>,
    worker: Worker<Raced>,
}

/// What a simulation comes to.
#[derive(Debug)]
struct Raced {
    paths: Vec<Arc<Trajectory>>,
    /// The minima worth marking, unless they are known.
    minima: Option<Vec<Minimum>>,
}

impl Race {
    /// Simulates an experiment. A long one starts without racers, and [`Self::update`] simulates
    /// them on a worker.
    #[must_use]
    pub fn new(lineup: &Lineup) -> Self {
        let surface = lineup.experiment().open_surface();
        let work = Work::of(lineup.experiment(), Arc::clone(&surface), None);
        let (lineup, raced) = if work.cost > IN_FRAME {
            let nothing = Raced {
                paths: Vec::new(),
                minima: None,
            };
            (lineup.without_racers(), nothing)
        } else {
            (lineup.clone(), work.run(&Signal::default()))
        };
        Self {
            minima: raced.minima.unwrap_or_default(),
            paths: raced.paths,
            lineup,
            surface,
            version: next_version(),
            ordered: None,
            given_up: None,
            failure: None,
        }
    }

    /// Returns the experiment that the paths belong to.
    #[must_use]
    pub fn experiment(&self) -> &Experiment {
        self.lineup.experiment()
    }

    /// Returns the experiment that the paths belong to, with the ids of its racers.
    #[must_use]
    pub fn lineup(&self) -> &Lineup {
        &self.lineup
    }

    /// Returns one path for each racer of [`Self::experiment`].
    #[must_use]
    pub fn paths(&self) -> &[Arc<Trajectory>] {
        &self.paths
    }

    /// Returns the path of a racer, once it is simulated.
    #[must_use]
    pub fn path_of(&self, id: RacerId) -> Option<&Arc<Trajectory>> {
        self.paths.get(self.lineup.index_of(id)?)
    }

    /// Returns the surface of the race.
    #[must_use]
    pub fn surface(&self) -> &Arc<dyn Surface> {
        &self.surface
    }

    /// Returns those minima of the surface that are worth marking.
    #[must_use]
    pub fn minima(&self) -> &[Minimum] {
        &self.minima
    }

    /// Returns a number that changes with every change of any race's paths.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Returns whether a worker is running.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.ordered.is_some()
    }

    /// Returns the fraction of the work that the worker has done, if one is running.
    #[must_use]
    pub fn progress(&self) -> Option<f64> {
        self.ordered.as_ref().map(|order| order.worker.progress())
    }

    /// Cancels the simulation that is running. It is not started again until the experiment
    /// changes.
    pub fn cancel(&mut self) {
        self.given_up = self.ordered.take().map(|order| order.lineup);
    }

    /// Returns why the last simulation failed, once.
    pub fn take_failure(&mut self) -> Option<Report> {
        self.failure.take()
    }

    /// Brings the paths up to date with `wanted`, calling `wake` when a worker is done. A
    /// simulation of anything else is cancelled.
    pub fn update(&mut self, wanted: &Lineup, wake: impl Fn() + Send + 'static) {
        self.collect();
        let is_wanted = |order: &Order| order.lineup == *wanted;
        if self.ordered.as_ref().is_some_and(is_wanted) {
            return;
        }
        // Dropping a worker cancels it.
        self.ordered = None;
        if self.lineup == *wanted || self.given_up.as_ref() == Some(wanted) {
            return;
        }
        self.given_up = None;
        let experiment = wanted.experiment();
        let surface = if experiment.same_surface(self.experiment()) {
            Arc::clone(&self.surface)
        } else {
            experiment.open_surface()
        };
        let work = Work::of(experiment, Arc::clone(&surface), Some(self));
        if work.cost <= IN_FRAME {
            let raced = work.run(&Signal::default());
            self.accept(wanted.clone(), surface, raced);
        } else {
            self.ordered = Some(Order {
                lineup: wanted.clone(),
                surface,
                worker: Worker::ask("simulation", move |signal| work.run(signal), wake),
            });
        }
    }

    /// Takes over the paths of a worker that is done.
    fn collect(&mut self) {
        let Some(order) = self.ordered.take() else {
            return;
        };
        match order.worker.poll() {
            Answer::Working => self.ordered = Some(order),
            Answer::Done(raced) => self.accept(order.lineup, order.surface, raced),
            Answer::Failed(report) => {
                self.given_up = Some(order.lineup);
                self.failure = Some(report);
            }
        }
    }

    fn accept(&mut self, lineup: Lineup, surface: Arc<dyn Surface>, raced: Raced) {
        if let Some(minima) = raced.minima {
            self.minima = minima;
        }
        self.surface = surface;
        self.lineup = lineup;
        self.paths = raced.paths;
        self.version = next_version();
    }
}

fn next_version() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed)
}

/// The racers to simulate and those whose paths are known.
struct Work {
    surface: Arc<dyn Surface>,
    racers: Vec<Known>,
    steps: usize,
    cost: usize,
    /// Whether the minima of the surface are known.
    has_minima: bool,
}

/// A racer's path, or the job that computes it; `Job(None)` if its rule cannot race here.
enum Known {
    Path(Arc<Trajectory>),
    Job(Option<Box<PathJob>>),
}

impl Work {
    fn of(experiment: &Experiment, surface: Arc<dyn Surface>, known: Option<&Race>) -> Self {
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
            (path.every() == keep.every).then(|| Arc::clone(path))
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
        let price = 1 + surface.rows() / 32;
        let unknown = racers.iter().filter(|racer| matches!(racer, Known::Job(_)));
        let of_paths = unknown.count().saturating_mul(experiment.steps * price);
        // Over data, a minimum is fitted in several passes over all rows.
        let of_minima = if has_minima { 0 } else { surface.rows() / 4 };
        let cost = of_paths.saturating_add(of_minima);
        Self {
            surface,
            racers,
            steps: experiment.steps,
            cost,
            has_minima,
        }
    }

    /// Returns the number of row or formula evaluations needed for one unknown path.
    fn looks_per_path(&self) -> usize {
        self.steps.saturating_mul(1 + self.surface.cost())
    }

    /// Returns all paths, and the minima if they are not known; paths stopped by `signal` are empty.
    fn run(self, signal: &Signal) -> Raced {
        let minima = (!self.has_minima).then(|| minima::worth_marking(&*self.surface));
        let looks = self.looks_per_path();
        let (mut paths, mut jobs) = (Vec::new(), Vec::new());
        for racer in self.racers {
            match racer {
                Known::Path(path) => paths.push(Some(path)),
                Known::Job(job) => {
                    paths.push(None);
                    jobs.push(job.map(|job| *job));
                }
            }
        }
        let mut made = all_cores(jobs, looks, signal).into_iter();
        let path = |known: Option<Arc<Trajectory>>| {
            known.unwrap_or_else(|| Arc::new(made.next().flatten().unwrap_or_default()))
        };
        Raced {
            paths: paths.into_iter().map(path).collect(),
            minima,
        }
    }
}
