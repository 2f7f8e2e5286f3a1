//! Losses over data: the data view, and the batches of a racer.

use egui::Key;
use slalom::analysis::TimeUnit;
use slalom::app::{Change, DocumentAction, table};
use slalom::experiment::Batch;
use slalom::preset;
use slalom::preset::Arrows;
use slalom::surface::SurfaceChoice;

use crate::support::{Slalom, assert_near};

fn open(name: &'static str) -> Slalom {
    let mut slalom = Slalom::sized([1280.0, 800.0], Some(preset::load_built_in(name).unwrap()));
    slalom.press(Key::Space);
    slalom.perform(DocumentAction::Seek(20.0));
    slalom.rest();
    slalom
}

#[test]
fn data_stand_beside_their_loss_with_the_rows_of_the_step() {
    let mut slalom = open("noisy-moons");
    assert!(slalom.has("moons: 200 rows, 16 of them in this step"));
    assert!(slalom.says("moons · 200 rows"));
    assert!(slalom.says("w₁") && slalom.says("w₂"), "the axes are named");
    slalom.press(Key::D);
    slalom.rest();
    assert!(!slalom.says("moons · 200 rows"));
}

#[test]
fn formulas_have_no_data_and_say_so() {
    let mut slalom = Slalom::three();
    assert!(!slalom.says(" rows"));
    let hindrance = table::view::DATA.hindrance(slalom.workspace(), slalom.document());
    assert!(hindrance.is_some());
    slalom.press(Key::D);
    slalom.rest();
}

#[test]
fn batches_can_be_chosen() {
    let mut slalom = open("batch-against-stochastic");
    slalom.click("Racer All rows");
    slalom.rest();
    let before = slalom.path(0);
    slalom.click("All rows: batch size");
    slalom.rest();
    slalom.click("16 rows");
    slalom.rest();
    assert_eq!(
        slalom.experiment().racers[0].plan.batch,
        Batch::MiniBatch(16)
    );
    assert_eq!(
        slalom.path(0).x,
        slalom.path(1).x,
        "all racers draw the same rows"
    );
    assert_ne!(slalom.path(0), before);
    slalom.click("sample with replacement");
    slalom.rest();
    assert!(slalom.experiment().racers[0].plan.replacement);
    assert_ne!(slalom.path(0).x, slalom.path(1).x);
    slalom.perform(&table::edit::UNDO);
    slalom.perform(&table::edit::UNDO);
    slalom.rest();
    assert_eq!(slalom.path(0), before);
}

#[test]
fn noise_is_called_noise_and_belongs_to_formulas_too() {
    let mut slalom = Slalom::three();
    let before = slalom.path(0);
    slalom.perform(Change::Noise(slalom.id(0), 0.5));
    slalom.rest();
    assert_ne!(slalom.path(0), before);
    slalom.perform(Change::Noise(slalom.id(0), 0.0));
    slalom.rest();
    assert_eq!(slalom.path(0), before);
}

#[test]
fn surfaces_over_data_are_in_the_menu() {
    let mut slalom = Slalom::three();
    slalom.click("Surface: Beale");
    slalom.rest();
    slalom.click("Noisy moons: two classes");
    slalom.rest();
    let surface = &slalom.experiment().surface;
    assert!(matches!(surface, SurfaceChoice::LogisticRegression(_)));
    assert!(slalom.says("moons · 200 rows"));
    assert!(slalom.path(0).loss_at(0).is_finite());
}

#[test]
fn standardization_is_an_open_choice() {
    let mut slalom = open("penguins");
    assert!(slalom.says("in standard deviations"));
    let before = slalom.path(0).loss_at(0);
    slalom.click("standardize");
    slalom.rest();
    assert!(!slalom.says("in standard deviations"));
    assert!(
        slalom.path(0).loss_at(0) > 1000.0 * before,
        "grams are large numbers"
    );
    slalom.click("standardize");
    slalom.rest();
    assert!(slalom.path(0).loss_at(0) < 100.0 * before);
}

#[test]
fn a_standardized_model_is_told_in_the_units_of_the_data() {
    let mut slalom = open("penguins");
    slalom.perform(DocumentAction::Select(Some(slalom.id(0))));
    slalom.perform(DocumentAction::Seek(1e9));
    slalom.rest();
    assert!(slalom.says("body_mass_g = "));
}

#[test]
fn cloud_of_possible_gradients_is_drawn_with_the_arrows() {
    let mut slalom = open("batch-against-stochastic");
    slalom.perform(DocumentAction::Select(Some(slalom.id(2))));
    slalom.rest();
    let shapes = |slalom: &Slalom| slalom.output().shapes.len();
    let before = shapes(&slalom);
    slalom.perform(DocumentAction::Arrows(Arrows::Normalised));
    slalom.rest();
    let of_one_row = shapes(&slalom) - before;
    slalom.perform(Change::Batch(slalom.id(2), Batch::Full));
    slalom.rest();
    let of_all = shapes(&slalom).saturating_sub(before);
    assert!(of_one_row > of_all, "{of_one_row} {of_all}");
}

#[test]
fn by_rows_seen_racers_are_compared_fairly() {
    let mut slalom = open("batch-against-stochastic");
    // All rows and one row per step, over 300 steps: 30,000 rows against 300.
    slalom.perform(DocumentAction::ChartAgainst(TimeUnit::Rows));
    slalom.perform(DocumentAction::Seek(3.0));
    slalom.rest();
    assert!(slalom.says("300 of 30,000"), "the timeline counts rows");
    let clock = slalom.document().clock();
    let step = |slalom: &Slalom, place: usize| clock.step_of(&slalom.path(place));
    assert_eq!(step(&slalom, 0), 3);
    assert_eq!(step(&slalom, 2), 300);
    // 16 rows per step, but only 4 in the last of the seven batches of an epoch.
    assert_eq!(step(&slalom, 1), 21);
    assert_near(clock.playhead_for(&slalom.path(2), 200.0), 2.0);
    let [now, end] = clock.now().unwrap();
    assert_near(now, 300.0);
    assert_near(end, 30_000.0);
    slalom.perform(DocumentAction::ChartAgainst(TimeUnit::Epochs));
    slalom.rest();
    assert!(slalom.says("3 of 300"));
    slalom.perform(DocumentAction::ChartAgainst(TimeUnit::Steps));
    slalom.rest();
    assert!(slalom.says("step   3 /"));
}
