//! How the racers would end with other values of a hyper-parameter, kept up to date.

use std::sync::Arc;

use super::Document;
use super::change::Change;
use super::ids::RacerId;
use super::race::Race;
use crate::analysis::sensitivity::{Curve, Ground, Knob, Run, Sweep, cost, finish, next_rounds};
use crate::analysis::{Quantity, Ranking};
use crate::app::worker::{Answer, Report, Worker};
use crate::engine::Signal;
use crate::simulation::Ending;

/// The highest cost of sweeps that are made within a frame, in evaluations of a row: some 10 ms.
const IN_FRAME: u64 = 15_000_000;

/// The highest number of racers that are swept; the curves of more could not be told apart.
const MOST_RACERS: usize = 500;

/// The sweeps of a document: those of the rates, and those of the parameter in the chart if it is
/// another one. Only what is shown is kept up to date.
#[derive(Debug, Default)]
pub struct Studies {
    rates: Study,
    chosen: Study,
}

/// The sweeps of one hyper-parameter in all racers.
#[derive(Debug, Default)]
pub struct Study {
    key: Option<Key>,
    ground: Option<Ground>,
    /// One for each racer that has the parameter.
    sweeps: Vec<(RacerId, Sweep)>,
    /// One for each racer that has the parameter; those of an earlier race until there are new
    /// ones.
    curves: Vec<(RacerId, Arc<Curve>)>,
    running: Option<Worker<Vec<(RacerId, Sweep)>>>,
    /// Whether even a few values would take too long.
    too_long: bool,
    failure: Option<Report>,
}

/// What a study depends on: the version of the paths, the parameter's name, and the target.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    version: u64,
    name: Option<String>,
    target: Option<f64>,
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
    fn update(&mut self, race: &Race, key: Key, wake: impl Fn() + Send + 'static) {
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
            let mut sweeps: Vec<Sweep> = left.iter().map(|(_, sweep)| sweep.clone()).collect();
            let cost = cost(&mut sweeps, ground);
            self.too_long = cost.is_none();
            for ((_, old), reduced) in left.iter_mut().zip(sweeps) {
                *old = reduced;
            }
            let ground = ground.clone();
            match cost {
                None => {}
                Some(cost) if cost <= IN_FRAME => {
                    run(&mut left, |sweeps| {
                        finish(sweeps, &ground, &Signal::default());
                    });
                    self.accept(left);
                }
                Some(_) => {
                    let work = move |signal: &Signal| {
                        run(&mut left, |sweeps| next_rounds(sweeps, &ground, signal));
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

    fn unfinished(&self) -> Vec<(RacerId, Sweep)> {
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
            let target = ground.target.map(|it| it + ground.floor.unwrap_or(0.0));
            let ending = Ending::of(path, ground.steps, target);
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
    fn finish(&mut self, race: &Race) -> bool {
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
    fn rest(&mut self) {
        if self.running.take().is_some() {
            self.key = None;
        }
    }

    fn take_failure(&mut self) -> Option<Report> {
        self.failure.take()
    }
}

/// Does something to the sweeps of a list.
fn run(list: &mut [(RacerId, Sweep)], work: impl FnOnce(&mut [Sweep])) {
    let mut sweeps: Vec<Sweep> = list.iter().map(|(_, sweep)| sweep.clone()).collect();
    work(&mut sweeps);
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
fn is_cheap(race: &Race) -> bool {
    if race.lineup().ids().len() > MOST_RACERS {
        return false;
    }
    let plans = race.experiment().racers.iter();
    let sweeps = plans.filter_map(|racer| Sweep::new(&racer.plan, None));
    let mut sweeps: Vec<Sweep> = sweeps.collect();
    cost(&mut sweeps, &ground_of(race, None)).is_some_and(|cost| cost <= IN_FRAME)
}

impl Document {
    /// Brings the sweeps that are shown up to date.
    pub fn study(&mut self, wake: impl Fn() + Clone + Send + 'static) {
        let is_shown = self.view.chart.is_swept();
        let target = (self.view.chart == Quantity::Arrival).then_some(self.view.target);
        let key = |name: Option<String>, target| Key {
            version: self.race.version(),
            name,
            target,
        };
        let of_chart = is_shown.then(|| self.view.swept.clone());
        match of_chart {
            Some(None) => {
                let key = key(None, target);
                self.studies.rates.update(&self.race, key, wake);
            }
            of_chart => {
                let (rates, chosen) = (key(None, None), of_chart.map(|name| key(name, target)));
                if self.view.ranking == Ranking::Tuned {
                    self.studies.rates.update(&self.race, rates, wake.clone());
                } else {
                    self.studies.rates.rest();
                }
                match chosen {
                    Some(chosen) => self.studies.chosen.update(&self.race, chosen, wake),
                    None => self.studies.chosen.rest(),
                }
            }
        }
    }

    /// Returns the sweeps that the chart shows.
    #[must_use]
    pub fn shown_study(&self) -> &Study {
        match self.view.swept {
            None => &self.studies.rates,
            Some(_) => &self.studies.chosen,
        }
    }

    /// Returns the sweeps of the rates.
    #[must_use]
    pub fn rate_study(&self) -> &Study {
        &self.studies.rates
    }

    /// Returns why the runs of a sweep failed, once.
    pub fn take_study_failure(&mut self) -> Option<Report> {
        let rates = self.studies.rates.take_failure();
        rates.or_else(|| self.studies.chosen.take_failure())
    }

    /// Returns why the racers cannot be set to their best rates; `None` if they can.
    #[must_use]
    pub fn why_not_tuned(&self) -> Option<&'static str> {
        let racers = &self.experiment().racers;
        if !racers.iter().any(|it| Knob::find(&it.plan, None).is_some()) {
            return Some("No racer has a learning rate");
        }
        if self.race.lineup() != self.lineup() {
            return Some("The race is still being simulated");
        }
        let study = &self.studies.rates;
        let is_current = study
            .key
            .as_ref()
            .is_some_and(|key| key.version == self.race.version());
        if is_current && study.too_long {
            return Some("Finding the best rates would take too long; use fewer steps or rows");
        }
        if is_current && study.unfinished().is_empty() {
            let nothing = self.tuning().is_empty();
            return nothing.then_some("Every racer is at its best rate already");
        }
        if is_current && study.is_busy() {
            return Some("The best rates are still being looked for");
        }
        let is_unknown = !is_cheap(&self.race);
        is_unknown.then_some("Show the chart of the final loss first: it finds the best rates")
    }

    /// Sets every racer to its best rate, in one step.
    pub fn tune(&mut self) {
        if self.studies.rates.finish(&self.race) {
            // These rates are valid: races have been run with them.
            let _ = self.change(Change::Tune(self.tuning()));
        }
    }

    /// Returns the racers that are not at their best rates, with these.
    fn tuning(&self) -> Vec<(RacerId, f64)> {
        let curves = self.studies.rates.curves.iter();
        let better = curves.filter_map(|(id, curve)| {
            let (best, now) = (curve.best?, curve.now?);
            (best.value != now.value).then_some((*id, best.value))
        });
        better.collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::app::document::source::Source;
    use crate::optimizer::Value;
    use crate::preset::load_built_in;

    /// Returns Radford's race with this number of steps and the chart of final losses.
    fn radford(steps: usize) -> Document {
        let mut preset = load_built_in("radford-beale").unwrap();
        preset.experiment.steps = steps;
        preset.view.chart = Quantity::Sensitivity;
        let mut document = Document::new(preset, Source::New);
        let (wake, woken) = channel();
        document.simulate(move || wake.send(()).unwrap());
        while document.race.is_busy() {
            woken.recv().unwrap();
            document.simulate(|| {});
        }
        document
    }

    /// Sets a number of Adam.
    fn set(document: &mut Document, name: &str, value: f64) {
        let racer = document.lineup().ids()[6];
        let rule = document.experiment().racers[6].plan.optimizer.rule();
        let change = Change::Parameter {
            racer,
            parameter: rule.find(name).unwrap(),
            value: Value::Number(value),
            linked: false,
        };
        document.change(change).unwrap();
        document.simulate(|| unreachable!("it is short"));
    }

    /// Returns the losses of the sweep of a racer.
    fn losses(document: &Document, index: usize) -> Vec<u64> {
        let runs = document.studies.rates.sweeps[index].1.runs();
        runs.iter().map(|run| run.ending.loss.to_bits()).collect()
    }

    #[test]
    fn moving_a_rate_moves_only_the_dot() {
        let mut document = radford(200);
        document.study(|| unreachable!("it is short"));
        let before: Vec<_> = (0..8).map(|index| losses(&document, index)).collect();
        set(&mut document, "learning_rate", 1.74);
        let key = document.studies.rates.key.clone();
        document.study(|| unreachable!("nothing is run again"));
        assert_ne!(document.studies.rates.key, key);
        for (index, losses_before) in before.iter().enumerate() {
            assert_eq!(losses(&document, index), *losses_before);
        }
        let adam = document.lineup().ids()[6];
        let curve = document.rate_study().curve_of(adam).unwrap();
        assert_eq!(curve.now.map(|run| run.value), Some(1.74));
    }

    #[test]
    fn moving_another_parameter_changes_only_the_curve_of_its_racer() {
        let mut document = radford(200);
        document.study(|| unreachable!("it is short"));
        let before: Vec<_> = (0..8).map(|index| losses(&document, index)).collect();
        set(&mut document, "beta_1", 0.5);
        document.study(|| unreachable!("it is short"));
        for (index, losses_before) in before.iter().enumerate() {
            assert_eq!(
                losses(&document, index) == *losses_before,
                index != 6,
                "{index}"
            );
        }
    }

    #[test]
    fn a_long_race_shows_some_runs_first_and_then_all() {
        let mut document = radford(5_000);
        let (wake, woken) = channel();
        let wake = move || wake.send(()).unwrap_or_default();
        document.study(wake.clone());
        assert!(document.rate_study().is_empty() && document.rate_study().is_busy());
        let adam = document.lineup().ids()[6];
        let mut counts = Vec::new();
        while document.rate_study().is_busy() {
            woken.recv().unwrap();
            document.study(wake.clone());
            let curve = document.rate_study().curve_of(adam);
            counts.extend(curve.map(|curve| (curve.runs.len(), curve.is_finished)));
        }
        assert!(counts[0].0 < 12 && !counts[0].1, "{counts:?}");
        assert!(
            counts.last().is_some_and(|last| last.0 > 60 && last.1),
            "{counts:?}"
        );
    }

    #[test]
    fn runs_that_nobody_looks_at_are_cancelled() {
        let mut document = radford(5_000);
        document.study(|| {});
        assert!(document.rate_study().is_busy());
        document.view.chart = Quantity::Loss;
        document.study(|| {});
        assert!(!document.rate_study().is_busy());
        document.view.chart = Quantity::Sensitivity;
        document.study(|| {});
        assert!(document.rate_study().is_busy(), "they start over");
    }

    #[test]
    fn long_races_are_tuned_only_once_their_best_rates_are_known() {
        let document = radford(5_000);
        let why = document.why_not_tuned();
        assert!(
            why.is_some_and(|why| why.starts_with("Show the chart")),
            "{why:?}"
        );
        assert_eq!(radford(200).why_not_tuned(), None);
    }
}
