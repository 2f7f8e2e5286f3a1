//! What a preset file may read.

use std::fs;
use std::os::unix::fs::symlink;

use slalom::preset::{self, PresetError, Trust};

use crate::support::{Around, from_weights, over};

fn refusal(around: &Around, text: &str) -> PresetError {
    let path = around.preset(text);
    let refused = preset::open(&path).expect_err(text);
    assert!(refused.is_outside(), "{refused}");
    assert_eq!(refused.kind(), "outside");
    refused
}

#[test]
fn data_in_the_folder_are_read_however_they_are_named() {
    let around = Around::new();
    symlink("inside.csv", around.at("home/link.csv")).unwrap();
    symlink("sub", around.at("home/folder")).unwrap();
    for named in [
        "inside.csv",
        "./inside.csv",
        "sub/deep.csv",
        "sub/../inside.csv",
        "link.csv",
        "folder/deep.csv",
        "line",
    ] {
        let path = around.preset(&over(named));
        let opened = preset::open(&path).unwrap();
        assert!(opened.experiment.open_surface().rows() > 0, "{named}");
    }
}

#[test]
fn data_outside_of_the_folder_are_not_read() {
    let around = Around::new();
    symlink("../outside.csv", around.at("home/link.csv")).unwrap();
    symlink("..", around.at("home/up")).unwrap();
    let absolute = around.at("outside.csv").to_str().unwrap().to_owned();
    // Even what lies in the folder depends on the machine if its path is absolute.
    let absolute_inside = around.at("home/inside.csv").to_str().unwrap().to_owned();
    for named in [
        &*absolute,
        &*absolute_inside,
        "/etc/passwd",
        "../outside.csv",
        "sub/../../outside.csv",
        "../home/inside.csv",
        "link.csv",
        "up/outside.csv",
        "C:\\Users\\me\\points.csv",
        "\\\\server\\share\\points.csv",
    ] {
        let refused = refusal(&around, &over(named));
        let said = refused.to_string();
        assert!(said.contains(named), "{said}");
        assert!(said.contains("race.ron:1:46: "), "{said}");
        assert!(
            said.contains("lies outside of the preset's folder")
                && said.contains("--allow-outside")
                && said.contains("Allow"),
            "{said}"
        );
    }
}

#[test]
fn weights_outside_of_the_folder_are_not_read() {
    let around = Around::new();
    symlink("../weights.csv", around.at("home/link.csv")).unwrap();
    fs::copy(around.at("weights.csv"), around.at("home/mine.csv")).unwrap();
    let absolute = around.at("weights.csv").to_str().unwrap().to_owned();
    for named in [&*absolute, "../weights.csv", "link.csv"] {
        let said = refusal(&around, &from_weights(named)).to_string();
        assert!(said.contains("race.ron:1:"), "{said}");
        let path = around.at("home/race.ron");
        Trust::Anywhere.open(&path).unwrap();
    }
    let path = around.preset(&from_weights("mine.csv"));
    preset::open(&path).unwrap();
}

#[test]
fn what_the_user_trusts_is_read_anywhere() {
    let around = Around::new();
    symlink("../outside.csv", around.at("home/link.csv")).unwrap();
    let absolute = around.at("outside.csv").to_str().unwrap().to_owned();
    for named in [&*absolute, "../outside.csv", "link.csv"] {
        let path = around.preset(&over(named));
        let (opened, _) = Trust::Anywhere.open(&path).unwrap();
        assert_eq!(opened.experiment.open_surface().rows(), 4);
        // As a session that is restored does.
        let text = preset::to_text_or_link(&opened).unwrap();
        let again = Trust::Anywhere.read("the tab", &text).unwrap();
        assert_eq!(again, opened);
    }
}

#[test]
fn a_text_in_no_file_reads_nothing() {
    let around = Around::new();
    let absolute = around.at("outside.csv").to_str().unwrap().to_owned();
    let refused = preset::from_text("pasted text", &over(&absolute)).unwrap_err();
    assert!(refused.is_outside(), "{refused}");
    let refused = preset::from_text("pasted text", &over("inside.csv")).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "pasted text:1:46: inside.csv is not read, since this preset has no folder in which it \
         could lie; save the preset beside it and open that (for standard input, --allow-outside \
         looks in the current folder)"
    );
    assert!(!refused.is_outside());
    let opened = preset::from_text("pasted text", &over("line")).unwrap();
    assert!(opened.experiment.open_surface().rows() > 0);
}

#[test]
fn a_file_that_becomes_a_link_after_opening_is_not_read_again() {
    let around = Around::new();
    let path = around.preset(&over("inside.csv"));
    let opened = preset::open(&path).unwrap();
    fs::remove_file(around.at("home/inside.csv")).unwrap();
    symlink("../outside.csv", around.at("home/inside.csv")).unwrap();
    let mut surface = opened.experiment.surface.clone();
    let refused = surface.load(None).unwrap_err();
    assert!(refused.is_outside(), "{refused}");
    assert!(preset::link(&opened).is_err());
}
