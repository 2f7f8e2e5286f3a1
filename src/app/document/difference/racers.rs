//! The differences between the racers of two races.

use super::pairs::{Pair, Pairs};
use super::{Aspect, Difference, Part, Values, words};
use crate::app::document::lineup::Lineup;
use crate::experiment::{Appearance, Experiment, Plan, Racer};
use crate::optimizer::OptimizerChoice;

/// Returns the differences, in the order of the other race; what is only in this one comes after.
pub fn differences(theirs: &Experiment, mine: &Lineup, pairs: &Pairs) -> Vec<Difference> {
    let mut list = Vec::new();
    let titles = theirs.titles();
    let own_titles = mine.experiment().titles();
    for (index, racer) in theirs.racers.iter().enumerate() {
        match pairs.mine(index) {
            None => list.push(Difference {
                aspect: Aspect::Missing(index),
                what: called(&titles[index], racer),
                values: Values::OnlyTheirs,
                along: None,
            }),
            Some(id) => {
                let pair = Pair {
                    theirs: index,
                    mine: id,
                };
                if let Some(place) = mine.index_of(id) {
                    let own = &mine.experiment().racers[place];
                    let title = called(&own_titles[place], own);
                    list.extend(between(pair, &title, [racer, own]));
                }
            }
        }
    }
    for ((id, racer), title) in mine.racers().zip(&own_titles) {
        if pairs.theirs(id).is_none() {
            list.push(Difference {
                aspect: Aspect::Surplus(id),
                what: called(title, racer),
                values: Values::OnlyMine,
                along: None,
            });
        }
    }
    list.extend(order(theirs, mine, pairs));
    list
}

/// Returns the name of a racer, which may be empty in a file.
fn called(title: &str, racer: &Racer) -> String {
    let rule = racer.plan.optimizer.rule().title();
    let title = if title.trim().is_empty() { rule } else { title };
    title.to_owned()
}

/// Returns the differences between a racer of the other race and one of this race.
fn between(pair: Pair, title: &str, both: [&Racer; 2]) -> Vec<Difference> {
    let mut list = Vec::new();
    let [theirs, mine] = both;
    let mut add = |part: Part, respect: &str, values: [String; 2]| {
        let what = format!("{title}, {respect}");
        list.push(Difference::new(Aspect::Racer(pair, part), what, values));
    };
    if theirs.appearance.name != mine.appearance.name {
        add(Part::Name, "name", both.map(words::name));
    }
    let (plans, rules) = (both.map(|it| &it.plan), both.map(|it| &it.plan.optimizer));
    for (part, respect, values) in of_rules(rules) {
        add(part, &respect, values);
    }
    of_plans(plans, &mut add);
    let [theirs, mine] = both.map(|it| &it.appearance);
    if theirs.color != mine.color {
        let color = |it: &Appearance| words::color(it.color);
        add(Part::Color, "colour", [theirs, mine].map(color));
    }
    if theirs.visible != mine.visible {
        let seen = |it: &Appearance| words::either(it.visible, "shown", "hidden");
        add(Part::Visible, "visibility", [theirs, mine].map(seen));
    }
    list
}

fn of_plans(both: [&Plan; 2], add: &mut impl FnMut(Part, &str, [String; 2])) {
    let [theirs, mine] = both;
    if theirs.groups != mine.groups {
        let values = words::unlike(both.map(words::groups));
        add(Part::Groups, "groups", values);
    }
    if theirs.schedule != mine.schedule {
        let schedules = both.map(|it| &it.schedule);
        add(Part::Schedule, "schedule", words::schedules(schedules));
    }
    if theirs.edits != mine.edits {
        let values = words::unlike(both.map(words::edits));
        add(Part::Edits, "changes during the race", values);
    }
    if theirs.batch != mine.batch {
        let values = words::unlike(both.map(|it| words::batch(&it.batch)));
        add(Part::Batch, "batch", values);
    }
    if theirs.replacement != mine.replacement {
        let drawn =
            |it: &Plan| words::either(it.replacement, "with replacement", "without replacement");
        add(Part::Replacement, "sampling", both.map(drawn));
    }
    if theirs.noise != mine.noise {
        add(
            Part::Noise,
            "noise",
            words::numbers(both.map(|it| it.noise)),
        );
    }
}

/// Returns the differences between two rules: their kind, or else each hyper-parameter.
fn of_rules([theirs, mine]: [&OptimizerChoice; 2]) -> Vec<(Part, String, [String; 2])> {
    if theirs == mine {
        return Vec::new();
    }
    let other_rule = || {
        let values = words::unlike([theirs, mine].map(words::rule));
        vec![(Part::Rule, "rule".to_owned(), values)]
    };
    if !are_alike(theirs, mine) {
        return other_rule();
    }
    let both = [theirs.rule(), mine.rule()];
    let mut list = Vec::new();
    for (index, parameter) in both[1].parameters().enumerate() {
        if let [Some(theirs), Some(mine)] = both.map(|rule| rule.get(index))
            && theirs != mine
        {
            let values = words::values(&parameter, [theirs, mine]);
            list.push((Part::Parameter(index), words::parameter(&parameter), values));
        }
    }
    if list.is_empty() { other_rule() } else { list }
}

/// Returns whether two rules have the same hyper-parameters, those of the rules that they hold included.
fn are_alike(a: &OptimizerChoice, b: &OptimizerChoice) -> bool {
    a.is_same_rule(b)
        && [(a.inner(), b.inner()), (a.vectors(), b.vectors())]
            .into_iter()
            .all(|held| match held {
                (Some(a), Some(b)) => are_alike(a, b),
                (None, None) => true,
                _ => false,
            })
}

/// Returns the difference in the order of those racers that are in both races.
fn order(theirs: &Experiment, mine: &Lineup, pairs: &Pairs) -> Option<Difference> {
    let places: Vec<usize> = pairs
        .iter()
        .filter_map(|pair| mine.index_of(pair.mine))
        .collect();
    if places.is_sorted() {
        return None;
    }
    let titles = theirs.titles();
    let listed = |indices: &mut dyn Iterator<Item = usize>| {
        let names = indices.filter_map(|index| Some(&**titles.get(index)?));
        names.collect::<Vec<_>>().join(", ")
    };
    let in_mine = |id: &_| pairs.theirs(*id);
    let values = [
        listed(&mut pairs.iter().map(|pair| pair.theirs)),
        listed(&mut mine.ids().iter().filter_map(in_mine)),
    ];
    let what = "Order of the racers";
    Some(Difference::new(Aspect::Order, what, words::unlike(values)))
}
