//! Contours and landscape side by side, the racers folded to a strip, and the sliders on the right.

use egui::accesskit::Role;
use egui::{Event, Key, Rect, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use slalom::app::{AppAction, Change, DocumentAction, GameKind, Opening, Racers, table};
use slalom::optimizer::OptimizerChoice;
use slalom::preset::{self, Pictures, Preset};

use crate::accessibility::assert_named;
use crate::support::{ADAM, CTRL, DESCENT, MOMENTUM, Slalom, THREE, assert_near};

const RATE: &str = "Adam: learning rate";
const REASON: &str = "With the racers folded to the strip";

/// Opens a window of this size with both pictures of a race, paused at a step.
fn open(mut preset: Preset, size: [f32; 2]) -> Slalom {
    preset.view.pictures = Pictures::Both;
    preset.view.step = Some(20);
    let mut slalom = Slalom::sized(size, Some(preset));
    slalom.rest();
    slalom
}

fn three(size: [f32; 2]) -> Slalom {
    open(preset::from_text("test", THREE).unwrap(), size)
}

fn moons(size: [f32; 2]) -> Slalom {
    open(preset::load_built_in("noisy-moons").unwrap(), size)
}

/// Returns the areas of the pictures of the surface, in the order in which Tab visits them.
fn surfaces(slalom: &Slalom) -> Vec<Rect> {
    let all = slalom.query_all_by_role(Role::Canvas);
    all.map(|it| it.rect()).collect()
}

/// Returns the area of the data.
#[track_caller]
fn data(slalom: &Slalom) -> Rect {
    slalom.get_by_label_contains("moons: 200 rows").rect()
}

#[test]
fn both_pictures_are_equally_large_and_usable() {
    for (size, least) in [
        ([1280.0, 800.0], vec2(440.0, 600.0)),
        ([1024.0, 600.0], vec2(260.0, 400.0)),
        ([1920.0, 1080.0], vec2(760.0, 880.0)),
        ([480.0, 800.0], vec2(300.0, 250.0)),
    ] {
        let slalom = three(size);
        let [contours, relief] = surfaces(&slalom)[..] else {
            panic!("two pictures in {size:?}");
        };
        let difference = (contours.size() - relief.size()).abs();
        assert!(difference.max_elem() <= 1.0, "{contours} and {relief}");
        let enough = contours.width() >= least.x && contours.height() >= least.y;
        assert!(enough, "{contours} in {size:?}");
        assert!(!contours.intersects(relief));
    }
}

#[test]
fn the_racers_fold_beside_two_pictures_and_come_back_with_one() {
    let mut slalom = three([1280.0, 800.0]);
    assert!(!slalom.has("Racer Adam") && slalom.has("Adam"));
    let strip = surfaces(&slalom)[0];
    slalom.click("Racers panel");
    assert!(slalom.has("Racer Adam"));
    assert!(surfaces(&slalom)[0].width() < strip.width() - 100.0);
    slalom.press_with(CTRL, Key::B);
    assert!(!slalom.has("Racer Adam"));
    assert_eq!(surfaces(&slalom)[0], strip);
    slalom.perform(AppAction::OpenBeside(Opening::BuiltIn("radford-beale")));
    slalom.rest();
    assert!(slalom.has("Racer Adam"), "one picture leaves room for them");
    assert!(slalom.workspace().settings.left_panel.open);
}

#[test]
fn a_double_click_on_a_marker_opens_the_panel() {
    let mut slalom = three([1280.0, 800.0]);
    let marker = slalom.thing("Momentum").rect().center();
    slalom.double_click_at(marker);
    slalom.rest();
    assert_eq!(slalom.workspace().racers(), Racers::Panel);
    assert!(slalom.has("Momentum: learning rate"));
    assert!(!slalom.says(REASON));
}

#[test]
fn a_racer_can_be_added_from_the_strip() {
    let mut slalom = three([1280.0, 800.0]);
    slalom.click("Add a racer");
    slalom.event(Event::Text("adamw".to_owned()));
    slalom.rest();
    slalom.press(Key::Enter);
    assert_eq!(slalom.names().last().map(String::as_str), Some("AdamW"));
    assert!(slalom.has("AdamW: learning rate"), "it is selected");
}

#[test]
fn the_sliders_on_the_right_are_the_selected_racers_and_one_undo_takes_a_drag_back() {
    let mut slalom = three([1280.0, 800.0]);
    assert!(slalom.says(REASON) && slalom.says("rate 0.15"));
    let leaderboard = slalom.get_by_label_contains("Adam: loss").rect();
    let rail = slalom.thing(RATE).rect();
    assert!(rail.top() > leaderboard.bottom());
    slalom.drag(rail.center(), rail.center() - vec2(40.0, 0.0));
    slalom.rest();
    let moved = slalom.rate(ADAM);
    assert!(moved < 0.14, "{moved}");
    slalom.press_with(CTRL, Key::Z);
    assert_near(slalom.rate(ADAM), 0.15);
    slalom.press_with(CTRL, Key::Z);
    assert_near(slalom.rate(ADAM), 0.15);
    slalom.click("Momentum");
    assert_eq!(slalom.selected(), Some(MOMENTUM));
    assert!(!slalom.has(RATE));
    slalom.type_number("Momentum: learning rate, number", "0.002");
    assert_near(slalom.rate(MOMENTUM), 0.002);
    assert_near(slalom.rate(DESCENT), 0.001);
}

#[test]
fn sliders_on_the_right_are_linked_as_in_the_panel() {
    let mut slalom = three([1280.0, 800.0]);
    slalom.click("Link learning rate across racers");
    slalom.type_number("Adam: learning rate, number", "0.01");
    for place in [DESCENT, MOMENTUM, ADAM] {
        assert_near(slalom.rate(place), 0.01);
    }
    assert!(slalom.says("linked: changes all 3 racers"));
    slalom.click("Unlink learning rate");
    assert!(!slalom.says("linked: changes"));
}

#[test]
fn an_edit_made_on_the_right_says_from_which_step() {
    let mut slalom = three([1280.0, 800.0]);
    assert!(!slalom.has("apply sliders from step 20"));
    slalom.perform(DocumentAction::FromHere(true));
    slalom.rest();
    slalom.type_number("Adam: learning rate, number", "0.01");
    assert_eq!(slalom.experiment().racers[ADAM].plan.edits[0].step, 20);
    slalom.click("apply sliders from step 20");
    assert!(!slalom.has("apply sliders from step 20"));
}

#[test]
fn without_a_selected_racer_the_sentence_says_where_sliders_would_be() {
    let mut slalom = three([1280.0, 800.0]);
    slalom.perform(DocumentAction::Select(None));
    slalom.rest();
    assert!(slalom.says(REASON) && !slalom.has(RATE));
}

#[test]
fn a_narrow_window_has_the_sliders_in_its_right_drawer() {
    let mut slalom = Slalom::sized([800.0, 640.0], preset::from_text("test", THREE).ok());
    slalom.perform(&table::view::RIGHT);
    slalom.rest();
    assert!(slalom.says(REASON));
    let rail = slalom.thing(RATE).rect();
    assert!(rail.right() <= 800.0 && rail.left() > 440.0, "{rail}");
}

#[test]
fn in_a_low_window_the_sliders_are_reached_by_scrolling() {
    let radford = preset::load_built_in("radford-beale").unwrap();
    let mut slalom = open(radford, [1024.0, 600.0]);
    slalom.perform(DocumentAction::Select(Some(slalom.id(6))));
    slalom.rest();
    let last = "Adam: decay rate β₂";
    let bottom = surfaces(&slalom)[0].bottom();
    assert!(slalom.thing(last).rect().bottom() > bottom);
    let over = slalom.get_by_label_contains("Nadam: loss").rect().center();
    slalom.wheel(over, -150.0);
    let rail = slalom.thing(last).rect();
    assert!(rail.bottom() < bottom, "{rail}");
    assert!(rail.right() <= 1014.0, "{rail}");
}

#[test]
fn no_rule_widens_the_narrowest_panel_on_the_right_or_is_cut() {
    let mut slalom = three([1024.0, 600.0]);
    let long = "a name that is far too long for any panel".to_owned();
    slalom.perform(Change::Name(slalom.id(ADAM), Some(long)));
    let border = surfaces(&slalom)[1].right_center() + vec2(12.0, 0.0);
    slalom.drag(border, border + vec2(200.0, 0.0));
    slalom.rest();
    let edge = surfaces(&slalom)[1].right();
    assert!(edge > border.x + 30.0, "the panel is narrower");
    for rule in OptimizerChoice::for_points() {
        slalom.perform(Change::Optimizer(slalom.id(ADAM), rule.clone()));
        slalom.rest();
        assert_eq!(surfaces(&slalom)[1].right(), edge, "{rule:?}");
        let sliders = slalom.query_all_by_role(Role::Slider);
        let sliders = sliders.filter(|it| it.rect().left() > edge);
        for slider in sliders {
            let rect = slider.rect();
            assert!(
                rect.width() > 150.0 && rect.right() <= 1014.0,
                "{rule:?}: {rect}"
            );
        }
    }
}

#[test]
fn data_are_a_third_picture_in_a_row_or_below() {
    let slalom = moons([1280.0, 800.0]);
    let data_there = data(&slalom);
    for surface in surfaces(&slalom) {
        assert_eq!(
            [surface.top(), surface.bottom()],
            [data_there.top(), data_there.bottom()]
        );
        assert!(surface.right() < data_there.left());
        assert!(surface.width() > 280.0);
    }
    let mut slalom = moons([1024.0, 600.0]);
    let [contours, relief] = surfaces(&slalom)[..] else {
        panic!("two pictures");
    };
    assert!(contours.width() >= 260.0 && contours.top() == relief.top());
    assert!(data(&slalom).top() > contours.bottom());
    slalom.press(Key::D);
    assert_eq!(surfaces(&slalom).len(), 2);
    assert!(
        surfaces(&slalom)[0].height() > 400.0,
        "they have all the room"
    );
}

#[test]
fn one_playhead_moves_all_pictures() {
    let mut slalom = moons([1280.0, 800.0]);
    slalom.perform(DocumentAction::Seek(33.0));
    slalom.rest();
    let told = slalom.query_all_by_role(Role::Canvas);
    let labels: Vec<String> = told.filter_map(|it| it.accesskit_node().label()).collect();
    assert_eq!(labels.len(), 2);
    for label in labels {
        assert!(label.contains("step 33 of"), "{label}");
    }
}

#[test]
fn presenter_mode_shows_the_pictures_from_edge_to_edge() {
    let mut slalom = moons([1280.0, 800.0]);
    slalom.press(Key::P);
    let both = surfaces(&slalom);
    assert_eq!(both.len(), 2);
    assert_eq!(both[0].left(), 0.0);
    assert_eq!(data(&slalom).right(), 1280.0);
    assert!(!slalom.has("Racers panel") && !slalom.says(REASON));
}

#[test]
fn two_races_side_by_side_show_both_pictures_each() {
    let mut slalom = three([1280.0, 800.0]);
    slalom.perform(AppAction::CompareWithCopy);
    slalom.rest();
    assert_eq!(surfaces(&slalom).len(), 4);
    assert!(slalom.has("Differences"), "what differs stays in sight");
    assert!(!slalom.says(REASON));
    slalom.perform(&table::tabs::GHOSTS);
    slalom.rest();
    assert_eq!(surfaces(&slalom).len(), 2);
    assert!(!slalom.has("Differences") && slalom.says(REASON));
    slalom.click("Racers panel");
    assert!(slalom.has("Differences"));
}

#[test]
fn what_a_lesson_or_a_game_says_does_not_fold_away() {
    let lesson = preset::load_built_in("01-gradient-descent").unwrap();
    let slalom = open(lesson, [1280.0, 800.0]);
    assert!(slalom.says("Try it"));
    let mut slalom = three([1280.0, 800.0]);
    slalom.perform(AppAction::StartGame(GameKind::WhoAmI));
    slalom.rest();
    assert!(slalom.has("Leave the game"));
    assert!(!slalom.has(RATE));
}

#[test]
fn everything_is_named_and_tab_goes_from_the_strip_to_the_sliders() {
    let mut slalom = three([1280.0, 800.0]);
    assert_named(&slalom, "both pictures");
    let mut seen = Vec::new();
    for _ in 0..60 {
        slalom.press(Key::Tab);
        seen.extend(slalom.focus());
    }
    let place = |name: &str| {
        let found = seen.iter().position(|it| it == name);
        found.unwrap_or_else(|| panic!("{name} in {seen:?}"))
    };
    let order = [
        "Racers panel",
        "Gradient descent",
        "Adam",
        "Add a racer",
        RATE,
    ];
    let places = order.map(place);
    assert!(places.is_sorted(), "{seen:?}");
}
