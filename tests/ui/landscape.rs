//! The landscape: the eye that goes round it, its menus and its keys.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, ViewportId, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use slalom::app::{AppAction, Change, DocumentAction, Game, GameKind, Opening, table};
use slalom::preset::{self, Pictures, Projection, Viewpoint};
use slalom::sampling::{Heights, Relief, Sampled, nodes};
use slalom::surface::SurfaceChoice;
use slalom::view::eye::Eye;

use crate::support::{ADAM, Slalom, THREE};

/// More frames than a turn takes.
const A_TURN: usize = 12;

/// Opens a window with the landscape of [`THREE`], which has come to rest.
fn landscape() -> Slalom {
    let mut slalom = Slalom::three();
    slalom.perform(&table::pictures::RELIEF);
    slalom.run_steps(A_TURN);
    slalom
}

fn viewpoint(slalom: &Slalom) -> Viewpoint {
    slalom.document().view.eye
}

/// Returns the name of the scene for screen readers.
fn name(slalom: &Slalom) -> String {
    let scene = slalom.get_by_role(Role::Canvas);
    scene.accesskit_node().label().unwrap()
}

/// Returns the eye that the landscape is drawn through.
fn eye(slalom: &Slalom) -> Eye {
    let scene = slalom.scene();
    let size = [scene.rect.width(), scene.rect.height()].map(f64::from);
    let document = slalom.document();
    let surface = &**document.race.surface();
    let sampled = Sampled::new(surface, scene.window, nodes(surface, size, 4e6), size);
    let lowest = document.race.minima().iter().map(|it| it.value);
    let lowest = lowest.reduce(f64::min);
    let relief = Relief::of(&sampled, 200, document.view.heights, lowest);
    Eye::orbit(&Arc::new(relief), &viewpoint(slalom), scene.rect)
}

/// Returns a spot on the landscape without ring or trail.
fn bare_slope(slalom: &Slalom) -> Pos2 {
    let window = slalom.scene().window;
    let at = [
        window.x[0] + 0.85 * window.width(),
        window.y[0] + 0.2 * window.height(),
    ];
    eye(slalom).spot(at)
}

fn hold(slalom: &Slalom, modifiers: Modifiers) {
    slalom.event(Event::ModifiersChanged(modifiers));
}

/// Drags with another button than the first.
fn drag_with(slalom: &mut Slalom, button: PointerButton, from: Pos2, to: Pos2) {
    let press = |slalom: &Slalom, pos, pressed| {
        slalom.event(Event::PointerButton {
            pos,
            button,
            pressed,
            modifiers: Modifiers::NONE,
        });
    };
    slalom.move_to(from);
    press(slalom, from, true);
    slalom.step();
    for share in 1..=4_u8 {
        slalom.move_to(from.lerp(to, f32::from(share) / 4.0));
    }
    press(slalom, to, false);
    slalom.rest();
}

#[track_caller]
fn assert_close(a: [f64; 2], b: [f64; 2], reach: f64) {
    let apart = (a[0] - b[0]).hypot(a[1] - b[1]);
    assert!(apart <= reach, "{a:?} is not {b:?}");
}

#[test]
fn keys_and_segments_switch_between_contours_and_landscape() {
    let mut slalom = Slalom::three();
    assert_eq!(name(&slalom), "Beale seen from above, step 0 of 200");
    let seen = "Beale as a landscape, seen from azimuth −60°, elevation 30°, step 0 of 200";
    slalom.press(Key::Num2);
    assert_eq!(name(&slalom), seen);
    assert_eq!(slalom.document().view.pictures, Pictures::Relief);
    slalom.press(Key::Num1);
    assert_eq!(slalom.document().view.pictures, Pictures::Contours);
    slalom.click("3-D");
    assert_eq!(name(&slalom), seen);
    slalom.click("Both");
    assert_eq!(slalom.document().view.pictures, Pictures::Both);
    slalom.click("2-D");
    slalom.run_steps(A_TURN);
    assert_eq!(name(&slalom), "Beale seen from above, step 0 of 200");
    assert!(!slalom.has("Eye: Radford's angle"));
    slalom.press(Key::Num3);
    assert_eq!(slalom.document().view.pictures, Pictures::Both);
}

#[test]
fn the_menu_of_viewpoints_turns_the_landscape() {
    let mut slalom = landscape();
    slalom.click("Eye: Radford's angle");
    slalom.click("Along the valley");
    assert_eq!(viewpoint(&slalom), Viewpoint::VALLEY);
    slalom.click("Eye: Along the valley");
    slalom.click("Perspective");
    let parallel = Viewpoint {
        projection: Projection::Parallel,
        ..Viewpoint::VALLEY
    };
    assert_eq!(viewpoint(&slalom), parallel);
    // The projection is kept.
    slalom.click("Eye: Along the valley");
    slalom.click("From above");
    let above = Viewpoint {
        projection: Projection::Parallel,
        ..Viewpoint::ABOVE
    };
    assert_eq!(viewpoint(&slalom), above);
    slalom.run_steps(A_TURN);
    assert!(name(&slalom).contains("azimuth −90°, elevation 90°"));
}

#[test]
fn the_menu_of_heights_says_what_is_shown() {
    let mut slalom = landscape();
    slalom.click("Compressed heights");
    assert!(slalom.says("half of the area lies below half of the height"));
    slalom.click("Logarithmic");
    assert_eq!(slalom.document().view.heights, Heights::Logarithmic);
    assert!(slalom.has("Logarithmic heights"));
    // The saddle has no minimum.
    slalom.perform(Change::Surface(SurfaceChoice::Saddle));
    slalom.rest();
    assert_eq!(slalom.document().view.heights, Heights::Logarithmic);
    assert!(!slalom.has("Logarithmic heights"));
    slalom.click("Compressed heights");
    assert!(slalom.thing("Logarithmic").accesskit_node().is_disabled());
    slalom.hover("Logarithmic");
    assert!(slalom.says("The lowest loss of this surface is not known"));
    slalom.click("Linear");
    assert!(slalom.has("Linear heights"));
}

#[test]
fn a_drag_turns_the_landscape_and_nothing_else() {
    let mut slalom = landscape();
    let (window, start) = (slalom.document().window(), slalom.experiment().start);
    let at = bare_slope(&slalom);
    slalom.drag(at, at + vec2(50.0, 25.0));
    let turned = viewpoint(&slalom);
    assert!(
        turned.azimuth < -75.0 && turned.azimuth > -82.0,
        "{turned:?}"
    );
    assert!(
        turned.elevation > 36.0 && turned.elevation < 42.0,
        "{turned:?}"
    );
    assert_eq!((turned.zoom, turned.shift), (1.0, [0.0; 2]));
    assert_eq!(slalom.document().window(), window);
    assert_eq!(slalom.experiment().start, start);
    assert!(slalom.has("Eye: Turned by hand"));
    let angle = format!("{:.0}°", turned.elevation);
    assert!(slalom.says(&angle), "the chip tells the angles");
    assert!(!slalom.document().can_undo());
}

#[test]
fn shift_or_another_button_moves_the_picture() {
    let mut slalom = landscape();
    let at = bare_slope(&slalom);
    hold(&slalom, Modifiers::SHIFT);
    slalom.drag(at, at + vec2(60.0, 30.0));
    hold(&slalom, Modifiers::NONE);
    slalom.rest();
    let moved = viewpoint(&slalom);
    assert!(moved.shift[0] > 0.0 && moved.shift[1] < 0.0, "{moved:?}");
    assert_eq!(moved.label(), "Radford's angle");
    for button in [PointerButton::Middle, PointerButton::Secondary] {
        let before = viewpoint(&slalom);
        drag_with(&mut slalom, button, at, at - vec2(60.0, 0.0));
        let after = viewpoint(&slalom);
        assert!(after.shift[0] < before.shift[0], "{button:?}: {after:?}");
        assert_eq!(after.label(), "Radford's angle");
    }
}

#[test]
fn the_wheel_enlarges_what_is_under_the_pointer() {
    let mut slalom = landscape();
    let at = bare_slope(&slalom);
    let point = eye(&slalom).pick(at).unwrap();
    let window = slalom.document().window();
    slalom.wheel(at, 60.0);
    assert!(viewpoint(&slalom).zoom > 1.1);
    assert_close(eye(&slalom).pick(at).unwrap(), point, 0.02 * window.width());
    assert_eq!(slalom.document().window(), window);
    for _ in 0..3 {
        slalom.wheel(at, 4000.0);
    }
    assert_eq!(viewpoint(&slalom).zoom, Viewpoint::ZOOMS[1]);
    slalom.double_click_at(at);
    slalom.rest();
    assert_eq!(viewpoint(&slalom), Viewpoint::RADFORD);
    assert_eq!(slalom.experiment().start, [1.0, 1.6]);
    assert_eq!(slalom.document().window(), window);
}

#[test]
fn the_eye_goes_back_to_the_last_viewpoint_with_a_name() {
    let mut slalom = landscape();
    slalom.perform(&table::pictures::VALLEY);
    slalom.run_steps(A_TURN);
    let by_hand = Viewpoint::at(10.0, 50.0).zoomed(2.0, [0.1, 0.2]);
    slalom.perform(DocumentAction::LookFrom(by_hand));
    slalom.press(Key::Z);
    assert_eq!(viewpoint(&slalom), Viewpoint::VALLEY);
    let whole = slalom.document().race.surface().window();
    assert_eq!(slalom.document().window(), whole);
    // Among contours, the same key leaves the eye alone.
    slalom.perform(DocumentAction::LookFrom(by_hand));
    slalom.perform(&table::pictures::CONTOURS);
    slalom.press(Key::Z);
    assert_eq!(viewpoint(&slalom), by_hand);
}

#[test]
fn the_start_is_dragged_along_the_slope() {
    let mut slalom = landscape();
    let ring = eye(&slalom).spot([1.0, 1.6]);
    let before = viewpoint(&slalom);
    slalom.grasp(ring);
    let to = ring + vec2(40.0, 20.0);
    let wanted = eye(&slalom).pick(to).unwrap();
    slalom.move_to(to);
    let unit = eye(&slalom).unit();
    let start = slalom.experiment().start;
    assert_close(start, wanted, 2.0 * unit[0].max(unit[1]));
    assert_eq!(slalom.path(ADAM).at(0), start, "in the same frame");
    // Beside the landscape, there is no start.
    let sky = slalom.scene().rect.left_top() + vec2(30.0, 30.0);
    assert_eq!(eye(&slalom).pick(sky), None);
    slalom.move_to(sky);
    assert_eq!(slalom.experiment().start, start);
    slalom.let_go(sky);
    assert_eq!(viewpoint(&slalom), before);
}

#[test]
fn a_click_on_the_slope_starts_the_race_there_and_one_beside_it_does_not() {
    let mut slalom = landscape();
    let at = bare_slope(&slalom);
    let wanted = eye(&slalom).pick(at).unwrap();
    slalom.click_at(at);
    let unit = eye(&slalom).unit();
    assert_close(
        slalom.experiment().start,
        wanted,
        2.0 * unit[0].max(unit[1]),
    );
    slalom.run_steps(20);
    let start = slalom.experiment().start;
    let sky = slalom.scene().rect.left_top() + vec2(30.0, 30.0);
    slalom.click_at(sky);
    assert_eq!(slalom.experiment().start, start);
    slalom.move_to(sky);
    assert!(!slalom.says("gradient ("));
    slalom.move_to(at + vec2(-30.0, 0.0));
    slalom.step();
    assert!(slalom.says("gradient ("));
}

#[test]
fn arrows_turn_the_landscape_that_has_the_focus() {
    let mut slalom = landscape();
    slalom.press(Key::ArrowRight);
    assert!((slalom.playhead() - 1.0).abs() < 1e-9, "without focus");
    assert_eq!(viewpoint(&slalom), Viewpoint::RADFORD);
    slalom.get_by_role(Role::Canvas).focus();
    slalom.rest();
    slalom.press(Key::ArrowRight);
    slalom.press(Key::ArrowUp);
    slalom.press(Key::ArrowUp);
    assert_eq!(viewpoint(&slalom), Viewpoint::at(-55.0, 40.0));
    assert_eq!(
        slalom.focused().unwrap().accesskit_node().role(),
        Role::Canvas
    );
    slalom.press_with(Modifiers::SHIFT, Key::ArrowLeft);
    assert!(viewpoint(&slalom).shift[0] < 0.0);
    slalom.press(Key::Plus);
    assert!(viewpoint(&slalom).zoom > 1.2);
    slalom.press(Key::Minus);
    assert!((viewpoint(&slalom).zoom - 1.0).abs() < 1e-9);
    assert!((slalom.playhead() - 1.0).abs() < 1e-9);
    slalom.press(Key::Space);
    assert!(slalom.is_playing(), "other keys mean what they always do");
}

#[test]
fn keys_zoom_the_window_or_the_landscape() {
    let mut slalom = Slalom::three();
    let [before, width] = [
        slalom.document().window().centre(),
        [slalom.document().window().width(); 2],
    ];
    slalom.press(Key::Plus);
    let zoomed = slalom.document().window();
    assert!(zoomed.width() < width[0]);
    assert_close(zoomed.centre(), before, 1e-9);
    slalom.press(Key::Minus);
    assert!((slalom.document().window().width() - width[0]).abs() < 1e-9);
    slalom.perform(&table::pictures::RELIEF);
    let window = slalom.document().window();
    slalom.press(Key::Minus);
    assert!(viewpoint(&slalom).zoom < 0.9);
    assert_eq!(slalom.document().window(), window);
}

#[test]
fn the_eye_turns_smoothly_there_and_back() {
    let mut slalom = Slalom::three();
    slalom.perform(&table::pictures::RELIEF);
    assert!(!slalom.says("−60°, 30°"));
    slalom.run_steps(2);
    assert!(!slalom.says("−60°, 30°"), "it is on its way");
    slalom.run_steps(A_TURN);
    assert!(slalom.says("−60°, 30°"));
    slalom.perform(&table::pictures::VALLEY);
    assert!(!slalom.says("−8°, 26°"));
    slalom.run_steps(A_TURN);
    assert!(slalom.says("−8°, 26°"));
}

#[test]
fn a_hand_interrupts_the_turn_where_it_is() {
    let mut slalom = Slalom::three();
    let at = slalom.bare_ground();
    slalom.move_to(at);
    slalom.perform(&table::pictures::RELIEF);
    slalom.run_steps(2);
    slalom.drag(at, at + vec2(20.0, 0.0));
    let held = viewpoint(&slalom);
    assert!(held.elevation > 31.0 && held.elevation < 89.0, "{held:?}");
    slalom.run_steps(A_TURN);
    assert_eq!(viewpoint(&slalom), held, "it goes no further");
    assert!(slalom.says(&format!("{:.0}°", held.elevation)));
}

#[test]
fn nothing_turns_by_itself_with_reduced_motion() {
    let mut slalom = Slalom::three();
    slalom.perform(&table::view::MOTION);
    slalom.perform(&table::pictures::RELIEF);
    assert!(slalom.says("−60°, 30°"));
    slalom.perform(&table::pictures::VALLEY);
    assert!(slalom.says("−8°, 26°"));
}

#[test]
fn the_eye_is_saved_and_opened_again() {
    let mut slalom = landscape();
    let by_hand = Viewpoint::at(10.0, 50.0).zoomed(2.0, [0.1, 0.2]);
    slalom.perform(DocumentAction::LookFrom(by_hand));
    slalom.perform(&table::pictures::LINEAR_HEIGHTS);
    let text = preset::to_text(&slalom.document().preset()).unwrap();
    let mut again = Slalom::paused(&text);
    let view = &again.document().view;
    assert_eq!(
        (view.pictures, view.heights),
        (Pictures::Relief, Heights::Linear)
    );
    assert_eq!(view.eye, by_hand);
    assert!(again.says("10°, 50°"), "it opens there without a turn");
    // It goes back to the angles of the preset.
    again.press(Key::Z);
    assert_eq!(viewpoint(&again), Viewpoint::at(10.0, 50.0));
}

#[test]
fn compared_landscapes_turn_together() {
    let mut slalom = landscape();
    slalom.perform(AppAction::CompareWithCopy);
    slalom.rest();
    let scenes: Vec<_> = slalom
        .get_all_by_role(Role::Canvas)
        .map(|it| it.rect())
        .collect();
    assert_eq!(scenes.len(), 2);
    let active = scenes
        .iter()
        .max_by(|a, b| a.left().total_cmp(&b.left()))
        .unwrap();
    let at = active.center_bottom() - vec2(0.0, 60.0);
    slalom.drag(at, at + vec2(40.0, 0.0));
    let eyes: Vec<_> = slalom
        .workspace()
        .documents()
        .iter()
        .map(|it| it.view.eye)
        .collect();
    assert_eq!(eyes[0], eyes[1]);
    assert_eq!(eyes[0].label(), "Turned by hand");
}

/// Returns the areas of contours and landscape, from left to right.
fn areas(slalom: &Slalom) -> [Rect; 2] {
    let scenes = slalom.get_all_by_role(Role::Canvas);
    let mut areas: Vec<Rect> = scenes.map(|it| it.rect()).collect();
    areas.sort_by(|a, b| a.left().total_cmp(&b.left()));
    areas.try_into().unwrap()
}

#[test]
fn contours_and_landscape_side_by_side_have_hands_of_their_own() {
    let mut slalom = Slalom::three();
    slalom.perform(&table::pictures::BOTH);
    slalom.run_steps(A_TURN);
    let [contours, relief] = areas(&slalom);
    let (window, eye) = (slalom.document().window(), viewpoint(&slalom));
    let at = relief.left_bottom() + vec2(20.0, -20.0);
    slalom.drag(at, at + vec2(40.0, 10.0));
    assert_eq!(slalom.document().window(), window);
    let turned = viewpoint(&slalom);
    assert_ne!(turned, eye);
    let at = contours.left_top() + vec2(40.0, 140.0);
    slalom.drag(at, at + vec2(40.0, 10.0));
    assert_ne!(slalom.document().window(), window);
    assert_eq!(viewpoint(&slalom), turned);
    assert_eq!(slalom.experiment().start, [1.0, 1.6]);
    // The wheel enlarges what it is turned over.
    let window = slalom.document().window();
    slalom.wheel(relief.center(), 60.0);
    assert_eq!(slalom.document().window(), window);
    assert!(viewpoint(&slalom).zoom > 1.1);
    slalom.wheel(contours.center(), 60.0);
    assert!(slalom.document().window().width() < window.width());
}

#[test]
fn nothing_is_painted_again_while_nothing_moves() {
    let mut slalom = Slalom::three();
    for pictures in table::pictures::PICTURES {
        slalom.perform(pictures);
        slalom.run_steps(2 * A_TURN);
        let delay = slalom.output().viewport_output[&ViewportId::ROOT].repaint_delay;
        assert!(delay.as_secs() > 0, "{}: {delay:?}", pictures.id);
    }
    slalom.perform(&table::pictures::RELIEF);
    slalom.run_steps(2 * A_TURN);
    slalom.perform(&table::pictures::VALLEY);
    let delay = slalom.output().viewport_output[&ViewportId::ROOT].repaint_delay;
    assert!(delay.is_zero(), "a turn is painted: {delay:?}");
}

#[test]
fn a_path_is_sketched_on_the_slope() {
    let mut slalom = landscape();
    slalom.perform(AppAction::StartGame(GameKind::Predict));
    slalom.rest();
    let (before, from) = (viewpoint(&slalom), bare_slope(&slalom));
    let wanted = [from, from + vec2(-40.0, 0.0)].map(|at| eye(&slalom).pick(at).unwrap());
    slalom.drag(from, from + vec2(-40.0, 0.0));
    let Some(Game::Predict(game)) = &slalom.workspace().game else {
        panic!("another game");
    };
    let width = slalom.scene().window.width();
    assert!(game.sketch.len() > 3);
    assert_close(*game.sketch.last().unwrap(), wanted[1], 0.02 * width);
    assert_eq!(viewpoint(&slalom), before);
}

#[test]
fn a_sketch_that_begins_beside_the_slope_replaces_the_last_one() {
    let mut slalom = landscape();
    slalom.perform(AppAction::StartGame(GameKind::Predict));
    slalom.rest();
    let from = bare_slope(&slalom);
    slalom.drag(from, from + vec2(-40.0, 0.0));
    let sky = slalom.scene().rect.left_top() + vec2(30.0, 30.0);
    let to = eye(&slalom).spot([1.0, 1.6]);
    slalom.drag(sky, to);
    let Some(Game::Predict(game)) = &slalom.workspace().game else {
        panic!("another game");
    };
    let first = eye(&slalom).spot(game.sketch[0]);
    assert!(first.distance(from) > 60.0, "{first} is on the old sketch");
}

#[test]
fn a_picture_that_goes_away_lets_go() {
    let mut slalom = landscape();
    let at = bare_slope(&slalom);
    slalom.grasp(at);
    slalom.move_to(at + vec2(20.0, 0.0));
    slalom.perform(&table::pictures::CONTOURS);
    slalom.run_steps(A_TURN);
    let window = slalom.document().window();
    slalom.let_go(at + vec2(30.0, 0.0));
    assert_eq!(slalom.document().window(), window);
    let ground = slalom.bare_ground();
    slalom.move_to(ground);
    slalom.step();
    assert!(slalom.says("gradient ("), "the readings are back");
}

#[test]
fn a_small_window_has_all_choices_in_one_menu() {
    let text = preset::from_text("test", THREE).unwrap();
    let mut slalom = Slalom::sized([1024.0, 600.0], Some(text));
    slalom.perform(&table::pictures::RELIEF);
    slalom.run_steps(A_TURN);
    assert!(!slalom.has("Eye: Radford's angle"));
    let right = slalom.thing("Chart and leaderboard").rect();
    let scene = slalom.get_by_role(Role::Canvas).rect();
    assert!(
        right.right() <= scene.right() + 1.0,
        "the bar does not overflow"
    );
    slalom.click("View");
    slalom.click("Landscape along the valley");
    assert_eq!(viewpoint(&slalom), Viewpoint::VALLEY);
}

#[test]
fn what_is_open_at_first_does_not_turn() {
    let mut slalom = landscape();
    slalom.perform(AppAction::OpenBeside(Opening::BuiltIn("saddle")));
    slalom.rest();
    let view = &slalom.document().view;
    assert!(!view.pictures.has_relief() || slalom.says("−60°, 30°"));
}
