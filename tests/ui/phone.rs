//! The layout of a phone: the scene, drawers, and everything else within reach of a finger.

use egui::accesskit::{Action, Role};
use egui::{Key, Rect, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use slalom::app::{AppAction, DocumentAction, Drawer, GameKind, Opening, Pane, table};
use slalom::preset;

use crate::accessibility::assert_named;
use crate::support::{CTRL, Slalom, THREE, assert_near};

const SIZE: [f32; 2] = [390.0, 844.0];
const WHOLE: &str = "Open the whole drawer";
const HALF: &str = "Show the scene above the drawer";

fn phone() -> Slalom {
    let preset = preset::from_text("test", THREE).unwrap();
    let mut slalom = Slalom::sized(SIZE, Some(preset));
    slalom.perform(&table::play::PLAY_OR_PAUSE);
    slalom.perform(&table::play::TO_START);
    slalom.rest();
    slalom
}

fn entry(pane: Pane) -> String {
    format!("{} drawer", pane.label())
}

fn scene(slalom: &Slalom) -> Option<Rect> {
    let mut scenes = slalom.query_all_by_role(Role::Canvas);
    scenes.next().map(|it| it.rect())
}

/// Opens a drawer with a tap on its button.
fn open(slalom: &mut Slalom, pane: Pane) {
    let at = slalom.thing(&entry(pane)).rect().center();
    slalom.tap(at);
}

fn full(pane: Pane) -> Drawer {
    Drawer {
        is_full: true,
        ..Drawer::half(pane)
    }
}

#[test]
fn every_drawer_opens_half_and_wholly_and_a_swipe_closes_it() {
    let mut slalom = phone();
    let at_rest = scene(&slalom).unwrap();
    assert_eq!(at_rest.width(), 390.0, "from edge to edge");
    for pane in Pane::ALL {
        open(&mut slalom, pane);
        assert_eq!(slalom.workspace().drawer, Some(Drawer::half(pane)));
        let above = scene(&slalom).unwrap();
        assert!(above.height() >= 298.0, "{above}");
        let handle = slalom.thing(WHOLE).rect();
        assert!(handle.height() >= 44.0, "{handle}");
        slalom.swipe(handle.center(), vec2(0.0, -250.0));
        assert_eq!(slalom.workspace().drawer, Some(full(pane)));
        assert_eq!(scene(&slalom), None, "the drawer covers it");
        let handle = slalom.thing(HALF).rect().center();
        slalom.swipe(handle, vec2(0.0, 200.0));
        assert_eq!(slalom.workspace().drawer, Some(Drawer::half(pane)));
        let handle = slalom.thing(WHOLE).rect().center();
        slalom.swipe(handle, vec2(0.0, 150.0));
        assert_eq!(slalom.workspace().drawer, None);
        assert_eq!(scene(&slalom), Some(at_rest));
    }
}

#[test]
fn the_drawer_follows_the_finger() {
    let mut slalom = phone();
    open(&mut slalom, Pane::Chart);
    let before = scene(&slalom).unwrap().height();
    let handle = slalom.thing(WHOLE).rect().center();
    slalom.put(handle);
    for way in 1..=10_u8 {
        slalom.slide(handle - vec2(0.0, 10.0 * f32::from(way)));
    }
    slalom.step();
    let now = scene(&slalom).unwrap().height();
    assert!((before - now - 100.0).abs() < 8.0, "{before} and {now}");
    slalom.lift(handle - vec2(0.0, 100.0));
    assert_eq!(slalom.workspace().drawer, Some(full(Pane::Chart)));
}

#[test]
fn a_tap_on_the_handle_or_on_the_open_entry_is_enough() {
    let mut slalom = phone();
    open(&mut slalom, Pane::Step);
    slalom.tap(slalom.thing(WHOLE).rect().center());
    assert_eq!(slalom.workspace().drawer, Some(full(Pane::Step)));
    slalom.tap(slalom.thing(HALF).rect().center());
    assert_eq!(slalom.workspace().drawer, Some(Drawer::half(Pane::Step)));
    open(&mut slalom, Pane::Step);
    assert_eq!(slalom.workspace().drawer, None);
    slalom.press_with(CTRL, Key::B);
    assert_eq!(slalom.workspace().drawer, Some(Drawer::half(Pane::Racers)));
    slalom.press_with(CTRL, Key::J);
    assert_eq!(slalom.workspace().drawer, Some(Drawer::half(Pane::Chart)));
    slalom.press(Key::Escape);
    assert_eq!(slalom.workspace().drawer, None);
}

#[test]
fn every_panel_of_a_wide_window_is_in_a_drawer() {
    let mut slalom = phone();
    for (pane, names) in [
        (
            Pane::Racers,
            &["Racer Adam", "Adam: learning rate", "Add a racer"][..],
        ),
        (Pane::Chart, &["Axes of the chart", "Chart of: loss"]),
        (Pane::Step, &["Theory", "Arrows of the step: off"]),
        (
            Pane::Scene,
            &[
                "Surface: Beale",
                "3-D",
                "Presenter mode",
                "Condition number",
            ],
        ),
    ] {
        open(&mut slalom, pane);
        for name in names {
            let is_there = slalom.has(name);
            // Only a long valley has a condition number.
            assert!(
                is_there || *name == "Condition number",
                "{name} in {pane:?}"
            );
        }
        assert!(
            slalom.has("Playhead, step") && slalom.has("Play"),
            "{pane:?}"
        );
    }
}

#[test]
fn the_menus_have_what_the_bar_of_a_wide_window_has() {
    for (menu, items) in [
        ("Menu", &["Built-in races", "Save", "Export"][..]),
        ("More", &["History", "Redo"]),
        ("Race: Three racers", &["New tab", "Built-in races"]),
    ] {
        let mut slalom = phone();
        slalom.tap(slalom.thing(menu).rect().center());
        assert_named(&slalom, menu);
        for item in items {
            let found = slalom.query_all_by_label_contains(item);
            let areas: Vec<Rect> = found.map(|it| it.rect()).collect();
            assert!(!areas.is_empty(), "{item} in {menu}");
            let window = slalom.ctx.content_rect();
            assert!(areas.iter().all(|it| window.contains_rect(*it)), "{item}");
        }
    }
    let mut slalom = phone();
    slalom.tap(slalom.thing("More").rect().center());
    let search = slalom.thing(table::help::PALETTE.label).rect().center();
    slalom.tap(search);
    assert!(slalom.workspace().asked.is_some());
}

#[test]
fn a_finger_drags_a_slider_in_a_drawer_and_scrolls_beside_it() {
    let preset = preset::load_built_in("radford-beale").unwrap();
    let mut slalom = Slalom::sized(SIZE, Some(preset));
    slalom.perform(&table::play::PLAY_OR_PAUSE);
    slalom.perform(DocumentAction::Select(Some(slalom.id(6))));
    open(&mut slalom, Pane::Racers);
    slalom.run_steps(30);
    let name = "Adam: learning rate";
    let rail = slalom.thing(name).rect();
    assert!(rail.height() >= 44.0 && rail.bottom() < 730.0, "{rail}");
    let before = slalom.rate(6);
    slalom.swipe(rail.center(), vec2(25.0, 4.0));
    let after = slalom.rate(6);
    assert!(after > before);
    assert_eq!(slalom.thing(name).rect(), rail, "it does not scroll");
    slalom.swipe(rail.center(), vec2(3.0, 60.0));
    assert_near(slalom.rate(6), after);
    let moved = slalom.thing(name).rect().top() - rail.top();
    assert!(moved > 30.0, "{moved}");
    // So does a card, which a mouse would carry away.
    let names = slalom.names();
    let card = slalom.thing("Racer Adam").rect().center();
    slalom.swipe(card, vec2(0.0, -90.0));
    assert_eq!(slalom.names(), names);
    assert!(slalom.thing("Racer Adam").rect().center().y < card.y - 30.0);
}

/// Returns everything that can be pressed, with its area, as far as it is seen.
fn targets(slalom: &Slalom) -> Vec<(String, Rect)> {
    let nodes = slalom.root().children_recursive();
    nodes
        .filter(|node| {
            let node = node.accesskit_node();
            let acts = node.data().supports_action(Action::Click) && node.raw_bounds().is_some();
            acts && !matches!(node.role(), Role::Label | Role::ScrollBar | Role::Canvas)
        })
        .map(|node| {
            let name = node.accesskit_node().label().unwrap_or_default();
            (name, node.rect())
        })
        .collect()
}

#[test]
fn nothing_is_cut_at_the_sides_and_what_always_stands_does_not_overlap() {
    let drawers = Pane::ALL.into_iter();
    let drawers = drawers.flat_map(|pane| [Some(Drawer::half(pane)), Some(full(pane))]);
    for size in [SIZE, [360.0, 640.0], [480.0, 360.0], [700.0, 900.0]] {
        for drawer in std::iter::once(None).chain(drawers.clone()) {
            let preset = preset::from_text("test", THREE).unwrap();
            let mut slalom = Slalom::sized(size, Some(preset));
            slalom.perform(AppAction::ShowDrawer(drawer));
            slalom.rest();
            let state = format!("{drawer:?} at {size:?}");
            assert_named(&slalom, &state);
            let window = slalom.ctx.content_rect();
            let nodes = slalom.root().children_recursive();
            let seen = nodes.filter(|it| it.accesskit_node().raw_bounds().is_some());
            for node in seen {
                let area = node.rect();
                let is_inside = area.left() >= -0.5 && area.right() <= window.right() + 0.5;
                let name = node.accesskit_node().label();
                assert!(is_inside, "{name:?} at {area}: {state}");
            }
            let mut standing = vec!["Menu", "Race: Three racers, unsaved", "Undo", "More"];
            let entries = Pane::ALL.map(entry);
            standing.extend(entries.iter().map(|it| &**it));
            standing.push("Playhead, step");
            let pause = if slalom.is_playing() { "Pause" } else { "Play" };
            standing.push(pause);
            let all = targets(&slalom);
            let mut areas: Vec<(&str, Rect)> = Vec::new();
            for name in standing {
                let found = all.iter().find(|(it, _)| it == name);
                let found = found.or_else(|| {
                    let title = name.strip_suffix(", unsaved")?;
                    all.iter().find(|(it, _)| it == title)
                });
                let Some((_, area)) = found else {
                    assert!(name == "Playhead, step", "{name}: {state}");
                    continue;
                };
                assert!(window.contains_rect(*area), "{name} at {area}: {state}");
                assert!(area.height() >= 44.0, "{name} at {area}: {state}");
                for (other, taken) in &areas {
                    let apart = !area.shrink(0.6).intersects(taken.shrink(0.6));
                    assert!(apart, "{name} and {other}: {state}");
                }
                areas.push((name, *area));
            }
        }
    }
}

#[test]
fn games_lessons_and_formulas_are_in_drawers() {
    let mut slalom = phone();
    slalom.perform(AppAction::StartGame(GameKind::WhoAmI));
    slalom.rest();
    assert!(!slalom.has("Adam"), "its marker would tell");
    slalom.tap(slalom.thing("Open the game").rect().center());
    assert!(slalom.has("Leave the game"));
    open(&mut slalom, Pane::Chart);
    assert!(slalom.says("come back when you reveal"));
    slalom.perform(AppAction::LeaveGame);
    slalom.perform(AppAction::ShowDrawer(None));
    slalom.perform(AppAction::Open(Opening::BuiltIn("second-minimum")));
    slalom.rest();
    assert_eq!(slalom.workspace().drawer, None);
    slalom.perform(&table::edit::FORMULA);
    slalom.rest();
    assert_eq!(slalom.workspace().drawer, Some(Drawer::half(Pane::Scene)));
    slalom.click("Close the formula");
    assert!(slalom.has("3-D"), "the view settings are in its place");
    slalom.perform(&table::edit::FORMULA);
    slalom.rest();
    assert!(slalom.has("Close the formula"));
}

#[test]
fn two_races_are_compared_in_one_scene() {
    let mut slalom = phone();
    slalom.perform(AppAction::CompareWithCopy);
    slalom.rest();
    assert_eq!(slalom.query_all_by_role(Role::Canvas).count(), 1);
    assert!(slalom.workspace().rival().is_some());
    open(&mut slalom, Pane::Racers);
    assert!(slalom.has("Differences"));
    assert_named(&slalom, "a comparison");
}

#[test]
fn a_tap_on_a_marker_selects_and_the_racers_open_at_the_selected_one() {
    let preset = preset::load_built_in("radford-beale").unwrap();
    let mut slalom = Slalom::sized(SIZE, Some(preset));
    slalom.rest();
    slalom.tap(slalom.thing("Nadam").rect().center());
    assert_eq!(slalom.selected(), Some(7));
    open(&mut slalom, Pane::Racers);
    slalom.run_steps(30);
    let rate = slalom.thing("Nadam: learning rate").rect();
    assert!(rate.bottom() < 732.0, "{rate}");
}
