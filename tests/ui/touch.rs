//! Fingers on the screen, as a window system reports them.

use egui::accesskit::Role;
use egui::{
    Event, Modifiers, PointerButton, Pos2, TouchDeviceId, TouchId, TouchPhase, Vec2, pos2, vec2,
};
use egui_kittest::kittest::Queryable as _;
use slalom::app::{DocumentAction, table};
use slalom::preset::Viewpoint;
use slalom::view::scene::Frame;

use crate::support::{ADAM, MOMENTUM, Slalom, assert_near};

/// The number of frames after which a finger has rested for long.
const LONG: usize = 24;

fn touched(finger: u64, phase: TouchPhase, pos: Pos2) -> Event {
    Event::Touch {
        device_id: TouchDeviceId(7),
        id: TouchId(finger),
        phase,
        pos,
        force: None,
    }
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    }
}

/// What fingers do. The first one is taken for a mouse as well, whose pointer goes away with it.
impl Slalom {
    /// Puts the first finger on the screen.
    pub fn put(&mut self, at: Pos2) {
        let down = touched(1, TouchPhase::Start, at);
        self.at_once([down, Event::PointerMoved(at), button(at, true)]);
    }

    /// Moves the first finger for one frame.
    pub fn slide(&mut self, to: Pos2) {
        self.at_once([touched(1, TouchPhase::Move, to), Event::PointerMoved(to)]);
    }

    /// Takes the first finger off the screen.
    pub fn lift(&mut self, at: Pos2) {
        let up = touched(1, TouchPhase::End, at);
        self.at_once([up, button(at, false), Event::PointerGone]);
        self.rest();
    }

    pub fn tap(&mut self, at: Pos2) {
        self.put(at);
        self.step();
        self.lift(at);
    }

    /// Drags with one finger.
    pub fn swipe(&mut self, from: Pos2, by: Vec2) {
        self.put(from);
        for share in 1..=10_u8 {
            self.slide(from + by * f32::from(share) / 10.0);
        }
        self.lift(from + by);
    }

    /// Rests with a finger until that means something else than a tap; it stays there.
    pub fn press_long(&mut self, at: Pos2) {
        self.put(at);
        self.run_steps(LONG);
    }

    /// Puts two fingers down, and moves them.
    pub fn pinch(&mut self, from: [Pos2; 2], to: [Pos2; 2]) {
        self.put(from[0]);
        self.at_once([touched(2, TouchPhase::Start, from[1])]);
        for share in 1..=10_u8 {
            let share = f32::from(share) / 10.0;
            let [one, other] = [0, 1].map(|finger| from[finger].lerp(to[finger], share));
            self.at_once([
                touched(1, TouchPhase::Move, one),
                Event::PointerMoved(one),
                touched(2, TouchPhase::Move, other),
            ]);
        }
        self.lift(to[0]);
        self.at_once([touched(2, TouchPhase::End, to[1])]);
        self.rest();
    }
}

/// Opens a window on a screen that has been touched before, where there is nothing.
fn three() -> Slalom {
    let mut slalom = Slalom::three();
    slalom.tap(pos2(700.0, 22.0));
    slalom
}

fn landscape() -> Slalom {
    let mut slalom = three();
    slalom.perform(&table::view::MOTION);
    slalom.perform(&table::pictures::RELIEF);
    slalom.rest();
    slalom
}

/// Returns two spots beside each other around a middle.
fn pair(middle: Pos2, apart: f32) -> [Pos2; 2] {
    [-0.5, 0.5].map(|side| middle + vec2(side * apart, 0.2 * side * apart))
}

#[test]
fn two_fingers_zoom_about_their_middle() {
    let mut slalom = three();
    let before: Frame = slalom.scene();
    let (start, middle) = (
        slalom.experiment().start,
        slalom.bare_ground() + vec2(100.0, 80.0),
    );
    let held = before.to_plane(middle);
    slalom.pinch(pair(middle, 60.0), pair(middle, 120.0));
    let after = slalom.scene();
    let factor = before.window.width() / after.window.width();
    assert!(factor > 1.9 && factor < 2.1, "{factor}");
    let strayed = after.to_screen(held).distance(middle);
    assert!(strayed < 2.0, "{strayed}");
    assert_eq!(slalom.experiment().start, start, "they set no start");
    slalom.pinch(pair(middle, 120.0), pair(middle, 60.0));
    assert_near_within(slalom.scene().window.width(), before.window.width(), 0.02);
}

#[track_caller]
fn assert_near_within(a: f64, b: f64, share: f64) {
    assert!((a - b).abs() <= share * b.abs(), "{a} is not {b}");
}

#[test]
fn two_fingers_move_the_contours() {
    let mut slalom = three();
    let before = slalom.scene();
    let from = slalom.bare_ground() + vec2(100.0, 80.0);
    let by = vec2(40.0, -30.0);
    let held = before.to_plane(from);
    slalom.pinch(pair(from, 80.0), pair(from + by, 80.0));
    let after = slalom.scene();
    assert_near_within(after.window.width(), before.window.width(), 0.01);
    let strayed = after.to_screen(held).distance(from + by);
    assert!(strayed < 2.0, "{strayed}");
}

#[test]
fn the_last_of_two_fingers_neither_drags_nor_taps() {
    let mut slalom = three();
    let middle = slalom.bare_ground() + vec2(100.0, 80.0);
    let [one, other] = pair(middle, 80.0);
    let start = slalom.experiment().start;
    slalom.put(one);
    slalom.at_once([touched(2, TouchPhase::Start, other)]);
    slalom.at_once([touched(2, TouchPhase::End, other)]);
    let window = slalom.scene().window;
    slalom.slide(one + vec2(50.0, 0.0));
    slalom.lift(one + vec2(50.0, 0.0));
    assert_eq!(slalom.scene().window, window);
    assert_eq!(slalom.experiment().start, start);
}

#[test]
fn two_fingers_zoom_and_move_the_landscape() {
    let mut slalom = landscape();
    let middle = slalom.scene().rect.center();
    slalom.pinch(pair(middle, 60.0), pair(middle, 90.0));
    let eye = slalom.document().view.eye;
    assert!(eye.zoom > 1.4 && eye.zoom < 1.6, "{eye:?}");
    slalom.pinch(pair(middle, 80.0), pair(middle + vec2(60.0, 30.0), 80.0));
    let moved = slalom.document().view.eye;
    assert!(moved.shift[0] > eye.shift[0] && moved.shift[1] < eye.shift[1]);
    assert_eq!(
        moved.label(),
        Viewpoint::RADFORD.label(),
        "it does not turn"
    );
}

#[test]
fn one_finger_drags_what_the_left_button_drags() {
    let mut slalom = three();
    let before = slalom.scene();
    let bare = slalom.bare_ground();
    slalom.swipe(bare, vec2(30.0, 20.0));
    let moved = slalom.scene();
    assert!(moved.window.x[0] < before.window.x[0]);
    let ring = slalom.ring();
    // A finger need not be exact.
    slalom.swipe(ring + vec2(18.0, 0.0), vec2(40.0, 0.0));
    assert!(slalom.experiment().start[0] > 1.1);
    assert_eq!(slalom.scene().window, moved.window);
    let playhead = slalom.thing("Playhead, step").rect();
    slalom.swipe(playhead.left_center() + vec2(8.0, 0.0), vec2(200.0, 0.0));
    assert!(slalom.playhead() > 20.0);
}

#[test]
fn a_long_press_tells_of_the_point_until_the_next_touch() {
    let mut slalom = three();
    let start = slalom.experiment().start;
    let at = slalom.bare_ground();
    slalom.put(at);
    slalom.step();
    assert!(!slalom.says("gradient ("), "the finger may drag yet");
    slalom.run_steps(LONG);
    assert!(slalom.says("gradient ("));
    slalom.slide(at + vec2(20.0, 0.0));
    assert_eq!(slalom.experiment().start, start);
    slalom.lift(at + vec2(20.0, 0.0));
    slalom.run_steps(10);
    assert!(
        slalom.says("gradient ("),
        "a finger covers what it points at"
    );
    assert_eq!(slalom.experiment().start, start);
    slalom.tap(slalom.thing("One step forward").rect().center());
    assert!(!slalom.says("gradient ("));
}

#[test]
fn a_long_press_on_a_trail_tells_of_its_racer() {
    let mut slalom = three();
    slalom.perform(DocumentAction::Seek(100.0));
    slalom.rest();
    let at = slalom.scene().to_screen(slalom.path(ADAM).at(40));
    slalom.press_long(at + vec2(9.0, 0.0));
    assert!(slalom.says("Adam, step"), "near enough for a finger");
}

#[test]
fn a_tap_on_a_trail_selects_its_racer() {
    let mut slalom = three();
    slalom.perform(DocumentAction::Seek(100.0));
    slalom.rest();
    let start = slalom.experiment().start;
    let at = slalom.scene().to_screen(slalom.path(MOMENTUM).at(60));
    slalom.tap(at);
    assert_eq!(slalom.selected(), Some(MOMENTUM));
    assert_eq!(slalom.experiment().start, start);
}

#[test]
fn a_long_press_opens_what_the_right_button_opens() {
    let mut slalom = three();
    let card = slalom.thing("Racer Momentum").rect().left_center() + vec2(60.0, 0.0);
    slalom.press_long(card);
    slalom.lift(card);
    assert!(slalom.has("Duplicate"));
    assert_ne!(slalom.selected(), Some(MOMENTUM), "it is no tap");

    for name in ["Adam: learning rate", "Adam: learning rate, number"] {
        let mut slalom = three();
        let at = slalom.thing(name).rect().center();
        let rate = slalom.rate(ADAM);
        slalom.press_long(at);
        slalom.lift(at);
        assert!(
            slalom.query_by_label_contains("Reset to").is_some(),
            "{name}"
        );
        assert_near(slalom.rate(ADAM), rate);
    }
}

#[test]
fn a_finger_that_rests_is_told_what_a_mouse_is() {
    let mut slalom = three();
    for (name, told) in [
        ("Hide Momentum", "it keeps racing"),
        ("Adam: loss", "running"),
    ] {
        let at = slalom.get_by_label_contains(name).rect().center();
        slalom.put(at);
        slalom.run_steps(18);
        assert!(slalom.says(told), "{name}");
        slalom.run_steps(10);
        slalom.lift(at);
        slalom.run_steps(20);
    }
    let labels = slalom.query_all_by_role(Role::Label);
    let at = labels.map(|it| (it.value(), it.rect().center()));
    let label = at
        .into_iter()
        .find(|(text, _)| text.as_deref() == Some("learning rate"));
    slalom.put(label.expect("the name of a slider").1);
    slalom.run_steps(18);
    assert!(
        slalom.says("red mark") || slalom.says("step"),
        "the name of a slider"
    );
}

#[test]
fn fingers_have_larger_targets_in_a_large_window_too() {
    let mut slalom = Slalom::three();
    let size = |slalom: &Slalom, name: &str| slalom.thing(name).rect().size();
    let mouse = size(&slalom, "Undo");
    assert!(mouse.min_elem() < 30.0);
    slalom.tap(pos2(700.0, 22.0));
    for name in [
        "Undo",
        "Hide Momentum",
        "One step forward",
        "Loop",
        "View",
        "More",
    ] {
        assert!(size(&slalom, name).min_elem() >= 44.0, "{name}");
    }
    assert!(size(&slalom, "Adam: learning rate").y >= 44.0);
}

#[test]
fn a_slider_goes_along_with_a_finger_and_does_not_jump_to_it() {
    let mut slalom = three();
    let rail = slalom.thing("Adam: learning rate").rect();
    let before = slalom.rate(ADAM);
    slalom.tap(rail.left_center() + vec2(30.0, 0.0));
    assert_near(slalom.rate(ADAM), before);
    slalom.swipe(rail.left_center() + vec2(30.0, 0.0), vec2(40.0, 3.0));
    let after = slalom.rate(ADAM);
    assert!(after > 1.2 * before && after < 40.0 * before, "{after}");
}
