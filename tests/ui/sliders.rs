//! Sliders and their numbers: typing, refusing, resetting, and moving by little.

use egui::{Event, Key, Modifiers, Pos2, vec2};

use crate::support::{ADAM, Slalom, THREE, assert_near};

const RATE: &str = "Adam: learning rate";
const RATE_NUMBER: &str = "Adam: learning rate, number";
const BETA: &str = "Adam: momentum β₁";

fn middle(slalom: &Slalom, name: &str) -> Pos2 {
    slalom.thing(name).rect().center()
}

/// Types over what is selected and confirms it.
fn type_over(slalom: &mut Slalom, text: &str) {
    slalom.event(Event::Text(text.into()));
    slalom.press(Key::Enter);
    slalom.rest();
}

#[test]
fn the_rate_has_its_title_above_and_the_whole_width_below() {
    let slalom = Slalom::three();
    let card = slalom.thing("Racer Adam").rect();
    let [rail, number] = [RATE, RATE_NUMBER].map(|name| slalom.thing(name).rect());
    assert!(rail.width() > 0.8 * card.width(), "{rail} in {card}");
    assert!(rail.top() >= number.bottom());
    assert!((number.right() - rail.right()).abs() < 2.0);
}

#[test]
fn a_double_click_on_a_number_selects_all_of_it() {
    let mut slalom = Slalom::three();
    let at = middle(&slalom, RATE_NUMBER);
    slalom.double_click_at(at);
    slalom.rest();
    assert_near(slalom.rate(ADAM), 0.15);
    type_over(&mut slalom, "0.2");
    assert_near(slalom.rate(ADAM), 0.2);
}

#[test]
fn a_slow_double_click_on_a_number_selects_all_of_it() {
    let mut slalom = Slalom::three();
    let at = middle(&slalom, RATE_NUMBER);
    slalom.click_at(at);
    slalom.run_steps(2);
    slalom.click_at(at);
    slalom.step();
    type_over(&mut slalom, "0.2");
    assert_near(slalom.rate(ADAM), 0.2);
}

#[test]
fn text_that_is_no_number_stays_in_sight_with_the_reason() {
    let mut slalom = Slalom::three();
    for text in ["abc", "0.0.2"] {
        slalom.type_number(RATE_NUMBER, text);
        let note = format!("“{text}” is not a number; the value stays 0.15.");
        assert!(slalom.says(&note), "{note}");
        slalom.run_steps(50);
        assert!(slalom.says(&note), "{note}");
    }
    assert_near(slalom.rate(ADAM), 0.15);
    slalom.type_number(RATE_NUMBER, "0.2");
    assert_near(slalom.rate(ADAM), 0.2);
    assert!(!slalom.says("is not a number"));
}

#[test]
fn a_number_out_of_its_range_stays_in_sight_with_the_reason() {
    let mut slalom = Slalom::three();
    slalom.type_number(RATE_NUMBER, "-1");
    assert_near(slalom.rate(ADAM), 0.15);
    let note = "“-1” is not a finite number, 0 or more; the value stays 0.15.";
    assert!(slalom.says(note));
    assert!(slalom.notice().is_empty(), "{}", slalom.notice());
}

#[test]
fn refused_text_can_be_corrected() {
    let mut slalom = Slalom::three();
    slalom.type_number(RATE_NUMBER, "0.0.2");
    slalom.click(RATE_NUMBER);
    slalom.press(Key::End);
    for _ in 0..2 {
        slalom.press(Key::Backspace);
    }
    slalom.press(Key::Enter);
    assert_eq!(slalom.rate(ADAM), 0.0);
    slalom.type_number(RATE_NUMBER, "0.3");
    assert_near(slalom.rate(ADAM), 0.3);
}

#[test]
fn a_refused_text_is_forgotten_when_the_value_changes() {
    let mut slalom = Slalom::three();
    slalom.type_number(RATE_NUMBER, "abc");
    let at = middle(&slalom, RATE);
    slalom.drag(at, at + vec2(20.0, 0.0));
    assert!(!slalom.says("abc"));
}

#[test]
fn escape_forgets_a_refused_text() {
    let mut slalom = Slalom::three();
    slalom.type_number(RATE_NUMBER, "abc");
    slalom.click(RATE_NUMBER);
    slalom.press(Key::Escape);
    assert!(!slalom.says("abc"));
    assert_near(slalom.rate(ADAM), 0.15);
}

#[test]
fn a_number_is_also_taken_when_another_thing_is_clicked() {
    let mut slalom = Slalom::three();
    slalom.click(RATE_NUMBER);
    slalom.event(Event::Text("0,25".into()));
    slalom.rest();
    let ground = slalom.bare_ground();
    slalom.click_at(ground);
    slalom.rest();
    assert_near(slalom.rate(ADAM), 0.25);
}

#[test]
fn with_tab_a_number_is_opened_and_selected() {
    let mut slalom = Slalom::three();
    slalom.thing(RATE_NUMBER).focus();
    slalom.rest();
    type_over(&mut slalom, "1e-3");
    assert_near(slalom.rate(ADAM), 0.001);
}

#[test]
fn menus_of_slider_and_number_reset() {
    for name in [RATE, RATE_NUMBER] {
        let mut slalom = Slalom::three();
        slalom.thing(name).click_secondary();
        slalom.rest();
        slalom.click("Reset to 0.001");
        assert_near(slalom.rate(ADAM), 0.001);
    }
}

#[test]
fn a_long_number_is_rounded_on_screen_only() {
    let long = f64::from_bits(1e-4_f64.to_bits() + 1);
    let slalom = Slalom::paused(&THREE.replace("0.15", &format!("{long}")));
    assert_eq!(slalom.rate(ADAM), long);
    assert!(slalom.says("0.0001"));
    assert!(!slalom.says("0.00010000000000000"));
    let exact = slalom.thing(RATE_NUMBER).value();
    assert_eq!(exact.and_then(|text| text.parse().ok()), Some(long));
}

/// Drags a slider slowly, one tenth of a point in each frame.
fn creep(slalom: &mut Slalom, name: &str, modifiers: Modifiers) {
    let at = middle(slalom, name);
    slalom.event(Event::ModifiersChanged(modifiers));
    slalom.grasp(at);
    for step in 1..=40_u8 {
        slalom.move_to(at + vec2(f32::from(step) / 10.0, 0.0));
    }
    slalom.let_go(at + vec2(4.0, 0.0));
    slalom.event(Event::ModifiersChanged(Modifiers::NONE));
    slalom.step();
}

#[test]
fn a_slow_fine_drag_does_not_stick() {
    for (name, parameter) in [(RATE, "learning_rate"), (BETA, "beta_1")] {
        let mut slalom = Slalom::three();
        let before = slalom.number(ADAM, parameter);
        creep(&mut slalom, name, Modifiers::SHIFT);
        let moved = slalom.number(ADAM, parameter) / before;
        assert!(moved > 1.001 && moved < 1.2, "{name} times {moved}");
    }
}

#[test]
fn shift_does_not_make_the_handle_jump() {
    let mut slalom = Slalom::three();
    let at = middle(&slalom, RATE) - vec2(40.0, 0.0);
    slalom.event(Event::ModifiersChanged(Modifiers::SHIFT));
    slalom.grasp(at);
    slalom.rest();
    assert_near(slalom.rate(ADAM), 0.15);
}

#[test]
fn a_handle_does_not_jump_when_shift_is_let_go() {
    let mut slalom = Slalom::three();
    let at = middle(&slalom, BETA);
    slalom.event(Event::ModifiersChanged(Modifiers::SHIFT));
    slalom.grasp(at);
    slalom.move_to(at + vec2(40.0, 0.0));
    let fine = slalom.number(ADAM, "beta_1");
    slalom.event(Event::ModifiersChanged(Modifiers::NONE));
    slalom.move_to(at + vec2(41.0, 0.0));
    let moved = slalom.number(ADAM, "beta_1") - fine;
    assert!(moved > 0.0 && moved < 0.05, "{moved}");
}

#[test]
fn a_dragged_number_follows() {
    let mut slalom = Slalom::three();
    let at = middle(&slalom, RATE_NUMBER);
    slalom.drag(at, at + vec2(30.0, 0.0));
    let dragged = slalom.rate(ADAM);
    assert!(dragged > 0.17 && dragged < 0.3, "{dragged}");
    slalom.press_with(crate::support::CTRL, Key::Z);
    assert_near(slalom.rate(ADAM), 0.15);
}

#[test]
fn a_number_can_be_set_by_a_screen_reader() {
    let mut slalom = Slalom::three();
    slalom.thing(RATE_NUMBER).set_value_accesskit(0.02);
    slalom.rest();
    assert_near(slalom.rate(ADAM), 0.02);
}

#[test]
fn an_angle_beyond_a_whole_turn_is_refused() {
    let mut slalom = Slalom::three();
    slalom.click("View");
    slalom.type_number("Angle of the surface, number", "1000");
    assert!(slalom.says("“1000” is not from −360 to 360; the value stays 0."));
    assert_eq!(slalom.experiment().shape.rotation, 0.0);
}
