//! Which racers of two races correspond to each other.

use std::collections::HashMap;

use crate::app::document::ids::RacerId;
use crate::app::document::lineup::Lineup;
use crate::experiment::{Experiment, Racer};

/// A racer that is in both of two races.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pair {
    /// Its index in the other race.
    pub theirs: usize,
    /// The racer in this race.
    pub mine: RacerId,
}

/// The racers that are in both of two races, in the order of the other one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs(Vec<Pair>);

/// What racers that correspond to each other have in common.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Key<'a> {
    All(&'a str, String),
    NameAndRule(&'a str, &'a str),
    Name(&'a str),
    Plan(String),
    Rule(&'a str),
}

/// From the most that they can have in common to the least.
const KEYS: [fn(&Racer) -> Key<'_>; 5] = [
    |racer| Key::All(name(racer), plan(racer)),
    |racer| Key::NameAndRule(name(racer), rule(racer)),
    |racer| Key::Name(name(racer)),
    |racer| Key::Plan(plan(racer)),
    |racer| Key::Rule(rule(racer)),
];

impl Pairs {
    /// Matches racers that are equal, then those of the same name, and then those with the same
    /// rule. Of several that are alike, the first one matches the first one.
    #[must_use]
    pub fn between(theirs: &Experiment, mine: &Lineup) -> Self {
        let (theirs, own) = (&theirs.racers, &mine.experiment().racers);
        let mut found: Vec<Option<usize>> = vec![None; theirs.len()];
        let mut is_free = vec![true; own.len()];
        for key in KEYS {
            let mut free: HashMap<Key<'_>, Vec<usize>> = HashMap::new();
            let racers = own.iter().enumerate().rev();
            for (index, racer) in racers.filter(|(index, _)| is_free[*index]) {
                free.entry(key(racer)).or_default().push(index);
            }
            for (racer, found) in theirs.iter().zip(&mut found) {
                if found.is_none() && !free.is_empty() {
                    *found = free.get_mut(&key(racer)).and_then(Vec::pop);
                    if let Some(index) = *found {
                        is_free[index] = false;
                    }
                }
            }
        }
        let pair = |(theirs, index): (usize, &Option<usize>)| {
            let mine = *mine.ids().get((*index)?)?;
            Some(Pair { theirs, mine })
        };
        Self(found.iter().enumerate().filter_map(pair).collect())
    }

    /// Returns the pairs, in the order of the other race.
    pub fn iter(&self) -> impl Iterator<Item = Pair> {
        self.0.iter().copied()
    }

    /// Returns the number of pairs.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether no racer is in both races.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the racer of this race that corresponds to one of the other race.
    #[must_use]
    pub fn mine(&self, theirs: usize) -> Option<RacerId> {
        let at = self.0.binary_search_by_key(&theirs, |pair| pair.theirs);
        Some(self.0.get(at.ok()?)?.mine)
    }

    /// Returns the index in the other race of the racer that corresponds to one of this race.
    #[must_use]
    pub fn theirs(&self, mine: RacerId) -> Option<usize> {
        let pair = self.iter().find(|pair| pair.mine == mine);
        pair.map(|pair| pair.theirs)
    }
}

/// Returns the name of a racer before a number is appended to tell it from others of this name.
fn name(racer: &Racer) -> &str {
    let name = racer.appearance.name.as_deref();
    name.unwrap_or(racer.plan.optimizer.rule().title())
}

fn rule(racer: &Racer) -> &str {
    racer.plan.optimizer.rule().about().name
}

/// Returns a text that is the same for equal plans.
fn plan(racer: &Racer) -> String {
    format!("{:?}", racer.plan)
}
