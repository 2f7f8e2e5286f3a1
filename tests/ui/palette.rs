//! The command palette: what it finds, and what it does.

use egui::Key;
use egui_kittest::kittest::Queryable as _;
use slalom::app::{Asked, DocumentAction};
use slalom::optimizer::OptimizerChoice;
use slalom::surface::SurfaceChoice;

use crate::support::Slalom;

/// Opens the palette with Ctrl+P and types into it.
fn search(slalom: &mut Slalom, text: &str) {
    slalom.press_with(egui::Modifiers::COMMAND, Key::P);
    slalom.rest();
    assert_eq!(slalom.workspace().asked, Some(Asked::Palette));
    slalom.type_keys(text);
    slalom.rest();
}

#[test]
fn a_racer_is_selected_by_its_name() {
    let mut slalom = Slalom::three();
    slalom.perform(DocumentAction::Select(None));
    search(&mut slalom, "momentum");
    slalom.press(Key::Enter);
    slalom.rest();
    let selected = slalom.selected().unwrap();
    assert_eq!(slalom.experiment().names()[selected], "Momentum");
    assert_eq!(slalom.workspace().asked, None, "it closes");
}

#[test]
fn arrows_choose_and_enter_does() {
    let mut slalom = Slalom::three();
    search(&mut slalom, "+");
    for _ in 0..3 {
        slalom.press(Key::ArrowDown);
        slalom.rest();
    }
    slalom.press(Key::ArrowUp);
    slalom.press(Key::Enter);
    slalom.rest();
    let racers = &slalom.experiment().racers;
    assert_eq!(racers.len(), 4);
    let third = OptimizerChoice::all()[2].rule().about().name;
    assert_eq!(racers[3].plan.optimizer.rule().about().name, third);
}

#[test]
fn a_click_opens_what_was_found() {
    let mut slalom = Slalom::three();
    search(&mut slalom, "~ himmel");
    slalom.click("Race on: Himmelblau");
    slalom.rest();
    assert_eq!(slalom.experiment().surface, SurfaceChoice::Himmelblau);
}

#[test]
fn what_cannot_be_done_says_why_and_does_nothing() {
    let mut slalom = Slalom::three();
    search(&mut slalom, ">undo");
    assert!(slalom.says("Nothing has been changed yet"));
    slalom.press(Key::Enter);
    slalom.rest();
    assert_eq!(slalom.workspace().asked, Some(Asked::Palette));
    slalom.press(Key::Escape);
    slalom.rest();
    assert_eq!(slalom.workspace().asked, None);
}

#[test]
fn what_is_misspelt_is_answered_with_the_nearest_name() {
    let mut slalom = Slalom::three();
    search(&mut slalom, "rosenbork");
    assert!(slalom.says("Nothing is called “rosenbork”."));
    let suggestion = slalom.get_by_label("Rosenbrock");
    suggestion.click();
    slalom.rest();
    slalom.press(Key::Enter);
    slalom.rest();
    assert_eq!(slalom.experiment().surface, SurfaceChoice::Rosenbrock);
}
