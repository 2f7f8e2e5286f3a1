//! How sensitive is it? Final losses against a hyper-parameter, and every racer at its best rate.

use egui::{Key, Pos2, Rect, pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use slalom::analysis::{Quantity, Ranking};
use slalom::app::{DocumentAction, table};

use super::support::{ADAM, DESCENT, MOMENTUM, Slalom, assert_near};

const CHART: &str = "Chart: final loss of every racer against the ";

/// A window with the chart of final losses.
fn open() -> Slalom {
    let mut slalom = Slalom::three();
    slalom.perform(&table::view::SENSITIVITY);
    slalom.rest();
    slalom
}

/// The accessible name and the area of the chart whose name starts like this.
fn chart(slalom: &Slalom, start: &str) -> (String, Rect) {
    let found = slalom.get_by(|node| node.label().is_some_and(|text| text.starts_with(start)));
    (found.accesskit_node().label().unwrap(), found.rect())
}

/// The place of a rate in the chart of these racers, whose rates end at 10, near its top.
fn at(slalom: &Slalom, rate: f64) -> Pos2 {
    let frame = chart(slalom, CHART).1.shrink(7.0);
    let share = (rate / 1.26e-5).log10() / (10.0 / 1.26e-5_f64).log10();
    #[expect(clippy::cast_possible_truncation, reason = "a share of a picture")]
    let x = frame.left() + share as f32 * frame.width();
    pos2(x, frame.top() + 2.0)
}

#[test]
fn the_chart_can_be_chosen_and_tells_its_numbers() {
    let mut slalom = Slalom::three();
    slalom.click("Chart of: loss");
    slalom.rest();
    slalom.click("final loss");
    slalom.rest();
    assert_eq!(slalom.document().view.chart, Quantity::Sensitivity);
    let (name, _) = chart(&slalom, CHART);
    assert!(
        name.contains("learning rate; Adam: 0.0023 at 0.15, at best "),
        "{name}"
    );
    assert!(slalom.says("its best"), "and how wide the good region is");
}

#[test]
fn dragging_the_dot_is_moving_the_slider() {
    let mut slalom = open();
    let (from, to) = (at(&slalom, 0.15), at(&slalom, 1.0));
    slalom.drag(from, to);
    let moved = slalom.rate(ADAM);
    assert!((moved - 1.0).abs() < 0.1, "{moved}");
    assert_eq!(slalom.document().position(), 1, "it is one step");
    let (name, _) = chart(&slalom, CHART);
    assert!(!name.contains("at 0.15,"), "{name}");
    slalom.perform(&table::edit::UNDO);
    assert_near(slalom.rate(ADAM), 0.15);
}

#[test]
fn the_arrow_keys_move_the_dot_and_not_the_playhead() {
    let mut slalom = open();
    let spot = at(&slalom, 0.15);
    slalom.click_at(spot);
    slalom.rest();
    let (rate, step) = (slalom.rate(ADAM), slalom.playhead());
    slalom.press(Key::ArrowRight);
    assert!(slalom.rate(ADAM) > 1.05 * rate);
    slalom.press(Key::ArrowLeft);
    slalom.press(Key::ArrowLeft);
    assert!(slalom.rate(ADAM) < 0.95 * rate);
    assert_near(slalom.playhead(), step);
}

#[test]
fn only_racers_with_the_parameter_have_a_curve() {
    let mut slalom = open();
    slalom.click("Axes of the chart");
    slalom.rest();
    slalom.click("momentum");
    slalom.rest();
    slalom.press(Key::Escape);
    let momentum = slalom.id(MOMENTUM);
    slalom.perform(DocumentAction::Select(Some(momentum)));
    slalom.rest();
    let (name, _) = chart(&slalom, CHART);
    assert!(
        name.contains("momentum; Momentum: 0.0089 at 0.95"),
        "{name}"
    );
    let descent = slalom.id(DESCENT);
    slalom.perform(DocumentAction::Select(Some(descent)));
    slalom.rest();
    assert!(chart(&slalom, CHART).0.ends_with("momentum"));
}

#[test]
fn pointing_at_the_chart_tells_who_diverges() {
    let mut slalom = open();
    let spot = at(&slalom, 0.15);
    slalom.move_to(spot);
    slalom.run_steps(25);
    assert!(slalom.says("learning rate 0.1"));
    assert!(slalom.says("diverges"), "gradient descent does");
}

#[test]
fn every_racer_is_set_to_its_best_rate_in_one_step() {
    let mut slalom = Slalom::three();
    let before = slalom.experiment().clone();
    let losses = |slalom: &Slalom| [DESCENT, MOMENTUM, ADAM].map(|it| slalom.path(it).loss_at(200));
    let then = losses(&slalom);
    slalom.perform(&table::racer::TUNE);
    slalom.rest();
    let now = losses(&slalom);
    assert!(
        now.iter().zip(then).all(|(now, then)| *now < 0.1 * then),
        "{now:?}"
    );
    assert!(now[2] < 5.9e-8, "{now:?}");
    assert_eq!(slalom.document().position(), 1);
    assert!(
        slalom
            .document()
            .steps_done()
            .eq(["Set every racer to its best rate"])
    );
    slalom.perform(&table::edit::UNDO);
    assert_eq!(*slalom.experiment(), before);
}

#[test]
fn at_their_best_rates_there_is_nothing_to_set() {
    let mut slalom = open();
    slalom.click("Set every racer to its best rate");
    slalom.rest();
    assert_eq!(slalom.document().position(), 1);
    let why = table::racer::TUNE.hindrance(slalom.workspace(), slalom.document());
    assert_eq!(why, Some("Every racer is at its best rate already"));
}

#[test]
fn a_racer_without_a_rate_hinders_the_best_rates() {
    let slalom =
        Slalom::paused("(version: 1, surface: Beale, start: (1.0, 1.6), steps: 9, racers: [])");
    let why = table::racer::TUNE.hindrance(slalom.workspace(), slalom.document());
    assert_eq!(why, Some("No racer has a learning rate"));
}

#[test]
fn the_leaderboard_ranks_each_at_its_best_and_shows_both() {
    let mut slalom = Slalom::three();
    slalom.perform(&table::play::TO_END);
    slalom.click("Rank by distance");
    slalom.click("Rank by distance");
    slalom.rest();
    assert_eq!(slalom.document().ranking(), Ranking::Tuned);
    let row = |slalom: &Slalom, name: &str| chart(slalom, &format!("{name}: loss "));
    let (adam, place) = row(&slalom, "Adam");
    assert!(adam.contains("loss 0.0023, at its best "), "{adam}");
    let others = ["Gradient descent", "Momentum"].map(|name| row(&slalom, name).1.top());
    assert!(others.iter().all(|top| *top > place.top()), "Adam leads");
    slalom.click("Rank by at its best");
    slalom.rest();
    assert_eq!(slalom.document().ranking(), Ranking::Distance);
}

#[test]
fn steps_to_a_loss_can_be_shown_and_accuracy_needs_classes() {
    let mut slalom = open();
    slalom.perform(DocumentAction::Chart(Quantity::Arrival));
    slalom.perform(DocumentAction::Target(0.1));
    slalom.rest();
    let (name, _) = chart(&slalom, "Chart: steps to a loss of every racer");
    assert!(
        name.contains("Adam: ") && name.contains(" steps at 0.15"),
        "{name}"
    );
    slalom.perform(DocumentAction::Chart(Quantity::Accuracy));
    slalom.rest();
    assert!(slalom.says("Only data with classes have an accuracy."));
}
