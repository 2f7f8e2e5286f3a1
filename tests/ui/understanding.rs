//! Why did it go there? Equations, values, arrows, diagnosis, charts, and paths for comparison.

use std::fs;

use egui::{Key, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use slalom::analysis::{Quantity, TimeUnit};
use slalom::app::{AppAction, Change, DocumentAction, table};
use slalom::export::code;
use slalom::optimizer::Origin;
use slalom::preset::Arrows;

use super::support::{ADAM, DESCENT, Slalom, assert_near};

const RATE_NUMBER: &str = "Adam: learning rate, number";

/// Returns the accessible text with this start.
fn label(slalom: &Slalom, start: &str) -> String {
    let text = |node: &egui_kittest::kittest::AccessKitNode<'_>| node.label().or(node.value());
    let found = slalom.get_by(|node| text(node).is_some_and(|text| text.starts_with(start)));
    text(&found.accesskit_node()).unwrap()
}

#[test]
fn rule_can_be_read_aloud_with_its_values() {
    let slalom = Slalom::three();
    let rule = label(&slalom, "Adam: m ←");
    assert!(
        rule.contains("θ ← θ − (η m\u{302}) / (√(v\u{302}) + ε)"),
        "{rule}"
    );
    let gradient = slalom.path(ADAM);
    assert!(!gradient.x.is_empty());
    assert!(label(&slalom, "gradient: (").ends_with(')'));
    assert!(label(&slalom, "the step taken: (").ends_with(')'));
}

#[test]
fn values_follow_the_playhead() {
    let mut slalom = Slalom::three();
    slalom.perform(DocumentAction::Seek(10.0));
    let before = label(&slalom, "first moment: ");
    slalom.press(Key::ArrowRight);
    slalom.rest();
    assert_ne!(label(&slalom, "first moment: "), before);
    slalom.press(Key::ArrowLeft);
    slalom.rest();
    assert_eq!(label(&slalom, "first moment: "), before);
}

/// The equations are those of the step, as edits can add terms that were not there at the start.
#[test]
fn equations_are_those_of_the_step() {
    let mut slalom = Slalom::paused(
        "(version: 1, surface: LongValley, start: (-4.5, 1.5), steps: 50, racers: [
            (optimizer: RMSProp(), edits: [(step: 10, parameter: \"momentum\", value: 0.5)])])",
    );
    let velocity = |slalom: &Slalom| label(slalom, "RMSProp: E ←").contains("b ← μ b");
    assert!(!velocity(&slalom), "at the start it has none");
    slalom.perform(DocumentAction::Seek(10.0));
    slalom.rest();
    assert!(velocity(&slalom), "from step 10 on it has momentum");
    label(&slalom, "velocity: (");
}

#[test]
fn what_is_not_corrected_is_not_listed() {
    for (values, is_corrected) in [("", true), ("bias_correction: false, ", false)] {
        let mut slalom = Slalom::paused(&format!(
            "(version: 1, surface: LongValley, start: (-4.5, 1.5), steps: 50, racers: [
                (optimizer: Adam({values}learning_rate: 0.1))])"
        ));
        slalom.rest();
        for moment in ["first moment, corrected: (", "second moment, corrected: ("] {
            let starts = |text: Option<String>| text.is_some_and(|text| text.starts_with(moment));
            let found = slalom.query_by(|node| starts(node.label().or(node.value())));
            assert_eq!(found.is_some(), is_corrected, "{moment} of Adam({values})");
        }
    }
}

#[test]
fn pointing_at_a_value_lights_its_arrow() {
    let mut slalom = Slalom::three();
    slalom.perform(DocumentAction::Seek(20.0));
    slalom.rest();
    assert!(!slalom.says("−gradient"));
    let starts = |text: Option<String>| text.is_some_and(|text| text.starts_with("gradient: ("));
    slalom.get_by(|node| starts(node.value())).hover();
    slalom.rest();
    assert!(slalom.says("−gradient"));
    assert!(!slalom.says("−m̂"), "only what is pointed at is drawn");
}

#[test]
fn arrows_can_be_drawn_for_all_parts() {
    let mut slalom = Slalom::three();
    slalom.perform(DocumentAction::Seek(20.0));
    slalom.press(Key::A);
    slalom.rest();
    assert_eq!(slalom.document().view.arrows, Arrows::Normalised);
    for name in ["−gradient", "−m̂", "from memory", "from g", "step ×"] {
        assert!(slalom.says(name), "{name}");
    }
    slalom.press(Key::A);
    slalom.press(Key::A);
    slalom.rest();
    assert!(!slalom.says("−gradient"));
}

#[test]
fn nesterov_shows_plain_momentums_step_beside_its_own() {
    let mut slalom = Slalom::paused(
        "(version: 1, surface: LongValley, start: (-4.5, 1.5), steps: 50, racers: [
            (optimizer: Nesterov(learning_rate: 0.015, momentum: 0.9))])",
    );
    slalom.perform(DocumentAction::Seek(5.0));
    slalom.perform(DocumentAction::Arrows(Arrows::Normalised));
    slalom.rest();
    assert!(slalom.says("plain momentum’s step"));
}

#[test]
fn diagnosis_says_what_was_measured_and_what_to_try() {
    let mut slalom = Slalom::paused(
        "(version: 1, surface: LongValley, start: (-4.5, 1.5), steps: 50, racers: [
            (optimizer: GradientDescent(learning_rate: 0.041))])",
    );
    slalom.perform(DocumentAction::Seek(20.0));
    slalom.rest();
    assert!(slalom.says("2.05"), "learning rate times largest curvature");
}

#[test]
fn chart_shows_other_quantities() {
    let mut slalom = Slalom::three();
    slalom.click("Chart of: loss");
    slalom.rest();
    slalom.click("effective rate along y");
    slalom.rest();
    assert_eq!(slalom.document().view.chart, Quantity::RateY);
    assert!(slalom.has("Chart: effective rate along y of every racer against the step"));
    slalom.perform(DocumentAction::ChartAgainst(TimeUnit::Gradients));
    slalom.perform(&table::view::LINEAR);
    let surface = slalom.experiment().open_surface();
    let over_the_race = Quantity::ALL.into_iter();
    let over_the_race = over_the_race.filter(|it| !it.is_swept() && it.exists_on(&*surface));
    for quantity in over_the_race {
        slalom.perform(DocumentAction::Chart(quantity));
        slalom.rest();
        let name = format!(
            "Chart: {} of every racer against the gradient evaluation",
            quantity.label()
        );
        let chart = slalom.thing(&name).rect();
        slalom.click_at(chart.center());
        slalom.rest();
        assert!(slalom.playhead() > 50.0, "{name}: {}", slalom.playhead());
    }
}

#[test]
fn pointing_at_the_chart_tells_of_all_racers() {
    let mut slalom = Slalom::three();
    let chart = slalom
        .thing("Chart: loss of every racer against the step")
        .rect();
    slalom.move_to(chart.center());
    slalom.run_steps(25);
    for name in ["Gradient descent", "Momentum", "Adam"] {
        assert!(slalom.says(name));
    }
    assert!(
        slalom.says("step 9") || slalom.says("step 10"),
        "the step is named"
    );
    slalom.move_to(chart.left_top() - vec2(400.0, 0.0));
    assert!(!slalom.says("step 9") && !slalom.says("step 10"));
}

#[test]
fn baseline_stays_while_rates_change() {
    let mut slalom = Slalom::three();
    let before = slalom.path(ADAM);
    slalom.press(Key::B);
    slalom.type_number(RATE_NUMBER, "0.5");
    assert_ne!(slalom.path(ADAM), before);
    let pinned = &slalom.document().pinned;
    assert_eq!(pinned.len(), 3);
    assert_eq!(pinned[ADAM].path, before);
    slalom.press(Key::B);
    slalom.rest();
    assert!(slalom.document().pinned.is_empty());
}

#[test]
fn old_future_stays_as_a_ghost() {
    let mut slalom = Slalom::three();
    slalom.perform(DocumentAction::Seek(40.0));
    slalom.click("apply sliders from step 40");
    slalom.type_number(RATE_NUMBER, "0.5");
    slalom.rest();
    assert!(slalom.says("without the change at step 40"));
    slalom.click("Remove the edit from step 40: learning rate = 0.5");
    slalom.rest();
    assert!(!slalom.says("without the change at step 40"));
}

#[test]
fn other_dialects_are_shown_beside_with_the_step_where_they_part() {
    let mut slalom = Slalom::paused(
        "(version: 1, surface: Beale, start: (1.0, 1.6), steps: 60, racers: [
            (optimizer: Nadam(learning_rate: 0.1))])",
    );
    slalom.click("Form and constants: as published");
    slalom.rest();
    slalom.click("with Keras’s form");
    slalom.rest();
    assert_eq!(slalom.document().variant, Some(Origin::Keras));
    assert!(slalom.says("departs from Keras’s form at step 1"));
    slalom.perform(DocumentAction::Variant(Some(Origin::PyTorch)));
    slalom.rest();
    assert!(slalom.says("takes the same path in PyTorch’s form"));
}

#[test]
fn surface_turns_under_the_racers() {
    let mut slalom = Slalom::three();
    let loss = slalom.path(DESCENT).loss_at(0);
    slalom.click("View");
    slalom.rest();
    slalom.type_number("Angle of the surface, number", "45");
    assert_near(slalom.experiment().shape.rotation, 45.0);
    assert_near(slalom.path(DESCENT).loss_at(0), loss);
    slalom.perform(&table::edit::UNDO);
    assert_near(slalom.experiment().shape.rotation, 0.0);
}

#[test]
fn symmetry_lab_tells_who_gets_away() {
    let mut slalom = Slalom::paused(
        "(version: 1, surface: Saddle, start: (-1.2, 0.0001), steps: 200, racers: [
            (optimizer: Adam(learning_rate: 0.05)),
            (optimizer: Momentum(learning_rate: 0.01))])",
    );
    assert!(slalom.says("away at step 29"));
    assert!(slalom.says("away at step 99"));
    slalom.type_number("Distance from the ridge, number", "0");
    slalom.rest();
    assert_eq!(slalom.experiment().start, [-1.2, 0.0]);
    assert!(slalom.says("stays"));
    assert!(!slalom.says("away at step"));
}

#[test]
fn recorded_paths_are_imported_as_ghosts() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.csv");
    fs::write(&file, "step,x,y\n0,1,1.6\n1,0.5,1\n2,0.4,0.9\n").unwrap();
    let mut slalom = Slalom::three();
    slalom.perform(AppAction::OpenFile(file.clone()));
    slalom.rest();
    assert_eq!(slalom.document().imported.len(), 1);
    assert_eq!(slalom.experiment().racers.len(), 3, "the race goes on");
    assert!(slalom.says("mine"));
    fs::write(&file, "step,x,y\n0,1,oops\n").unwrap();
    slalom.perform(AppAction::OpenFile(file));
    slalom.rest();
    assert!(
        slalom.notice().contains("y is \"oops\""),
        "{}",
        slalom.notice()
    );
    slalom.perform(&table::edit::FORGET);
    slalom.rest();
    assert!(slalom.document().imported.is_empty());
}

#[test]
fn paths_of_every_kind_of_table_are_imported() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/recorded-paths/");
    for name in [
        "plain.csv",
        "whole-floats.csv",
        "savetxt.csv",
        "tabs.tsv",
        "pandas-index.csv",
    ] {
        let mut slalom = Slalom::three();
        slalom.perform(AppAction::OpenFile(format!("{folder}{name}").into()));
        slalom.rest();
        let imported = &slalom.document().imported;
        assert_eq!(imported.len(), 1, "{name}: {}", slalom.notice());
        assert_eq!(imported[0].path.points(), 12, "{name}");
        assert_eq!(imported[0].path.at(1), [-3.88, -0.75], "{name}");
    }
}

#[test]
fn an_imported_path_that_diverged_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.csv");
    fs::write(&file, "step,x,y\n0,1,1.6\n1,0.5,1\n5,nan,0.9\n6,nan,nan\n").unwrap();
    let mut slalom = Slalom::three();
    slalom.perform(AppAction::OpenFile(file));
    slalom.perform(DocumentAction::Seek(4.0));
    slalom.rest();
    assert!(slalom.says("mine") && !slalom.says("mine, diverged"));
    slalom.perform(DocumentAction::Seek(20.0));
    slalom.rest();
    assert!(slalom.says("mine, diverged at 5"));
}

#[test]
fn race_is_copied_as_a_script() {
    let mut slalom = Slalom::three();
    slalom.perform(DocumentAction::CopyCode(None, code::Framework::PyTorch));
    slalom.rest();
    assert!(
        slalom.notice().contains("PyTorch script"),
        "{}",
        slalom.notice()
    );
}

#[test]
fn curvature_is_written_at_the_head() {
    let mut slalom = Slalom::paused(
        "(version: 1, surface: LongValley, start: (-4.5, 1.5), steps: 50, racers: [
            (optimizer: GradientDescent(learning_rate: 0.02))])",
    );
    slalom.press(Key::C);
    slalom.rest();
    assert!(slalom.says("curvature 50"));
    assert!(slalom.says("curvature 1"));
}

#[test]
fn largest_stable_rate_is_said_at_the_slider() {
    let mut slalom = Slalom::paused(
        "(version: 1, surface: LongValley, start: (-4.5, 1.5), steps: 50, racers: [
            (optimizer: Momentum(learning_rate: 0.02, momentum: 0.9))])",
    );
    slalom.get_by_label("learning rate").hover();
    slalom.run_steps(25);
    // 2 (1 + μ)/λ
    assert!(slalom.says("0.076"));
}

#[test]
fn edits_pause_the_race() {
    let mut slalom = Slalom::playing(
        "(version: 1, surface: Beale, start: (1.0, 1.6), steps: 60, racers: [(optimizer: Adam())])",
    );
    assert!(slalom.is_playing());
    let edit = slalom::experiment::Edit {
        step: 3,
        parameter: "learning_rate".into(),
        value: 0.1,
    };
    slalom.perform(Change::Edit(slalom.id(0), edit));
    slalom.step();
    assert!(!slalom.is_playing());
}
