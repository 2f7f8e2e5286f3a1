//! Colours, markers and dashes: racers keep theirs, whatever happens to the others.

mod common;

use common::{any_racer, cases, with};
use proptest::prelude::*;
use proptest::sample::Index;
use slalom::app::Change;
use slalom::experiment::{Experiment, Racer};
use slalom::view::{Colors, RacerLook, racer_looks};

/// A change of the list of racers; an index is drawn from those that exist.
#[derive(Clone, Debug)]
enum Deed {
    Add(Box<Racer>),
    Duplicate(Index),
    Remove(Index),
    Reorder(Index, Index),
}

fn any_deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        3 => any_racer().prop_map(|it| Deed::Add(Box::new(plain(it)))),
        4 => any::<Index>().prop_map(Deed::Duplicate),
        1 => any::<Index>().prop_map(Deed::Remove),
        1 => any::<[Index; 2]>().prop_map(|[from, to]| Deed::Reorder(from, to)),
    ]
}

/// A racer without a colour or slot that the user has chosen.
fn plain(mut racer: Racer) -> Racer {
    (racer.appearance.color, racer.appearance.slot) = (None, None);
    racer
}

fn race(racers: Vec<Racer>) -> Experiment {
    Experiment {
        racers,
        ..Experiment::default()
    }
}

/// A race of these optimizers.
fn race_of(optimizers: &[&str]) -> Experiment {
    race(optimizers.iter().map(|it| with(it)).collect())
}

fn looks(race: &Experiment) -> Vec<RacerLook> {
    racer_looks(race, &Colors::dark())
}

/// Does the deed, if there is a racer for it. Returns the race and the index of each earlier racer.
fn done(deed: &Deed, race: &Experiment) -> (Experiment, Vec<Option<usize>>) {
    let count = race.racers.len();
    let change = match deed {
        Deed::Add(racer) => Change::AddRacer(racer.clone()),
        _ if count == 0 => return (race.clone(), vec![]),
        Deed::Duplicate(which) => Change::Duplicate(which.index(count)),
        Deed::Remove(which) => Change::Remove(which.index(count)),
        Deed::Reorder(from, to) => Change::Reorder {
            from: from.index(count),
            to: to.index(count),
        },
    };
    let removed = |index: usize| matches!(change, Change::Remove(removed) if removed == index);
    let after = |index| Some(change.index_after(index)).filter(|_| !removed(index));
    let indices = (0..count).map(after).collect();
    (change.clone().applied(race), indices)
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn a_racer_keeps_its_look_while_others_come_go_and_move(
        racers in prop::collection::vec(any_racer(), 0..6),
        deeds in prop::collection::vec(any_deed(), 1..30),
    ) {
        let mut race = race(racers);
        for deed in deeds {
            let before = looks(&race);
            let (next, indices) = done(&deed, &race);
            let after = looks(&next);
            for (look, index) in before.iter().zip(indices) {
                if let Some(index) = index {
                    prop_assert_eq!(&after[index], look, "{:?}", deed);
                }
            }
            race = next;
        }
    }

    #[test]
    fn no_two_racers_look_the_same(
        racers in prop::collection::vec(any_racer().prop_map(plain), 1..6),
        deeds in prop::collection::vec(any_deed(), 1..100),
    ) {
        let mut race = race(racers);
        for deed in deeds {
            race = done(&deed, &race).0;
        }
        let looks = looks(&race);
        for (index, look) in looks.iter().enumerate() {
            prop_assert!(!looks[..index].contains(look), "{} of {}", index, looks.len());
        }
    }
}

#[test]
fn a_copy_of_adam_leaves_nadam_its_colour_and_marker() {
    let race = race_of(&["Adam()", "Nadam()"]);
    let [adam, nadam] = looks(&race)[..] else {
        panic!("two racers")
    };
    let copied = Change::Duplicate(0).applied(&race);
    let [original, copy, other] = looks(&copied)[..] else {
        panic!("three racers")
    };
    assert_eq!([original, other], [adam, nadam]);
    assert_ne!(copy.color, adam.color);
    assert_ne!(copy.color, nadam.color);
    assert!(!copy.dashed);
}

#[test]
fn a_rule_that_comes_later_does_not_drive_a_copy_from_its_look() {
    let race = race_of(&["Adam()", "Adam()"]);
    let copy = looks(&race)[1];
    let fuller = Change::Add(with("Nadam()").plan.optimizer).applied(&race);
    assert_eq!(looks(&fuller)[1], copy);
    assert_ne!(looks(&fuller)[2], copy);
}

#[test]
fn the_first_racer_of_a_rule_has_its_look_wherever_it_stands() {
    let nadam = looks(&race_of(&["Nadam()"]))[0];
    assert_eq!(looks(&race_of(&["Adam()", "Adam()", "Nadam()"]))[2], nadam);
}

#[test]
fn the_ninth_racer_is_dashed() {
    let race = race_of(&["Adam()"; 16]);
    let looks = looks(&race);
    assert!(looks[..8].iter().all(|look| !look.dashed));
    assert!(looks[8..].iter().all(|look| look.dashed));
    assert_eq!(looks[8].color, looks[0].color);
    assert_eq!(looks[8].marker, looks[0].marker);
}

#[test]
fn a_racer_that_changes_its_rule_takes_on_that_rules_look() {
    let race = race_of(&["Momentum()", "Adam()", "Adam()"]);
    let nadam = with("Nadam()").plan.optimizer;
    let changed = Change::Optimizer(2, nadam).applied(&race);
    assert_eq!(looks(&changed)[2], looks(&race_of(&["Nadam()"]))[0]);
    assert_eq!(looks(&changed)[..2], looks(&race)[..2]);
}

#[test]
fn a_copy_does_not_keep_a_colour_of_the_users() {
    let mut race = race_of(&["Adam()"]);
    race.racers[0].appearance.color = Some(slalom::experiment::Color([1, 2, 3]));
    let copied = Change::Duplicate(0).applied(&race);
    assert_eq!(copied.racers[1].appearance.color, None);
    assert_eq!(looks(&copied)[0], looks(&race)[0]);
}

#[test]
fn a_slot_that_does_not_exist_is_an_error() {
    let text = "(version: 1, surface: Beale, start: (1.0, 1.6), steps: 9, racers: [\
                (optimizer: Adam(), slot: 128)])";
    let error = slalom::preset::from_text("test", text).unwrap_err();
    let said = "Adam: slot is 128, but must be a whole number from 0 to 127";
    assert!(error.to_string().contains(said), "{error}");
}

#[test]
fn more_racers_than_looks_are_given_looks_all_the_same() {
    let race = race_of(&["Adam()"; 300]);
    assert_eq!(looks(&race).len(), 300);
}
