//! Trial runs that check whether a piece of advice pays off, each run only once.

use std::cell::{Cell, RefCell};

use crate::analysis::diagnosis::{Attempt, Outcome};
use crate::app::document::race::Race;
use crate::app::ports::within_frame;
use crate::simulation::price;
use crate::surface::Surface;

/// The budget of one insight while the race is paused, in row or formula evaluations. At about 100
/// ns each, this is a long frame.
const AT_REST: u64 = within_frame(300_000);
/// The budget while the race is playing.
const WHILE_PLAYING: u64 = within_frame(60_000);
/// How many times as many evaluations the same time is enough for on a network, whose price counts
/// eight weights as one row.
const OF_NETWORK: u64 = 4;
/// The maximum number of outcomes kept.
const MOST: usize = 256;

/// The outcomes of trial runs, kept while the paths stay the same.
#[derive(Debug, Default)]
pub struct TrialCache {
    version: Option<u64>,
    outcomes: RefCell<Vec<(Attempt, Outcome)>>,
}

impl TrialCache {
    /// Returns a function that gives the outcome of an attempt in this race, or `None` once the
    /// budget is used up. The budget is smaller while the race is playing.
    pub fn of<'a>(
        &'a mut self,
        race: &'a Race,
        playing: bool,
    ) -> impl Fn(&Attempt) -> Option<Outcome> + 'a {
        if self.version != Some(race.version()) {
            self.version = Some(race.version());
            self.outcomes.get_mut().clear();
        }
        let budget = if playing { WHILE_PLAYING } else { AT_REST };
        let cheaper = match race.surface().network() {
            Some(_) => OF_NETWORK,
            None => 1,
        };
        let left = Cell::new(cheaper * budget);
        move |attempt| {
            self.known(attempt)
                .or_else(|| self.run(race, attempt, &left))
        }
    }

    fn known(&self, attempt: &Attempt) -> Option<Outcome> {
        let outcomes = self.outcomes.borrow();
        let found = outcomes.iter().find(|(known, _)| known == attempt);
        found.map(|(_, outcome)| *outcome)
    }

    fn run(&self, race: &Race, attempt: &Attempt, left: &Cell<u64>) -> Option<Outcome> {
        let (surface, experiment) = (race.surface(), race.experiment());
        let price = price(&**surface, attempt, experiment.steps as u64);
        left.set(left.get().checked_sub(price)?);
        let outcome = attempt.run(surface, experiment.steps, experiment.seed);
        let mut outcomes = self.outcomes.borrow_mut();
        if outcomes.len() >= MOST {
            outcomes.clear();
        }
        outcomes.push((attempt.clone(), outcome));
        Some(outcome)
    }
}

/// Returns the cost of an attempt: on a network, most steps use only some rows, and all rows are
/// evaluated once in an epoch.
fn price(surface: &dyn Surface, attempt: &Attempt, steps: u64) -> u64 {
    let all = 1 + surface.cost() as u64;
    if surface.network().is_none() {
        return steps.saturating_mul(all);
    }
    let plan = &attempt.plan;
    let epochs = steps / plan.batch.steps_per_epoch(surface.rows()).max(1);
    let passed = steps.saturating_mul(price::of_passing(plan, surface));
    passed.saturating_add(epochs.saturating_mul(all))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::lineup::Lineup;
    use crate::preset::load_built_in;

    /// Returns a built-in race of this many steps and an attempt at it.
    fn race(steps: usize) -> (Race, Attempt) {
        let mut experiment = load_built_in("long-valley").unwrap().experiment;
        experiment.steps = steps;
        let attempt = Attempt {
            plan: experiment.racers[0].plan.clone(),
            start: experiment.start,
        };
        (
            Race::new(
                &Lineup::new(experiment),
                &crate::subspace::PlaneChoice::Fitted,
            ),
            attempt,
        )
    }

    #[test]
    fn what_is_tried_is_what_the_race_itself_comes_to() {
        let (race, attempt) = race(100);
        let own = Outcome::of(&race.paths()[0]);
        assert_eq!(TrialCache::default().of(&race, false)(&attempt), Some(own));
    }

    #[test]
    fn long_races_are_tried_at_rest_and_very_long_ones_not_at_all() {
        for (steps, [at_rest, playing]) in [
            (1_000, [true, true]),
            (100_000, [true, false]),
            (400_000, [false, false]),
        ] {
            let (race, attempt) = race(steps);
            let tried = |playing| TrialCache::default().of(&race, playing)(&attempt).is_some();
            assert_eq!([tried(false), tried(true)], [at_rest, playing], "{steps}");
        }
    }

    /// Known outcomes cost nothing; another race starts over.
    #[test]
    fn every_race_is_run_once() {
        let (first, attempt) = race(100_000);
        let mut cache = TrialCache::default();
        let outcome = cache.of(&first, false)(&attempt);
        assert!(outcome.is_some());
        assert_eq!(cache.of(&first, true)(&attempt), outcome);
        let (second, _) = race(100_000);
        assert_eq!(cache.of(&second, true)(&attempt), None);
    }
}
