//! `--allow-outside`, and what is said without it.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::{Around, over};

fn slalom(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_slalom"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = program.stdin.take().unwrap();
    // A program that refuses its arguments reads nothing.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    program.wait_with_output().unwrap()
}

/// Returns the one line on standard error with which a command fails.
fn complaint(folder: &Path, arguments: &[&str], input: &str) -> String {
    let output = slalom(folder, arguments, input);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
    assert!(output.stdout.is_empty());
    assert_eq!(said.matches('\n').count(), 1, "{said}");
    said.trim_end().to_owned()
}

fn succeeds(folder: &Path, arguments: &[&str], input: &str) {
    let output = slalom(folder, arguments, input);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
}

#[test]
fn every_command_refuses_data_outside_unless_they_are_allowed() {
    let around = Around::new();
    around.preset(&over("../outside.csv"));
    let home = around.at("home");
    for command in [
        &["run", "race.ron"][..],
        &["render", "race.ron", "-o", "race.svg"],
        &["code", "race.ron", "--library", "optax"],
        &["link", "race.ron"],
        &["check", "race.ron"],
    ] {
        assert_eq!(
            complaint(&home, command, ""),
            "race.ron:1:46: ../outside.csv lies outside of the preset's folder, from which alone a \
             preset reads; if you trust this one, open it with --allow-outside, or choose Allow in \
             the window"
        );
        let after = [command, &["--allow-outside"]].concat();
        succeeds(&home, &after, "");
        let before = [&["--allow-outside"], command].concat();
        succeeds(&home, &before, "");
    }
}

#[test]
fn the_window_refuses_data_outside_unless_they_are_allowed() {
    let around = Around::new();
    around.preset(&over("../outside.csv"));
    let home = around.at("home");
    let refused = complaint(&home, &["race.ron"], "");
    assert!(refused.contains("lies outside"), "{refused}");
    for allowed in [
        ["race.ron", "--allow-outside"],
        ["--allow-outside", "race.ron"],
    ] {
        // Nothing is wrong with the preset; there is only no display.
        let said = complaint(&home, &allowed, "");
        assert!(said.contains("window"), "{said}");
        assert!(!said.contains("outside"), "{said}");
    }
}

#[test]
fn a_refusal_has_a_kind_and_a_place_in_json() {
    let around = Around::new();
    around.preset(&over("/etc/passwd"));
    let output = slalom(&around.at("home"), &["check", "race.ron", "--json"], "");
    assert_eq!(output.status.code(), Some(2));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["kind"], "outside");
    assert_eq!(json["path"], "surface.data");
    assert_eq!((&json["line"], &json["column"]), (&1.into(), &46.into()));
}

#[test]
fn standard_input_reads_no_file_unless_it_may_and_then_from_the_current_folder() {
    let around = Around::new();
    let home = around.at("home");
    let run = ["run", "-"];
    let allowed = ["run", "-", "--allow-outside"];
    let said = complaint(&home, &run, &over("inside.csv"));
    assert!(
        said.starts_with("standard input:1:46: inside.csv is not read"),
        "{said}"
    );
    let said = complaint(&home, &run, &over("../outside.csv"));
    assert!(said.contains("lies outside"), "{said}");
    succeeds(&home, &run, &over("line"));
    succeeds(&home, &allowed, &over("inside.csv"));
    succeeds(&home, &allowed, &over("../outside.csv"));
}

#[test]
fn a_table_that_the_user_names_may_lie_anywhere() {
    let around = Around::new();
    let path = around.at("outside.csv");
    succeeds(&around.at("home"), &["check", path.to_str().unwrap()], "");
}
