//! The trajectories of the open experiment, kept up to date.

mod work;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::ids::RacerId;
use super::lineup::Lineup;
use crate::app::worker::{Answer, Mailbox, Report, Worker};
use crate::engine::{Signal, at_once};
use crate::experiment::Experiment;
use crate::simulation::Trajectory;
use crate::subspace::PlaneChoice;
use crate::surface::{Minimum, Surface};
use work::{Outcome, Unfinished, Work};

/// The most racer-steps simulated within a frame. Beyond that, a worker takes over while the old
/// paths stay visible. At about 100 ns each, this takes well under 4 ms.
const IN_FRAME: usize = if cfg!(target_arch = "wasm32") {
    10_000
} else {
    30_000
};

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
    /// Where the worker leaves the paths as far as they are.
    so_far: Mailbox<Outcome>,
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
            let outcome = at_once(work.run(&Signal::default(), async |_| {}));
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

    /// Returns whether the experiment as it is has no paths, since its simulation was cancelled or
    /// has failed.
    #[must_use]
    pub const fn is_given_up(&self) -> bool {
        self.given_up.is_some()
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

    /// Returns whether the paths are those of `wanted`, to their ends and seen on this plane.
    #[must_use]
    pub fn is_up_to_date(&self, wanted: &Lineup, plane: &PlaneChoice) -> bool {
        self.lineup == *wanted && self.is_laid(plane) && self.reached().is_none()
    }

    /// Returns the step that all racers have reached, while some of their paths are still being
    /// simulated or have been cancelled.
    #[must_use]
    pub fn reached(&self) -> Option<usize> {
        let cut = self.paths.iter().filter(|path| path.is_cut_off());
        cut.map(|path| path.last_step()).min()
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

    /// Brings the paths up to date with `wanted`. A worker calls `wake` when it is done and, if that
    /// takes long, now and then with the paths as far as they are. A simulation of anything else is
    /// cancelled. Once laid, a plane stays until another one is wanted.
    pub fn update(
        &mut self,
        wanted: &Lineup,
        plane: &PlaneChoice,
        wake: impl Fn() + Send + Sync + 'static,
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
            let outcome = at_once(work.run(&Signal::default(), async |_| {}));
            self.accept(wanted.clone(), plane.clone(), outcome);
        } else {
            self.ordered = Some(Order::place(wanted.clone(), plane.clone(), work, wake));
        }
    }

    /// Takes over the paths of a worker that is done.
    fn collect(&mut self) {
        let Some(order) = self.ordered.take() else {
            return;
        };
        match order.worker.poll() {
            Answer::Working => {
                if let Some(outcome) = order.so_far.take() {
                    self.accept(order.lineup.clone(), order.plane.clone(), outcome);
                }
                self.ordered = Some(order);
            }
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
        self.lineup = lineup;
        self.paths = outcome.paths;
        // A plane that was laid through unfinished paths is provisional.
        let is_provisional = outcome.is_laid && self.reached().is_some();
        self.plane = (!is_provisional).then_some(plane);
        self.version = next_version();
    }
}

impl Order {
    /// Puts a worker to work.
    fn place(
        lineup: Lineup,
        plane: PlaneChoice,
        work: Work,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        let so_far = Mailbox::default();
        let (theirs, wake) = (so_far.clone(), Arc::new(wake));
        let wake_between = Arc::clone(&wake);
        let run = async move |signal: &Signal| {
            let look = async |paths: &mut Unfinished<'_>| {
                if theirs.is_empty() {
                    theirs.fill(paths.so_far(signal).await);
                }
                wake_between();
            };
            work.run(signal, look).await
        };
        Self {
            worker: Worker::ask("simulation", run, move || wake()),
            lineup,
            plane,
            so_far,
        }
    }
}

fn next_version() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed)
}

#[cfg(test)]
mod tests {
    use std::thread;
    use std::time::Duration;

    use super::*;
    use crate::app::ports::sliced;
    use crate::engine::race_until;
    use crate::preset::from_text;

    /// A training that takes some seconds.
    fn training(rate: f64) -> Lineup {
        let text = format!(
            "(version: 1, steps: 20000,
              surface: Network(moons: (rows: 200, noise: 0.2), hidden: [16], evaluate: 50),
              racers: [
                (optimizer: GradientDescent(learning_rate: {rate}), batch: MiniBatch(32)),
                (optimizer: Adam(learning_rate: 0.01), batch: MiniBatch(32)),
              ])"
        );
        Lineup::new(from_text("training", &text).unwrap().experiment)
    }

    /// Updates the race until its paths change.
    fn next(race: &mut Race, wanted: &Lineup) {
        let before = race.version();
        while race.version() == before {
            race.update(wanted, &PlaneChoice::Fitted, || {});
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Returns whether `path` is the beginning of `whole`.
    fn begins(path: &Trajectory, whole: &Trajectory) -> bool {
        let before_last = path.points() - 1;
        path.loss[..before_last] == whole.loss[..before_last]
            && path.parameters_by(path.last_step()).is_some()
            && path.last_step() < whole.last_step()
    }

    #[test]
    fn a_long_training_is_shown_as_far_as_it_is() {
        let wanted = training(0.1);
        let mut race = Race::new(&wanted, &PlaneChoice::Fitted);
        assert_eq!((race.paths().len(), race.reached()), (0, None));
        let mut seen = Vec::new();
        loop {
            next(&mut race, &wanted);
            let Some(reached) = race.reached() else {
                break;
            };
            assert!(race.is_busy() && !race.is_up_to_date(&wanted, &PlaneChoice::Fitted));
            let plane = race.surface().subspace().unwrap();
            assert!(
                plane.explained().is_some(),
                "it is fitted to the paths so far"
            );
            seen.push((reached, race.paths().to_vec()));
        }
        assert!(race.is_up_to_date(&wanted, &PlaneChoice::Fitted) && !race.is_busy());
        assert!(!seen.is_empty());
        assert!(seen.is_sorted_by(|a, b| a.0 < b.0), "each gets further");
        for (path, whole) in seen
            .iter()
            .flat_map(|(_, paths)| paths.iter().zip(race.paths()))
        {
            assert!(begins(path, whole));
        }
    }

    #[test]
    fn a_race_in_slices_is_the_race_on_a_thread() {
        sliced::turn_on();
        let mut experiment = training(0.1).experiment().clone();
        experiment.steps = 2000;
        let wanted = Lineup::new(experiment);
        let expected = at_once(race_until(
            wanted.experiment(),
            &PlaneChoice::Fitted,
            &Signal::default(),
        ));
        let mut race = Race::new(&wanted, &PlaneChoice::Fitted);
        let (mut versions, mut done, mut longest) = (Vec::new(), 0, 0);
        while !race.is_up_to_date(&wanted, &PlaneChoice::Fitted) {
            race.update(&wanted, &PlaneChoice::Fitted, || {});
            sliced::run(1);
            if let Some(order) = &race.ordered {
                let [now, expected] = order.worker.count();
                longest = longest.max(now - done);
                done = now;
                assert!(now <= expected);
            }
            versions.push(race.version());
            race.collect();
        }
        versions.dedup();
        assert!(versions.len() > 2, "unfinished paths are shown");
        // A slice, and what was left of the one before.
        assert!(done > 1_000_000 && longest <= 40_000, "{longest}");
        for (path, expected) in race.paths().iter().zip(expected.unwrap().paths) {
            assert_eq!(format!("{path:?}"), format!("{expected:?}"));
        }
    }

    #[test]
    fn a_cancelled_training_goes_no_further_and_is_not_taken_for_a_whole_one() {
        let wanted = training(0.1);
        let mut race = Race::new(&wanted, &PlaneChoice::Fitted);
        next(&mut race, &wanted);
        let reached = race.reached();
        assert!(reached.is_some());
        race.cancel();
        race.update(&wanted, &PlaneChoice::Fitted, || {});
        assert_eq!((race.is_busy(), race.reached()), (false, reached));

        let changed = training(0.2);
        while !race.is_up_to_date(&changed, &PlaneChoice::Fitted) {
            next(&mut race, &changed);
        }
        // Adam was cut off as well, although it is the same in both races.
        assert!(race.paths().iter().all(|path| path.last_step() == 20_000));
    }
}
