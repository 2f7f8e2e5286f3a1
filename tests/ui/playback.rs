//! Playback: play, step, scrub, speed, loop, and long races.

use std::time::Duration;

use egui::{Key, Modifiers, ViewportId};
use slalom::app::{AppAction, Change, DocumentAction, Opening, table};

use crate::support::{ADAM, Slalom, THREE, assert_near};

const HINT: &str = "drag the start or change a rate: the paths follow";

#[test]
fn the_first_start_shows_radfords_race_already_running() {
    let mut slalom = Slalom::first();
    assert!(slalom.experiment().title.contains("Radford"));
    assert_eq!(slalom.names().len(), 8);
    assert!(slalom.is_playing());
    let before = slalom.playhead();
    slalom.run_steps(10);
    assert_near(slalom.playhead(), before + 10.0);
}

#[test]
fn the_hint_goes_away_with_the_first_change_and_never_returns() {
    let mut slalom = Slalom::first();
    assert!(slalom.says(HINT));
    slalom.press(Key::Space);
    assert!(slalom.says(HINT), "pausing changes nothing");
    slalom.perform(Change::Start([0.5, 0.5]));
    assert!(!slalom.says(HINT));
    slalom.press_with(crate::support::CTRL, Key::Z);
    assert!(!slalom.says(HINT));
    slalom.perform(AppAction::Open(Opening::BuiltIn("rosenbrock")));
    assert!(!slalom.says(HINT));
}

#[test]
fn a_race_starts_over_after_a_rest_at_its_end() {
    let mut slalom = Slalom::playing(THREE);
    slalom.perform(DocumentAction::Seek(195.0));
    slalom.run_steps(10);
    assert_near(slalom.playhead(), 200.0);
    slalom.run_steps(40);
    assert!(slalom.is_playing());
    assert!(slalom.playhead() < 20.0);
}

#[test]
fn without_the_loop_a_race_stops_at_its_end() {
    let mut slalom = Slalom::playing(THREE);
    slalom.click("Loop");
    slalom.perform(DocumentAction::Seek(195.0));
    slalom.run_steps(50);
    assert!(!slalom.is_playing());
    assert_near(slalom.playhead(), 200.0);
    slalom.click("Play");
    assert!(slalom.playhead() < 10.0, "playing again starts over");
    slalom.click("Loop");
    assert!(slalom.workspace().settings.looping);
}

#[test]
fn button_and_space_play_and_pause() {
    let mut slalom = Slalom::playing(THREE);
    slalom.click("Pause");
    assert!(!slalom.is_playing());
    let stopped = slalom.playhead();
    slalom.run_steps(5);
    assert_near(slalom.playhead(), stopped);
    slalom.click("Play");
    assert!(slalom.is_playing());
    slalom.press(Key::Space);
    assert!(!slalom.is_playing());
    slalom.press(Key::Space);
    assert!(slalom.is_playing());
}

#[test]
fn buttons_step_forward_and_back_by_whole_steps() {
    let mut slalom = Slalom::three();
    slalom.perform(DocumentAction::Seek(10.4));
    slalom.click("One step forward");
    assert_near(slalom.playhead(), 11.0);
    slalom.perform(DocumentAction::Seek(10.4));
    slalom.click("One step back");
    assert_near(slalom.playhead(), 10.0);
    slalom.click("Go to the end");
    assert_near(slalom.playhead(), 200.0);
    slalom.click("Go to the start");
    assert_near(slalom.playhead(), 0.0);
}

#[test]
fn a_step_pauses() {
    let mut slalom = Slalom::playing(THREE);
    slalom.click("One step forward");
    assert!(!slalom.is_playing());
    assert_near(slalom.playhead().fract(), 0.0);
}

#[test]
fn arrows_step_by_one_and_with_shift_by_ten() {
    let mut slalom = Slalom::three();
    slalom.press(Key::ArrowRight);
    slalom.press(Key::ArrowRight);
    assert_near(slalom.playhead(), 2.0);
    slalom.press_with(Modifiers::SHIFT, Key::ArrowRight);
    assert_near(slalom.playhead(), 12.0);
    slalom.press(Key::ArrowLeft);
    assert_near(slalom.playhead(), 11.0);
    slalom.press_with(Modifiers::SHIFT, Key::ArrowLeft);
    assert_near(slalom.playhead(), 1.0);
}

#[test]
fn home_end_and_r_go_where_they_say() {
    let mut slalom = Slalom::three();
    slalom.press(Key::End);
    assert_near(slalom.playhead(), 200.0);
    slalom.press(Key::Home);
    assert_near(slalom.playhead(), 0.0);
    assert!(!slalom.is_playing());
    slalom.press(Key::End);
    slalom.press(Key::R);
    assert!(slalom.is_playing());
    assert!(slalom.playhead() < 10.0);
}

#[test]
fn the_timeline_follows_the_pointer() {
    let mut slalom = Slalom::three();
    let rail = slalom.thing("Playhead, step").rect();
    slalom.grasp(rail.center());
    assert_near(slalom.playhead(), 100.0);
    slalom.move_to(rail.right_center());
    assert_near(slalom.playhead(), 200.0);
    slalom.move_to(rail.left_center());
    assert_near(slalom.playhead(), 0.0);
    slalom.let_go(rail.left_center());
}

#[test]
fn the_timeline_takes_a_value_from_a_screen_reader() {
    let mut slalom = Slalom::three();
    slalom.thing("Playhead, step").set_value_accesskit(123.0);
    slalom.step();
    assert_near(slalom.playhead(), 123.0);
    slalom.thing("Playhead, step").increment_accesskit();
    slalom.step();
    assert_near(slalom.playhead(), 124.0);
    slalom.thing("Playhead, step").decrement_accesskit();
    slalom.step();
    assert_near(slalom.playhead(), 123.0);
}

#[test]
fn the_speed_menu_changes_the_pace() {
    let mut slalom = Slalom::playing(THREE);
    slalom.perform(&table::play::TO_START);
    slalom.click("Speed: 25 steps/s");
    slalom.click("2×   50 steps/s");
    assert_near(slalom.workspace().settings.speed, 2.0);
    let before = slalom.playhead();
    slalom.run_steps(5);
    assert_near(slalom.playhead(), before + 10.0);
}

#[test]
fn disabled_buttons_say_why() {
    for (button, at_end, reason) in [
        ("One step back", false, "The race is at its start"),
        ("Go to the start", false, "The race is at its start"),
        ("One step forward", true, "The race is at its end"),
        ("Go to the end", true, "The race is at its end"),
        ("Undo", false, "Nothing has been changed yet"),
        ("Redo", false, "Nothing has been undone"),
    ] {
        let mut slalom = Slalom::three();
        if at_end {
            slalom.press(Key::End);
        }
        slalom.hover(button);
        assert!(slalom.says(reason), "{button}");
    }
}

#[test]
fn at_rest_nothing_is_repainted() {
    let mut slalom = Slalom::three();
    slalom.run_steps(10);
    slalom.run();
    let output = slalom.output().viewport_output.get(&ViewportId::ROOT);
    assert!(output.unwrap().repaint_delay > Duration::from_hours(1));
}

#[test]
fn holding_the_pointer_still_repaints_nothing() {
    let mut slalom = Slalom::three();
    let rail = slalom.thing("Playhead, step").rect();
    slalom.grasp(rail.center());
    slalom.run_steps(3);
    slalom.run();
    slalom.let_go(rail.center());
    let ground = slalom.bare_ground();
    slalom.grasp(ground);
    slalom.move_to(ground + egui::vec2(30.0, 0.0));
    slalom.run_steps(10);
    slalom.run();
}

#[test]
fn the_number_of_steps_can_be_typed() {
    let mut slalom = Slalom::three();
    slalom.press(Key::End);
    slalom.type_number("Number of steps", "50");
    assert_eq!(slalom.experiment().steps, 50);
    assert_eq!(slalom.path(ADAM).last_step(), 50);
    assert_near(slalom.playhead(), 50.0);
}

#[test]
fn a_race_of_one_step_is_a_race() {
    let mut slalom = Slalom::playing(&THREE.replace("steps: 200", "steps: 1"));
    slalom.run_steps(60);
    slalom.press(Key::End);
    assert_near(slalom.playhead(), 1.0);
}

#[test]
fn a_long_race_is_simulated_aside_while_the_old_one_stays() {
    let mut slalom = Slalom::paused(
        "(version: 1, surface: Beale, start: (1.0, 1.6), steps: 200, racers: [
            (optimizer: GradientDescent(learning_rate: 0.001)), (optimizer: Adam())])",
    );
    slalom.perform(Change::Steps(1_000_000));
    assert!(slalom.document().race.is_busy());
    assert_eq!(slalom.path(0).last_step(), 200);
    wait_for_worker(&mut slalom);
    assert_eq!(slalom.path(0).last_step(), 1_000_000);
    assert_eq!(slalom.path(1).last_step(), 1_000_000);
    slalom.press(Key::End);
    slalom.run_steps(3);
}

#[test]
fn a_long_race_can_be_opened_and_arrives() {
    let mut slalom = Slalom::playing(
        "(version: 1, surface: Booth, start: (1.0, 1.6), steps: 1000000, racers: [
            (optimizer: GradientDescent(learning_rate: 0.001))])",
    );
    wait_for_worker(&mut slalom);
    assert_eq!(slalom.path(0).last_step(), 1_000_000);
}

fn wait_for_worker(slalom: &mut Slalom) {
    for _ in 0..1000 {
        slalom.run_steps(1);
        if !slalom.document().race.is_busy() {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("the worker has not finished");
}
