//! Every entry of the table of actions is complete, and does the same wherever it is chosen.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use egui::accesskit::NodeId;
use egui::{Event, Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use slalom::app::{
    AppAction, Category, Change, Comparison, Document, DocumentAction, Entry, Kept, Layout, List,
    Notice, Opening, Workspace, table,
};
use slalom::experiment::Experiment;
use slalom::optimizer::{OwnRule, Value};
use slalom::preset::{TOUR, ViewSettings};
use slalom::surface::SurfaceChoice;

use crate::support::{CTRL, CTRL_SHIFT, Slalom};

/// What an action can change, without ids and without what the search or the layout remember.
#[derive(Debug, PartialEq)]
struct Summary {
    documents: Vec<OneDocument>,
    active: usize,
    compared: Option<(usize, usize, Layout, List)>,
    can_reopen: bool,
    asked: String,
    notice: Option<Notice>,
    game: String,
    settings: String,
    quit: bool,
}

#[derive(Debug, PartialEq)]
struct OneDocument {
    experiment: Experiment,
    view: ViewSettings,
    window: slalom::plane::Window,
    is_playing: bool,
    /// Where the race is paused.
    playhead: Option<f64>,
    selected: Option<usize>,
    solo: Option<usize>,
    links: usize,
    hint_shown: bool,
    pinned: usize,
    imported: usize,
    history: (usize, Vec<String>),
}

impl OneDocument {
    fn of(document: &Document) -> Self {
        let place = |id| document.lineup().index_of(id);
        let playback = document.playback;
        Self {
            experiment: document.experiment().clone(),
            view: document.view.clone(),
            window: document.window(),
            is_playing: playback.playing,
            playhead: (!playback.playing).then_some(playback.playhead),
            selected: document.selected().and_then(place),
            solo: document.solo().and_then(place),
            links: document.linked.len(),
            hint_shown: document.hint_shown,
            pinned: document.pinned.len(),
            imported: document.imported.len(),
            history: (
                document.position(),
                document.steps_done().map(str::to_owned).collect(),
            ),
        }
    }
}

impl Summary {
    fn of(workspace: &Workspace) -> Self {
        let documents = workspace.documents();
        let tab = |id| documents.iter().position(|it| it.id() == id).unwrap();
        let mut settings = workspace.settings.clone();
        settings.recent_entries.clear();
        for panel in [&mut settings.left_panel, &mut settings.right_panel] {
            panel.width = 0.0;
        }
        Self {
            documents: documents.iter().map(OneDocument::of).collect(),
            active: tab(workspace.active().id()),
            compared: workspace.comparison().map(|both| {
                let Comparison { a, b, layout, list } = both;
                (tab(a), tab(b), layout, list)
            }),
            can_reopen: workspace.can_reopen(),
            asked: format!("{:?}", workspace.asked),
            notice: workspace.notice.clone(),
            game: format!("{:?}", workspace.game.as_ref().map(slalom::app::Game::kind)),
            settings: format!("{settings:?}"),
            quit: workspace.quit,
        }
    }
}

fn summary(slalom: &mut Slalom) -> Summary {
    slalom.rest();
    Summary::of(slalom.workspace())
}

/// Returns a window in which an entry can be done and makes a difference.
fn ready_for(entry: &'static Entry) -> Slalom {
    let mut slalom = Slalom::three();
    let beside = |name| AppAction::OpenBeside(Opening::BuiltIn(name));
    match entry.id {
        "undo" => slalom.perform(Change::Steps(50)),
        "redo" => {
            slalom.perform(Change::Steps(50));
            slalom.perform(&table::edit::UNDO);
        }
        "library" => {
            let rule = Kept::of_rule(OwnRule::template());
            slalom.perform(AppAction::KeepAnyway(Box::new(rule)));
            slalom.perform(&table::help::DISMISS);
        }
        "forget" => import(&mut slalom),
        "unlink" => slalom.perform(DocumentAction::ToggleLink("learning_rate".into())),
        "racer-down" => slalom.perform(DocumentAction::Select(Some(slalom.id(0)))),
        "step-back" | "ten-back" | "to-start" => slalom.perform(DocumentAction::Seek(20.0)),
        "data" => {
            slalom.perform(AppAction::Open(Opening::BuiltIn("noisy-moons")));
            slalom.perform(&table::play::PLAY_OR_PAUSE);
        }
        "fit-plane" | "save-weights" => {
            let network = "(version: 1, steps: 20, surface: Network(moons: (rows: 40), hidden: [3]), \
                           racers: [(optimizer: Adam()), (optimizer: Momentum())])";
            slalom = Slalom::paused(network);
            slalom.perform(&table::view::WHOLE);
        }
        "large-data" => {
            let text = "(version: 1, steps: 30, surface: Network(data: \"iris\", hidden: [3]), \
                        racers: [(optimizer: Adam(learning_rate: 0.1))])";
            slalom.perform(AppAction::Open(Opening::Text(text.to_owned())));
            slalom.perform(&table::play::PLAY_OR_PAUSE);
        }
        "contours" | "perspective" => slalom.perform(&table::pictures::RELIEF),
        "fit" => slalom.perform(&table::view::WHOLE),
        "usual-scale" => slalom.perform(&table::view::LARGER),
        "next-tab" | "previous-tab" | "close-tab" => {
            slalom.perform(beside("saddle"));
            slalom.perform(&table::play::PLAY_OR_PAUSE);
        }
        "reopen" => {
            slalom.perform(beside("saddle"));
            slalom.perform(Change::Steps(50));
            slalom.perform(&table::tabs::CLOSE);
        }
        "swap" | "other-side" | "ghosts" | "differences" => compare(&mut slalom),
        "hint" => fail_three_times(&mut slalom),
        "next-lesson" | "leave-tour" => open_lesson(&mut slalom, 0),
        "previous-lesson" => open_lesson(&mut slalom, 1),
        "dismiss" => slalom.perform(AppAction::Notify(Notice::success("Done"))),
        _ => {}
    }
    slalom.rest();
    let hindrance = entry.hindrance(slalom.workspace(), slalom.document());
    assert_eq!(hindrance, None, "a preparation for {} is missing", entry.id);
    slalom
}

fn fail_three_times(slalom: &mut Slalom) {
    open_lesson(slalom, 0);
    for rate in [0.03, 0.031, 0.032] {
        slalom.perform(Change::Parameter {
            racer: slalom.id(1),
            parameter: 0,
            value: Value::Number(rate),
            linked: false,
        });
        slalom.rest();
    }
}

fn open_lesson(slalom: &mut Slalom, place: usize) {
    slalom.perform(AppAction::Open(Opening::BuiltIn(TOUR[place].name)));
    if slalom.is_playing() {
        slalom.perform(&table::play::PLAY_OR_PAUSE);
    }
}

fn import(slalom: &mut Slalom) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.csv");
    std::fs::write(&file, "step,x,y\n0,1,1.6\n1,0.5,1\n").unwrap();
    slalom.perform(AppAction::OpenFile(file));
    slalom.perform(&table::help::DISMISS);
}

/// Compares two races.
fn compare(slalom: &mut Slalom) {
    slalom.perform(AppAction::CompareWithCopy);
    slalom.perform(Change::Steps(50));
}

/// What each entry does when it is performed directly.
static DIRECTLY: LazyLock<BTreeMap<&str, Summary>> = LazyLock::new(|| {
    let effect = |entry: &'static Entry| {
        let mut slalom = ready_for(entry);
        let before = summary(&mut slalom);
        slalom.perform(entry);
        let after = summary(&mut slalom);
        assert_ne!(before, after, "{} does something", entry.id);
        (entry.id, after)
    };
    table::all().map(effect).collect()
});

#[track_caller]
fn assert_done(slalom: &mut Slalom, entry: &'static Entry, how: &str) {
    let done = summary(slalom);
    assert_eq!(done, DIRECTLY[entry.id], "{} by {how}", entry.id);
}

/// Returns the modifiers as a keyboard on Linux or Windows sends them.
fn sent(modifiers: Modifiers) -> Modifiers {
    Modifiers {
        ctrl: modifiers.command,
        ..modifiers
    }
}

/// Chooses an entry in the menu under the program's name.
fn click_in_menu(slalom: &mut Slalom, entry: &'static Entry) {
    let node = show_in_menu(slalom, entry);
    slalom.get_by(|it| it.locate().0 == node).click();
    slalom.rest();
}

/// Opens the menu so that an entry is shown, and returns the node of its item.
fn show_in_menu(slalom: &mut Slalom, entry: &'static Entry) -> NodeId {
    let before = nodes(slalom, entry.label);
    let copies = [
        &table::file::COPY_KERAS,
        &table::file::COPY_PYTORCH,
        &table::file::COPY_OPTAX,
    ];
    let submenu = match entry.category {
        Category::File if copies.contains(&entry) => Some("The race as a script"),
        Category::File => None,
        Category::Help => Some("Tour: lessons and games"),
        category => Some(category.title()),
    };
    if let Some(submenu) = submenu {
        let before = nodes(slalom, submenu);
        slalom.click("Menu");
        let opener = new_node(slalom, submenu, &before);
        slalom.get_by(|it| it.locate().0 == opener).click();
        slalom.rest();
    } else {
        slalom.click("Menu");
    }
    new_node(slalom, entry.label, &before)
}

/// Returns the last node with a label that was not there before. Buttons outside the menu have some
/// of the same labels.
fn new_node(slalom: &Slalom, label: &str, before: &[NodeId]) -> NodeId {
    let mut new = nodes(slalom, label);
    new.retain(|node| !before.contains(node));
    let last = new.pop();
    last.unwrap_or_else(|| panic!("{label} is not in the menu"))
}

fn nodes(slalom: &Slalom, label: &str) -> Vec<NodeId> {
    let nodes = slalom.query_all_by_label(label);
    nodes.map(|node| node.accesskit_node().locate().0).collect()
}

/// Chooses an entry in the palette by typing its label.
fn choose_in_palette(slalom: &mut Slalom, entry: &'static Entry) {
    slalom.press_with(CTRL, Key::P);
    slalom.event(Event::Text(entry.label.to_owned()));
    slalom.rest();
    slalom.press(Key::Enter);
}

/// Whether the palette finds an entry. It does not list itself, nor what closes it.
fn is_in_palette(entry: &Entry) -> bool {
    ![&table::help::PALETTE, &table::help::DISMISS].contains(&entry)
}

#[test]
fn every_entry_is_complete_and_its_id_and_keys_are_its_own() {
    let mut ids = BTreeSet::new();
    for entry in table::all() {
        let id = entry.id;
        assert!(ids.insert(id), "{id} is taken");
        let is_plain = |sign: char| sign.is_ascii_lowercase() || sign == '-';
        assert!(id.chars().all(is_plain), "{id}");
        assert!(entry.label.chars().count() > 2, "{id}");
        assert!(entry.category.entries().contains(&entry), "{id}");
        let mut shortcuts = entry.shortcuts().peekable();
        assert!(shortcuts.peek().is_some(), "{id} has a shortcut");
        for keys in shortcuts {
            let meant = table::all()
                .filter(|it| it.is_pressed(sent(keys.modifiers), keys.logical_key))
                .map(|it| it.id);
            assert_eq!(meant.collect::<Vec<_>>(), [id], "{keys:?}");
        }
    }
    let labels: BTreeSet<&str> = table::all().map(|entry| entry.label).collect();
    assert_eq!(labels.len(), ids.len(), "labels are unique, too");
}

#[test]
fn every_key_does_what_its_entry_does() {
    for entry in table::all() {
        for keys in entry.shortcuts() {
            let mut slalom = ready_for(entry);
            slalom.press_with(sent(keys.modifiers), keys.logical_key);
            assert_done(&mut slalom, entry, &format!("{keys:?}"));
        }
    }
}

#[test]
fn the_palette_does_what_the_entry_does() {
    for entry in table::all().filter(|entry| is_in_palette(entry)) {
        let mut slalom = ready_for(entry);
        choose_in_palette(&mut slalom, entry);
        assert_done(&mut slalom, entry, "the palette");
    }
}

#[test]
fn the_menu_does_what_the_entry_does() {
    for entry in table::all() {
        let mut slalom = ready_for(entry);
        click_in_menu(&mut slalom, entry);
        assert_done(&mut slalom, entry, "the menu");
    }
}

/// Returns windows in which some entries cannot be done.
fn hindered() -> Vec<Slalom> {
    let mut at_end = Slalom::three();
    at_end.perform(&table::play::TO_END);
    at_end.perform(AppAction::Speed(50.0));
    let mut unselected = Slalom::three();
    unselected.perform(DocumentAction::Select(None));
    unselected.perform(AppAction::Speed(0.1));
    let mut large = Slalom::three();
    let mut small = Slalom::three();
    // Twice as large a window, so that menus fit.
    large.set_size(vec2(2560.0, 1600.0));
    for (slalom, scale) in [(&mut large, 2.0), (&mut small, 0.75)] {
        let mut settings = slalom.workspace().settings.clone();
        settings.scale = scale;
        slalom.perform(AppAction::Settings(Box::new(settings)));
    }
    let mut first_selected = Slalom::three();
    first_selected.perform(DocumentAction::Select(Some(first_selected.id(0))));
    // The one before the last is about a network.
    let lessons = [0, TOUR.len() - 2, TOUR.len() - 1];
    let [mut first_lesson, mut network, mut last_lesson] = lessons.map(|place| {
        let mut slalom = Slalom::three();
        open_lesson(&mut slalom, place);
        slalom
    });
    for slalom in [&mut first_lesson, &mut network, &mut last_lesson] {
        slalom.rest();
    }
    let mut bottomless = Slalom::three();
    bottomless.perform(Change::Surface(SurfaceChoice::Saddle));
    let mut empty = Slalom::three();
    for _ in 0..3 {
        empty.perform(Change::Remove(empty.id(0)));
    }
    vec![
        Slalom::three(),
        at_end,
        unselected,
        large,
        small,
        first_selected,
        first_lesson,
        network,
        last_lesson,
        bottomless,
        empty,
    ]
}

/// Goes through all entries with a hindrance, in one of the windows in which it holds.
fn for_all_hindered(mut check: impl FnMut(&mut Slalom, &'static Entry, &'static str)) {
    let mut seen = BTreeSet::new();
    for mut slalom in hindered() {
        slalom.rest();
        for entry in table::all() {
            let hindrance = entry.hindrance(slalom.workspace(), slalom.document());
            if let Some(why) = hindrance.filter(|_| seen.insert(entry.id)) {
                let before = summary(&mut slalom);
                check(&mut slalom, entry, why);
                assert_eq!(summary(&mut slalom), before, "{} does nothing", entry.id);
            }
        }
    }
    let sources = [
        include_str!("../../src/app/action/table/edit.rs"),
        include_str!("../../src/app/action/table/file.rs"),
        include_str!("../../src/app/action/table/help.rs"),
        include_str!("../../src/app/action/table/pictures.rs"),
        include_str!("../../src/app/action/table/play.rs"),
        include_str!("../../src/app/action/table/racer.rs"),
        include_str!("../../src/app/action/table/tabs.rs"),
        include_str!("../../src/app/action/table/view.rs"),
    ];
    let written = sources.map(|text| text.matches(".unless(").count());
    let written: usize = written.iter().sum();
    assert_eq!(seen.len(), written, "every hindrance was met: {seen:?}");
}

#[test]
fn a_key_does_nothing_where_its_entry_is_hindered() {
    for_all_hindered(|slalom, entry, _| {
        for keys in entry.shortcuts() {
            slalom.press_with(sent(keys.modifiers), keys.logical_key);
        }
        slalom.perform(entry);
    });
}

#[test]
fn the_palette_says_why_an_entry_cannot_be_done() {
    for_all_hindered(|slalom, entry, why| {
        choose_in_palette(slalom, entry);
        assert!(slalom.says(why), "{}: {why}", entry.id);
        slalom.press(Key::Escape);
    });
}

#[test]
fn the_menu_says_why_an_entry_cannot_be_done() {
    for_all_hindered(|slalom, entry, why| {
        let node = show_in_menu(slalom, entry);
        let item = slalom.get_by(|it| it.locate().0 == node);
        assert!(item.accesskit_node().is_disabled(), "{}", entry.id);
        item.hover();
        slalom.run_steps(25);
        assert!(slalom.says(why), "{}: {why}", entry.id);
        slalom.get_by(|it| it.locate().0 == node).click();
        slalom.rest();
        slalom.press(Key::Escape);
        slalom.rest();
    });
}

#[test]
fn a_key_with_other_modifiers_is_another_key() {
    let mut slalom = Slalom::three();
    let before = summary(&mut slalom);
    for (modifiers, key) in [
        (CTRL, Key::R),
        (CTRL_SHIFT, Key::R),
        (Modifiers::ALT, Key::R),
        (Modifiers::SHIFT, Key::Delete),
        (CTRL, Key::Space),
    ] {
        slalom.press_with(modifiers, key);
        assert_eq!(summary(&mut slalom), before, "{modifiers:?} {key:?}");
    }
}
