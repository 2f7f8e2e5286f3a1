//! Opening, saving and sharing, and the question before changes are lost.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Event, Key, ViewportCommand, ViewportEvent, ViewportId};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use slalom::app::{AppAction, Change, table};
use slalom::experiment::{Racer, Schedule};
use slalom::optimizer::{Adam, OptimizerChoice};
use slalom::preset;
use tempfile::TempDir;

use crate::support::{ADAM, CTRL, CTRL_SHIFT, Slalom, THREE, assert_near};

const BROKEN: &str = "(\n    version: 1,\n    surface: Bale,\n)";

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        fs::read(&self.0).map_err(|error| error.to_string())
    }
}

pub fn drop_file(slalom: &mut Slalom, path: &Path) {
    let file = Arc::new(Dropped(path.to_owned()));
    slalom.input_mut().dropped_files.push(file);
    slalom.rest();
}

fn folder_with(name: &str, text: &str) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    (folder, path)
}

/// Types a path into the open dialog.
pub fn type_path(slalom: &mut Slalom, path: &Path) {
    slalom.press_with(CTRL, Key::A);
    slalom.event(Event::Text(path.display().to_string()));
    slalom.rest();
}

pub fn open_by_dialog(slalom: &mut Slalom, path: &Path) {
    slalom.press_with(CTRL, Key::O);
    type_path(slalom, path);
    slalom.press(Key::Enter);
    slalom.rest();
}

/// Returns a window with unsaved changes.
fn changed() -> Slalom {
    let mut slalom = Slalom::three();
    slalom.type_number("Adam: learning rate, number", "0.25");
    assert!(slalom.document().is_changed());
    slalom
}

fn asks(slalom: &Slalom) -> bool {
    slalom.has("Unsaved changes")
}

fn has_sent(slalom: &Slalom, wanted: &ViewportCommand) -> bool {
    let output = slalom.output().viewport_output.get(&ViewportId::ROOT);
    output.unwrap().commands.contains(wanted)
}

#[test]
fn a_dropped_preset_opens() {
    let (_folder, path) = folder_with("two.ron", &THREE.replace("Three racers", "Dropped"));
    let mut slalom = Slalom::three();
    drop_file(&mut slalom, &path);
    assert_eq!(slalom.experiment().title, "Dropped");
    assert_eq!(slalom.document().source.path(), Some(&*path));
    assert!(slalom.is_playing());
}

#[test]
fn a_dropped_file_with_a_fault_says_where_it_is_and_harms_nothing() {
    let (_folder, path) = folder_with("broken.ron", BROKEN);
    let mut slalom = changed();
    let before = slalom.experiment().clone();
    slalom.press_with(CTRL, Key::Z);
    slalom.press_with(CTRL_SHIFT, Key::Z);
    drop_file(&mut slalom, &path);
    slalom.click("Discard and continue");
    assert!(
        slalom.notice().contains("broken.ron:3:14"),
        "{}",
        slalom.notice()
    );
    assert_eq!(slalom.experiment(), &before);
    assert!(slalom.document().can_undo());
    slalom.click("OK");
    assert_eq!(slalom.notice(), "");
}

#[test]
fn the_dialog_tells_of_a_fault_in_the_same_way() {
    let (_folder, path) = folder_with("broken.ron", BROKEN);
    let mut slalom = Slalom::three();
    let before = slalom.experiment().clone();
    open_by_dialog(&mut slalom, &path);
    assert!(
        slalom.notice().contains("broken.ron:3:14"),
        "{}",
        slalom.notice()
    );
    assert_eq!(slalom.experiment(), &before);
}

#[test]
fn a_file_that_is_not_there_is_said_to_be_missing() {
    let mut slalom = Slalom::three();
    open_by_dialog(&mut slalom, Path::new("nowhere/nothing.ron"));
    assert!(
        slalom.notice().contains("nothing.ron cannot be read"),
        "{}",
        slalom.notice()
    );
    assert_eq!(slalom.experiment().title, "Three racers");
}

#[test]
fn what_is_saved_as_a_file_opens_as_the_same() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("saved.ron");
    let mut slalom = changed();
    slalom.press_with(CTRL_SHIFT, Key::S);
    type_path(&mut slalom, &path);
    slalom.click("Save");
    assert!(!slalom.document().is_changed());
    assert!(slalom.notice().contains("Saved to"), "{}", slalom.notice());
    let saved = slalom.document().preset();
    assert_eq!(preset::open(&path).unwrap(), saved);
    slalom.press_with(CTRL, Key::N);
    assert_ne!(slalom.document().preset(), saved);
    open_by_dialog(&mut slalom, &path);
    assert_eq!(slalom.document().preset(), saved);
}

#[test]
fn ctrl_s_saves_to_the_file_without_asking_again() {
    let (_folder, path) = folder_with("mine.ron", THREE);
    let mut slalom = Slalom::three();
    open_by_dialog(&mut slalom, &path);
    slalom.type_number("Adam: learning rate, number", "0.5");
    slalom.press_with(CTRL, Key::S);
    assert!(!slalom.document().is_changed());
    assert_eq!(preset::open(&path).unwrap(), slalom.document().preset());
}

#[test]
fn a_save_that_fails_says_why() {
    let mut slalom = changed();
    slalom.perform(AppAction::SaveTo(PathBuf::from("nowhere/at/all.ron")));
    slalom.rest();
    assert!(
        slalom.notice().contains("cannot be written"),
        "{}",
        slalom.notice()
    );
    assert!(slalom.document().is_changed());
}

#[test]
fn unchanged_experiments_are_left_without_a_question() {
    let mut slalom = Slalom::three();
    slalom.press_with(CTRL, Key::N);
    assert!(!asks(&slalom));
    assert_eq!(slalom.experiment().title, "New experiment");
}

#[test]
fn cancel_keeps_everything() {
    let mut slalom = changed();
    let before = slalom.experiment().clone();
    slalom.press_with(CTRL, Key::N);
    assert!(asks(&slalom));
    slalom.click("Cancel");
    assert!(!asks(&slalom));
    assert_eq!(slalom.experiment(), &before);
    slalom.press_with(CTRL, Key::N);
    slalom.press(Key::Escape);
    assert!(!asks(&slalom));
    assert_eq!(slalom.experiment(), &before);
}

#[test]
fn discard_goes_on() {
    let mut slalom = changed();
    slalom.press_with(CTRL, Key::N);
    slalom.click("Discard and continue");
    assert!(!asks(&slalom));
    assert_eq!(slalom.experiment().title, "New experiment");
}

#[test]
fn save_saves_and_goes_on() {
    let (_folder, path) = folder_with("mine.ron", THREE);
    let mut slalom = Slalom::three();
    open_by_dialog(&mut slalom, &path);
    slalom.type_number("Adam: learning rate, number", "0.5");
    slalom.press_with(CTRL, Key::N);
    slalom.click("Save…");
    assert!(!asks(&slalom));
    assert_near(0.5, rate_in(&path));
    assert_eq!(slalom.experiment().title, "New experiment");
}

#[test]
fn save_asks_for_a_file_where_there_is_none_and_goes_on() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("new.ron");
    let mut slalom = changed();
    slalom.press_with(CTRL, Key::N);
    slalom.click("Save…");
    type_path(&mut slalom, &path);
    slalom.click("Save");
    assert_near(0.25, rate_in(&path));
    assert_eq!(slalom.experiment().title, "New experiment");
}

#[test]
fn a_cancelled_save_goes_nowhere() {
    let mut slalom = changed();
    let before = slalom.experiment().clone();
    slalom.press_with(CTRL, Key::N);
    slalom.click("Save…");
    slalom.click("Cancel");
    assert_eq!(slalom.experiment(), &before);
    let folder = TempDir::new().unwrap();
    slalom.perform(AppAction::SaveTo(folder.path().join("later.ron")));
    slalom.rest();
    assert_eq!(slalom.experiment(), &before, "the question is forgotten");
}

fn rate_in(path: &Path) -> f64 {
    let race = preset::open(path).unwrap().experiment;
    let rule = race.racers[ADAM].plan.optimizer.rule();
    rule.number(0).unwrap()
}

#[test]
fn opening_asks_about_unsaved_changes_once() {
    let (_folder, path) = folder_with("two.ron", &THREE.replace("Three racers", "Opened"));
    let mut slalom = changed();
    let mut questions = 0;
    slalom.press_with(CTRL, Key::O);
    if asks(&slalom) {
        questions += 1;
        slalom.click("Discard and continue");
    }
    type_path(&mut slalom, &path);
    slalom.press(Key::Enter);
    if asks(&slalom) {
        questions += 1;
        slalom.click("Discard and continue");
    }
    assert_eq!(questions, 1);
    assert_eq!(slalom.experiment().title, "Opened");
}

#[test]
fn a_preset_is_chosen_from_the_menu() {
    let mut slalom = Slalom::three();
    slalom.open_menu("Built-in races");
    let title = preset::load_built_in("saddle").unwrap().experiment.title;
    slalom.click(&title);
    assert_eq!(
        slalom.document().preset(),
        preset::load_built_in("saddle").unwrap()
    );
    slalom.perform(Change::Start([0.1, 0.2]));
    assert!(slalom.has(&format!("Tab {title}, unsaved")));
}

#[test]
fn a_click_beside_a_menu_closes_it_and_so_does_escape() {
    let mut slalom = Slalom::three();
    slalom.click("Menu");
    assert!(slalom.has("Save as…"));
    slalom.press(Key::Escape);
    assert!(!slalom.has("Save as…"));
    slalom.click("Menu");
    let beside = slalom.thing("Playhead, step").rect().center();
    slalom.click_at(beside);
    slalom.rest();
    assert!(!slalom.has("Save as…"));
}

#[test]
fn closing_the_window_asks_and_can_be_cancelled() {
    let mut slalom = changed();
    close(&mut slalom);
    assert!(has_sent(&slalom, &ViewportCommand::CancelClose));
    slalom.rest();
    assert!(asks(&slalom));
    slalom.click("Cancel");
    assert!(!has_sent(&slalom, &ViewportCommand::Close));
    close(&mut slalom);
    slalom.rest();
    slalom.thing("Quit without saving").click();
    slalom.rest();
    assert!(has_sent(&slalom, &ViewportCommand::Close));
    close(&mut slalom);
    assert!(!has_sent(&slalom, &ViewportCommand::CancelClose));
}

#[test]
fn an_unchanged_window_closes_without_a_question() {
    let mut slalom = Slalom::three();
    close(&mut slalom);
    assert!(!has_sent(&slalom, &ViewportCommand::CancelClose));
}

fn close(slalom: &mut Slalom) {
    let viewports = &mut slalom.input_mut().viewports;
    let viewport = viewports.entry(ViewportId::ROOT).or_default();
    viewport.events.push(ViewportEvent::Close);
    slalom.step();
}

#[test]
fn a_presets_text_can_be_pasted() {
    let mut slalom = Slalom::three();
    slalom.event(Event::Paste(THREE.replace("Three racers", "Pasted")));
    slalom.rest();
    assert_eq!(slalom.experiment().title, "Pasted");
    slalom.event(Event::Paste(BROKEN.into()));
    slalom.rest();
    assert!(
        slalom.notice().contains("pasted text:3:14"),
        "{}",
        slalom.notice()
    );
    assert_eq!(slalom.experiment().title, "Pasted");
}

#[test]
fn text_that_is_no_preset_is_not_taken_for_one() {
    let mut slalom = Slalom::three();
    slalom.event(Event::Paste("milk, eggs".into()));
    slalom.rest();
    assert_eq!(slalom.notice(), "");
    assert_eq!(slalom.experiment().title, "Three racers");
}

#[test]
fn a_constructor_can_be_pasted_and_becomes_a_racer() {
    let mut slalom = Slalom::three();
    slalom.event(Event::Paste(
        "opt = optim.Adam(params, lr=0.02, betas=(0.8, 0.99))".into(),
    ));
    slalom.rest();
    assert_eq!(slalom.notice(), "Added Adam as PyTorch defines it");
    assert_eq!(slalom.selected(), Some(3));
    let expected = Adam {
        learning_rate: 0.02,
        beta_1: 0.8,
        beta_2: 0.99,
        ..Adam::default()
    };
    let racers = &slalom.experiment().racers;
    assert_eq!(racers.len(), 4);
    assert_eq!(racers[3], Racer::new(OptimizerChoice::Adam(expected)));
    assert_eq!(slalom.path(3).last_step(), 200);
    slalom.press_with(CTRL, Key::Z);
    assert_eq!(slalom.experiment().racers.len(), 3);
}

#[test]
fn the_schedule_of_a_pasted_constructor_comes_with_it() {
    let mut slalom = Slalom::three();
    slalom.event(Event::Paste("SGD(lr=0.01, decay=0.001)".into()));
    slalom.rest();
    assert_eq!(
        slalom.notice(),
        "Added Gradient descent as Keras defines it"
    );
    let schedule = slalom.experiment().racers[3].plan.schedule.clone();
    assert_eq!(schedule, Schedule::InverseTime { decay: 0.001 });
}

#[test]
fn a_constructor_that_cannot_be_had_is_answered_and_changes_nothing() {
    let mut slalom = Slalom::three();
    slalom.event(Event::Paste("Adam(learning_rate=0.1, clipnorm=1.0)".into()));
    slalom.rest();
    assert_eq!(
        slalom.notice(),
        "clipnorm=1.0 of keras.optimizers.Adam cannot be had here: clipping is a wrapper \
         here, as in ClipByGlobalNorm(limit: 1, inner: Adam()) or ClipByValue"
    );
    assert_eq!(slalom.experiment().racers.len(), 3);
    assert!(!slalom.document().is_changed());
}

#[test]
fn a_long_title_and_path_fit() {
    let title = "A title that is much longer than any bar could be wide ".repeat(9);
    let mut slalom = Slalom::paused(&THREE.replace("Three racers", &title));
    slalom.press_with(CTRL_SHIFT, Key::S);
    slalom.rest();
    let field = slalom.get_by_role(Role::TextInput).rect();
    assert!(field.width() < 500.0);
}

#[test]
fn an_export_that_is_too_large_is_refused_before_it_is_begun() {
    let mut slalom = Slalom::three();
    slalom.perform(&table::file::EXPORT);
    slalom.rest();
    let is_disabled = |slalom: &Slalom| {
        let button = slalom.get_by_role_and_label(Role::Button, "Export");
        button.accesskit_node().is_disabled()
    };
    assert!(!is_disabled(&slalom));
    for name in ["Width", "Scale"] {
        slalom
            .thing(name)
            .set_value_accesskit(if name == "Width" { 8000.0 } else { 8.0 });
        slalom.rest();
    }
    assert!(is_disabled(&slalom));
    assert!(
        slalom.has(
            "a picture of 64000x4800 pixels is not possible; each side must be from 64 to 8192"
        )
    );
    slalom.thing("Width").set_value_accesskit(800.0);
    slalom.rest();
    assert!(!is_disabled(&slalom));
}
