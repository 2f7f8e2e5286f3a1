//! Keyboard shortcuts, and when they are disabled; windows of all sizes.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable as _;
use slalom::app::Command;
use slalom::preset::{self, BUILT_IN};

use crate::support::{ADAM, CTRL, Slalom};

#[test]
fn keys_are_text_while_a_name_is_typed() {
    let mut slalom = Slalom::three();
    slalom.get_by_label_contains("schedule…").click();
    slalom.rest();
    slalom.get_by_role(Role::TextInput).click();
    slalom.rest();
    let theme = slalom.ctx.theme();
    let view = slalom.document().window;
    slalom.type_keys("r t z");
    assert_eq!(slalom.names()[ADAM], "r t z");
    assert_eq!(slalom.ctx.theme(), theme);
    assert_eq!(slalom.document().window, view);
    assert!(!slalom.is_playing());
    slalom.press(Key::Enter);
    slalom.press(Key::T);
    assert_ne!(slalom.ctx.theme(), theme);
}

#[test]
fn arrows_move_the_slider_that_has_the_focus() {
    let mut slalom = Slalom::three();
    slalom.thing("Adam: learning rate").focus();
    slalom.rest();
    slalom.press(Key::ArrowRight);
    let rate = slalom.rate(ADAM);
    assert!(rate > 0.15, "{rate}");
    assert!(slalom.playhead() < 1e-9);
    slalom.press(Key::ArrowLeft);
    assert!(slalom.rate(ADAM) < rate);
    let ground = slalom.bare_ground();
    slalom.click_at(ground);
    slalom.press(Key::ArrowRight);
    assert!(slalom.playhead() > 0.5);
}

#[test]
fn escape_in_a_name_only_ends_the_typing() {
    let mut slalom = Slalom::three();
    slalom.get_by_label_contains("schedule…").click();
    slalom.rest();
    slalom.perform(DocumentAction::Solo(ADAM));
    slalom.get_by_role(Role::TextInput).click();
    slalom.rest();
    slalom.press(Key::Escape);
    assert_eq!(slalom.document().solo, Some(ADAM));
    slalom.press(Key::Escape);
    assert_eq!(slalom.document().solo, None);
}

#[test]
fn keys_wait_while_a_dialog_is_open() {
    let mut slalom = Slalom::three();
    slalom.press(Key::F1);
    assert!(slalom.says("Ctrl+Shift+Z"));
    slalom.press(Key::Space);
    assert!(!slalom.is_playing());
    slalom.press(Key::Escape);
    assert!(!slalom.says("Ctrl+Shift+Z"));
    slalom.press(Key::Space);
    assert!(slalom.is_playing());
}

#[test]
fn a_question_mark_opens_the_help() {
    let mut slalom = Slalom::three();
    slalom.press_with(Modifiers::SHIFT, Key::Questionmark);
    assert!(slalom.says("Ctrl+Shift+Z"));
    slalom.click("Close");
    assert!(!slalom.says("Ctrl+Shift+Z"));
    slalom.thing("Keys and gestures").click();
    slalom.rest();
    assert!(slalom.says("Ctrl+Shift+Z"));
}

#[test]
fn t_changes_the_theme_there_and_back() {
    let mut slalom = Slalom::three();
    assert_eq!(slalom.ctx.theme(), Theme::Dark);
    slalom.press(Key::T);
    assert_eq!(slalom.ctx.theme(), Theme::Light);
    slalom.click("Dark or light theme");
    assert_eq!(slalom.ctx.theme(), Theme::Dark);
}

#[test]
fn panels_fold_away_and_come_back() {
    let mut slalom = Slalom::three();
    slalom.press_with(CTRL, Key::B);
    assert!(!slalom.has("Racer Adam"));
    slalom.press_with(CTRL, Key::J);
    assert!(!slalom.has("Rank by distance"));
    slalom.click("Racers panel");
    slalom.click("Chart and leaderboard");
    assert!(slalom.has("Racer Adam"));
    assert!(slalom.has("Rank by distance"));
}

#[test]
fn presenter_mode_shows_scene_and_timeline_until_escape() {
    let mut slalom = Slalom::three();
    slalom.press(Key::P);
    assert!(!slalom.has("Racer Adam") && !slalom.has("Share"));
    assert!(slalom.has("Play"));
    slalom.press(Key::Escape);
    assert!(slalom.has("Racer Adam"));
}

#[test]
fn the_view_menu_shortens_trails_and_switches_the_lens() {
    let mut slalom = Slalom::three();
    slalom.click("View");
    slalom.click("Magnify crowded racers");
    assert!(!slalom.state().workspace().settings.lens);
    if !slalom.has("25 steps") {
        slalom.click("View");
    }
    slalom.click("25 steps");
    assert_eq!(slalom.state().workspace().settings.trail_length, Some(25.0));
}

#[test]
fn escape_closes_the_export() {
    let mut slalom = Slalom::three();
    slalom.perform(&table::file::EXPORT);
    slalom.rest();
    assert!(slalom.state().workspace().asked.is_some());
    slalom.press(Key::Escape);
    assert!(slalom.state().workspace().asked.is_none());
}

#[test]
fn a_narrow_window_folds_its_panels_and_its_strip_selects() {
    let mut slalom = Slalom::sized([600.0, 400.0], None);
    assert!(!slalom.has("Rank by distance"));
    slalom.get_by_role_and_label(Role::Button, "Nadam").click();
    slalom.rest();
    assert_eq!(slalom.document().selected, Some(7));
}

#[test]
fn windows_of_all_sizes_show_all_states_in_both_themes() {
    for size in [
        [480.0, 360.0],
        [900.0, 600.0],
        [1280.0, 800.0],
        [1920.0, 1080.0],
    ] {
        let mut slalom = Slalom::sized(size, None);
        for _ in 0..2 {
            for command in [
                &table::view::PRESENTER,
                &table::view::PRESENTER,
                &table::help::KEYS,
                &table::help::DISMISS,
                &table::view::LEFT,
                &table::view::RIGHT,
                &table::view::LEFT,
                &table::view::RIGHT,
                &table::view::THEME,
            ] {
                slalom.perform(command);
            }
        }
    }
}

#[test]
fn every_built_in_preset_can_be_watched() {
    let mut slalom = Slalom::three();
    for built_in in BUILT_IN {
        slalom.perform(AppAction::Open(Opening::BuiltIn(built_in.name)));
        slalom.run_steps(3);
        slalom.press(Key::End);
        assert_eq!(
            slalom.document().preset(),
            preset::load_built_in(built_in.name).unwrap()
        );
    }
}

#[test]
fn space_presses_the_button_that_tab_has_led_to() {
    let mut slalom = Slalom::three();
    slalom.press(Key::Tab);
    slalom.rest();
    slalom.press(Key::Space);
    slalom.rest();
    assert!(!slalom.is_playing());
    // After a click elsewhere, Space controls the race again.
    slalom.press(Key::Escape);
    slalom.rest();
    let ground = slalom.bare_ground();
    slalom.click_at(ground);
    slalom.rest();
    slalom.press(Key::Space);
    slalom.rest();
    assert!(slalom.is_playing());
}
