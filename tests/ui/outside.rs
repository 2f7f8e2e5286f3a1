//! Presets that read data outside of their folder: the question, its answers, and saving.

use std::fs;
use std::path::PathBuf;

use egui::{Event, Key};
use slalom::app::AppAction;
use slalom::preset;
use tempfile::TempDir;

use crate::files::{drop_file, open_by_dialog};
use crate::support::{CTRL, Slalom};

const QUESTION: &str = "Data outside of the preset's folder";

struct Outside {
    folder: TempDir,
    preset: PathBuf,
}

impl Outside {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let home = folder.path().join("home");
        fs::create_dir(&home).unwrap();
        fs::write(folder.path().join("points.csv"), "a,b\n1,2\n2,4\n3,7\n").unwrap();
        let preset = home.join("race.ron");
        let text = "(version: 1, title: \"Outside\", surface: LinearRegression(data: \
                    \"../points.csv\"), start: (0.0, 0.0), steps: 9, racers: \
                    [(name: \"Adam\", optimizer: Adam(learning_rate: 0.1))])";
        fs::write(&preset, text).unwrap();
        Self { folder, preset }
    }
}

#[test]
fn a_preset_that_reads_outside_of_its_folder_asks_and_opens_once_allowed() {
    let outside = Outside::new();
    let mut slalom = Slalom::three();
    drop_file(&mut slalom, &outside.preset);
    assert_eq!(slalom.experiment().title, "Three racers");
    assert!(slalom.has(QUESTION));
    let sentence = format!(
        "{}:1:64: ../points.csv lies outside of the preset's folder, from which alone a preset \
         reads; if you trust this one, open it with --allow-outside, or choose Allow in the window",
        outside.preset.display()
    );
    assert!(slalom.has(&sentence));
    slalom.click("Allow");
    slalom.await_opening();
    assert!(!slalom.has(QUESTION));
    assert_eq!(slalom.experiment().title, "Outside");
    assert_eq!(slalom.document().source.path(), Some(&*outside.preset));
    assert!(!slalom.document().is_changed());

    // The answer holds for this document only.
    open_by_dialog(&mut slalom, &outside.preset);
    assert!(slalom.has(QUESTION));
}

#[test]
fn a_preset_that_is_not_allowed_is_not_opened() {
    let outside = Outside::new();
    let mut slalom = Slalom::three();
    for refuse in [
        (|slalom| slalom.click("Cancel")) as fn(&mut Slalom),
        |slalom| slalom.press(Key::Escape),
    ] {
        drop_file(&mut slalom, &outside.preset);
        assert!(slalom.has(QUESTION));
        refuse(&mut slalom);
        slalom.rest();
        assert!(!slalom.has(QUESTION));
        assert_eq!(slalom.experiment().title, "Three racers");
        assert_eq!(slalom.workspace().documents().len(), 1);
    }
    // Without a question, there is nothing to allow.
    slalom.perform(AppAction::Allow);
    assert_eq!(slalom.experiment().title, "Three racers");
}

#[test]
fn what_was_allowed_is_saved_with_a_copy_of_its_data_and_opens_without_a_question() {
    let outside = Outside::new();
    let mut slalom = Slalom::three();
    drop_file(&mut slalom, &outside.preset);
    slalom.click("Allow");
    slalom.await_opening();
    slalom.type_number("Adam: learning rate, number", "0.2");
    slalom.press_with(CTRL, Key::Z);
    slalom.type_number("Adam: learning rate, number", "0.3");
    slalom.press_with(CTRL, Key::S);
    assert_eq!(
        slalom.notice(),
        format!(
            "Saved to {}, and its data beside it: points.csv",
            outside.preset.display()
        )
    );
    assert!(!slalom.document().is_changed());
    let saved = preset::open(&outside.preset).unwrap();
    assert_eq!(saved.experiment.racers, slalom.experiment().racers);
    drop_file(&mut slalom, &outside.preset);
    assert!(!slalom.has(QUESTION));
    assert_eq!(slalom.rate(0), 0.3);
}

#[test]
fn a_pasted_preset_asks_before_it_reads_a_file() {
    let outside = Outside::new();
    let data = outside.folder.path().join("points.csv");
    let text = fs::read_to_string(&outside.preset).unwrap();
    let text = text.replace("../points.csv", data.to_str().unwrap());
    let mut slalom = Slalom::three();
    slalom.event(Event::Paste(text));
    slalom.rest();
    slalom.await_opening();
    assert!(slalom.has(QUESTION));
    slalom.click("Allow");
    slalom.await_opening();
    assert_eq!(slalom.experiment().title, "Outside");
}
