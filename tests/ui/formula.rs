//! Surfaces that are typed in the window.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use slalom::app::{AppAction, Change, GameKind, Opening, table};
use slalom::plane::Window;
use slalom::surface::SurfaceChoice;
use slalom::surface::typed::{Parameter, Typed};

use crate::accessibility::assert_named;
use crate::support::{CTRL, Slalom};

const TEXT: &str = "u = y - c*x^2\n(x^2 - 1)^2 + a*x + b*u^2";

/// Opens the editor on a formula with three parameters.
fn open() -> Slalom {
    let mut typed = Typed::new(TEXT);
    for (name, value, most) in [("a", 0.35, 2.0), ("b", 2.0, 5.0), ("c", 0.5, 2.0)] {
        let range = Some([0.0, most]);
        typed.parameters.set(name, Parameter { value, range });
    }
    let mut surface = SurfaceChoice::Typed(typed);
    surface.load(None).unwrap();
    let mut slalom = Slalom::three();
    slalom.perform(Change::Surface(surface));
    slalom.perform(&table::edit::FORMULA);
    slalom.rest();
    slalom
}

fn typed(slalom: &Slalom) -> &Typed {
    slalom.document().typed().unwrap()
}

fn value(slalom: &Slalom, name: &str) -> f64 {
    typed(slalom).parameters.get(name).unwrap().value
}

/// Puts the cursor at the end of the text.
fn begin(slalom: &mut Slalom) {
    let field = slalom.get_by_role(Role::MultilineTextInput);
    field.focus();
    slalom.rest();
    slalom.press_with(CTRL, Key::End);
}

/// Types one letter after another.
fn enter(slalom: &mut Slalom, text: &str) {
    for letter in text.chars() {
        slalom.event(Event::Text(letter.into()));
        slalom.step();
    }
    slalom.rest();
}

fn replace_all(slalom: &mut Slalom, text: &str) {
    begin(slalom);
    slalom.press_with(CTRL, Key::A);
    slalom.event(Event::Text(text.into()));
    slalom.rest();
}

#[test]
fn typing_changes_the_surface_at_once_and_is_one_undo_step() {
    let mut slalom = open();
    assert_eq!(typed(&slalom).loss, TEXT);
    let before = slalom.path(0);
    begin(&mut slalom);
    enter(&mut slalom, " + 3*x^2");
    assert_eq!(typed(&slalom).loss, format!("{TEXT} + 3*x^2"));
    assert_ne!(slalom.path(0).at(200), before.at(200), "the paths follow");
    assert_eq!(slalom.document().position(), 2, "opening and typing");
    slalom.perform(&table::edit::UNDO);
    slalom.rest();
    assert_eq!(typed(&slalom).loss, TEXT);
    assert_eq!(slalom.path(0).at(200), before.at(200));
}

#[test]
fn a_mistake_is_told_and_the_last_good_surface_stays_until_it_is_mended() {
    let mut slalom = open();
    begin(&mut slalom);
    enter(&mut slalom, " + ");
    let before = typed(&slalom).clone();
    slalom.event(Event::Text("sine(u)".into()));
    slalom.rest();
    assert_eq!(*typed(&slalom), before);
    assert!(slalom.says("Line 2, column 29: there is no function sine."));
    assert!(slalom.says("The last good surface stays until this is mended."));
    assert_named(&slalom, "a formula with a mistake");
    slalom.click("sin");
    assert_eq!(typed(&slalom).loss, format!("{TEXT} + sin(u)"));
    assert!(!slalom.says("The last good surface"));
}

#[test]
fn undo_and_redo_put_the_text_back() {
    let mut slalom = open();
    replace_all(&mut slalom, "x^2 + y^2");
    enter(&mut slalom, " +");
    assert!(slalom.document().draft().is_some());
    slalom.click("Undo");
    assert_eq!(slalom.document().draft(), None);
    let shown = slalom.get_by_role(Role::MultilineTextInput);
    assert_eq!(shown.accesskit_node().value().as_deref(), Some(TEXT));
    slalom.click("Redo");
    assert_eq!(typed(&slalom).loss, "x^2 + y^2 ");
}

#[test]
fn an_unknown_name_becomes_a_slider_on_request() {
    let mut slalom = open();
    begin(&mut slalom);
    enter(&mut slalom, " + q");
    assert!(slalom.says("q is new:"));
    assert_eq!(typed(&slalom).loss, format!("{TEXT} "));
    slalom.click("Make a slider for q");
    assert_eq!(typed(&slalom).loss, format!("{TEXT} + q"));
    assert_eq!(value(&slalom, "q"), 1.0);
    assert!(slalom.has("Parameter q"));
}

#[test]
fn a_drag_of_a_slider_is_one_undo_step_and_the_window_stays() {
    let mut slalom = open();
    let seen = Window::new([-1.0, 1.0], [-0.5, 1.5]);
    slalom.perform(slalom::app::DocumentAction::ShowWindow(seen));
    let before = slalom.document().position();
    let rail = slalom.thing("Parameter a").rect();
    let first = rail.left_center() + vec2(20.0, 0.0);
    slalom.drag(first, rail.right_center() - vec2(20.0, 0.0));
    slalom.run_steps(20);
    assert!(value(&slalom, "a") > 1.5, "{}", value(&slalom, "a"));
    assert_eq!(slalom.document().position(), before + 1);
    assert_eq!(slalom.document().window(), seen);
    assert_eq!(slalom.document().race.experiment(), slalom.experiment());
    slalom.perform(&table::edit::UNDO);
    assert_eq!(value(&slalom, "a"), 0.35);
}

#[test]
fn the_range_of_a_slider_can_be_typed_and_an_unused_one_removed() {
    let mut slalom = open();
    slalom.type_number("Upper end of a, number", "4");
    let range = typed(&slalom).parameters.get("a").unwrap().range;
    assert_eq!(range, Some([0.0, 4.0]));
    assert!(!slalom.has("Remove a"), "it is used");
    replace_all(&mut slalom, "x^2 + b*y^2");
    slalom.click("Remove a");
    assert!(typed(&slalom).parameters.get("a").is_none());
    assert!(!slalom.has("Parameter a"));
}

#[test]
fn the_stationary_points_are_listed_and_follow_the_sliders() {
    let mut slalom = open();
    for kind in ["minimum at", "local minimum at", "saddle at"] {
        let found = slalom.query_all_by_label_contains(kind).next();
        assert!(found.is_some(), "{kind}");
    }
    assert!(slalom.says("saddle, f = 1.02"), "in the scene");
    slalom.type_number("Parameter a, number", "1.6");
    let saddles = slalom.query_all_by_label_contains("saddle at").count();
    assert_eq!(
        saddles, 0,
        "the right minimum has vanished, and the saddle with it"
    );
    assert!(!slalom.says("saddle, f ="));
}

#[test]
fn the_window_is_automatic_or_fixed() {
    let mut slalom = open();
    let automatic = slalom.document().window();
    let seen = Window::new([-1.0, 1.0], [-0.5, 1.5]);
    slalom.perform(slalom::app::DocumentAction::ShowWindow(seen));
    slalom.click("fixed");
    assert_eq!(typed(&slalom).window, Some(seen));
    assert_eq!(slalom.document().window(), seen);
    slalom.click("automatic");
    assert_eq!(typed(&slalom).window, None);
    assert_eq!(slalom.document().window(), automatic);
}

#[test]
fn the_editor_takes_the_place_of_the_racers_and_gives_it_back() {
    let mut slalom = Slalom::three();
    assert!(slalom.has("Racer Adam"));
    slalom.click("Surface: Beale");
    slalom.click("Formula…");
    assert!(slalom.has("Close the formula") && !slalom.has("Racer Adam"));
    assert!(slalom.has("Adam"), "a marker in the strip");
    assert_named(&slalom, "the editor of a formula");
    slalom.click("Close the formula");
    assert!(!slalom.has("Close the formula") && slalom.has("Racer Adam"));
    slalom.press_with(Modifiers::ALT, Key::Y);
    assert!(slalom.has("Close the formula"));
    slalom.click("Racers panel");
    assert!(!slalom.has("Close the formula") && slalom.has("Racer Adam"));
    // Another surface has no formula that could be edited.
    slalom.press_with(Modifiers::ALT, Key::Y);
    slalom.perform(Change::Surface(SurfaceChoice::Saddle));
    slalom.rest();
    assert!(!slalom.has("Close the formula"));
}

#[test]
fn a_built_in_surface_is_opened_as_a_copy_that_can_be_edited() {
    let mut slalom = Slalom::three();
    let before = slalom.path(0);
    let window = slalom.document().window();
    slalom.click("Surface: Beale");
    slalom.click("Formula…");
    assert!(typed(&slalom).loss.starts_with("(1.5 - x + x*y)^2"));
    assert_eq!(slalom.document().window(), window);
    let [was, is] = [before.at(200), slalom.path(0).at(200)];
    for axis in 0..2 {
        assert!((was[axis] - is[axis]).abs() < 1e-9, "the same race");
    }
    slalom.click("Copy a built-in…");
    slalom.click("Himmelblau");
    assert!(typed(&slalom).loss.contains("(x^2 + y - 11)^2"));
}

#[test]
fn a_preset_opens_with_its_formula_and_a_game_hides_it() {
    let mut slalom = Slalom::three();
    slalom.perform(AppAction::Open(Opening::BuiltIn("second-minimum")));
    slalom.rest();
    assert!(slalom.has("Parameter a"));
    slalom.perform(AppAction::StartGame(GameKind::WhoAmI));
    slalom.rest();
    assert!(!slalom.has("Parameter a") && slalom.has("Leave the game"));
    slalom.press_with(Modifiers::ALT, Key::Y);
    assert!(slalom.has("Parameter a") && !slalom.has("Leave the game"));
}

#[test]
fn the_editor_fits_into_a_small_window() {
    let preset = slalom::preset::load_built_in("second-minimum").unwrap();
    let mut slalom = Slalom::sized([1024.0, 600.0], Some(preset));
    slalom.rest();
    let scene = slalom.get_by_role(Role::Canvas).rect();
    assert!(scene.width() >= 320.0, "{scene}");
    let panel = slalom.thing("Chart and leaderboard").rect();
    assert!(
        panel.right() <= scene.right() + 1.0,
        "{panel} beside {scene}"
    );
}
