//! The lesson in the racers' panel: its task stays in view, praise moves nothing, and every lesson
//! leads on.

use std::fs;

use egui::{Rect, vec2};
use egui_kittest::kittest::NodeT as _;
use slalom::app::{AppAction, Change, Drawer, Opening, Pane, table};
use slalom::optimizer::Value;
use slalom::preset::{self, TOUR};

use crate::support::Slalom;

/// Windows with much and with little room for the lesson.
const SIZES: [[f32; 2]; 3] = [[1280.0, 800.0], [1024.0, 600.0], [1024.0, 420.0]];
const HINT: &str = "Show the hint";
const RATE: &str = "Bold: learning rate";

fn lesson(size: [f32; 2], name: &'static str) -> Slalom {
    let mut slalom = Slalom::sized(size, None);
    slalom.perform(AppAction::Open(Opening::BuiltIn(name)));
    slalom.rest();
    slalom
}

/// Sets the learning rate of Bold, in the first lesson.
fn set_rate(slalom: &mut Slalom, rate: f64) {
    slalom.perform(Change::Parameter {
        racer: slalom.id(1),
        parameter: 0,
        value: Value::Number(rate),
        linked: false,
    });
    slalom.rest();
}

/// Returns the part of the window with the racers' panel, between the top bar and the timeline.
fn panel(slalom: &Slalom) -> Rect {
    let window = slalom.ctx.content_rect();
    let right = slalom.scene().rect.left();
    Rect::from_x_y_ranges(0.0..=right, 44.0..=window.bottom() - 64.0)
}

#[test]
fn praise_does_not_move_the_slider() {
    for size in SIZES {
        let mut slalom = lesson(size, "01-gradient-descent");
        let before = slalom.thing(RATE).rect();
        set_rate(&mut slalom, 0.04);
        assert!(slalom.says("Found!"), "{size:?}");
        assert_eq!(slalom.thing(RATE).rect(), before, "{size:?}");
    }
}

#[test]
fn praise_does_not_move_the_slider_after_a_hint() {
    for size in SIZES {
        let mut slalom = lesson(size, "01-gradient-descent");
        for rate in [0.03, 0.031, 0.032] {
            set_rate(&mut slalom, rate);
        }
        slalom.perform(&table::help::HINT);
        slalom.rest();
        let before = slalom.thing(RATE).rect();
        set_rate(&mut slalom, 0.04);
        assert!(slalom.says("Found!"), "{size:?}");
        assert_eq!(slalom.thing(RATE).rect(), before, "{size:?}");
    }
}

#[test]
fn the_task_is_in_view_in_every_lesson_and_stays_there() {
    for built_in in TOUR {
        let mut slalom = lesson([1024.0, 600.0], built_in.name);
        let panel = panel(&slalom);
        let hint = slalom.thing(HINT).rect();
        assert!(panel.contains_rect(hint), "{}: {hint}", built_in.name);
        slalom.wheel(panel.center() + vec2(0.0, 100.0), -400.0);
        assert_eq!(slalom.thing(HINT).rect(), hint, "{}", built_in.name);
    }
}

#[test]
fn the_way_on_is_in_view_in_every_window() {
    for size in SIZES {
        for built_in in TOUR {
            let slalom = lesson(size, built_in.name);
            let is_last = built_in.name == TOUR[TOUR.len() - 1].name;
            let on = if is_last { "What next?" } else { "Next" };
            let panel = panel(&slalom);
            for name in ["Back", on] {
                let button = slalom.thing(name).rect();
                assert!(panel.contains_rect(button), "{}: {name}", built_in.name);
            }
        }
    }
}

#[test]
fn every_lesson_begins_at_its_top() {
    let size = [1024.0, 600.0];
    let fresh = lesson(size, "02-batch-and-stochastic");
    let name = format!("Racer {}", fresh.names()[0]);
    let top = fresh.thing(&name).rect().top();
    let mut slalom = lesson(size, "01-gradient-descent");
    let first = slalom.thing("Racer Careful").rect().top();
    slalom.wheel(panel(&slalom).center() + vec2(0.0, 100.0), -120.0);
    let scrolled = slalom.thing("Racer Careful").rect().top();
    assert!(scrolled < first, "the panel scrolls");
    slalom.click("Next");
    assert_eq!(slalom.thing(&name).rect().top(), top);
}

/// The wheel over the text moves the racers: the text does not scroll on its own.
#[test]
fn a_lesson_has_one_area_that_scrolls() {
    let mut slalom = lesson([1280.0, 800.0], "01-gradient-descent");
    let card = slalom.thing("Racer Careful").rect();
    let over_text = card.center() - vec2(0.0, 120.0);
    slalom.wheel(over_text, -40.0);
    assert!(slalom.thing("Racer Careful").rect().top() < card.top());
}

#[test]
fn there_is_a_hint_after_three_attempts() {
    let mut slalom = lesson([1280.0, 800.0], "01-gradient-descent");
    let hint = TOUR[0].preset().unwrap().lesson.unwrap();
    let hint = hint.goal.unwrap().hint.unwrap();
    for rate in [0.03, 0.031, 0.032] {
        assert!(slalom.thing(HINT).accesskit_node().is_disabled());
        set_rate(&mut slalom, rate);
    }
    slalom.click(HINT);
    assert!(slalom.says(&hint[..30]));
    assert!(!slalom.has(HINT));
    slalom.click("Next");
    assert!(!slalom.document().hint_shown);
}

#[test]
fn undoing_and_redoing_are_no_attempts() {
    let mut slalom = lesson([1280.0, 800.0], "01-gradient-descent");
    set_rate(&mut slalom, 0.03);
    for _ in 0..3 {
        for entry in [&table::edit::UNDO, &table::edit::REDO] {
            slalom.perform(entry);
            slalom.rest();
        }
    }
    assert!(slalom.thing(HINT).accesskit_node().is_disabled());
    for rate in [0.031, 0.032] {
        set_rate(&mut slalom, rate);
    }
    assert!(!slalom.thing(HINT).accesskit_node().is_disabled());
}

#[test]
fn a_hint_that_is_not_there_yet_says_when() {
    let mut slalom = lesson([1280.0, 800.0], "01-gradient-descent");
    slalom.hover(HINT);
    assert!(slalom.says("There is a hint after three attempts"));
}

#[test]
fn a_drag_is_one_attempt() {
    let mut slalom = lesson([1280.0, 800.0], "01-gradient-descent");
    let at = slalom.thing(RATE).rect().center();
    slalom.grasp(at);
    for step in 1..=8_u8 {
        slalom.move_to(at - vec2(f32::from(step), 0.0));
    }
    assert_eq!(slalom.document().tries, 0, "the slider is still held");
    slalom.let_go(at - vec2(8.0, 0.0));
    slalom.run_steps(20);
    assert_eq!(slalom.document().tries, 1);
}

#[test]
fn the_foot_tells_how_far_the_tour_has_come() {
    let mut slalom = lesson([1280.0, 800.0], "01-gradient-descent");
    assert!(slalom.has("Lesson 1 of 15, 0 solved"));
    set_rate(&mut slalom, 0.04);
    slalom.click("Next");
    assert!(slalom.has("Lesson 2 of 15, 1 solved"));
}

#[test]
fn the_last_lesson_leads_on_to_a_race_of_ones_own() {
    let mut slalom = lesson([1280.0, 800.0], "15-invent-an-optimizer");
    slalom.click("What next?");
    for game in [
        &table::help::PREDICT,
        &table::help::WHO_AM_I,
        &table::help::LADDER,
    ] {
        assert!(slalom.has(game.label), "{}", game.label);
    }
    slalom.click("Open a race of your own");
    assert!(slalom.document().lesson().is_none());
    assert!(!slalom.says("LESSON"));
}

#[test]
fn the_tour_can_be_started_over() {
    let mut slalom = lesson([1280.0, 800.0], "15-invent-an-optimizer");
    slalom.click("What next?");
    slalom.click("Start over with the first lesson");
    assert!(slalom.says("LESSON 1 OF 15"));
}

#[test]
fn a_teachers_tour_starts_over_in_its_own_folder() {
    let folder = tempfile::tempdir().unwrap();
    for (name, title) in [("a.ron", "First"), ("b.ron", "Second")] {
        let text = format!(
            "(version: 1, title: \"{title}\", surface: Beale, start: (1.0, 1.6), steps: 20, racers: [], \
             lesson: ())"
        );
        fs::write(folder.path().join(name), text).unwrap();
    }
    let mut slalom = Slalom::three();
    slalom.perform(AppAction::OpenFile(folder.path().join("b.ron")));
    slalom.rest();
    slalom.click("What next?");
    slalom.click("Start over with the first lesson");
    assert_eq!(slalom.experiment().title, "First");
}

#[test]
fn a_narrow_window_leads_to_the_lesson() {
    let preset = preset::load_built_in("01-gradient-descent").unwrap();
    let mut slalom = Slalom::sized([600.0, 640.0], Some(preset));
    slalom.rest();
    assert!(!slalom.says("Try it"));
    slalom.click("Open the lesson");
    let open = slalom.workspace().drawer;
    assert_eq!(open, Some(Drawer::half(Pane::Racers)));
    assert!(slalom.says("Try it"));
}
