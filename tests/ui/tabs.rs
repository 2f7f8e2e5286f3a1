//! Tabs: several documents, one of them shown.

use egui::{Key, Modifiers};
use slalom::app::{AppAction, Asked, Change, DocumentAction, Opening, table};
use slalom::preset;
use slalom::surface::SurfaceChoice;

use crate::support::{CTRL_SHIFT, Slalom, THREE};

fn titles(slalom: &Slalom) -> Vec<String> {
    let documents = slalom.workspace().documents().iter();
    documents.map(|it| it.experiment().title.clone()).collect()
}

/// A window with Radford's Beale, Rosenbrock and the saddle, the last one shown. They are opened as
/// text, since nobody is asked about changes to a built-in race.
fn three_tabs() -> Slalom {
    let text = |name| {
        let preset = preset::load_built_in(name).unwrap();
        Opening::Text(preset::to_text(&preset).unwrap())
    };
    let mut slalom = Slalom::three();
    slalom.perform(AppAction::Open(text("radford-beale")));
    for name in ["rosenbrock", "saddle"] {
        slalom.perform(AppAction::OpenBeside(text(name)));
    }
    slalom.rest();
    slalom
}

#[test]
fn each_tab_keeps_its_own_race() {
    let mut slalom = three_tabs();
    let names = titles(&slalom);
    assert_eq!(names.len(), 3);
    slalom.perform(Change::Steps(33));
    slalom.perform(&table::play::PLAY_OR_PAUSE);
    slalom.perform(DocumentAction::Seek(7.0));
    slalom.rest();
    slalom.click(&format!("Tab {}", names[0]));
    slalom.rest();
    assert_eq!(slalom.experiment().title, names[0]);
    assert_ne!(slalom.experiment().steps, 33);
    slalom.click(&format!("Tab {}, unsaved", names[2]));
    slalom.rest();
    assert_eq!(slalom.experiment().steps, 33);
    assert!(
        !slalom.document().playback.playing,
        "a tab that was left is paused"
    );
    slalom.perform(&table::edit::UNDO);
    slalom.rest();
    assert!(!slalom.document().is_changed(), "each has its own history");
}

#[test]
fn keys_walk_open_and_close_tabs() {
    let mut slalom = three_tabs();
    let names = titles(&slalom);
    slalom.press_with(Modifiers::COMMAND, Key::PageDown);
    assert_eq!(
        slalom.experiment().title,
        names[0],
        "after the last comes the first"
    );
    slalom.press_with(Modifiers::COMMAND, Key::PageUp);
    assert_eq!(slalom.experiment().title, names[2]);
    slalom.press_with(Modifiers::COMMAND, Key::T);
    assert_eq!(titles(&slalom).len(), 4);
    slalom.press_with(Modifiers::COMMAND, Key::W);
    slalom.press_with(Modifiers::COMMAND, Key::W);
    assert_eq!(titles(&slalom), names[..2]);
    slalom.perform(AppAction::Close(slalom.tab(0)));
    slalom.perform(AppAction::Close(slalom.tab(0)));
    slalom.rest();
    assert_eq!(titles(&slalom), names[1..2], "the last tab stays");
}

#[test]
fn closing_an_unsaved_tab_asks_first() {
    let mut slalom = three_tabs();
    slalom.perform(Change::Steps(33));
    slalom.perform(AppAction::Show(slalom.tab(0)));
    slalom.perform(AppAction::Close(slalom.tab(2)));
    slalom.rest();
    assert!(matches!(
        slalom.workspace().asked,
        Some(Asked::Unsaved { .. })
    ));
    assert_eq!(slalom.active_tab(), 2, "the tab in question is shown");
    slalom.perform(&table::help::DISMISS);
    assert_eq!(titles(&slalom).len(), 3);
    slalom.perform(AppAction::Close(slalom.tab(2)));
    slalom.perform(AppAction::Discard);
    slalom.rest();
    assert_eq!(titles(&slalom).len(), 2);
}

#[test]
fn quitting_asks_about_every_tab() {
    let mut slalom = three_tabs();
    slalom.perform(Change::Steps(33));
    slalom.perform(AppAction::Show(slalom.tab(0)));
    slalom.perform(&table::file::QUIT);
    slalom.rest();
    assert!(matches!(
        slalom.workspace().asked,
        Some(Asked::Unsaved { .. })
    ));
}

#[test]
fn saving_one_tab_before_quitting_does_not_lose_another() {
    let folder = tempfile::tempdir().unwrap();
    let mut slalom = three_tabs();
    for tab in [0, 2] {
        slalom.perform(AppAction::Show(slalom.tab(tab)));
        slalom.perform(Change::Steps(33));
    }
    slalom.perform(&table::file::QUIT);
    slalom.rest();
    assert_eq!(slalom.active_tab(), 2, "the shown tab comes first");
    assert!(slalom.says("and another tab have unsaved changes"));
    slalom.perform(&table::file::SAVE);
    slalom.perform(AppAction::SaveTo(folder.path().join("saddle.ron")));
    slalom.rest();
    assert!(matches!(
        slalom.workspace().asked,
        Some(Asked::Unsaved { .. })
    ));
    assert_eq!(slalom.active_tab(), 0);
    assert!(!slalom.workspace().quit, "the other tab is not lost");
    slalom.perform(AppAction::Discard);
    slalom.rest();
    assert!(slalom.workspace().quit);
}

#[test]
fn tabs_are_moved_and_the_shown_one_stays_shown() {
    let mut slalom = three_tabs();
    let names = titles(&slalom);
    slalom.perform(AppAction::MoveTab(slalom.tab(2), 0));
    slalom.rest();
    assert_eq!(titles(&slalom), [&*names[2], &*names[0], &*names[1]]);
    assert_eq!(slalom.experiment().title, names[2]);
    slalom.perform(AppAction::MoveTab(slalom.tab(1), 2));
    slalom.rest();
    assert_eq!(titles(&slalom), [&*names[2], &*names[1], &*names[0]]);
    assert_eq!(slalom.experiment().title, names[2]);
}

#[test]
fn a_lone_document_has_a_tab_that_cannot_be_closed() {
    let mut slalom = Slalom::three();
    slalom.rest();
    assert!(slalom.has("Tab Three racers"));
    assert!(!slalom.has("Close Three racers"));
    slalom.click("New tab");
    assert_eq!(titles(&slalom), ["Three racers", "New experiment"]);
    slalom.click("Close Three racers");
    assert_eq!(titles(&slalom), ["New experiment"]);
}

#[test]
fn a_changed_built_in_race_is_closed_without_a_question_and_can_be_reopened() {
    let mut slalom = Slalom::three();
    slalom.perform(AppAction::Open(Opening::BuiltIn("rosenbrock")));
    let reason = |slalom: &Slalom| {
        let entry = &table::tabs::REOPEN;
        entry.hindrance(slalom.workspace(), slalom.document())
    };
    assert!(
        reason(&slalom).is_some(),
        "what has not changed is not kept"
    );
    slalom.perform(Change::Steps(33));
    slalom.perform(AppAction::Open(Opening::BuiltIn("saddle")));
    assert_eq!(slalom.workspace().asked, None);
    assert_ne!(slalom.experiment().steps, 33);
    assert!(reason(&slalom).is_none());
    slalom.press_with(CTRL_SHIFT, Key::T);
    assert_eq!(slalom.experiment().steps, 33);
    assert_eq!(slalom.workspace().documents().len(), 2, "in its own tab");
    slalom.perform(&table::edit::UNDO);
    assert!(!slalom.document().is_changed(), "with its history");
    assert!(reason(&slalom).is_some());
}

#[test]
fn links_and_view_settings_belong_to_their_document() {
    let mut slalom = Slalom::three();
    slalom.perform(DocumentAction::ToggleLink("learning_rate".into()));
    slalom.perform(&table::view::CURVATURE);
    slalom.perform(&table::tabs::NEW);
    assert!(slalom.document().linked.is_empty());
    assert!(!slalom.document().view.curvature);
    slalom.perform(&table::tabs::NEXT);
    assert!(slalom.document().linked.contains("learning_rate"));
    assert!(slalom.document().view.curvature);
}

#[test]
fn the_title_follows_the_surface_unless_it_was_given_by_hand() {
    let mut slalom = Slalom::three();
    slalom.perform(Change::Surface(SurfaceChoice::Booth));
    assert_eq!(slalom.experiment().title, "A race on Booth");
    slalom.perform(Change::Surface(SurfaceChoice::Easom));
    assert_eq!(slalom.experiment().title, "A race on Easom");
    slalom.perform(Change::Surface(SurfaceChoice::Beale));
    assert_eq!(slalom.experiment().title, "Three racers");
    slalom.perform(Change::Title("Mine".into()));
    slalom.perform(Change::Surface(SurfaceChoice::Booth));
    assert_eq!(slalom.experiment().title, "Mine");
}

#[test]
fn paths_for_comparison_end_with_the_surface_they_belong_to() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.csv");
    std::fs::write(&file, "step,x,y\n0,1,1.6\n1,0.5,1\n").unwrap();
    let mut slalom = Slalom::playing(THREE);
    slalom.perform(&table::edit::PIN);
    slalom.perform(AppAction::OpenFile(file));
    let kept = |slalom: &Slalom| {
        let document = slalom.document();
        [document.pinned.len(), document.imported.len()]
    };
    slalom.perform(Change::Steps(100));
    assert_eq!(kept(&slalom), [3, 1]);
    slalom.perform(Change::Surface(SurfaceChoice::Booth));
    assert_eq!(kept(&slalom), [0, 0]);
}
