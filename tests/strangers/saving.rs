//! Data that lie elsewhere are copied beside a preset that is saved.

use std::fs;

use slalom::preset::{self, Preset, Saved, Trust};
use slalom::simulation::simulate;

use crate::support::{Around, POINTS, WEIGHTS, from_weights, over};

fn trusted(text: &str) -> Preset {
    Trust::Anywhere.read("test", text).unwrap()
}

fn paths(preset: &Preset) -> String {
    format!("{:?}", simulate(&preset.experiment))
}

fn written(names: &[&str]) -> Saved {
    Saved {
        written: names.iter().map(|&name| name.to_owned()).collect(),
        ..Saved::default()
    }
}

#[test]
fn data_from_another_folder_are_copied_and_the_folder_can_be_handed_on() {
    let around = Around::new();
    let data = around.at("outside.csv");
    let preset = trusted(&over(data.to_str().unwrap()));
    let path = around.at("home/saved.ron");
    assert_eq!(preset::save(&path, &preset), Ok(written(&["outside.csv"])));
    assert_eq!(around.text_of("home/outside.csv"), POINTS);
    assert_eq!(around.text_of("outside.csv"), POINTS);

    let elsewhere = tempfile::tempdir().unwrap();
    for name in ["saved.ron", "outside.csv"] {
        let from = around.at("home").join(name);
        fs::copy(from, elsewhere.path().join(name)).unwrap();
    }
    drop(around);
    let again = preset::open(&elsewhere.path().join("saved.ron")).unwrap();
    assert_eq!(paths(&again), paths(&preset));
}

#[test]
fn a_copy_is_made_once_and_never_in_place_of_another_file() {
    let around = Around::new();
    let data = around.at("outside.csv");
    let mut preset = trusted(&over(data.to_str().unwrap()));
    fs::write(around.at("home/outside.csv"), "mine").unwrap();
    let path = around.at("home/saved.ron");
    assert_eq!(
        preset::save(&path, &preset),
        Ok(written(&["outside-2.csv"]))
    );
    preset.experiment.steps = 5;
    assert_eq!(preset::save(&path, &preset), Ok(Saved::default()));
    assert_eq!(around.text_of("home/outside.csv"), "mine");
    assert_eq!(
        around.names("home"),
        [
            "inside.csv",
            "outside-2.csv",
            "outside.csv",
            "saved.ron",
            "sub"
        ]
    );
    assert_eq!(preset::open(&path).unwrap().experiment.steps, 5);
}

#[test]
fn weights_are_copied_as_well() {
    let around = Around::new();
    let weights = around.at("weights.csv");
    let preset = trusted(&from_weights(weights.to_str().unwrap()));
    let path = around.at("home/saved.ron");
    assert_eq!(preset::save(&path, &preset), Ok(written(&["weights.csv"])));
    assert_eq!(around.text_of("home/weights.csv"), WEIGHTS);
    assert_eq!(paths(&preset::open(&path).unwrap()), paths(&preset));
}

#[test]
fn data_in_the_folder_stay_where_they_are() {
    let around = Around::new();
    let data = around.at("home/sub/deep.csv");
    let preset = trusted(&over(data.to_str().unwrap()));
    let path = around.at("home/saved.ron");
    assert_eq!(preset::save(&path, &preset), Ok(Saved::default()));
    assert!(
        around
            .text_of("home/saved.ron")
            .contains("\"sub/deep.csv\"")
    );
    assert_eq!(around.names("home"), ["inside.csv", "saved.ron", "sub"]);
    preset::open(&path).unwrap();
}

#[test]
#[cfg(unix)]
fn a_link_that_leads_out_becomes_a_file() {
    let around = Around::new();
    std::os::unix::fs::symlink("../outside.csv", around.at("home/link.csv")).unwrap();
    let path = around.preset(&over("link.csv"));
    let (preset, _) = Trust::Anywhere.open(&path).unwrap();
    assert_eq!(preset::save(&path, &preset), Ok(written(&["link-2.csv"])));
    assert!(
        fs::symlink_metadata(around.at("home/link-2.csv"))
            .unwrap()
            .is_file()
    );
    assert_eq!(paths(&preset::open(&path).unwrap()), paths(&preset));
}

#[test]
fn data_that_are_gone_do_not_keep_the_rest_from_being_saved() {
    let around = Around::new();
    let data = around.at("outside.csv");
    let preset = trusted(&over(data.to_str().unwrap()));
    fs::remove_file(&data).unwrap();
    let path = around.at("home/saved.ron");
    let saved = preset::save(&path, &preset).unwrap();
    assert_eq!(saved.missing, [data.display().to_string()]);
    assert_eq!(around.names("home"), ["inside.csv", "saved.ron", "sub"]);
    assert!(preset::open(&path).unwrap_err().is_outside());
}
