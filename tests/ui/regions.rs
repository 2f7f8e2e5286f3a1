//! What networks have learned: the strip below the surface, and the large picture.

use egui::Key;
use egui_kittest::kittest::Queryable as _;
use slalom::app::{DocumentAction, table};

use crate::support::Slalom;

const MOONS: &str = r#"(
    version: 1,
    title: "Moons",
    surface: Network(
        moons: (rows: 80, noise: 0.2, seed: 0), hidden: [6], activation: Tanh,
        loss: CategoricalCrossEntropy, test: 0.3,
    ),
    steps: 60,
    racers: [
        (optimizer: Momentum(learning_rate: 0.1)),
        (optimizer: Adam(learning_rate: 0.05)),
    ],
)"#;

const PENGUINS: &str = r#"(
    version: 1,
    surface: Network(
        data: "penguins", features: ["bill_length_mm", "bill_depth_mm", "flipper_length_mm"],
        target: "species", hidden: [4], activation: Tanh, standardize: true,
    ),
    steps: 20,
    racers: [(optimizer: Adam(learning_rate: 0.05))],
)"#;

/// The accessible name of a racer's picture, with the accuracy computed here.
fn expected(slalom: &Slalom, place: usize, step: usize) -> String {
    let surface = slalom.document().race.surface();
    let network = &surface.network().unwrap().perceptron;
    let path = slalom.path(place);
    let (_, weights) = path.parameters_by(step).unwrap();
    let accuracy = network.workspace().test_accuracy(weights).unwrap();
    format!(
        "Decision regions of {}: {:.0} % of the test rows right",
        slalom.names()[place],
        100.0 * accuracy
    )
}

#[test]
fn the_strip_shows_all_racers_and_follows_the_playhead() {
    let mut slalom = Slalom::paused(MOONS);
    let mut seen = Vec::new();
    for step in [0_u8, 10, 60] {
        slalom.perform(DocumentAction::Seek(f64::from(step)));
        slalom.rest();
        for place in 0..2 {
            let expected = expected(&slalom, place, step.into());
            assert!(slalom.has(&expected), "{expected}");
            seen.push(expected);
        }
    }
    assert_ne!(seen[1], seen[5], "Adam learns");
}

#[test]
fn the_strip_is_part_of_the_data_and_goes_with_them() {
    let mut slalom = Slalom::paused(MOONS);
    slalom.rest();
    assert!(slalom.has(&expected(&slalom, 1, 0)));
    slalom.press(Key::D);
    slalom.rest();
    assert!(!slalom.has(&expected(&slalom, 1, 0)));
}

#[test]
fn a_click_on_a_picture_selects_its_racer() {
    let mut slalom = Slalom::paused(MOONS);
    slalom.rest();
    assert_eq!(slalom.selected(), Some(1));
    let momentum = expected(&slalom, 0, 0);
    slalom.click(&momentum);
    assert_eq!(slalom.selected(), Some(0));
}

#[test]
fn the_large_picture_is_that_of_the_selected_racer_until_escape() {
    let mut slalom = Slalom::paused(MOONS);
    slalom.click("Predictions at full size");
    let large = |slalom: &Slalom, place| format!("Large picture: {}", expected(slalom, place, 0));
    assert!(slalom.has(&large(&slalom, 1)));
    slalom.perform(DocumentAction::Select(Some(slalom.id(0))));
    slalom.rest();
    assert!(slalom.has(&large(&slalom, 0)));
    assert!(slalom.has(&expected(&slalom, 1, 0)), "the strip stays");
    slalom.press(Key::Escape);
    slalom.rest();
    assert!(!slalom.has(&large(&slalom, 0)));
}

#[test]
fn other_features_can_be_chosen() {
    let mut slalom = Slalom::paused(PENGUINS);
    slalom.rest();
    assert!(slalom.has("Feature up: bill depth mm"));
    slalom.click("Feature across: bill length mm");
    slalom.get_by_label("flipper length mm").click();
    slalom.rest();
    let features = ["flipper_length_mm", "bill_depth_mm"].map(str::to_owned);
    assert_eq!(slalom.document().view.features, Some(features));
    assert!(slalom.has("Feature across: flipper length mm"));
}

#[test]
fn formulas_predict_nothing_and_say_so() {
    let slalom = Slalom::three();
    let hindrance = table::view::LARGE_DATA.hindrance(slalom.workspace(), slalom.document());
    assert!(hindrance.is_some());
    assert!(!slalom.says("DECISION REGIONS"));
}

#[test]
fn a_low_window_leaves_the_surface_more_room_than_the_strip() {
    let preset = slalom::preset::from_text("test", MOONS).unwrap();
    let mut slalom = Slalom::sized([1024.0, 600.0], Some(preset));
    slalom.press(Key::Space);
    slalom.perform(DocumentAction::Seek(0.0));
    slalom.rest();
    let strip = slalom.thing(&expected(&slalom, 0, 0)).rect();
    assert!(strip.height() < 100.0, "{strip}");
    assert!(strip.top() > 400.0 && strip.bottom() < 530.0, "{strip}");
}
