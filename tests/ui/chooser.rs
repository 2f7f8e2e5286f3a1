//! The chooser of rules and the family tree.

use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use slalom::app::{Change, table};
use slalom::optimizer::{Kin, Listed, OptimizerChoice};

use crate::support::Slalom;

fn open() -> Slalom {
    let mut slalom = Slalom::three();
    slalom.click("Add a racer");
    slalom
}

fn type_text(slalom: &mut Slalom, text: &str) {
    for letter in text.chars() {
        slalom.event(Event::Text(letter.to_string()));
    }
    slalom.rest();
}

fn count(kin: Kin) -> usize {
    let of_kin = |it: &&Listed| it.history.is_some_and(|it| it.kin == kin);
    Listed::all().iter().filter(of_kin).count()
}

/// The label of a family.
fn shelf(kin: Kin) -> String {
    format!("{} {}", kin.title(), count(kin))
}

fn added(slalom: &Slalom) -> Vec<String> {
    slalom.names().split_off(3)
}

#[test]
fn three_letters_and_enter_add_a_rule() {
    for (typed, title) in [("rms", "RMSProp"), ("ams", "AMSGrad"), ("lio", "Lion")] {
        let mut slalom = open();
        type_text(&mut slalom, typed);
        slalom.press(Key::Enter);
        assert_eq!(added(&slalom), [title], "{typed}");
        assert_eq!(slalom.workspace().asked, None);
    }
}

#[test]
fn several_rules_are_chosen_by_clicks_and_added_at_once() {
    let mut slalom = open();
    slalom.click(&shelf(Kin::FirstOrder));
    slalom.click("Polyak SGD");
    slalom.click("Nesterov");
    slalom.click("Polyak SGD");
    slalom.click("Momentum");
    assert!(slalom.says("2 chosen"));
    slalom.click("Add 2 racers");
    assert_eq!(added(&slalom), ["Nesterov", "Momentum 2"]);
}

#[test]
fn arrows_move_space_chooses_and_f_gives_a_star() {
    let mut slalom = open();
    slalom.click(&shelf(Kin::Adaptive));
    slalom.press(Key::ArrowDown);
    slalom.press(Key::ArrowRight);
    slalom.press(Key::Space);
    slalom.press(Key::F);
    assert_eq!(slalom.workspace().settings.favourites, ["Adadelta"]);
    slalom.press(Key::F);
    assert!(slalom.workspace().settings.favourites.is_empty());
    slalom.press(Key::Enter);
    assert_eq!(added(&slalom), ["Adadelta"]);
}

#[test]
fn stars_are_kept_and_are_a_shelf_of_their_own() {
    let mut slalom = open();
    slalom.click(&shelf(Kin::FirstOrder));
    slalom.click("Give Nesterov a star");
    slalom.click("Give Polyak SGD a star");
    assert_eq!(
        slalom.workspace().settings.favourites,
        ["Nesterov", "PolyakSgd"]
    );
    slalom.click("Favourites 2");
    assert!(slalom.has("Polyak SGD") && !slalom.has("QHM"));
    slalom.click("Take the star from Polyak SGD");
    assert!(!slalom.has("Polyak SGD"));
}

#[test]
fn a_family_is_added_at_once() {
    let mut slalom = open();
    slalom.click(&shelf(Kin::Sign));
    let count = count(Kin::Sign);
    slalom.click(&format!("Add all {count} of this family"));
    let names = added(&slalom);
    assert_eq!(names.len(), count);
    assert!(names.contains(&"Lion".to_owned()) && names.contains(&"Rprop".to_owned()));
}

#[test]
fn every_family_with_rules_is_listed_with_their_number() {
    let slalom = open();
    for kin in Kin::ALL {
        assert_eq!(slalom.has(&shelf(kin)), count(kin) > 0, "{kin:?}");
    }
}

#[test]
fn what_a_rule_is_good_for_opens_as_a_race_beside() {
    let mut slalom = open();
    type_text(&mut slalom, "newton");
    assert!(slalom.says("A saddle attracts it like a minimum."));
    slalom.click("Race: Newton, fails when");
    slalom.await_opening();
    slalom.rest();
    assert_eq!(slalom.workspace().documents().len(), 2);
    let race = slalom.experiment();
    assert_eq!(race.surface.about().name, "Saddle");
    assert_eq!(race.titles(), ["Newton"]);
}

#[test]
fn a_rule_that_cannot_race_here_is_not_chosen() {
    let mut slalom = open();
    type_text(&mut slalom, "muon");
    slalom.press(Key::Enter);
    assert!(added(&slalom).is_empty());
}

#[test]
fn the_tree_races_a_child_against_its_parent_with_one_click() {
    let mut slalom = Slalom::three();
    slalom.perform(&table::racer::FAMILY_TREE);
    slalom.rest();
    slalom.click("Rule Nadam");
    slalom.click("Nadam against Adam");
    slalom.await_opening();
    slalom.rest();
    assert_eq!(slalom.workspace().documents().len(), 2);
    assert_eq!(slalom.experiment().titles(), ["Nadam", "Adam"]);
    assert_eq!(slalom.experiment().title, "Nadam against Adam");
}

#[test]
fn the_tree_finds_a_rule_and_adds_it() {
    let mut slalom = Slalom::three();
    slalom.perform(&table::racer::FAMILY_TREE);
    slalom.rest();
    slalom.click("Find a rule");
    type_text(&mut slalom, "ams");
    slalom.click("Add to this race");
    assert_eq!(added(&slalom), ["AMSGrad"]);
}

#[test]
fn the_tree_can_show_only_what_races_and_its_ancestors() {
    let mut slalom = Slalom::three();
    slalom.perform(&table::racer::FAMILY_TREE);
    slalom.rest();
    assert!(slalom.has("Rule Lion"));
    slalom.click("in this race");
    assert!(!slalom.has("Rule Lion") && slalom.has("Rule Adam") && slalom.has("Rule RMSProp"));
    let newton = OptimizerChoice::all()
        .iter()
        .find(|it| it.rule().about().name == "Newton");
    slalom.perform(Change::add(newton.unwrap().clone()));
    slalom.rest();
    assert!(slalom.has("Rule Newton"));
}

#[test]
fn chooser_and_tree_open_by_their_keys() {
    let mut slalom = Slalom::three();
    slalom.press_with(Modifiers::SHIFT, Key::A);
    assert!(slalom.has("Search rules"));
    slalom.press(Key::Escape);
    assert!(!slalom.has("Search rules"));
    slalom.press_with(Modifiers::SHIFT, Key::T);
    assert_eq!(slalom.get_all_by_label("Find a rule").count(), 1);
}
