//! The sweeps of one hyper-parameter, kept up to date with a race.

use std::sync::Arc;

use crate::analysis::sensitivity::{Curve, Ground, Run, Sweep, cost, finish, next_rounds};
use crate::app::document::ids::RacerId;
use crate::app::document::race::Race;
use crate::app::ports::within_frame;
use crate::app::worker::{Answer, Report, Worker};
use crate::engine::Signal;
use crate::simulation::Ending;

/// The highest cost of sweeps that are made within a frame, in evaluations of a row: some 10 ms.
const IN_FRAME: u64 = within_frame(15_000_000);

/// The highest number of racers that are swept; the curves of more could not be told apart.
const MOST_RACERS: usize = 500;

/// The sweeps of one hyper-parameter in all racers.
#[derive(Debug, Default)]
pub struct Study {
    pub(super) key: Option<Key>,
    ground: Option<Ground>,
    /// One for each racer that has the parameter.
    pub(super) sweeps: Vec<(RacerId, Sweep)>,
    /// One for each racer that has the parameter; those of an earlier race until there are new
    /// ones.
    pub(super) curves: Vec<(RacerId, Arc<Curve>)>,
    running: Option<Worker<Vec<(RacerId, Sweep)>>>,
    /// Whether even a few values would take too long.
    pub(super) too_long: bool,
    failure: Option<Report>,
}

/// What a study depends on: the version of the paths, the parameter's name, and the target.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Key {
    pub version: u64,
    pub name: Option<String>,
    pub target: Option<f64>,
}

impl Study {
    /// Returns the curve of a racer; `None` if it does not have the parameter, or if no run has
    /// been made yet.
    #[must_use]
    pub fn curve_of(&self, id: RacerId) -> Option<&Arc<Curve>> {
        let curves = self.curves.iter();
        curves
            .into_iter()
            .find(|(of, _)| *of == id)
            .map(|(_, curve)| curve)
    }

    /// Returns whether there is no curve.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.curves.is_empty()
    }

    /// Returns whether even a few values would take too long.
    #[must_use]
    pub fn is_too_long(&self) -> bool {
        self.too_long
    }

    /// Returns whether runs are still being made.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.running.is_some()
    }

    /// Returns what all runs have in common.
    #[must_use]
    pub fn ground(&self) -> Option<&Ground> {
        self.ground.as_ref()
    }

    /// Brings the study up to date with a race. A worker that makes runs for it calls `wake` when
    /// it has some; runs for an earlier race are cancelled.
    pub(super) fn update(&mut self, race: &Race, key: Key, wake: impl Fn() + Send + 'static) {
        let is_new = self.key.as_ref() != Some(&key);
        if is_new {
            self.turn_to(race, key);
        } else if !self.collect() {
            return;
        }
        let Some(ground) = &self.ground else {
            return;
        };
        let mut left = self.unfinished();
        if !left.is_empty() {
            let mut sweeps = sweeps_of(&left);
            let cost = cost(&mut sweeps, ground);
            self.too_long = cost.is_none();
            put_back(&mut left, sweeps);
            let ground = ground.clone();
            match cost {
                None => {}
                Some(cost) if cost <= IN_FRAME => {
                    let mut sweeps = sweeps_of(&left);
                    finish(&mut sweeps, &ground, &Signal::default());
                    put_back(&mut left, sweeps);
                    self.accept(left);
                }
                Some(_) => {
                    let work = async move |signal: &Signal| {
                        let mut sweeps = sweeps_of(&left);
                        next_rounds(&mut sweeps, &ground, signal).await;
                        put_back(&mut left, sweeps);
                        left
                    };
                    self.running = Some(Worker::ask("sensitivity", work, wake));
                }
            }
        }
        self.draw(race);
    }

    /// Starts over for another race, with those sweeps that hold for it as well.
    fn turn_to(&mut self, race: &Race, key: Key) {
        // Dropping a worker cancels it.
        self.running = None;
        self.too_long = race.lineup().ids().len() > MOST_RACERS;
        let ground = ground_of(race, key.target);
        let is_same_ground = self
            .ground
            .as_ref()
            .is_some_and(|old| is_same(old, &ground));
        let same_name = self.key.as_ref().is_some_and(|old| old.name == key.name);
        let mut old = std::mem::take(&mut self.sweeps);
        if !is_same_ground || !same_name {
            old.clear();
        }
        if !same_name {
            self.curves.clear();
        }
        let name = key.name.as_deref();
        let racers = race.lineup().racers().filter(|_| !self.too_long);
        let sweeps = racers.filter_map(|(id, racer)| {
            let fits = |(_, sweep): &&(RacerId, Sweep)| sweep.is_of(&racer.plan, name);
            let own = old.iter().filter(|(of, _)| *of == id).find(fits);
            let known = own.or_else(|| old.iter().find(fits));
            let sweep = known.map(|(_, sweep)| sweep.clone());
            Some((id, sweep.or_else(|| Sweep::new(&racer.plan, name))?))
        });
        self.sweeps = sweeps.collect();
        self.ground = Some(ground);
        self.key = Some(key);
    }

    /// Takes over the runs that a worker has made. Returns whether something has changed.
    fn collect(&mut self) -> bool {
        let Some(worker) = self.running.take() else {
            return false;
        };
        match worker.poll() {
            Answer::Working => {
                self.running = Some(worker);
                return false;
            }
            Answer::Done(sweeps) => self.accept(sweeps),
            Answer::Failed(report) => {
                self.failure = Some(report);
                self.sweeps.retain(|(_, sweep)| sweep.is_finished());
            }
        }
        true
    }

    fn accept(&mut self, made: Vec<(RacerId, Sweep)>) {
        for (id, sweep) in made {
            if let Some(known) = self.sweeps.iter_mut().find(|(of, _)| *of == id) {
                known.1 = sweep;
            }
        }
    }

    pub(super) fn unfinished(&self) -> Vec<(RacerId, Sweep)> {
        let left = self.sweeps.iter().filter(|(_, sweep)| !sweep.is_finished());
        left.cloned().collect()
    }

    /// Makes the curves of all sweeps that have runs.
    fn draw(&mut self, race: &Race) {
        let Some(ground) = &self.ground else {
            return;
        };
        let lineup = race.lineup();
        self.curves.retain(|(id, _)| lineup.index_of(*id).is_some());
        for (id, sweep) in &self.sweeps {
            let (Some(racer), Some(path)) = (lineup.racer(*id), race.path_of(*id)) else {
                continue;
            };
            if sweep.runs().is_empty() {
                continue;
            }
            let ending = Ending::of(path, ground.steps, ground.target_loss());
            let now = Run::new(sweep.knob().value(&racer.plan), ending, ground);
            let curve = Arc::new(Curve::of(sweep, Some(now), ground));
            match self.curves.iter_mut().find(|(of, _)| of == id) {
                Some(known) => known.1 = curve,
                None => self.curves.push((*id, curve)),
            }
        }
        let swept = &self.sweeps;
        self.curves
            .retain(|(id, _)| swept.iter().any(|(of, _)| of == id));
    }

    /// Makes all runs at once, if they are cheap. Returns whether all have been made.
    pub(super) fn finish(&mut self, race: &Race) -> bool {
        let key = Key {
            version: race.version(),
            name: None,
            target: None,
        };
        let is_current = self.key.as_ref().is_some_and(|old| {
            old.version == key.version && old.name == key.name && self.unfinished().is_empty()
        });
        if !is_current && is_cheap(race) {
            self.update(race, key, || {});
        }
        let is_of_race = self
            .key
            .as_ref()
            .is_some_and(|it| it.version == race.version());
        is_of_race && self.unfinished().is_empty()
    }

    /// Cancels the runs that are being made, if any: nobody looks at them.
    pub(super) fn rest(&mut self) {
        if self.running.take().is_some() {
            self.key = None;
        }
    }

    pub(super) fn take_failure(&mut self) -> Option<Report> {
        self.failure.take()
    }
}

fn sweeps_of(list: &[(RacerId, Sweep)]) -> Vec<Sweep> {
    list.iter().map(|(_, sweep)| sweep.clone()).collect()
}

/// Puts the sweeps of a list back in their places.
fn put_back(list: &mut [(RacerId, Sweep)], sweeps: Vec<Sweep>) {
    for ((_, old), made) in list.iter_mut().zip(sweeps) {
        *old = made;
    }
}

fn ground_of(race: &Race, target: Option<f64>) -> Ground {
    let experiment = race.experiment();
    let lowest = race.minima().iter().find(|minimum| minimum.global);
    Ground {
        surface: Arc::clone(race.surface()),
        start: experiment.start,
        steps: experiment.steps,
        seed: experiment.seed,
        floor: lowest.map(|minimum| minimum.value),
        target,
    }
}

fn is_same(a: &Ground, b: &Ground) -> bool {
    Arc::ptr_eq(&a.surface, &b.surface)
        && (a.start, a.steps, a.seed) == (b.start, b.steps, b.seed)
        && (a.floor, a.target) == (b.floor, b.target)
}

/// Returns whether all rates of a race can be swept within a frame or two.
pub(super) fn is_cheap(race: &Race) -> bool {
    if race.lineup().ids().len() > MOST_RACERS {
        return false;
    }
    let plans = race.experiment().racers.iter();
    let sweeps = plans.filter_map(|racer| Sweep::new(&racer.plan, None));
    let mut sweeps: Vec<Sweep> = sweeps.collect();
    cost(&mut sweeps, &ground_of(race, None)).is_some_and(|cost| cost <= IN_FRAME)
}
