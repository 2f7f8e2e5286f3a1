//! How the racers would end with other values of a hyper-parameter, kept up to date.

mod study;

use super::Document;
use super::change::Change;
use super::ids::RacerId;
use crate::analysis::sensitivity::Knob;
use crate::analysis::{Quantity, Ranking};
use crate::app::worker::Report;
use study::{Key, is_cheap};

pub use study::Study;

/// The sweeps of a document: those of the rates, and those of the parameter in the chart if it is
/// another one. Only what is shown is kept up to date.
#[derive(Debug, Default)]
pub struct Studies {
    rates: Study,
    chosen: Study,
}

impl Document {
    /// Brings the sweeps that are shown up to date.
    pub fn study(&mut self, wake: impl Fn() + Clone + Send + 'static) {
        let is_shown = self.charted().is_swept();
        let target = (self.charted() == Quantity::Arrival).then_some(self.view.target);
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
                if self.ranking() == Ranking::Tuned {
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
