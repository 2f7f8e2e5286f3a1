//! Keyboard shortcuts, and when they are disabled; windows of all sizes.

use egui::accesskit::Role;
use egui::{CornerRadius, Event, Key, Modifiers, Rect, Shape, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use slalom::app::{AppAction, Asked, Change, DocumentAction, GameKind, Notice, Opening, table};
use slalom::preset::{self, BUILT_IN};

use crate::support::{ADAM, CTRL, CTRL_SHIFT, Slalom, assert_near, stroke};

#[test]
fn keys_are_text_while_a_name_is_typed() {
    let mut slalom = Slalom::three();
    slalom.get_by_label_contains("schedule…").click();
    slalom.rest();
    slalom.get_by_role(Role::TextInput).click();
    slalom.rest();
    let theme = slalom.ctx.theme();
    let view = slalom.document().window();
    slalom.type_keys("r t z");
    assert_eq!(slalom.names()[ADAM], "r t z");
    assert_eq!(slalom.ctx.theme(), theme);
    assert_eq!(slalom.document().window(), view);
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
    slalom.perform(DocumentAction::Solo(slalom.id(ADAM)));
    slalom.get_by_role(Role::TextInput).click();
    slalom.rest();
    slalom.press(Key::Escape);
    assert_eq!(slalom.solo(), Some(ADAM));
    slalom.press(Key::Escape);
    assert_eq!(slalom.solo(), None);
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
    assert!(!slalom.document().view.lens);
    if !slalom.has("25 steps") {
        slalom.click("View");
    }
    slalom.click("25 steps");
    assert_eq!(slalom.document().view.trail_length, Some(25.0));
}

#[test]
fn escape_closes_the_export() {
    let mut slalom = Slalom::three();
    slalom.perform(&table::file::EXPORT);
    slalom.rest();
    assert!(slalom.workspace().asked.is_some());
    slalom.press(Key::Escape);
    assert!(slalom.workspace().asked.is_none());
}

#[test]
fn a_narrow_window_folds_its_panels_and_its_strip_selects() {
    let mut slalom = Slalom::sized([600.0, 640.0], None);
    assert!(!slalom.has("Rank by distance"));
    slalom.get_by_role_and_label(Role::Button, "Nadam").click();
    slalom.rest();
    assert_eq!(slalom.selected(), Some(7));
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

#[test]
fn tab_visits_the_top_bar_from_left_to_right() {
    let mut slalom = Slalom::three();
    // With two tabs, and something to undo and to redo, no button is disabled.
    slalom.perform(&table::tabs::NEW);
    for steps in [50, 60] {
        slalom.perform(Change::Steps(steps));
        slalom.rest();
    }
    slalom.perform(&table::edit::UNDO);
    slalom.rest();
    let bar = slalom.thing("Undo").rect().bottom();
    let mut visited: Vec<(f32, String)> = Vec::new();
    loop {
        slalom.press(Key::Tab);
        let rect = slalom.focused().unwrap().rect();
        if rect.top() > bar {
            break;
        }
        visited.push((rect.left(), slalom.focus().unwrap()));
    }
    assert!(visited.len() >= 12, "{visited:?}");
    let is_in_order = |pair: &[(f32, String)]| pair[0].0 < pair[1].0;
    assert!(visited.windows(2).all(is_in_order), "{visited:?}");
}

#[test]
fn an_arrow_key_moves_the_race_and_leaves_the_focus_where_it_is() {
    let mut slalom = Slalom::three();
    slalom.press(Key::Tab);
    slalom.press(Key::Tab);
    let focus = slalom.focus();
    assert!(focus.is_some());
    // At the start, there is no step back, and the key still is not one of the focus.
    for (key, playhead) in [
        (Key::ArrowRight, 1.0),
        (Key::ArrowRight, 2.0),
        (Key::ArrowLeft, 1.0),
        (Key::ArrowLeft, 0.0),
        (Key::ArrowLeft, 0.0),
    ] {
        slalom.press(key);
        assert_near(slalom.playhead(), playhead);
        assert_eq!(slalom.focus(), focus);
    }
    slalom.press(Key::ArrowDown);
    assert_ne!(slalom.focus(), focus, "the other two keep moving it");
}

/// Returns the rectangle of the mark around the widget that has the focus.
fn ring(slalom: &Slalom) -> Option<Rect> {
    let color = slalom.ctx.global_style().visuals.hyperlink_color;
    let mut shapes = slalom.output().shapes.iter();
    shapes.find_map(|clipped| match &clipped.shape {
        Shape::Rect(shape) => {
            let is_ring =
                shape.stroke.color == color && shape.corner_radius == CornerRadius::same(5);
            is_ring.then_some(shape.rect)
        }
        _ => None,
    })
}

#[test]
fn the_focus_is_marked_wherever_tab_leads_and_hovering_marks_nothing() {
    let mut slalom = Slalom::three();
    let mut seen = Vec::new();
    for _ in 0..60 {
        slalom.press(Key::Tab);
        let focused = slalom.focused().unwrap();
        if [Role::TextInput, Role::SpinButton].contains(&focused.accesskit_node().role()) {
            // Text is being typed.
            continue;
        }
        let (name, rect) = (slalom.focus(), focused.rect());
        let ring = ring(&slalom);
        let is_around = ring.is_some_and(|ring| rect.expand(1.0).contains_rect(ring));
        assert!(is_around, "{name:?} at {rect:?} is marked at {ring:?}");
        seen.extend(name);
    }
    for name in ["Menu", "Tab Three racers", "History", "View", "Racer Adam"] {
        assert!(seen.iter().any(|it| it == name), "{name}: {seen:?}");
    }
    slalom.press(Key::Escape);
    for name in ["History", "Loop", "New tab", "Go to the end", "Play"] {
        slalom.hover(name);
        assert_eq!(ring(&slalom), None, "{name}");
    }
}

#[test]
fn a_key_means_what_its_modifiers_say_even_if_they_were_let_go_in_the_same_frame() {
    let mut slalom = Slalom::three();
    for steps in [50, 60] {
        slalom.perform(Change::Steps(steps));
        slalom.rest();
    }
    slalom.at_once(stroke(CTRL, Key::Z));
    assert_eq!(slalom.experiment().steps, 50);
    slalom.at_once(stroke(CTRL_SHIFT, Key::Z));
    assert_eq!(slalom.experiment().steps, 60, "redone, not undone");
    // The other way round: Shift comes too late.
    let late = Event::ModifiersChanged(CTRL_SHIFT);
    let undo = stroke(CTRL, Key::Z).into_iter().take(3);
    slalom.at_once(undo.chain([late]));
    assert_eq!(slalom.experiment().steps, 50);
}

#[test]
fn keys_of_one_frame_are_obeyed_one_after_the_other() {
    let mut slalom = Slalom::three();
    let theme = slalom.ctx.theme();
    let [palette, letter] = [stroke(CTRL, Key::P), stroke(Modifiers::NONE, Key::T)];
    slalom.at_once(palette.into_iter().chain(letter));
    slalom.rest();
    assert_eq!(slalom.workspace().asked, Some(Asked::Palette));
    assert_eq!(slalom.ctx.theme(), theme, "the letter was for the palette");
    slalom.press(Key::Escape);
    let [tab, end] = [stroke(CTRL, Key::T), stroke(Modifiers::NONE, Key::End)];
    slalom.at_once(tab.into_iter().chain(end));
    slalom.rest();
    assert_near(slalom.playhead(), slalom.document().steps());
    slalom.perform(&table::tabs::NEXT);
    assert_near(slalom.playhead(), 0.0);
}

#[test]
fn the_help_lists_all_keys_as_they_stand_on_a_keyboard() {
    let mut slalom = Slalom::three();
    slalom.press(Key::F1);
    for entry in table::all() {
        assert!(slalom.has(entry.label), "{}", entry.label);
        let keys = entry.keys_in_words(&slalom.ctx).join(" or ");
        assert!(slalom.has(&keys), "{keys}");
    }
    for keys in ["F1 or ?", "Ctrl+Plus or Ctrl+=", "Ctrl+−"] {
        assert!(slalom.has(keys), "{keys}");
    }
    assert!(!slalom.says("Questionmark"));
}

#[test]
fn plus_and_minus_with_ctrl_change_the_scale() {
    let mut slalom = Slalom::three();
    let scale = |slalom: &Slalom| slalom.workspace().settings.scale;
    for (modifiers, key, expected) in [
        (CTRL, Key::Plus, 1.1),
        (CTRL_SHIFT, Key::Plus, 1.25),
        (CTRL, Key::Equals, 1.5),
        (CTRL, Key::Minus, 1.25),
        (CTRL, Key::Num0, 1.0),
        (CTRL, Key::Minus, 0.9),
    ] {
        slalom.press_with(modifiers, key);
        assert_eq!(scale(&slalom), expected, "{key:?}");
        assert_eq!(slalom.ctx.zoom_factor(), expected);
    }
}

#[test]
fn letters_do_nothing_while_a_menu_is_open() {
    let mut slalom = Slalom::three();
    let (theme, view) = (slalom.ctx.theme(), slalom.document().view.clone());
    for menu in ["Menu", "View", "History"] {
        slalom.click(menu);
        assert!(egui::Popup::is_any_open(&slalom.ctx), "{menu}");
        for key in [
            Key::T,
            Key::A,
            Key::Space,
            Key::Delete,
            Key::End,
            Key::ArrowRight,
        ] {
            slalom.press(key);
        }
        assert_eq!(slalom.ctx.theme(), theme);
        assert_eq!(slalom.document().view, view);
        assert_eq!(slalom.names().len(), 3);
        assert!(!slalom.is_playing() && slalom.playhead() < 1e-9, "{menu}");
        slalom.press(Key::Escape);
        assert!(!egui::Popup::is_any_open(&slalom.ctx), "{menu}");
    }
    // What is changed in the menu that stays open can be undone there.
    slalom.click("View");
    slalom.type_number("Angle of the surface, number", "45");
    slalom.press_with(CTRL, Key::Z);
    assert_near(slalom.experiment().shape.rotation, 0.0);
    slalom.press(Key::Escape);
    slalom.press(Key::T);
    assert_ne!(slalom.ctx.theme(), theme);
}

#[test]
fn a_slider_with_the_focus_takes_its_own_keys_and_no_others() {
    let mut slalom = Slalom::three();
    let theme = slalom.ctx.theme();
    slalom.thing("Adam: learning rate").focus();
    slalom.rest();
    slalom.press(Key::T);
    assert_ne!(slalom.ctx.theme(), theme);
    slalom.press(Key::Space);
    assert!(slalom.is_playing());
    slalom.press(Key::Space);
    slalom.press(Key::End);
    let end = slalom.playhead();
    slalom.press(Key::ArrowLeft);
    assert_near(slalom.playhead(), end);
    assert!(slalom.rate(ADAM) < 0.15);
    assert_eq!(slalom.focus().as_deref(), Some("Adam: learning rate"));
}

#[test]
fn escape_closes_one_thing_after_the_other() {
    let mut slalom = Slalom::sized([600.0, 640.0], None);
    slalom.perform(DocumentAction::Solo(slalom.id(0)));
    slalom.perform(AppAction::StartGame(GameKind::WhoAmI));
    slalom.perform(&table::view::LEFT);
    slalom.perform(AppAction::Notify(Notice::success("Done")));
    slalom.press(Key::F1);
    slalom.rest();
    let open = |slalom: &Slalom| {
        let workspace = slalom.workspace();
        [
            workspace.asked.is_some(),
            workspace.notice.is_some(),
            workspace.drawer.is_some(),
            workspace.game.is_some(),
            slalom.solo().is_some(),
        ]
    };
    for closed in 0..5 {
        let expected = std::array::from_fn(|place| place >= closed);
        assert_eq!(open(&slalom), expected);
        slalom.press(Key::Escape);
    }
    assert_eq!(open(&slalom), [false; 5]);
}

#[test]
fn escape_closes_a_menu_before_anything_else() {
    let mut slalom = Slalom::three();
    slalom.perform(DocumentAction::Solo(slalom.id(ADAM)));
    slalom.perform(AppAction::Notify(Notice::success("Done")));
    slalom.open_menu("Edit");
    slalom.press(Key::Escape);
    assert!(!egui::Popup::is_any_open(&slalom.ctx));
    assert_eq!(slalom.notice(), "Done");
    slalom.press(Key::Escape);
    assert_eq!(slalom.notice(), "");
    assert_eq!(slalom.solo(), Some(ADAM));
}
