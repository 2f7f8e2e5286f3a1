//! Parts of a network with a rule of their own: on the racer's card, and in the card of its step.

use egui::vec2;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use slalom::app::{DocumentAction, GroupChange};
use slalom::experiment::{Group, Plan};
use slalom::preset;

use crate::identifiers::assert_in_words;
use crate::network::{open, settle, text, texts};
use crate::support::{ADAM, Slalom, assert_near};

/// 2 · 6 + 6 weights in the first layer, and 6 · 2 + 2 in the last.
const MOONS: &str = r#"(
    version: 1,
    title: "Moons",
    surface: Network(moons: (rows: 60, noise: 0.2, seed: 0), hidden: [6],
        loss: CategoricalCrossEntropy),
    steps: 40,
    racers: [
        (name: "Ann", optimizer: Adam(learning_rate: 0.05)),
        (name: "Bob", optimizer: Muon(learning_rate: 0.05),
            groups: [(block: "last_layer", optimizer: AdamW(learning_rate: 0.01))]),
    ],
)"#;
const RATE: &str = "Ann, last layer: learning rate";

/// A window so tall that the whole card is in view, with everything in the card of a racer.
fn opened(place: usize) -> Slalom {
    let moons = preset::from_text("test", MOONS).unwrap();
    let mut slalom = Slalom::sized([1280.0, 2400.0], Some(moons));
    slalom.perform(DocumentAction::Select(Some(slalom.id(place))));
    slalom.perform(DocumentAction::Expand(true));
    settle(&mut slalom);
    slalom
}

fn plan(slalom: &Slalom, place: usize) -> &Plan {
    &slalom.experiment().racers[place].plan
}

fn groups(slalom: &Slalom, place: usize) -> &[Group] {
    &plan(slalom, place).groups
}

fn last_story(slalom: &Slalom) -> String {
    slalom.document().steps_done().last().unwrap().to_owned()
}

#[test]
fn a_group_is_added_with_the_own_rule_and_changes_nothing_yet() {
    let mut slalom = opened(0);
    let before = slalom.path(0);
    slalom.click("Ann: add a group");
    settle(&mut slalom);
    let [group] = groups(&slalom, 0) else {
        panic!("one group");
    };
    assert_eq!(
        (&*group.block, &group.optimizer),
        ("last_layer", &plan(&slalom, 0).optimizer)
    );
    assert_eq!(last_story(&slalom), "Add a group to Ann: last layer");
    assert!(slalom.has("moves 14 of 32 weights"));
    assert_near(slalom.path(0).loss_at(40), before.loss_at(40));
    slalom.type_number("Ann, last layer: learning rate, number", "0.001");
    settle(&mut slalom);
    assert!(slalom.path(0).loss_at(40) > 1.01 * before.loss_at(40));
    assert_in_words(&slalom, "a group");
}

#[test]
fn a_drag_of_a_groups_slider_is_one_step_to_undo() {
    let mut slalom = opened(0);
    slalom.click("Ann: add a group");
    let before = slalom.document().position();
    let at = slalom.thing(RATE).rect().center();
    slalom.drag(at, at + vec2(40.0, 0.0));
    let rate = |slalom: &Slalom| {
        let optimizer = &groups(slalom, 0)[0].optimizer;
        optimizer.rule().learning_rate().unwrap()
    };
    assert!(rate(&slalom) > 0.05, "{}", rate(&slalom));
    assert_eq!(slalom.rate(0), 0.05, "the racer's own");
    assert_eq!(slalom.document().position(), before + 1);
    let story = last_story(&slalom);
    assert!(
        story.starts_with("learning rate of Ann, last layer, 0.05 → 0."),
        "{story}"
    );
    slalom.perform(&slalom::app::table::edit::UNDO);
    assert_eq!(rate(&slalom), 0.05);
}

#[test]
fn blocks_and_rules_are_chosen_from_what_is_possible() {
    let mut slalom = opened(1);
    slalom.click("Bob: blocks of group 1");
    for block in ["weights", "biases", "first layer", "layer 1", "layer 2"] {
        assert!(slalom.has(block), "{block}");
    }
    // Muon would be left with the biases alone.
    assert!(slalom.thing("weights").accesskit_node().is_disabled());
    slalom.click("biases");
    assert_eq!(groups(&slalom, 1)[0].block, "biases");
    assert_eq!(last_story(&slalom), "Group of Bob: last layer → biases");
    slalom.click("Bob, biases: optimizer");
    let muons = slalom.query_all_by_label("Muon");
    let refused = muons.filter(|it| it.accesskit_node().is_disabled()).count();
    assert_eq!(refused, 1, "biases are no matrix");
    slalom.click("Momentum");
    assert_eq!(last_story(&slalom), "Bob, biases: AdamW → Momentum");
    settle(&mut slalom);
    slalom.click("Remove the group: Bob, biases");
    assert_eq!(groups(&slalom, 1), []);
    assert_eq!(last_story(&slalom), "Remove the group of Bob: biases");
    assert!(slalom.notice().is_empty(), "{}", slalom.notice());
}

#[test]
fn groups_are_added_as_long_as_the_own_rule_has_something_left() {
    let mut slalom = opened(0);
    for _ in 0..2 {
        slalom.click("Ann: add a group");
        settle(&mut slalom);
    }
    let blocks: Vec<&str> = groups(&slalom, 0).iter().map(|it| &*it.block).collect();
    assert_eq!(blocks, ["last_layer", "biases"]);
    assert!(
        slalom
            .thing("Ann: add a group")
            .accesskit_node()
            .is_disabled()
    );
    slalom.click("Ann: blocks of group 2");
    assert!(
        slalom.thing("layer 2").accesskit_node().is_disabled(),
        "it is taken"
    );
    assert!(!slalom.thing("layer 1").accesskit_node().is_disabled());
}

#[test]
fn the_folded_card_names_the_groups() {
    let mut slalom = opened(1);
    let line = "parameter groups: last layer by AdamW";
    assert!(!slalom.has(line));
    slalom.perform(DocumentAction::Expand(false));
    slalom.rest();
    assert!(slalom.has(line) && !slalom.has("Bob: add a group"));
}

#[test]
fn a_surface_of_two_parameters_has_no_groups() {
    let mut slalom = Slalom::three();
    slalom.perform(DocumentAction::Expand(true));
    slalom.rest();
    assert!(slalom.has("schedule"));
    assert!(texts(&slalom, "parameter groups").is_empty());
    let group = plan_group(&opened(1));
    let change = slalom::app::Change::Group(slalom.id(ADAM), 0, GroupChange::Add(group));
    slalom.perform(change);
    assert_eq!(
        slalom.notice(),
        "Adam, group \"last layer\": groups are parts of a network, and a point has none"
    );
}

fn plan_group(slalom: &Slalom) -> Group {
    groups(slalom, 1)[0].clone()
}

#[test]
fn all_rates_are_those_of_the_groups_as_well() {
    let mut slalom = opened(1);
    slalom.perform(slalom::app::Change::ScaleRates(2.0));
    let rate = groups(&slalom, 1)[0].optimizer.rule().learning_rate();
    assert_eq!((slalom.rate(1), rate), (0.1, Some(0.02)));
}

#[test]
fn the_step_says_whose_it_is() {
    let mut slalom = open(MOONS);
    slalom.perform(DocumentAction::Select(Some(slalom.id(1))));
    settle(&mut slalom);
    assert!(slalom.has("the racer’s own rule, which moves 18 of the 32 weights"));
}

#[test]
fn singular_values_are_drawn_before_and_after() {
    let mut slalom = open(MOONS);
    slalom.perform(DocumentAction::Select(Some(slalom.id(0))));
    slalom.click("Rates");
    settle(&mut slalom);
    assert!(!slalom.has("singular"), "Adam knows no matrices");
    slalom.perform(DocumentAction::Select(Some(slalom.id(1))));
    slalom.rest();
    slalom.click("singular");
    settle(&mut slalom);
    let at_30 = text(&slalom, "Layer 1, 6 × 2: singular values before ");
    assert!(at_30.contains(", after "), "{at_30}");
    assert!(texts(&slalom, "Layer 2, ").is_empty(), "AdamW moves it");
    assert_in_words(&slalom, "singular values");
    slalom.perform(DocumentAction::Seek(3.0));
    settle(&mut slalom);
    assert_ne!(text(&slalom, "Layer 1, 6 × 2: "), at_30);
    slalom.perform(DocumentAction::Select(Some(slalom.id(0))));
    settle(&mut slalom);
    text(&slalom, "Effective rates of 32 weights: ");
}
