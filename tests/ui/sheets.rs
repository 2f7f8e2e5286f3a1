//! Dialogs, menus and everything else that opens on a phone: nothing leaves the screen at the sides, and
//! nothing is too small for a finger.

use std::collections::BTreeSet;

use egui::accesskit::{Action, Role};
use egui::{Pos2, Rect};
use egui_kittest::kittest::NodeT as _;
use slalom::app::{AppAction, Change, DocumentAction, Drawer, Pane, table};
use slalom::preset;

use crate::data_dialog::PENGUINS;
use crate::support::{Slalom, THREE};
use crate::wish::Wish;

const PHONES: [[f32; 2]; 2] = [[390.0, 844.0], [360.0, 640.0]];
/// A phone on its side.
const LYING: [f32; 2] = [640.0, 360.0];
const TABLET: [f32; 2] = [820.0, 1180.0];
/// The least width and height of what a finger hits.
const FINGER: f32 = 40.0;

/// A way to open something, and what closes it.
struct Opening {
    name: &'static str,
    race: &'static str,
    wish: fn() -> Wish,
    close: &'static str,
}

fn dialogs() -> Vec<Opening> {
    let of = |name, race, wish, close| Opening {
        name,
        race,
        wish,
        close,
    };
    vec![
        of("open", THREE, || (&table::file::OPEN).into(), "Cancel"),
        of("save", THREE, || (&table::file::SAVE_AS).into(), "Cancel"),
        of("export", THREE, || (&table::file::EXPORT).into(), "Close"),
        of("data", THREE, || (&table::file::FIT_DATA).into(), "Cancel"),
        of(
            "network",
            PENGUINS,
            || (&table::file::FIT_DATA).into(),
            "Cancel",
        ),
        of(
            "weights",
            PENGUINS,
            || (&table::file::SAVE_WEIGHTS).into(),
            "Cancel",
        ),
        of(
            "settings",
            THREE,
            || (&table::file::SETTINGS).into(),
            "Close",
        ),
        of("title", THREE, || (&table::edit::DESCRIBE).into(), "Cancel"),
        of(
            "comparison",
            THREE,
            || (&table::tabs::COMPARE).into(),
            "Cancel",
        ),
        of("unsaved", THREE, || (&table::file::QUIT).into(), "Cancel"),
        of("keys", THREE, || (&table::help::KEYS).into(), "Close"),
        of(
            "palette",
            THREE,
            || (&table::help::PALETTE).into(),
            "Search",
        ),
    ]
}

fn window(size: [f32; 2], race: &str) -> Slalom {
    let preset = preset::from_text("test", race).unwrap();
    let mut slalom = Slalom::sized(size, Some(preset));
    slalom.perform(&table::play::PLAY_OR_PAUSE);
    // Fingers are known from the first touch on.
    slalom.tap(slalom.bare_ground());
    slalom
}

fn opened(size: [f32; 2], opening: &Opening) -> Slalom {
    let mut slalom = window(size, opening.race);
    slalom.perform(DocumentAction::Change(Change::Steps(60)));
    slalom.perform((opening.wish)());
    slalom.run_steps(12);
    slalom
}

/// Something on the screen.
struct Thing {
    name: String,
    role: Role,
    area: Rect,
    is_target: bool,
}

fn things(slalom: &Slalom) -> Vec<Thing> {
    let nodes = slalom.root().children_recursive();
    let seen = nodes.filter(|it| it.accesskit_node().raw_bounds().is_some());
    seen.map(|it| {
        let node = it.accesskit_node();
        let role = node.role();
        let senses = node.data().supports_action(Action::Click);
        let is_none = matches!(
            role,
            Role::Label | Role::ScrollBar | Role::Canvas | Role::Image
        );
        Thing {
            name: node.label().unwrap_or_default(),
            role,
            area: it.rect(),
            is_target: senses && !is_none,
        }
    })
    .collect()
}

/// Returns what is wrong with what is on the screen.
fn faults(slalom: &Slalom, state: &str) -> Vec<(String, String)> {
    let screen = slalom.ctx.content_rect();
    let mut faults = Vec::new();
    for thing in things(slalom) {
        let Thing {
            name,
            role,
            area,
            is_target,
        } = thing;
        // Tables of data scroll sideways, within the dialog.
        let is_in_table = name.starts_with("Column ");
        let is_inside = area.left() >= -0.5 && area.right() <= screen.right() + 0.5;
        if !is_inside && !is_in_table {
            let fault = format!("{role:?} {name:?} leaves the screen: {area}");
            faults.push((state.to_owned(), fault));
        }
        let is_large = area.width() >= FINGER && area.height() >= FINGER;
        if is_target && !is_large {
            let size = area.size();
            let fault = format!("{role:?} {name:?} is too small: {size} at {}", area.min);
            faults.push((state.to_owned(), fault));
        }
    }
    faults
}

/// Fails if there are faults. Each is told only once, with the first state in which it was found.
fn assert_sound(faults: &[(String, String)]) {
    let mut told = BTreeSet::new();
    let new = faults.iter().filter(|(_, fault)| told.insert(fault));
    let all: Vec<String> = new
        .map(|(state, fault)| format!("{state}: {fault}"))
        .collect();
    assert!(all.is_empty(), "{} faults:\n{}", all.len(), all.join("\n"));
}

#[test]
fn every_dialog_fits_and_can_be_closed() {
    let mut all = Vec::new();
    for size in PHONES.into_iter().chain([LYING, TABLET]) {
        for opening in dialogs() {
            let slalom = opened(size, &opening);
            let state = format!("{} at {size:?}", opening.name);
            assert!(slalom.workspace().asked.is_some(), "{state}");
            // On a tablet, the panels behind the dialog are those of a wide window.
            if size != TABLET {
                all.extend(faults(&slalom, &state));
            }
            let screen = slalom.ctx.content_rect().expand(0.5);
            let mut close = things(&slalom).into_iter();
            let close = close.find(|it| it.is_target && it.name == opening.close);
            let is_near = close.is_some_and(|it| screen.contains_rect(it.area));
            if !is_near {
                all.push((state, format!("{} is out of reach", opening.close)));
            }
        }
    }
    assert_sound(&all);
}

/// Returns the middle of everything that can be touched.
fn targets(slalom: &Slalom) -> Vec<(String, Pos2)> {
    let screen = slalom.ctx.content_rect();
    let things = things(slalom).into_iter();
    let targets = things.filter(|it| it.is_target && screen.contains(it.area.center()));
    targets.map(|it| (it.name, it.area.center())).collect()
}

/// Taps everything that `open` shows, each in a window of its own, and looks at what comes of it.
fn tap_all(state: &str, open: impl Fn() -> Slalom) -> Vec<(String, String)> {
    let first = open();
    let mut all = faults(&first, state);
    // These write files.
    let writes = |name: &str| matches!(name, "Save" | "Export");
    let targets = targets(&first).into_iter();
    for (name, at) in targets.filter(|(name, _)| !writes(name)) {
        let mut slalom = open();
        slalom.tap(at);
        slalom.run_steps(8);
        all.extend(faults(&slalom, &format!("{state}, then {name:?}")));
    }
    all
}

#[test]
fn everything_that_opens_from_a_dialog_fits() {
    let mut all = Vec::new();
    for opening in dialogs() {
        all.extend(tap_all(opening.name, || opened(PHONES[1], &opening)));
    }
    assert_sound(&all);
}

#[test]
fn everything_that_opens_from_a_drawer_fits() {
    let panes = Pane::ALL.map(|pane| {
        Some(Drawer {
            is_full: true,
            ..Drawer::half(pane)
        })
    });
    let mut all = Vec::new();
    for race in [THREE, PENGUINS] {
        for drawer in panes.into_iter().chain([None]) {
            let what = if race == THREE { "surface" } else { "network" };
            all.extend(tap_all(&format!("{what}, {drawer:?}"), || {
                let mut slalom = window(PHONES[1], race);
                slalom.perform(AppAction::ShowDrawer(drawer));
                slalom.rest();
                slalom
            }));
        }
    }
    assert_sound(&all);
}
