//! What a window finds of the one before it, however that has ended.

use std::fs;
use std::path::Path;

use eframe::App as _;
use egui::ThemePreference;
use slalom::app::{
    AppAction, Change, Document, DocumentAction, Opening, Session, Settings, Source, table,
};
use slalom::app::{session_from, settings_from};
use slalom::preset::{self, Preset};
use tempfile::TempDir;

use crate::support::{Slalom, THREE};

fn three() -> Preset {
    preset::from_text("test", THREE).unwrap()
}

/// A window with three tabs, the second of which is shown, paused, and has changes.
fn with_changes(folder: &Path) -> Slalom {
    let mut slalom = Slalom::kept_in(folder, Some(three()));
    slalom.perform(AppAction::OpenBeside(Opening::BuiltIn("rosenbrock")));
    slalom.perform(AppAction::OpenBeside(Opening::BuiltIn("saddle")));
    let tab = slalom.tab(0);
    slalom.perform(AppAction::Show(tab));
    slalom.perform(Change::Steps(66));
    let tab = slalom.tab(1);
    slalom.perform(AppAction::Show(tab));
    slalom.perform(DocumentAction::Seek(12.25));
    slalom
}

/// Ends the program in the middle of its work.
fn kill(slalom: Slalom) {
    drop(slalom);
}

/// Closes the window as a user does.
fn close(mut slalom: Slalom) {
    slalom.state_mut().on_exit(None);
}

/// Returns the sessions in a folder.
fn sessions(folder: &Path) -> Vec<Session> {
    let files = fs::read_dir(folder.join("sessions")).unwrap();
    let paths = files.map(|file| file.unwrap().path());
    let sessions = paths.filter(|path| path.extension().is_some_and(|it| it == "ron"));
    sessions
        .map(|path| session_from(&fs::read_to_string(path).unwrap()).unwrap().0)
        .collect()
}

fn steps(slalom: &Slalom) -> Vec<usize> {
    let documents = slalom.workspace().documents().iter();
    documents
        .map(|document| document.experiment().steps)
        .collect()
}

fn folder() -> TempDir {
    TempDir::new().unwrap()
}

#[test]
fn tabs_changes_and_playheads_are_back_after_an_unexpected_end() {
    let folder = folder();
    let slalom = with_changes(folder.path());
    let before = steps(&slalom);
    kill(slalom);
    let slalom = Slalom::kept_in(folder.path(), None);
    assert_eq!(steps(&slalom), before);
    assert_eq!(before[0], 66);
    assert_eq!(slalom.active_tab(), 1);
    assert!(!slalom.is_playing());
    assert_eq!(slalom.playhead(), 12.25);
    let documents = slalom.workspace().documents();
    assert_eq!(documents[1].source, Source::BuiltIn("rosenbrock"));
    let unsaved: Vec<bool> = documents.iter().map(Document::is_unsaved).collect();
    assert_eq!(unsaved, [true, false, false]);
    assert_eq!(
        slalom.notice(),
        "Slalom was not closed last time; 3 tabs were restored, 1 with unsaved changes"
    );
}

/// The session that was restored is gone once this program has kept it itself, and not before.
#[test]
fn a_session_is_restored_once() {
    let folder = folder();
    kill(with_changes(folder.path()));
    let restored = Slalom::kept_in(folder.path(), None);
    let beside = Slalom::kept_in(folder.path(), None);
    assert_eq!(beside.workspace().documents().len(), 1);
    assert_eq!(beside.notice(), "");
    kill(restored);
    kill(beside);
    let sessions = sessions(folder.path());
    let mut tabs: Vec<usize> = sessions.iter().map(|it| it.tabs.len()).collect();
    tabs.sort_unstable();
    assert_eq!(tabs, [1, 3]);
}

#[test]
fn a_window_that_was_closed_opens_its_tabs_again_without_a_word() {
    let folder = folder();
    let mut slalom = with_changes(folder.path());
    slalom.perform(&table::file::QUIT);
    slalom.perform(AppAction::Discard);
    close(slalom);
    let slalom = Slalom::kept_in(folder.path(), None);
    assert_eq!(slalom.workspace().documents().len(), 3);
    assert_eq!(
        slalom.active_tab(),
        0,
        "the question about its changes showed it"
    );
    assert!(
        slalom.document().is_unsaved(),
        "it has no file to be as saved in"
    );
    assert_eq!(slalom.notice(), "");
}

#[test]
fn what_the_command_line_asks_for_stands_before_what_was_lost_and_in_place_of_what_was_closed() {
    let folder = folder();
    kill(with_changes(folder.path()));
    let asked_for = || Some(preset::load_built_in("turned-rosenbrock").unwrap());
    let title = asked_for().unwrap().experiment.title;
    let slalom = Slalom::kept_in(folder.path(), asked_for());
    assert_eq!(slalom.workspace().documents().len(), 4);
    assert_eq!(slalom.experiment().title, title);
    assert!(slalom.notice().contains("3 tabs were restored"));
    let mut slalom = slalom;
    slalom.perform(&table::file::QUIT);
    slalom.perform(AppAction::Discard);
    close(slalom);
    let slalom = Slalom::kept_in(folder.path(), asked_for());
    assert_eq!(slalom.workspace().documents().len(), 1);
    assert_eq!(slalom.notice(), "");
}

#[test]
fn two_programs_at_once_keep_their_own_tabs_and_share_the_settings() {
    let folder = folder();
    let mut one = with_changes(folder.path());
    let mut other = Slalom::kept_in(folder.path(), Some(three()));
    let set = |slalom: &mut Slalom, set: fn(&mut Settings)| {
        let mut settings = slalom.workspace().settings.clone();
        set(&mut settings);
        slalom.perform(AppAction::Settings(Box::new(settings)));
    };
    set(&mut one, |settings| settings.theme = ThemePreference::Light);
    set(&mut other, |settings| settings.digits = 5);
    kill(one);
    let third = Slalom::kept_in(folder.path(), None);
    assert_eq!(
        third.workspace().documents().len(),
        3,
        "those of the first alone"
    );
    kill(other);
    kill(third);
    let text = fs::read_to_string(folder.path().join("settings.ron")).unwrap();
    let settings = settings_from(&text).unwrap();
    assert_eq!(
        (settings.theme, settings.digits),
        (ThemePreference::Light, 5)
    );
}

#[test]
fn broken_files_never_stop_the_start_and_are_said_once() {
    let folder = folder();
    kill(with_changes(folder.path()));
    let files = fs::read_dir(folder.path().join("sessions")).unwrap();
    let paths = files.map(|file| file.unwrap().path());
    let session = paths
        .into_iter()
        .find(|path| path.extension().unwrap() == "ron");
    let session = session.unwrap();
    let whole = fs::read(&session).unwrap();
    fs::write(&session, &whole[..1024]).unwrap();
    fs::write(
        folder.path().join("settings.ron"),
        "(version: 1, settings: (theme: ",
    )
    .unwrap();
    let slalom = Slalom::kept_in(folder.path(), None);
    let said: Vec<&str> = slalom.notice().lines().collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(
        said[0].starts_with("The file of the settings is broken ("),
        "{said:?}"
    );
    assert!(
        said[1].starts_with("A file of open tabs is broken ("),
        "{said:?}"
    );
    assert!(slalom.workspace().notice.as_ref().unwrap().error);
    kill(slalom);
    let kept = session.with_file_name(format!(
        "{}-broken-1.ron",
        session.file_stem().unwrap().display()
    ));
    assert_eq!(fs::read(kept).unwrap(), &whole[..1024]);
    let slalom = Slalom::kept_in(folder.path(), None);
    assert!(!slalom.notice().contains("broken"), "{}", slalom.notice());
}

#[test]
fn files_of_a_later_version_stay_as_they_are() {
    let folder = folder();
    let sessions = folder.path().join("sessions");
    fs::create_dir(&sessions).unwrap();
    let later = "(version: 9, tabs: 3)";
    let files = [
        sessions.join("1-1-0.ron"),
        folder.path().join("settings.ron"),
    ];
    for file in &files {
        fs::write(file, later).unwrap();
    }
    let mut slalom = Slalom::kept_in(folder.path(), None);
    let said: Vec<&str> = slalom.notice().lines().collect();
    assert!(
        said[0].contains("were written by a later Slalom (version 9"),
        "{said:?}"
    );
    assert!(
        said[1].starts_with("Tabs of a later Slalom (version 9"),
        "{said:?}"
    );
    let mut settings = slalom.workspace().settings.clone();
    settings.digits = 6;
    slalom.perform(AppAction::Settings(Box::new(settings)));
    kill(slalom);
    for file in &files {
        assert_eq!(fs::read_to_string(file).unwrap(), later);
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_said_and_hinders_nothing() {
    let folder = folder();
    let file = folder.path().join("file");
    fs::write(&file, "in the way").unwrap();
    let mut slalom = Slalom::kept_in(&file, None);
    let said = slalom.notice();
    assert!(
        said.starts_with("Settings and open tabs cannot be kept"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1);
    slalom.perform(Change::Steps(66));
    close(slalom);
    assert_eq!(fs::read_to_string(file).unwrap(), "in the way");
}

#[test]
fn what_the_first_version_kept_is_taken_over() {
    let folder = folder();
    let text = preset::to_text(&three()).unwrap();
    let values = std::collections::BTreeMap::from([
        ("last experiment", text.as_str()),
        ("settings", "(theme: Light, digits: 4)"),
    ]);
    let before = ron::to_string(&values).unwrap();
    let path = folder.path().join("app.ron");
    fs::write(&path, &before).unwrap();
    let slalom = Slalom::kept_in(folder.path(), None);
    assert_eq!(slalom.experiment(), &three().experiment);
    assert_eq!(slalom.workspace().settings.theme, ThemePreference::Light);
    assert_eq!(slalom.notice(), "");
    kill(slalom);
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
    // From then on, its own files count.
    fs::write(&path, "cut").unwrap();
    let slalom = Slalom::kept_in(folder.path(), None);
    assert_eq!(slalom.workspace().settings.theme, ThemePreference::Light);
    assert!(!slalom.notice().contains("app.ron"), "{}", slalom.notice());
}

#[test]
fn changes_to_a_file_that_were_given_up_at_the_end_do_not_come_back() {
    let folder = folder();
    let path = folder.path().join("race.ron");
    preset::save(&path, &three()).unwrap();
    let changed = || {
        let mut slalom = Slalom::kept_in(folder.path(), None);
        slalom.perform(AppAction::OpenFile(path.clone()));
        slalom.perform(Change::Steps(66));
        slalom
    };
    let mut slalom = changed();
    slalom.perform(&table::file::QUIT);
    slalom.perform(AppAction::Discard);
    close(slalom);
    let slalom = Slalom::kept_in(folder.path(), None);
    assert_eq!(
        (slalom.experiment().steps, slalom.document().is_unsaved()),
        (200, false)
    );
    kill(slalom);
    // When the window system takes the window away, nobody was asked.
    close(changed());
    let slalom = Slalom::kept_in(folder.path(), None);
    let tabs = slalom.workspace().documents().iter();
    let mut unsaved = tabs.filter(|it| it.is_unsaved() && it.experiment().steps == 66);
    assert!(unsaved.next().is_some());
}
