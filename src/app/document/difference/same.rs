//! What two races have in common, in one sentence.

use super::pairs::Pairs;
use super::{Aspect, Difference};
use crate::experiment::Experiment;

/// Returns the sentence, or `None` if the races have nothing in common.
pub fn sentence(list: &[Difference], theirs: &Experiment, pairs: &Pairs) -> Option<String> {
    let differs = |of: &[Aspect]| list.iter().any(|it| of.contains(&it.aspect));
    let ground = [Aspect::Surface, Aspect::Rotation, Aspect::Condition];
    let shared: [(&[Aspect], &str); 4] = [
        (&ground, "surface"),
        (&[Aspect::Start], "start"),
        (&[Aspect::Steps], "steps"),
        (&[Aspect::Seed, Aspect::Seeds], "seed"),
    ];
    let mut parts: Vec<String> = shared
        .into_iter()
        .filter(|(aspects, _)| !differs(aspects))
        .map(|(_, name)| name.to_owned())
        .collect();
    parts.extend(racers(list, theirs, pairs));
    let last = parts.pop()?;
    Some(match &*parts.join(", ") {
        "" => format!("The same: {last}"),
        others => format!("The same: {others} and {last}"),
    })
}

/// Returns the racers that are the same: "4 more racers" if others are not.
fn racers(list: &[Difference], theirs: &Experiment, pairs: &Pairs) -> Option<String> {
    let differs = |of: usize| {
        list.iter()
            .any(|it| matches!(it.aspect, Aspect::Racer(pair, _) if pair.theirs == of))
    };
    let same = pairs.iter().filter(|pair| !differs(pair.theirs)).count();
    let is_surplus = |it: &Difference| matches!(it.aspect, Aspect::Surplus(_));
    let are_all = same == theirs.racers.len() && !list.iter().any(is_surplus);
    match (same, are_all) {
        (0, _) => None,
        (1, true) => Some("the racer".to_owned()),
        (2, true) => Some("both racers".to_owned()),
        (_, true) => Some(format!("all {same} racers")),
        (1, false) => Some("1 more racer".to_owned()),
        (_, false) => Some(format!("{same} more racers")),
    }
}
