//! Links that are copied and pasted, and pictures that open again.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use egui::{Event, Key, Modifiers, OutputCommand};
use egui_kittest::kittest::Queryable as _;
use slalom::app::{AppAction, table};
use slalom::engine::Signal;
use slalom::export::FigureOptions;
use slalom::export::film::{self, Timing};
use slalom::preset::{self, Preset};
use slalom::surface::SurfaceChoice;
use tempfile::TempDir;

use crate::files::{drop_file, open_by_dialog, type_path};
use crate::support::{CTRL, CTRL_SHIFT, Slalom, experiment};

const POINTS: &str = "a,b\n1,2\n2,4\n3,6.5\n4,8\n5,9\n6,11\n";

/// A link to a race over data whose file is gone.
fn link_with_data() -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("points.csv"), POINTS).unwrap();
    let path = folder.path().join("race.ron");
    let text = "(version: 1, title: \"Over points\", surface: LinearRegression(data: \"points.csv\"), \
                start: (0.0, 0.0), steps: 9, racers: [(optimizer: Adam(learning_rate: 0.1))])";
    fs::write(&path, text).unwrap();
    preset::link(&preset::open(&path).unwrap()).unwrap()
}

fn paste(slalom: &mut Slalom, text: impl Into<String>) {
    slalom.event(Event::Paste(text.into()));
    slalom.rest();
}

/// Does something in a single frame and returns the text that is then on the clipboard.
fn copied_by(slalom: &mut Slalom, act: impl FnOnce(&mut Slalom)) -> Option<String> {
    act(slalom);
    loop {
        for command in &slalom.output().platform_output.commands {
            if let OutputCommand::CopyText(text) = command {
                return Some(text.clone());
            }
        }
        if !slalom.workspace().is_waiting() {
            return None;
        }
        std::thread::sleep(std::time::Duration::from_millis(1));
        slalom.step();
    }
}

/// A press of Ctrl+Shift+C.
fn press_share(slalom: &mut Slalom) {
    press_c(slalom, CTRL_SHIFT);
}

fn press_c(slalom: &mut Slalom, modifiers: Modifiers) {
    slalom.at_once([Event::Key {
        key: Key::C,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    }]);
}

fn picture_of(preset: &Preset, name: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    let options = FigureOptions {
        size: [100, 80],
        ..FigureOptions::default()
    };
    let link = preset::link(preset).unwrap();
    let go_on = &mut |_, _| ControlFlow::Continue(());
    let signal = Signal::default();
    let timing = Timing::default();
    film::write_until(
        &path,
        preset.clone(),
        options,
        timing,
        Some(&link),
        &signal,
        go_on,
    )
    .unwrap();
    (folder, path)
}

#[test]
fn a_link_is_copied_and_said_to_be_so() {
    let mut slalom = Slalom::three();
    let copied = copied_by(&mut slalom, press_share);
    let link = copied.unwrap();
    let back = preset::read_link("the link", &link).unwrap();
    assert_eq!(&back.experiment, slalom.experiment());
    let said = slalom.notice();
    assert!(
        said.starts_with("Copied a link to this race, ") && said.contains(" letters long"),
        "{said}"
    );
}

#[test]
fn the_text_of_a_preset_is_copied_and_says_if_its_data_are_not_in_it() {
    let mut slalom = Slalom::three();
    let text = copied_by(&mut slalom, |it| press_c(it, Modifiers::ALT)).unwrap();
    assert_eq!(&experiment(&text), slalom.experiment());
    assert!(slalom.notice().starts_with("Copied the preset as text; "));

    paste(&mut slalom, link_with_data());
    let text = copied_by(&mut slalom, |it| press_c(it, Modifiers::ALT)).unwrap();
    assert!(text.contains("data: \"points.csv\""), "{text}");
    assert_eq!(
        slalom.notice(),
        "Copied the preset as text, without its data; a link has them"
    );
}

#[test]
fn a_link_that_cannot_be_made_is_not_copied_and_the_reason_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("points.csv");
    fs::write(&file, POINTS).unwrap();
    let mut line = slalom::surface::LinearRegression::default();
    line.data = file.into();
    let mut surface = SurfaceChoice::LinearRegression(line);
    surface.load(None).unwrap();
    let mut preset = preset::load_built_in("saddle").unwrap();
    preset.experiment.surface = surface;
    folder.close().unwrap();
    let mut slalom = Slalom::sized([1280.0, 800.0], Some(preset));
    let copied = copied_by(&mut slalom, press_share);
    assert_eq!(copied, None);
    let said = slalom.notice();
    assert!(
        said.starts_with("No link was copied: ")
            && said.ends_with("points.csv cannot be read: there is no such file"),
        "{said}"
    );
}

#[test]
fn a_pasted_link_opens_in_a_tab_of_its_own_with_its_data() {
    let link = link_with_data();
    for text in [
        link.clone(),
        format!("https://example.org/slalom/#{link}\n"),
    ] {
        let mut slalom = Slalom::three();
        paste(&mut slalom, text);
        assert_eq!(slalom.workspace().documents().len(), 2);
        assert_eq!(slalom.experiment().title, "Over points");
        assert_eq!(slalom.document().source.path(), None);
        let surface = slalom.experiment().surface.open();
        assert_eq!(surface.data().unwrap().len(), 6);
        // It is as it was made, so nothing would be lost.
        assert!(!slalom.document().is_unsaved());
    }
}

#[test]
fn a_damaged_link_says_so_and_opens_nothing() {
    let link = link_with_data();
    let mut slalom = Slalom::three();
    paste(&mut slalom, &link[..link.len() - 9]);
    assert_eq!(
        slalom.notice(),
        "the link cannot be opened: the link is cut off: its end is missing"
    );
    assert_eq!(slalom.workspace().documents().len(), 1);
}

#[test]
fn a_link_pasted_into_the_palette_opens_and_one_into_a_field_stays_there() {
    let link = link_with_data();
    let mut slalom = Slalom::three();
    slalom.press_with(CTRL, Key::P);
    assert!(slalom.workspace().asked.is_some());
    paste(&mut slalom, &*link);
    assert_eq!(slalom.workspace().documents().len(), 2);
    assert_eq!(slalom.workspace().asked, None);

    let mut slalom = Slalom::three();
    slalom.press_with(CTRL, Key::O);
    paste(&mut slalom, &*link);
    assert_eq!(slalom.workspace().documents().len(), 1);
    assert!(slalom.workspace().asked.is_some());
}

#[test]
fn what_a_link_brought_can_be_edited_and_is_saved_beside_the_preset() {
    let mut slalom = Slalom::three();
    paste(&mut slalom, link_with_data());
    slalom.perform(&table::file::FIT_DATA);
    slalom.rest();
    assert!(slalom.has("Data file"));
    slalom.click("Network");
    slalom.click("Done");
    assert!(slalom.workspace().asked.is_none());
    assert!(slalom.experiment().surface.open().network().is_some());

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("saved.ron");
    slalom.press_with(CTRL, Key::S);
    type_path(&mut slalom, &path);
    slalom.press(Key::Enter);
    let said = format!(
        "Saved to {}, and its data beside it: points.csv",
        path.display()
    );
    assert_eq!(slalom.notice(), said);
    let data = folder.path().join("points.csv");
    assert_eq!(fs::read_to_string(data).unwrap(), POINTS);
    let saved = preset::open(&path).unwrap();
    assert!(saved.experiment.surface.has_own_start());
}

#[test]
fn dropped_and_chosen_pictures_open_and_are_not_saved_over() {
    let preset = preset::load_built_in("saddle").unwrap();
    for name in ["race.png", "race.svg", "race.gif", "race.apng"] {
        let (_folder, path) = picture_of(&preset, name);
        let bytes = fs::read(&path).unwrap();
        let openers: [fn(&mut Slalom, &Path); 2] = [drop_file, open_by_dialog];
        for open in openers {
            let mut slalom = Slalom::three();
            open(&mut slalom, &path);
            assert_eq!(slalom.experiment(), &preset.experiment, "{name}");
            slalom.press_with(CTRL, Key::S);
            // It asks for a file.
            assert!(slalom.has("Save the preset as"), "{name}");
            assert_eq!(fs::read(&path).unwrap(), bytes);
        }
    }
}

#[test]
fn a_picture_without_an_experiment_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("photo.svg");
    fs::write(&path, "<svg xmlns=\"http://www.w3.org/2000/svg\"/>").unwrap();
    let mut slalom = Slalom::three();
    drop_file(&mut slalom, &path);
    let said = slalom.notice();
    assert!(
        said.contains("photo.svg cannot be opened: this picture has no experiment in it"),
        "{said}"
    );
}

#[test]
fn the_export_dialog_says_what_a_picture_carries_and_leaves_it_out() {
    const CARRIES: &str = "The file carries the race and its data, and opens again in Slalom";
    let folder = tempfile::tempdir().unwrap();
    for carries in [true, false] {
        let path = folder.path().join("race.svg");
        let mut slalom = Slalom::three();
        slalom.perform(&table::file::EXPORT);
        slalom.rest();
        slalom.get_by_label("Path of the exported file").focus();
        slalom.rest();
        type_path(&mut slalom, &path);
        if !carries {
            slalom.click(CARRIES);
        }
        assert!(slalom.has(CARRIES));
        slalom.click("Export");
        while slalom.workspace().asked.is_some() {
            std::thread::sleep(std::time::Duration::from_millis(2));
            slalom.step();
        }
        slalom.rest();
        assert_eq!(slalom.notice(), format!("Exported to {}", path.display()));
        let opened = preset::open(&path).map(|preset| preset.experiment);
        assert_eq!(opened.as_ref().ok(), carries.then(|| slalom.experiment()));
        slalom.perform(AppAction::OpenFile(path));
    }
}

#[test]
fn on_a_page_the_whole_address_is_copied_and_opens_when_pasted() {
    let mut slalom = Slalom::three();
    slalom.state_mut().workspace_mut().page = Some("https://example.org/slalom/".into());
    let address = copied_by(&mut slalom, press_share).unwrap();
    assert!(address.starts_with("https://example.org/slalom/#slalom1:"));
    assert!(
        slalom
            .notice()
            .starts_with("Copied the address of this race, ")
    );
    let race = slalom.experiment().clone();
    paste(&mut slalom, address);
    assert_eq!(*slalom.experiment(), race);
    assert_eq!(slalom.workspace().documents().len(), 2);
}

#[test]
fn a_race_too_long_for_an_address_is_offered_as_a_file() {
    let mut race = preset::from_text("test", crate::support::THREE).unwrap();
    // Notes that cannot be compressed.
    let mut chance: u64 = 1;
    let letters = (0..9000).map(|_| {
        chance = chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        char::from(b'!' + u8::try_from(chance >> 58).unwrap())
    });
    race.experiment.notes = letters.collect();
    let mut slalom = Slalom::sized([1280.0, 800.0], Some(race.clone()));
    slalom.state_mut().workspace_mut().page = Some("https://example.org/slalom/".into());
    let link = copied_by(&mut slalom, press_share).unwrap();
    assert!(link.starts_with("slalom1:"));
    let said = slalom.notice();
    assert!(
        said.contains("too long for an address, so save the race as a file"),
        "{said}"
    );
    assert_eq!(
        preset::read_link("test", &link).unwrap().experiment,
        race.experiment
    );
}
