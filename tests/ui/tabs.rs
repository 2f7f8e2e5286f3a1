//! Tabs: several documents, one of them shown.

use egui::{Key, Modifiers};
use slalom::app::{Asked, Change, Command};

use crate::support::Slalom;

fn titles(slalom: &Slalom) -> Vec<String> {
    let documents = slalom.state().workspace().documents().iter();
    documents.map(|it| it.experiment().title.clone()).collect()
}

/// A window with Radford's Beale, Rosenbrock and the saddle, the last one shown.
fn three_tabs() -> Slalom {
    let mut slalom = Slalom::three();
    slalom.perform(AppAction::Open(Opening::BuiltIn("radford-beale")));
    for name in ["rosenbrock", "saddle"] {
        slalom.perform(AppAction::OpenBeside(Opening::BuiltIn(name)));
    }
    slalom.rest();
    slalom
}

#[test]
fn each_tab_keeps_its_own_race() {
    let mut slalom = three_tabs();
    let names = titles(&slalom);
    assert_eq!(names.len(), 3);
    slalom.perform(DocumentAction::Change(Change::Steps(33)));
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
    slalom.perform(Command::CloseTab(0));
    slalom.perform(Command::CloseTab(0));
    slalom.rest();
    assert_eq!(titles(&slalom), names[1..2], "the last tab stays");
}

#[test]
fn closing_an_unsaved_tab_asks_first() {
    let mut slalom = three_tabs();
    slalom.perform(DocumentAction::Change(Change::Steps(33)));
    slalom.perform(Command::ShowTab(0));
    slalom.perform(Command::CloseTab(2));
    slalom.rest();
    assert!(matches!(
        slalom.state().workspace().asked,
        Some(Asked::Unsaved { .. })
    ));
    assert_eq!(
        slalom.state().workspace().active(),
        2,
        "the tab in question is shown"
    );
    slalom.perform(&table::help::DISMISS);
    assert_eq!(titles(&slalom).len(), 3);
    slalom.perform(Command::CloseTab(2));
    slalom.perform(AppAction::Discard);
    slalom.rest();
    assert_eq!(titles(&slalom).len(), 2);
}

#[test]
fn quitting_asks_about_every_tab() {
    let mut slalom = three_tabs();
    slalom.perform(DocumentAction::Change(Change::Steps(33)));
    slalom.perform(Command::ShowTab(0));
    slalom.perform(&table::file::QUIT);
    slalom.rest();
    assert!(matches!(
        slalom.state().workspace().asked,
        Some(Asked::Unsaved { .. })
    ));
}

#[test]
fn saving_one_tab_before_quitting_does_not_lose_another() {
    let folder = tempfile::tempdir().unwrap();
    let mut slalom = three_tabs();
    for tab in [0, 2] {
        slalom.perform(Command::ShowTab(tab));
        slalom.perform(DocumentAction::Change(Change::Steps(33)));
    }
    slalom.perform(&table::file::QUIT);
    slalom.rest();
    assert_eq!(
        slalom.state().workspace().active(),
        2,
        "the shown tab comes first"
    );
    assert!(slalom.says("and another tab have unsaved changes"));
    slalom.perform(&table::file::SAVE);
    slalom.perform(AppAction::SaveTo(folder.path().join("saddle.ron")));
    slalom.rest();
    assert!(matches!(
        slalom.state().workspace().asked,
        Some(Asked::Unsaved { .. })
    ));
    assert_eq!(slalom.state().workspace().active(), 0);
    assert!(!slalom.state().workspace().quit, "the other tab is not lost");
    slalom.perform(AppAction::Discard);
    slalom.rest();
    assert!(slalom.state().workspace().quit);
}

#[test]
fn tabs_are_moved_and_the_shown_one_stays_shown() {
    let mut slalom = three_tabs();
    let names = titles(&slalom);
    slalom.perform(Command::MoveTab { from: 2, to: 0 });
    slalom.rest();
    assert_eq!(titles(&slalom), [&*names[2], &*names[0], &*names[1]]);
    assert_eq!(slalom.experiment().title, names[2]);
    slalom.perform(Command::MoveTab { from: 1, to: 2 });
    slalom.rest();
    assert_eq!(titles(&slalom), [&*names[2], &*names[1], &*names[0]]);
    assert_eq!(slalom.experiment().title, names[2]);
}

#[test]
fn one_document_needs_no_tabs() {
    let mut slalom = Slalom::three();
    assert!(!slalom.has("New tab"));
    slalom.perform(&table::tabs::NEW);
    slalom.rest();
    assert!(slalom.has("New tab"));
}
