//! Links on the command line.

use std::fs;
use std::path::Path;
use std::process::Command;

use slalom::preset::{self, BuiltIn};
use slalom::surface::SurfaceChoice;

use crate::support::{Scattered, complaint, lines, printed, slalom};

#[test]
fn a_link_goes_through_every_command() {
    let link = printed(&["link", "radford-beale"], b"");
    let link = link.trim_end();
    let run = printed(&["run", "radford-beale"], b"");
    assert_eq!(printed(&["run", link], b""), run);
    assert_eq!(printed(&["run", "-"], link.as_bytes()), run);
    let checked = printed(&["check", "radford-beale"], b"");
    assert_eq!(printed(&["check", link], b""), checked);
    let script = printed(&["code", "radford-beale", "--library", "pytorch"], b"");
    assert_eq!(
        printed(&["code", "-", "--library", "pytorch"], link.as_bytes()),
        script
    );
    assert_eq!(printed(&["link", "-"], link.as_bytes()).trim_end(), link);

    let text = BuiltIn::named("radford-beale").unwrap().text;
    assert_eq!(printed(&["run", "-"], text.as_bytes()), run);
}

#[test]
fn a_race_over_a_file_runs_from_a_link_a_picture_and_standard_input() {
    let scattered = Scattered::new();
    let path = scattered.preset.to_str().unwrap();
    let run = printed(&["run", path], b"");
    let link = printed(&["link", path], b"");
    assert_eq!(printed(&["run", "-"], link.as_bytes()), run);
    for format in ["png", "svg", "gif", "apng"] {
        let picture = scattered.folder.path().join("race").with_extension(format);
        let picture = picture.to_str().unwrap();
        printed(
            &["render", "-", "-o", picture, "--size", "100x80"],
            link.as_bytes(),
        );
        assert_eq!(printed(&["run", picture], b""), run, "{format}");
        assert_eq!(
            printed(&["run", "-"], &fs::read(picture).unwrap()),
            run,
            "{format}"
        );
        assert_eq!(printed(&["link", picture], b""), link);
        let bare = [
            "render",
            path,
            "-o",
            picture,
            "--size",
            "100x80",
            "--no-experiment",
        ];
        printed(&bare, b"");
        let said = complaint(&["run", picture], b"");
        assert!(
            said.contains("this picture has no experiment in it"),
            "{said}"
        );
    }
}

/// A script stands in for ffmpeg and writes nothing but the beginning of a video.
#[cfg(unix)]
#[test]
fn a_video_carries_its_link_at_its_end() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let ffmpeg = folder.path().join("ffmpeg");
    let script = "#!/bin/sh\n[ \"$1\" = -version ] && exit 0\nfor last; do :; done\ncat > /dev/null\n\
                  printf '\\0\\0\\0\\014ftypisom' > \"$last\"\n";
    fs::write(&ffmpeg, script).unwrap();
    fs::set_permissions(&ffmpeg, fs::Permissions::from_mode(0o755)).unwrap();
    let others = std::env::var_os("PATH").unwrap();
    let folders = std::iter::once(folder.path().to_owned()).chain(std::env::split_paths(&others));
    let path = std::env::join_paths(folders).unwrap();
    for name in ["race.mp4", "race.webm"] {
        let video = folder.path().join(name);
        let mut program = Command::new(env!("CARGO_BIN_EXE_slalom"));
        program
            .args(["render", "saddle", "--size", "100x80", "-o"])
            .arg(&video);
        assert!(program.env("PATH", &path).status().unwrap().success());
        let bytes = fs::read(&video).unwrap();
        assert!(bytes.starts_with(b"\0\0\0\x0cftypisom"));
        let expected = preset::load_built_in("saddle").unwrap().experiment;
        assert_eq!(preset::open(&video).unwrap().experiment, expected);
        assert!(program.arg("--no-experiment").status().unwrap().success());
        assert_eq!(fs::read(&video).unwrap(), b"\0\0\0\x0cftypisom");
    }
}

#[test]
fn what_is_too_large_for_a_link_is_refused_and_its_picture_says_so() {
    let folder = tempfile::tempdir().unwrap();
    // Digits without a pattern, which take more than a third of their size.
    let mut state = 7_u64;
    let mut digits = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        state >> 20
    };
    let rows = lines((0..100_000).map(|_| format!("{},{}", digits(), digits())));
    fs::write(folder.path().join("large.csv"), rows).unwrap();
    let path = folder.path().join("race.ron");
    let text = "(version: 1, surface: LinearRegression(data: \"large.csv\"), start: (0.0, 0.0), \
                steps: 1, racers: [])";
    fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap();
    let said = complaint(&["link", path], b"");
    assert!(
        said.starts_with("slalom: the race and its data take ")
            && said.ends_with("MB compressed, but a link can hold at most 1 MB"),
        "{said}"
    );
    let picture = folder.path().join("race.png");
    let picture = picture.to_str().unwrap();
    let output = slalom(&["render", path, "-o", picture, "--size", "100x80"], b"");
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.starts_with("note: the picture carries no experiment: the race and its data take "),
        "{said}"
    );
    assert_eq!(said.matches('\n').count(), 1);
    assert!(preset::open(Path::new(picture)).is_err());
}

#[test]
fn a_file_stands_before_a_link_and_a_built_in_race_of_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let text = BuiltIn::named("saddle").unwrap().text;
    fs::write(folder.path().join("beale"), text).unwrap();
    let run = |preset: &str| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_slalom"));
        let output = program
            .args(["link", preset])
            .current_dir(folder.path())
            .output();
        String::from_utf8(output.unwrap().stdout).unwrap()
    };
    let [file, built_in] = ["beale", "saddle"].map(run);
    assert_eq!(file, built_in);
}

#[test]
fn links_that_do_not_open_are_told_in_one_sentence() {
    for (preset, input, sentence) in [
        (
            "slalom1:AAAA",
            "",
            "slalom: the link cannot be opened: the link is cut off: its end is missing",
        ),
        (
            "slalom7:AAAA",
            "",
            "slalom: the link cannot be opened: it was made by a newer version of Slalom",
        ),
        (
            "-",
            "slalom1:",
            "slalom: standard input cannot be opened: the link is cut off: its end is missing",
        ),
        ("-", "", "standard input:1:1: "),
    ] {
        for command in ["run", "check", "link"] {
            let said = complaint(&[command, preset], input.as_bytes());
            assert!(said.starts_with(sentence), "{command} {preset}: {said}");
        }
    }
    let long = "x".repeat(100_000);
    let said = complaint(&["run", &long], b"");
    assert!(said.len() < 300, "{said}");
    // Longer than any name of a file can be.
    let link = format!("slalom1:{}", "A".repeat(100_000));
    let said = complaint(&["run", &link], b"");
    assert!(said.contains("the link is "), "{said}");
}

#[test]
fn scripts_of_races_with_carried_data_do_not_read_files_that_are_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let rows = lines((0..600).map(|row| format!("{row},{}", 2 * row)));
    fs::write(folder.path().join("points.csv"), rows).unwrap();
    let path = folder.path().join("race.ron");
    let text = "(version: 1, surface: LinearRegression(data: \"points.csv\", x: \"column 1\"), start: \
                (0.0, 0.0), steps: 1, racers: [(optimizer: Adam(learning_rate: 0.1))])";
    fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap();
    let from_file = printed(&["code", path, "--library", "pytorch"], b"");
    assert!(from_file.contains("open("));
    let link = printed(&["link", path], b"");
    let script = printed(&["code", "-", "--library", "pytorch"], link.as_bytes());
    assert!(
        !script.contains("open(") && script.contains("save the race first"),
        "{script}"
    );
    let SurfaceChoice::LinearRegression(model) = preset::read_link("the link", &link)
        .unwrap()
        .experiment
        .surface
    else {
        panic!("another surface");
    };
    assert!(model.data.is_carried());
}
