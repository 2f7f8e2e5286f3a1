//! Colours, markers and dashes: racers keep theirs, whatever happens to the others, and stand out
//! from the surface.

mod common;

use common::{any_racer, cases, with};
use egui::Theme;
use proptest::prelude::*;
use proptest::sample::Index;
use slalom::app::{Change, Lineup};
use slalom::experiment::{Experiment, Racer};
use slalom::sampling::GroundMap;
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

/// Does the deed, if there is a racer for it.
fn done(deed: &Deed, lineup: &Lineup) -> Lineup {
    let ids = lineup.ids();
    let change = match deed {
        Deed::Add(racer) => Change::Add(racer.clone()),
        _ if ids.is_empty() => return lineup.clone(),
        Deed::Duplicate(which) => Change::Duplicate(*which.get(ids)),
        Deed::Remove(which) => Change::Remove(*which.get(ids)),
        Deed::Reorder(from, to) => Change::Reorder(*from.get(ids), to.index(ids.len())),
    };
    change.applied(lineup)
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn a_racer_keeps_its_look_while_others_come_go_and_move(
        racers in prop::collection::vec(any_racer(), 0..6),
        deeds in prop::collection::vec(any_deed(), 1..30),
    ) {
        let mut lineup = Lineup::new(race(racers));
        for deed in deeds {
            let before = looks(lineup.experiment());
            let next = done(&deed, &lineup);
            let after = looks(next.experiment());
            for (look, id) in before.iter().zip(lineup.ids()) {
                if let Some(index) = next.index_of(*id) {
                    prop_assert_eq!(&after[index], look, "{:?}", deed);
                }
            }
            lineup = next;
        }
    }

    #[test]
    fn no_two_racers_look_the_same(
        racers in prop::collection::vec(any_racer().prop_map(plain), 1..6),
        deeds in prop::collection::vec(any_deed(), 1..100),
    ) {
        let mut lineup = Lineup::new(race(racers));
        for deed in deeds {
            lineup = done(&deed, &lineup);
        }
        let looks = looks(lineup.experiment());
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
    let lineup = Lineup::new(race);
    let copied = Change::Duplicate(lineup.ids()[0]).applied(&lineup);
    let [original, copy, other] = looks(copied.experiment())[..] else {
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
    let fuller = Change::Add(Box::new(with("Nadam()"))).applied(&Lineup::new(race));
    let looks = looks(fuller.experiment());
    assert_eq!(looks[1], copy);
    assert_ne!(looks[2], copy);
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
    let lineup = Lineup::new(race.clone());
    let changed = Change::Optimizer(lineup.ids()[2], nadam).applied(&lineup);
    let changed = looks(changed.experiment());
    assert_eq!(changed[2], looks(&race_of(&["Nadam()"]))[0]);
    assert_eq!(changed[..2], looks(&race)[..2]);
}

#[test]
fn a_copy_does_not_keep_a_colour_of_the_users() {
    let mut race = race_of(&["Adam()"]);
    race.racers[0].appearance.color = Some(slalom::experiment::Color([1, 2, 3]));
    let lineup = Lineup::new(race.clone());
    let copied = Change::Duplicate(lineup.ids()[0]).applied(&lineup);
    assert_eq!(copied.experiment().racers[1].appearance.color, None);
    assert_eq!(looks(copied.experiment())[0], looks(&race)[0]);
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

/// The relative luminance of WCAG.
fn luminance(color: [u8; 3]) -> f64 {
    let linear = |byte: u8| {
        let level = f64::from(byte) / 255.0;
        if level <= 0.040_45 {
            level / 12.92
        } else {
            ((level + 0.055) / 1.055).powf(2.4)
        }
    };
    let [red, green, blue] = color.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let [a, b] = [luminance(a) + 0.05, luminance(b) + 0.05];
    a.max(b) / a.min(b)
}

#[test]
fn every_racer_stands_out_from_every_surface() {
    // Rounded to one decimal, as in the table of the colours' contrasts.
    for (theme, least) in [(Theme::Dark, 2.95), (Theme::Light, 2.75)] {
        for map in GroundMap::ALL {
            let colors = Colors::of(theme).with_ground(map);
            let ground = colors.colour_map();
            for racer in &colors.racers {
                let [red, green, blue, _] = racer.to_array();
                for tone in 0..=1000_u32 {
                    let at = ground.at(f64::from(tone) / 1000.0);
                    let contrast = contrast([red, green, blue], at);
                    assert!(contrast >= least, "{map:?} {theme:?} {racer:?}: {contrast}");
                }
            }
        }
    }
}

#[test]
fn surfaces_of_the_original_animation_stay_white() {
    let colors = Colors::radford().with_ground(GroundMap::Dusk);
    assert_eq!(colors.colour_map().at(0.3), [255; 3]);
    assert_eq!(colors.iso_line, Colors::radford().iso_line);
}
