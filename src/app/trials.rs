//! Races that are run to see whether an advice would pay, each once.

use std::cell::{Cell, RefCell};

use super::race::Race;
use crate::analysis::diagnosis::{Attempt, Outcome};

/// So much is tried for one insight, in looks at a row or a formula, while the race stands still;
/// at about 100 ns each, a long frame.
const AT_REST: u64 = 300_000;
/// The same while it plays.
const WHILE_PLAYING: u64 = 60_000;
/// More outcomes than this are not kept.
const MOST: usize = 256;

/// What became of the races that were tried, as long as the paths are the same.
#[derive(Debug, Default)]
pub struct TrialCache {
    version: Option<u64>,
    outcomes: RefCell<Vec<(Attempt, Outcome)>>,
}

impl TrialCache {
    /// Tells what becomes of attempts in this race: `None` once too much has been tried, of which
    /// less is allowed while the race plays.
    pub fn of<'a>(
        &'a mut self,
        race: &'a Race,
        playing: bool,
    ) -> impl Fn(&Attempt) -> Option<Outcome> + 'a {
        if self.version != Some(race.version()) {
            self.version = Some(race.version());
            self.outcomes.get_mut().clear();
        }
        let left = Cell::new(if playing { WHILE_PLAYING } else { AT_REST });
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
        let price = experiment.steps as u64 * (1 + surface.cost() as u64);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::load_built_in;

    /// A built-in race of this many steps, and an attempt at it.
    fn race(steps: usize) -> (Race, Attempt) {
        let mut experiment = load_built_in("long-valley").unwrap().experiment;
        experiment.steps = steps;
        let attempt = Attempt {
            plan: experiment.racers[0].plan.clone(),
            start: experiment.start,
        };
        (Race::new(&experiment), attempt)
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

    /// What is known costs nothing; another race is another matter.
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
