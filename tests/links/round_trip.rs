//! What comes back from a link is what was put in.

use std::fs;
use std::path::Path;

use slalom::preset::{self, BuiltIn, Preset};

use crate::support::{Scattered, contents, paths, without_files};

fn assert_comes_back(preset: &Preset) {
    let link = preset::link(preset).unwrap();
    let back = preset::read_link("the link", &link).unwrap();
    assert_eq!(contents(&back.experiment), contents(&preset.experiment));
    let (race, same) = (&back.experiment, &preset.experiment);
    assert_eq!(without_files(race.clone()), without_files(same.clone()));
    assert_eq!(back.view, preset.view);
    assert_eq!(back.lesson, None);
    // A link to what a link opens is the same link.
    assert_eq!(preset::link(&back).unwrap(), link);
}

#[test]
fn every_built_in_race_comes_back_from_its_link() {
    for built_in in BuiltIn::all() {
        let preset = built_in.preset().unwrap();
        assert_comes_back(&preset);
        let link = preset::link(&preset).unwrap();
        let back = preset::read_link("the link", &link).unwrap();
        assert_eq!(back.experiment, preset.experiment, "{}", built_in.name);
        let is_plain = |it: char| it.is_ascii_alphanumeric() || "-_:".contains(it);
        assert!(link.starts_with("slalom1:") && link.chars().all(is_plain));
        assert!(link.len() < 6_000, "{}: {}", built_in.name, link.len());
    }
}

#[test]
fn races_over_files_come_back_with_their_data_and_take_the_same_paths() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    for name in [
        "diverging-regression/diverging",
        "spreadsheet-exports/sep-line",
    ] {
        let file = cases.join(name).with_extension("ron");
        let preset = preset::open(&file).unwrap();
        assert_eq!(contents(&preset.experiment).len(), 1);
        assert_comes_back(&preset);
        let back = preset::read_link("the link", &preset::link(&preset).unwrap()).unwrap();
        assert_eq!(paths(&back), paths(&preset), "{}", file.display());
    }
    let scattered = Scattered::new();
    let preset = scattered.open();
    assert_comes_back(&preset);
    assert_eq!(contents(&preset.experiment).len(), 2);
}

#[test]
fn what_a_link_opened_keeps_its_data_when_the_folder_is_gone_and_saves_them_beside_it() {
    let scattered = Scattered::new();
    let original = scattered.open();
    let link = preset::link(&original).unwrap();
    let expected = contents(&original.experiment);
    let Scattered { folder, .. } = scattered;
    folder.close().unwrap();

    let preset = preset::read_link("the link", &link).unwrap();
    assert_eq!(contents(&preset.experiment), expected);
    let folder = tempfile::tempdir().unwrap();
    let names = || {
        let entries = fs::read_dir(folder.path()).unwrap();
        let names = entries.map(|it| it.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    };
    // What is already there stays as it is.
    fs::write(folder.path().join("points.csv"), "mine").unwrap();
    let path = folder.path().join("saved.ron");
    for _ in 0..2 {
        preset::save(&path, &preset).unwrap();
        assert_eq!(
            names(),
            ["points-2-2.csv", "points-2.csv", "points.csv", "saved.ron"]
        );
    }
    assert_eq!(fs::read(folder.path().join("points.csv")).unwrap(), b"mine");
    let saved = preset::open(&path).unwrap();
    assert_eq!(contents(&saved.experiment), expected);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("data: \"points-2.csv\""), "{text}");
    assert_eq!(paths(&saved), paths(&original));
}
