//! What differs between two races, in words, and how one of them takes on what the other has.

mod pairs;
mod racers;
mod same;
mod take;
mod words;

use super::ids::RacerId;
use super::lineup::Lineup;
use crate::experiment::Experiment;

pub use pairs::{Pair, Pairs};
pub use take::Take;

/// A respect in which two races can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Aspect {
    /// The title.
    Title,
    /// The notes.
    Notes,
    /// The surface with its data, and the condition number if only one of them has one.
    Surface,
    /// The rotation of the surface.
    Rotation,
    /// The condition number of the long valley.
    Condition,
    /// The start.
    Start,
    /// The number of steps.
    Steps,
    /// The seed of all randomness.
    Seed,
    /// The number of seeds.
    Seeds,
    /// The order of the racers that are in both.
    Order,
    /// A racer that is only in the other race, by its index there.
    Missing(usize),
    /// A racer that is only in this race.
    Surplus(RacerId),
    /// A part of a racer that is in both.
    Racer(Pair, Part),
}

/// A part of a racer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The name.
    Name,
    /// The kind of rule.
    Rule,
    /// The groups with a rule of their own.
    Groups,
    /// The hyper-parameter with this index.
    Parameter(usize),
    /// The schedule of the learning rate.
    Schedule,
    /// The changes during the race.
    Edits,
    /// The rows that a step uses.
    Batch,
    /// Whether rows are drawn with replacement.
    Replacement,
    /// The noise.
    Noise,
    /// The colour.
    Color,
    /// Whether it is shown.
    Visible,
}

/// One difference between another race and this one.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The respect in which they differ.
    pub aspect: Aspect,
    /// The respect in words: "Momentum, momentum μ".
    pub what: String,
    /// What each of them has, in words.
    pub values: Values,
    /// What has to be taken along, as nothing else goes with it: "its surface".
    pub along: Option<&'static str>,
}

/// What two races have where they differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Values {
    /// Only the other race has it.
    OnlyTheirs,
    /// Only this race has it.
    OnlyMine,
    /// Both have something, but not the same.
    Both {
        /// What the other race has.
        theirs: String,
        /// What this race has.
        mine: String,
    },
}

/// All differences between another race and this one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Differences {
    /// The differences.
    pub list: Vec<Difference>,
    /// The racers that are in both.
    pub pairs: Pairs,
    /// What is the same, in one sentence; `None` if nothing is.
    pub same: Option<String>,
}

impl Differences {
    /// Compares another race with this one.
    #[must_use]
    pub fn between(theirs: &Experiment, mine: &Lineup) -> Self {
        let pairs = Pairs::between(theirs, mine);
        let mut list = words::of_races(theirs, mine.experiment());
        list.extend(racers::differences(theirs, mine, &pairs));
        list.extend(words::of_descriptions(theirs, mine.experiment()));
        for difference in &mut list {
            difference.along = take::taken_along(difference.aspect, theirs, mine, &pairs);
        }
        Self {
            same: same::sentence(&list, theirs, &pairs),
            list,
            pairs,
        }
    }

    /// Returns the change of this race that ends a difference.
    #[must_use]
    pub fn take(&self, difference: &Difference, theirs: &Experiment) -> Take {
        Take {
            aspect: difference.aspect,
            pairs: self.pairs.clone(),
            from: theirs.clone(),
            words: difference.story(),
        }
    }
}

impl Difference {
    fn new(aspect: Aspect, what: impl Into<String>, [theirs, mine]: [String; 2]) -> Self {
        Self {
            aspect,
            what: what.into(),
            values: Values::Both { theirs, mine },
            along: None,
        }
    }

    /// Returns whether it has no effect on the race.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        matches!(self.aspect, Aspect::Title | Aspect::Notes)
    }

    /// Returns the difference as a sentence; `letters` are the names of the other race and of this
    /// one.
    #[must_use]
    pub fn sentence(&self, letters: [&str; 2]) -> String {
        let (what, [other, this]) = (&self.what, letters);
        match &self.values {
            Values::OnlyTheirs => format!("{what} is in {other}, but not in {this}"),
            Values::OnlyMine => format!("{what} is in {this}, but not in {other}"),
            Values::Both { theirs, mine } => {
                format!("{what}: {theirs} in {other}, {mine} in {this}")
            }
        }
    }

    /// Describes for the history what taking it changes.
    fn story(&self) -> String {
        let what = &self.what;
        match &self.values {
            Values::OnlyTheirs => format!("Add {what}"),
            Values::OnlyMine => format!("Remove {what}"),
            Values::Both { .. } if self.aspect == Aspect::Order => what.clone(),
            Values::Both { theirs, mine } => format!("{what} {mine} → {theirs}"),
        }
    }
}
