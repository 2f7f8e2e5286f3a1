//! The trajectories of the open experiment, kept up to date.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::ids::RacerId;
use super::lineup::Lineup;
use crate::app::worker::{Answer, Report, Worker};
use crate::engine::{Signal, all_cores, paths_until};
use crate::experiment::{Experiment, Plan, Racer};
use crate::simulation::{Memory, PathJob, Raced, Trajectory};
use crate::subspace::PlaneChoice;
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
    /// The plane on which the paths of a network are seen; `None` if it has not been laid yet.
    plane: Option<PlaneChoice>,
    /// Whether the plane was laid through the paths as they are.
    is_plane_fresh: bool,
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
    plane: PlaneChoice,
    worker: Worker<Outcome>,
}

/// What a simulation comes to.
#[derive(Debug)]
struct Outcome {
    surface: Arc<dyn Surface>,
    /// Whether the plane of a network was laid through these paths.
    is_laid: bool,
    paths: Vec<Arc<Trajectory>>,
    /// The minima worth marking, unless they are known.
    minima: Option<Vec<Minimum>>,
}

impl Race {
    /// Simulates an experiment. A long one starts without racers, and [`Self::update`] simulates
    /// them on a worker.
    #[must_use]
    pub fn new(lineup: &Lineup, plane: &PlaneChoice) -> Self {
        let surface = lineup.experiment().open_surface();
        let work = Work::of(lineup.experiment(), Arc::clone(&surface), None, Some(plane));
        let (lineup, laid, outcome) = if work.cost > IN_FRAME {
            let nothing = Outcome {
                surface,
                is_laid: false,
                paths: Vec::new(),
                minima: None,
            };
            (lineup.without_racers(), None, nothing)
        } else {
            let outcome = work.run(&Signal::default());
            (lineup.clone(), Some(plane.clone()), outcome)
        };
        Self {
            minima: outcome.minima.unwrap_or_default(),
            paths: outcome.paths,
            lineup,
            surface: outcome.surface,
            is_plane_fresh: laid.is_some(),
            plane: laid,
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

    /// Returns the start of the racers; on a network, the point of the plane at which it is seen.
    #[must_use]
    pub fn start(&self) -> [f64; 2] {
        let experiment = self.experiment();
        match self.paths.first() {
            Some(path) if experiment.surface.has_own_start() => path.at(0),
            _ => experiment.start,
        }
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

    /// Returns whether the plane was laid through the paths as they are, rather than earlier ones.
    #[must_use]
    pub fn is_plane_fresh(&self) -> bool {
        self.is_plane_fresh
    }

    /// Returns whether the paths are those of `wanted`, seen on this plane.
    #[must_use]
    pub fn is_up_to_date(&self, wanted: &Lineup, plane: &PlaneChoice) -> bool {
        self.lineup == *wanted && self.is_laid(plane)
    }

    /// Returns whether the paths are those of a network, which are seen on a plane.
    #[must_use]
    pub fn is_on_plane(&self) -> bool {
        self.surface.subspace().is_some()
    }

    fn is_laid(&self, plane: &PlaneChoice) -> bool {
        !self.is_on_plane() || self.plane.as_ref() == Some(plane)
    }

    /// Lays the plane of a network through its paths as they are now.
    pub fn refit_plane(&mut self) {
        self.plane = None;
    }

    /// Brings the paths up to date with `wanted`, calling `wake` when a worker is done. A
    /// simulation of anything else is cancelled. Once laid, a plane stays until another one is
    /// wanted.
    pub fn update(
        &mut self,
        wanted: &Lineup,
        plane: &PlaneChoice,
        wake: impl Fn() + Send + 'static,
    ) {
        self.collect();
        let is_wanted = |order: &Order| order.lineup == *wanted && order.plane == *plane;
        if self.ordered.as_ref().is_some_and(is_wanted) {
            return;
        }
        // Dropping a worker cancels it.
        self.ordered = None;
        if self.is_up_to_date(wanted, plane) || self.given_up.as_ref() == Some(wanted) {
            return;
        }
        self.given_up = None;
        let experiment = wanted.experiment();
        let stays = experiment.same_surface(self.experiment());
        let surface = if stays {
            Arc::clone(&self.surface)
        } else {
            experiment.open_surface()
        };
        let to_lay = (!stays || !self.is_laid(plane)).then_some(plane);
        let work = Work::of(experiment, surface, Some(self), to_lay);
        if work.cost <= IN_FRAME {
            let outcome = work.run(&Signal::default());
            self.accept(wanted.clone(), plane.clone(), outcome);
        } else {
            self.ordered = Some(Order {
                lineup: wanted.clone(),
                plane: plane.clone(),
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
            Answer::Done(outcome) => self.accept(order.lineup, order.plane, outcome),
            Answer::Failed(report) => {
                self.given_up = Some(order.lineup);
                self.failure = Some(report);
            }
        }
    }

    fn accept(&mut self, lineup: Lineup, plane: PlaneChoice, outcome: Outcome) {
        if let Some(minima) = outcome.minima {
            self.minima = minima;
        }
        self.is_plane_fresh = outcome.is_laid;
        self.surface = outcome.surface;
        self.plane = Some(plane);
        self.lineup = lineup;
        self.paths = outcome.paths;
        self.version = next_version();
    }
}

fn next_version() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed)
}

/// The racers to simulate and those whose paths are known.
struct Work {
    experiment: Experiment,
    surface: Arc<dyn Surface>,
    racers: Vec<Known>,
    cost: usize,
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
    fn of(
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

    /// Returns all paths, and the minima if they are not known; paths stopped by `signal` are empty.
    fn run(self, signal: &Signal) -> Outcome {
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
        let paths = paths.into_iter().map(path).collect();
        let (surface, is_laid) = (self.surface, self.plane.is_some());
        let (surface, paths) = match self.plane {
            Some(plane) => laid(&self.experiment, surface, paths, &plane, signal),
            None => (surface, paths),
        };
        Outcome {
            surface,
            is_laid,
            paths,
            minima,
        }
    }
}

/// The paths of a network on a plane that is laid through them.
fn laid(
    experiment: &Experiment,
    surface: Arc<dyn Surface>,
    paths: Vec<Arc<Trajectory>>,
    plane: &PlaneChoice,
    signal: &Signal,
) -> (Arc<dyn Surface>, Vec<Arc<Trajectory>>) {
    let owned = paths.iter().map(|path| Trajectory::clone(path)).collect();
    let raced = Raced {
        surface: Arc::clone(&surface),
        paths: owned,
    };
    let again = |surface: &Arc<dyn Surface>| paths_until(experiment, surface, signal);
    match raced.seen_on(experiment, plane, again) {
        Some(raced) => (
            raced.surface,
            raced.paths.into_iter().map(Arc::new).collect(),
        ),
        None => (surface, paths),
    }
}
