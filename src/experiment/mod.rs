//! An experiment is a value: all inputs of a race. Simulating it gives one trajectory per racer.
//!
//! ```
//! use slalom::experiment::{Experiment, Racer};
//! use slalom::optimizer::{Momentum, OptimizerChoice};
//! use slalom::{simulation::simulate, surface::SurfaceChoice};
//!
//! let race = Experiment {
//!     surface: SurfaceChoice::LongValley,
//!     start: [-4.0, 1.0],
//!     racers: vec![Racer::new(OptimizerChoice::Momentum(Momentum::default()))],
//!     ..Experiment::default()
//! };
//! race.check()?;
//! assert_eq!(simulate(&race)[0].last_step(), 200);
//! # Ok::<(), slalom::experiment::Fault>(())
//! ```

mod batch;
mod check;
mod claim;
mod color;
mod fault;
mod group;
pub mod lesson;
pub mod names;
mod racer;
pub mod schedule;
mod slots;

pub use batch::Batch;
pub use claim::{race_against, trial_of};
pub use color::Color;
pub use fault::{Fault, FaultKind, Key, Location};
pub use group::{Group, GroupFault, block_names};
pub use lesson::{Condition, Goal, Lesson};
pub use names::nearest;
pub use racer::{Appearance, Edit, Plan, Racer};
pub use schedule::Schedule;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::optimizer::Rule;
use crate::surface::{Shape, Surface, SurfaceChoice};

/// All inputs of a race.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    /// One line that says what the race shows.
    pub title: String,
    /// What to look for, in a few sentences.
    pub notes: String,
    /// The loss.
    pub surface: SurfaceChoice,
    /// The transformation of the surface.
    pub shape: Shape,
    /// The starting point of all racers, as (x, y).
    pub start: [f64; 2],
    /// The number of steps, from 1 to [`Experiment::MOST_STEPS`].
    pub steps: usize,
    /// The seed of all randomness.
    pub seed: u64,
    /// The number of seeds with which every racer runs, from 1 to [`Experiment::MOST_SEEDS`]: the seed,
    /// seed + 1, and so on.
    pub seeds: usize,
    /// The racers, in the order of the file.
    pub racers: Vec<Racer>,
}

impl Default for Experiment {
    /// An empty race on Beale's function.
    fn default() -> Self {
        Self {
            title: String::new(),
            notes: String::new(),
            surface: SurfaceChoice::Beale,
            shape: Shape::default(),
            start: [1.0, 1.6],
            steps: 200,
            seed: 0,
            seeds: 1,
            racers: Vec::new(),
        }
    }
}

impl Experiment {
    /// The maximum number of steps.
    pub const MOST_STEPS: usize = 1_000_000;
    /// The maximum number of seeds.
    pub const MOST_SEEDS: usize = 1_000;
    /// The maximum number of racers.
    pub const MOST_RACERS: usize = 1_000;
    /// The maximum number of a racer's edits, of its groups, and of entries of its schedule.
    pub const MOST_ENTRIES: usize = 10_000;
    /// The maximum number of letters in a title or in the name of a racer.
    pub const LONGEST_NAME: usize = 1_000;
    /// The maximum number of letters in the notes.
    pub const LONGEST_NOTES: usize = 100_000;
    /// What is said of several seeds where nothing depends on them.
    pub const NO_CHANCE: &str = "There is no chance in this race: no racer draws rows or has noisy \
                                 gradients, so every seed gives the same paths.";

    /// The transformed surface.
    #[must_use]
    pub fn open_surface(&self) -> Arc<dyn Surface> {
        self.shape.open(&self.surface)
    }

    /// All seeds with which the racers run, beginning with [`Self::seed`].
    #[must_use]
    pub fn all_seeds(&self) -> impl ExactSizeIterator<Item = u64> + use<> {
        let first = self.seed;
        (0..self.seeds).map(move |more| first.wrapping_add(more as u64))
    }

    /// Whether any racer's path depends on the seed.
    #[must_use]
    pub fn has_chance(&self) -> bool {
        let rows = self.surface.open().rows();
        self.racers.iter().any(|racer| racer.plan.has_chance(rows))
    }

    /// A remark, as one sentence, if several seeds are pointless since nothing depends on them.
    #[must_use]
    pub fn no_chance(&self) -> Option<&'static str> {
        (self.seeds > 1 && !self.has_chance()).then_some(Self::NO_CHANCE)
    }

    /// Whether another experiment uses the same surface with the same transformation.
    #[must_use]
    pub fn same_surface(&self, other: &Self) -> bool {
        self.surface == other.surface && self.shape == other.shape
    }

    /// The racers' names in files: the given name, or the optimizer's; equal names get " 2", " 3".
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.distinct(|rule| rule.name())
    }

    /// The racers' display names: the given name, or the optimizer's title; equal names get " 2", "
    /// 3".
    #[must_use]
    pub fn titles(&self) -> Vec<String> {
        self.distinct(|rule| rule.title())
    }

    fn distinct(&self, default: impl Fn(&dyn Rule) -> &str) -> Vec<String> {
        let mut names: Vec<String> = Vec::with_capacity(self.racers.len());
        let mut taken: HashSet<String> = HashSet::with_capacity(self.racers.len());
        // The next number to try for each name: the smaller ones are taken for good.
        let mut next: HashMap<&str, usize> = HashMap::new();
        for racer in &self.racers {
            let base = racer.appearance.name.as_deref();
            let base = base.unwrap_or_else(|| default(racer.plan.optimizer.rule()));
            let mut name = base.to_owned();
            while !taken.insert(name.clone()) {
                let number = next.entry(base).or_insert(2);
                name = format!("{base} {number}");
                *number += 1;
            }
            names.push(name);
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::optimizer::{Adam, OptimizerChoice};

    /// The names by definition: each is the first of "name", "name 2", "name 3" … that no earlier
    /// racer has.
    fn distinct_by_definition(given: &[String]) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for base in given {
            let numbered = (2..).map(|number| format!("{base} {number}"));
            let free = std::iter::once(base.clone())
                .chain(numbered)
                .find(|name| !names.contains(name));
            names.extend(free);
        }
        names
    }

    fn race_of(given: &[String]) -> Experiment {
        let racer = |name: &String| Racer {
            appearance: Appearance {
                name: Some(name.clone()),
                ..Appearance::default()
            },
            ..Racer::new(OptimizerChoice::Adam(Adam::default()))
        };
        Experiment {
            racers: given.iter().map(racer).collect(),
            ..Experiment::default()
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn names_are_the_first_free_ones(given in prop::collection::vec("(A|B)( (2|3|4|x))?( 2)?", 0..40)) {
            let race = race_of(&given);
            prop_assert_eq!(race.names(), distinct_by_definition(&given));
        }
    }

    #[test]
    fn racers_without_a_name_share_that_of_their_rule() {
        let mut race = race_of(&["Adam 2".into(), String::new(), String::new()]);
        for racer in &mut race.racers[1..] {
            racer.appearance.name = None;
        }
        assert_eq!(race.names(), ["Adam 2", "Adam", "Adam 3"]);
    }

    #[test]
    fn thousands_of_equal_names_are_told_apart() {
        // Comparing each name with all earlier ones would take hours.
        let race = race_of(&vec!["Adam".to_owned(); 100_000]);
        assert_eq!(
            race.titles().last().map(String::as_str),
            Some("Adam 100000")
        );
    }
}
