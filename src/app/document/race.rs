//! The trajectories of the open experiment, kept up to date.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::app::worker::{Answer, Worker};
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
    experiment: Experiment,
    surface: Arc<dyn Surface>,
    minima: Vec<Minimum>,
    paths: Vec<Arc<Trajectory>>,
    /// A number that changes with every change of any race's paths, for caches that depend on them.
    version: u64,
    /// The simulation running on a worker, if any.
    ordered: Option<Order>,
}

/// A simulation running on a worker.
#[derive(Debug)]
struct Order {
    experiment: Experiment,
    worker: Worker<Vec<Arc<Trajectory>>>,
}

impl Race {
    /// Simulates an experiment. A long one starts without racers, and [`Self::update`] simulates
    /// them on a worker.
    #[must_use]
    pub fn new(experiment: &Experiment) -> Self {
        let surface = experiment.open_surface();
        let mut experiment = experiment.clone();
        let mut work = Work::of(&experiment, Arc::clone(&surface), None);
        if work.cost > IN_FRAME {
            experiment.racers.clear();
            work.racers.clear();
        }
        Self {
            minima: minima::worth_marking(&*surface),
            paths: work.run(&Signal::default()),
            experiment,
            surface,
            version: next_version(),
            ordered: None,
        }
    }

    /// Returns the experiment that the paths belong to.
    #[must_use]
    pub fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    /// Returns one path for each racer of [`Self::experiment`].
    #[must_use]
    pub fn paths(&self) -> &[Arc<Trajectory>] {
        &self.paths
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

    /// Brings the paths up to date with `wanted`, calling `wake` when a worker is done.
    pub fn update(&mut self, wanted: &Experiment, wake: impl Fn() + Send + 'static) {
        self.collect();
        if self.ordered.is_some() || self.experiment == *wanted {
            return;
        }
        let surface = if wanted.same_surface(&self.experiment) {
            Arc::clone(&self.surface)
        } else {
            wanted.open_surface()
        };
        let work = Work::of(wanted, surface, Some(self));
        if work.cost <= IN_FRAME {
            let surface = Arc::clone(&work.surface);
            let paths = work.run(&Signal::default());
            self.accept(wanted.clone(), surface, paths);
        } else {
            self.ordered = Some(Order {
                experiment: wanted.clone(),
                worker: Worker::ask("simulation", move |signal| work.run(signal), wake),
            });
        }
    }

    /// Takes over the paths of a worker that is done.
    fn collect(&mut self) {
        let Some(order) = &self.ordered else {
            return;
        };
        match order.worker.poll() {
            Answer::Done(paths) => {
                let experiment = order.experiment.clone();
                self.ordered = None;
                let surface = experiment.open_surface();
                self.accept(experiment, surface, paths);
            }
            Answer::Working => {}
            Answer::Failed(_) => self.ordered = None,
        }
    }

    fn accept(
        &mut self,
        experiment: Experiment,
        surface: Arc<dyn Surface>,
        paths: Vec<Arc<Trajectory>>,
    ) {
        if !experiment.same_surface(&self.experiment) {
            self.minima = minima::worth_marking(&*surface);
        }
        self.surface = surface;
        self.experiment = experiment;
        self.paths = paths;
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
            let old = &race.experiment;
            old.same_surface(experiment)
                && old.start == experiment.start
                && old.steps == experiment.steps
                && old.seed == experiment.seed
        };
        let known = known.filter(same_ground);
        let path_of = |index: usize, plan: &Plan| {
            let race = known?;
            let racers = &race.experiment.racers;
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
                PathJob::new(experiment, &surface, &racer.plan, keep)
                    .ok()
                    .map(Box::new),
            ),
        });
        let racers: Vec<Known> = racers.collect();
        // Over data, a step costs several times as much.
        let price = 1 + surface.rows() / 32;
        let unknown = racers.iter().filter(|racer| matches!(racer, Known::Job(_)));
        let cost = unknown.count().saturating_mul(experiment.steps * price);
        Self {
            surface,
            racers,
            steps: experiment.steps,
            cost,
        }
    }

    /// Returns the number of row or formula evaluations needed for one unknown path.
    fn looks_per_path(&self) -> usize {
        self.steps.saturating_mul(1 + self.surface.cost())
    }

    /// Returns all paths; those stopped by `signal` are empty.
    fn run(self, signal: &Signal) -> Vec<Arc<Trajectory>> {
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
        paths.into_iter().map(path).collect()
    }
}
