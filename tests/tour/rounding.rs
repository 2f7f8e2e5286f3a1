//! Nothing that a preset or a lesson tells rests on steps that rounding decides.

use slalom::experiment::Experiment;
use slalom::preset::{BuiltIn, TOUR};

use super::common::horizon_of;
use super::goals::ANSWERS;
use super::lessons::{changed, goal, lesson};

/// The racers whose paths rounding decides at the end of a race.
fn decided(race: &Experiment) -> Vec<String> {
    let names = race.names().into_iter().enumerate();
    let decided = names.filter(|(index, _)| horizon_of(race, *index).decided_from.is_some());
    decided.map(|(_, name)| name).collect()
}

/// Whether the condition of a lesson's goal names a racer.
fn is_about(lesson: &str, racer: &str) -> bool {
    let condition = serde_json::to_string(&goal(lesson).when).unwrap();
    condition.contains(&format!("\"{racer}\""))
}

#[test]
fn no_goal_is_about_a_racer_that_rounding_decides() {
    let unchanged = TOUR.iter().map(|it| (it.name, lesson(it.name)));
    let solved = ANSWERS
        .iter()
        .map(|(name, change)| (*name, changed(name, change)));
    let mut named = 0;
    for (name, race) in unchanged.chain(solved) {
        named += race
            .names()
            .iter()
            .filter(|racer| is_about(name, racer))
            .count();
        for racer in decided(&race) {
            assert!(!is_about(name, &racer), "{name}: {racer}");
        }
    }
    assert!(named > TOUR.len(), "conditions are about racers");
}

#[test]
fn a_preset_says_so_where_rounding_decides() {
    let mut told = 0;
    for built_in in BuiltIn::all() {
        let race = slalom::preset::load_built_in(built_in.name)
            .unwrap()
            .experiment;
        for racer in decided(&race) {
            let notes = race.notes.to_lowercase();
            assert!(
                notes.contains("rounding") && race.notes.contains(&racer),
                "{}: {racer}",
                built_in.name
            );
            told += 1;
        }
    }
    // RMSProp in Radford's race, which is also a lesson, and beside a second minimum.
    assert_eq!(told, 6);
}
