//! How a race takes on what another race has.

use super::pairs::{Pair, Pairs};
use super::{Aspect, Part};
use crate::app::document::ids::RacerId;
use crate::app::document::lineup::Lineup;
use crate::experiment::{Batch, Experiment, Plan, Racer};

/// A change that makes a race equal to another one in one respect.
#[derive(Clone, Debug, PartialEq)]
pub struct Take {
    /// The respect.
    pub aspect: Aspect,
    /// The racers that correspond to each other.
    pub pairs: Pairs,
    /// The other race.
    pub from: Experiment,
    /// What it changes, for the history.
    pub words: String,
}

impl Take {
    /// Returns the lineup after the change. If no valid race differs from the other one in just what
    /// remains, as a batch needs data, what is needed is taken along.
    #[must_use]
    pub fn applied(&self, mine: &Lineup) -> Lineup {
        let taking = Taking {
            from: &self.from,
            pairs: &self.pairs,
        };
        taking.all(self.aspect, mine).0
    }
}

/// Returns what has to be taken along with an aspect.
pub fn taken_along(
    aspect: Aspect,
    from: &Experiment,
    mine: &Lineup,
    pairs: &Pairs,
) -> Option<&'static str> {
    match (Taking { from, pairs }).all(aspect, mine).1 {
        Along::Nothing => None,
        Along::Rule => Some("with its rule and schedule"),
        Along::Rows => Some("with its batch"),
        Along::Surface => Some("with the surface"),
    }
}

/// What is taken along.
enum Along {
    Nothing,
    Rule,
    Rows,
    Surface,
}

/// Taking parts of a race.
#[derive(Clone, Copy)]
struct Taking<'a> {
    from: &'a Experiment,
    pairs: &'a Pairs,
}

impl Taking<'_> {
    /// Returns the lineup with an aspect of the other race, and with what it needs.
    fn all(self, aspect: Aspect, mine: &Lineup) -> (Lineup, Along) {
        let mut next = mine.clone();
        self.only(aspect, &mut next);
        if next.experiment().check().is_ok() {
            return (next, Along::Nothing);
        }
        let mut along = Along::Nothing;
        if let Aspect::Racer(pair, part) = aspect
            && let Some(theirs) = self.from.racers.get(pair.theirs)
            && let Some(racer) = next.racer_mut(pair.mine)
        {
            if matches!(part, Part::Batch | Part::Replacement) {
                take_rows(&mut racer.plan, &theirs.plan);
                along = Along::Rows;
            } else {
                take_rule(&mut racer.plan, &theirs.plan);
                along = Along::Rule;
            }
        }
        if next.experiment().check().is_err() {
            self.ground(&mut next);
            along = Along::Surface;
        }
        (next, along)
    }

    /// Takes an aspect of the other race and nothing else.
    fn only(self, aspect: Aspect, next: &mut Lineup) {
        let from = self.from;
        match aspect {
            Aspect::Title => next.experiment_mut().title.clone_from(&from.title),
            Aspect::Notes => next.experiment_mut().notes.clone_from(&from.notes),
            Aspect::Surface => self.ground(next),
            Aspect::Rotation => next.experiment_mut().shape.rotation = from.shape.rotation,
            Aspect::Condition => next.experiment_mut().shape.condition = from.shape.condition,
            Aspect::Start => next.experiment_mut().start = from.start,
            Aspect::Steps => next.experiment_mut().steps = from.steps,
            Aspect::Seed => next.experiment_mut().seed = from.seed,
            Aspect::Seeds => next.experiment_mut().seeds = from.seeds,
            Aspect::Order => self.order(next),
            Aspect::Missing(index) => self.insert(index, next),
            Aspect::Surplus(id) => next.remove(id),
            Aspect::Racer(Pair { theirs, mine }, part) => {
                if let (Some(theirs), Some(mine)) = (from.racers.get(theirs), next.racer_mut(mine))
                {
                    take_part(part, mine, theirs);
                }
            }
        }
    }

    /// Takes the surface, and the rows of those racers whose own ones it does not have.
    fn ground(self, next: &mut Lineup) {
        let rows = self.from.surface.open().rows();
        let ids = next.ids().to_vec();
        for id in ids {
            let theirs = self.pairs.theirs(id);
            let theirs = theirs.and_then(|index| self.from.racers.get(index));
            let Some(racer) = next.racer_mut(id) else {
                continue;
            };
            if racer.plan.batch.conflict(rows).is_some() {
                match theirs {
                    Some(theirs) => take_rows(&mut racer.plan, &theirs.plan),
                    None => (racer.plan.batch, racer.plan.replacement) = (Batch::Full, false),
                }
            }
        }
        let race = next.experiment_mut();
        race.surface.clone_from(&self.from.surface);
        race.shape.condition = self.from.shape.condition;
    }

    /// Inserts a racer of the other race after those that come before it there.
    fn insert(self, index: usize, next: &mut Lineup) {
        let Some(racer) = self.from.racers.get(index) else {
            return;
        };
        let ranks = self.ranks(next);
        let is_before = |(_, rank): &(RacerId, Option<usize>)| rank.is_some_and(|it| it < index);
        let place = ranks.iter().rposition(is_before).map_or(0, |last| last + 1);
        next.insert(place, racer.clone());
        // Of two racers that are alike, the later one may have been inserted first.
        if is_ordered(&ranks) && !is_ordered(&self.ranks(next)) {
            self.order(next);
        }
    }

    /// Puts the racers into the order of the other race; those that it lacks come last.
    fn order(self, next: &mut Lineup) {
        let mut ranks = self.ranks(next);
        ranks.sort_by_key(|(_, rank)| rank.unwrap_or(usize::MAX));
        for (place, (id, _)) in ranks.into_iter().enumerate() {
            next.reorder(id, place);
        }
    }

    /// Returns the index that each racer has in the other race. One that has been taken from there
    /// is not among the pairs.
    fn ranks(self, next: &Lineup) -> Vec<(RacerId, Option<usize>)> {
        let is_unpaired = |index: &usize| self.pairs.mine(*index).is_none();
        let mut free: Vec<usize> = (0..self.from.racers.len()).filter(is_unpaired).collect();
        let racers = next.racers();
        let rank = |(id, racer): (RacerId, &Racer)| {
            let known = self.pairs.theirs(id).or_else(|| {
                let theirs = |index: &usize| self.from.racers.get(*index);
                let is_copy = |index: &usize| theirs(index).is_some_and(|it| is_alike(it, racer));
                let place = free.iter().position(is_copy)?;
                Some(free.remove(place))
            });
            (id, known)
        };
        racers.map(rank).collect()
    }
}

/// Returns whether the racers are in the order of the other race.
fn is_ordered(ranks: &[(RacerId, Option<usize>)]) -> bool {
    ranks.iter().filter_map(|(_, rank)| *rank).is_sorted()
}

/// Returns whether two racers are equal but for the looks that they keep while others come and go.
fn is_alike(theirs: &Racer, mine: &Racer) -> bool {
    let mut mine = mine.clone();
    mine.appearance.slot = theirs.appearance.slot;
    mine == *theirs
}

fn take_part(part: Part, mine: &mut Racer, theirs: &Racer) {
    let (looks, plan) = (&mut mine.appearance, &mut mine.plan);
    match part {
        Part::Name => looks.name.clone_from(&theirs.appearance.name),
        Part::Color => looks.color = theirs.appearance.color,
        Part::Visible => looks.visible = theirs.appearance.visible,
        Part::Rule => plan.optimizer.clone_from(&theirs.plan.optimizer),
        Part::Groups => plan.groups.clone_from(&theirs.plan.groups),
        Part::Parameter(index) => {
            if let Some(value) = theirs.plan.optimizer.rule().get(index) {
                plan.optimizer.rule_mut().set(index, value);
            }
        }
        Part::Schedule => plan.schedule = theirs.plan.schedule.clone(),
        Part::Edits => plan.edits.clone_from(&theirs.plan.edits),
        Part::Batch => plan.batch.clone_from(&theirs.plan.batch),
        Part::Replacement => plan.replacement = theirs.plan.replacement,
        Part::Noise => plan.noise = theirs.plan.noise,
    }
}

/// Takes everything that has to fit the rule.
fn take_rule(mine: &mut Plan, theirs: &Plan) {
    mine.optimizer.clone_from(&theirs.optimizer);
    mine.groups.clone_from(&theirs.groups);
    mine.schedule = theirs.schedule.clone();
    mine.edits.clone_from(&theirs.edits);
}

/// Takes everything that has to fit the data.
fn take_rows(mine: &mut Plan, theirs: &Plan) {
    mine.batch.clone_from(&theirs.batch);
    mine.replacement = theirs.replacement;
}
