//! `slalom render` as seen from a shell: valid files, or one clear message and nothing left behind.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A race of only a few steps, so that clips are short.
const PRESET: &str = "(version: 1, surface: Beale, start: (1.0, 1.6), steps: 6, racers: [
    (optimizer: Momentum(learning_rate: 0.01)), (optimizer: Adam(learning_rate: 0.1))])";

struct Stage(TempDir);

impl Stage {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("race.ron"), PRESET).unwrap();
        Self(folder)
    }

    fn command(&self, output: &str, options: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_slalom"));
        command
            .current_dir(self.0.path())
            .args(["render", "race.ron", "-o", output])
            .args(options)
            .stdin(Stdio::null());
        command
    }

    fn render(&self, output: &str, options: &[&str]) -> Vec<u8> {
        let ended = self.command(output, options).output().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(ended.status.success() && said.is_empty(), "{said}");
        assert!(ended.stdout.is_empty());
        fs::read(self.0.path().join(output)).unwrap()
    }

    /// The error message; asserts that no file was left behind.
    fn refuses(&self, output: &str, options: &[&str]) -> String {
        self.is_refusal(&self.command(output, options).output().unwrap())
    }

    fn is_refusal(&self, ended: &Output) -> String {
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(ended.status.code(), Some(2), "{said}");
        assert!(ended.stdout.is_empty());
        assert!(!said.contains("panicked"), "{said}");
        assert_eq!(self.files(), ["race.ron"], "after: {said}");
        said
    }

    fn files(&self) -> Vec<String> {
        names(self.0.path())
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Asserts that the message is one line that begins with the program's name.
fn assert_sentence(said: &str, part: &str) {
    assert_eq!(said.matches('\n').count(), 1, "{said}");
    assert!(said.starts_with("slalom: "), "{said}");
    assert!(said.contains(part), "{said}");
}

/// The size of a GIF and the delays of its frames in hundredths of a second.
fn gif_frames(bytes: &[u8]) -> (u16, u16, Vec<u16>) {
    let mut reader = gif::DecodeOptions::new().read_info(bytes).unwrap();
    let (width, height) = (reader.width(), reader.height());
    let mut delays = Vec::new();
    while let Some(frame) = reader.read_next_frame().unwrap() {
        delays.push(frame.delay);
    }
    (width, height, delays)
}

#[test]
fn picture_has_the_size_asked_for() {
    let stage = Stage::new();
    let picture = image::load_from_memory(&stage.render("a.png", &["--size", "320x200"])).unwrap();
    assert_eq!((picture.width(), picture.height()), (320, 200));
    let sharp = stage.render("b.png", &["--size", "320x200", "--scale", "2"]);
    let sharp = image::load_from_memory(&sharp).unwrap();
    assert_eq!((sharp.width(), sharp.height()), (640, 400));
}

#[test]
fn step_and_theme_make_another_picture_and_the_same_call_the_same_one() {
    let stage = Stage::new();
    let small = ["--size", "160x120"];
    let last = stage.render("a.png", &small);
    assert_eq!(last, stage.render("b.png", &small));
    assert_eq!(
        last,
        stage.render("c.png", &[&small[..], &["--step", "6"]].concat())
    );
    assert_ne!(
        last,
        stage.render("d.png", &[&small[..], &["--step", "0"]].concat())
    );
    assert_ne!(
        last,
        stage.render("e.png", &[&small[..], &["--theme", "light"]].concat())
    );
}

#[test]
fn presets_own_window_is_shown_unless_another_is_asked_for() {
    let stage = Stage::new();
    // What they carry is different.
    let own = PRESET.replace(
        "steps: 6",
        "steps: 6, view: (window: (x: (-2.0, 2.0), y: (-1.5, 1.5)))",
    );
    let small = ["--size", "160x120", "--no-experiment"];
    let paths = stage.render("a.png", &small);
    fs::write(stage.0.path().join("race.ron"), own).unwrap();
    let asked = [
        "--size",
        "160x120",
        "--no-experiment",
        "--view",
        "-2,2,-1.5,1.5",
    ];
    let authors = stage.render("b.png", &small);
    assert_ne!(authors, paths);
    assert_eq!(authors, stage.render("c.png", &asked));
    let asked = ["--size", "160x120", "--no-experiment", "--view", "paths"];
    assert_eq!(paths, stage.render("d.png", &asked));
}

#[test]
fn clip_has_one_frame_a_step_at_25_frames_a_second() {
    let stage = Stage::new();
    let clip = stage.render("a.gif", &["--size", "160x120", "--hold", "1"]);
    let (width, height, delays) = gif_frames(&clip);
    assert_eq!((width, height), (160, 120));
    assert_eq!(delays, [4, 4, 4, 4, 4, 4, 104]);
    assert_eq!(
        clip,
        stage.render("b.gif", &["--size", "160x120", "--hold", "1"])
    );

    let slow = [
        "--size",
        "160x120",
        "--steps-per-frame",
        "0.5",
        "--fps",
        "50",
    ];
    let (_, _, delays) = gif_frames(&stage.render("slow.gif", &slow));
    assert_eq!(delays.len(), 13);
    assert_eq!(delays[..12], [2; 12]);
}

#[test]
fn animated_png_tells_its_frames() {
    let stage = Stage::new();
    let clip = stage.render("a.apng", &["--size", "160x120"]);
    let mut reader = png::Decoder::new(std::io::Cursor::new(clip))
        .read_info()
        .unwrap();
    assert_eq!(reader.info().animation_control.unwrap().num_frames, 7);
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    for _ in 0..7 {
        reader.next_frame(&mut pixels).unwrap();
    }
}

#[test]
fn drawing_is_well_formed_and_keeps_labels_as_text() {
    let stage = Stage::new();
    let drawing =
        String::from_utf8(stage.render("a.svg", &["--show", "title,legend,axes"])).unwrap();
    let document = roxmltree::Document::parse(&drawing).unwrap();
    let texts: Vec<&str> = document
        .descendants()
        .filter(|node| node.has_tag_name("text"))
        .filter_map(|node| node.text())
        .collect();
    assert!(
        texts.iter().any(|text| text.contains("Momentum")),
        "{texts:?}"
    );
    let pictures = document
        .descendants()
        .filter(|node| node.has_tag_name("image"));
    assert_eq!(pictures.count(), 1);
}

#[test]
fn the_gradient_flow_is_in_pictures_of_a_preset_that_shows_it() {
    for (view, is_drawn) in [("", false), ("view: (flow: true), ", true)] {
        let stage = Stage::new();
        let race = PRESET.replace("steps: 6", &format!("{view}steps: 6"));
        fs::write(stage.0.path().join("race.ron"), race).unwrap();
        let drawing = String::from_utf8(stage.render("a.svg", &[])).unwrap();
        assert_eq!(drawing.contains("gradient flow (rate to 0)"), is_drawn);
    }
}

#[test]
fn transparent_background_lets_the_slide_through() {
    let stage = Stage::new();
    let options = [
        "--size",
        "320x200",
        "--show",
        "title,legend",
        "--transparent",
    ];
    let picture = image::load_from_memory(&stage.render("a.png", &options)).unwrap();
    let clear = picture
        .to_rgba8()
        .pixels()
        .filter(|pixel| pixel.0[3] == 0)
        .count();
    assert!(clear > 0);
    assert_sentence(&stage_refuses("a.gif", &["--transparent"]), "transparent");
}

fn stage_refuses(output: &str, options: &[&str]) -> String {
    Stage::new().refuses(output, options)
}

#[test]
fn unknown_endings_are_named() {
    for output in ["a.bmp", "a", "gif", "a.ron"] {
        let said = stage_refuses(output, &[]);
        assert_sentence(&said, ".png, .gif, .apng, .svg");
        assert!(said.contains(output), "{said}");
    }
}

#[test]
fn impossible_sizes_are_refused() {
    for size in ["0x0", "800x0", "99999x99999", "63x64", "8193x64"] {
        assert_sentence(&stage_refuses("a.png", &["--size", size]), size);
    }
    // If the scale makes it too large, the message gives the size in pixels.
    let said = stage_refuses("a.png", &["--size", "800x600", "--scale", "1000"]);
    assert_sentence(&said, "800000x600000");
    for size in [
        "800",
        "axb",
        "-1x5",
        "99999999999999999999999x1",
        "800x600x2",
    ] {
        let said = stage_refuses("a.png", &[&format!("--size={size}")]);
        assert!(said.contains("800x600"), "{said}");
    }
}

#[test]
fn steps_and_frame_rates_out_of_range_are_refused() {
    assert_sentence(
        &stage_refuses("a.png", &["--step", "7"]),
        "no step 7; the race has 6 steps",
    );
    assert_sentence(
        &stage_refuses("a.gif", &["--fps", "0"]),
        "0 frames per second",
    );
    assert_sentence(
        &stage_refuses("a.gif", &["--fps", "101"]),
        "101 frames per second",
    );
}

#[test]
fn limits_are_named_with_their_options() {
    for (output, options, limit, option) in [
        (
            "a.png",
            "--size 63x64",
            "from 64 to 8192",
            "(--size times --scale)",
        ),
        (
            "a.svg",
            "--size 1x1 --scale 8000",
            "from 0.01 to 64",
            "(--scale)",
        ),
        (
            "a.png",
            "--size 9000x9000 --scale 0.5",
            "from 1 to 8192",
            "(--size)",
        ),
        (
            "a.png",
            "--size 800x600 --scale 0",
            "0x0",
            "(--size times --scale)",
        ),
        (
            "a.png",
            "--scale 1e300",
            "from 64 to 8192",
            "(--size times --scale)",
        ),
        (
            "a.gif",
            "--steps-per-frame 0.00001",
            "from 0.001",
            "(--steps-per-frame)",
        ),
        (
            "a.gif",
            "--steps-per-frame 0",
            "from 0.001",
            "(--steps-per-frame)",
        ),
        (
            "a.gif",
            "--steps-per-frame 1e7",
            "to 1,000,000",
            "(--steps-per-frame)",
        ),
        ("a.gif", "--hold 61", "from 0 to 60", "(--hold)"),
        ("a.gif", "--fps 101", "from 1 to 100", "(--fps)"),
        ("a.png", "--step 7", "6 steps", "(--step)"),
        (
            "a.apng",
            "--steps-per-frame 0.001 --size 8000x8000",
            "100 billion pixels",
            "(--size, --scale, --steps-per-frame)",
        ),
    ] {
        let words: Vec<&str> = options.split(' ').collect();
        let said = stage_refuses(output, &words);
        assert_sentence(&said, limit);
        assert!(said.contains(option), "{said}");
    }
    for option in ["--scale", "--steps-per-frame", "--hold", "--fps", "--step"] {
        for value in ["NaN", "inf", "-1", "much"] {
            let said = stage_refuses("a.gif", &[&format!("{option}={value}")]);
            assert_sentence(&said, option);
        }
    }
}

#[test]
fn a_race_too_long_for_a_clip_is_refused_at_once() {
    let stage = Stage::new();
    let long = PRESET.replace("steps: 6", "steps: 1_000_000");
    fs::write(stage.0.path().join("race.ron"), long).unwrap();
    let said = stage.refuses("a.gif", &["--steps-per-frame", "0.001"]);
    assert_sentence(&said, "1000000001 frames");
    assert!(
        said.contains("at most 100,000 (--steps-per-frame)"),
        "{said}"
    );
}

#[test]
fn unwritable_folders_are_named() {
    let said = stage_refuses("nowhere/a.png", &[]);
    assert_sentence(&said, "nowhere/a.png cannot be written");
    let said = stage_refuses("race.ron/a.gif", &[]);
    assert_sentence(&said, "race.ron/a.gif cannot be written");
}

#[cfg(unix)]
#[test]
fn full_disk_leaves_nothing_behind() {
    for output in ["a.png", "a.gif", "a.apng", "a.svg"] {
        let stage = Stage::new();
        // Limits files to one block, so that writing fails as it does on a full disk.
        let limited = format!(
            "trap '' XFSZ; ulimit -f 1; exec \"$0\" render race.ron -o {output} --size 400x300"
        );
        let ended = Command::new("sh")
            .args(["-c", &limited, env!("CARGO_BIN_EXE_slalom")])
            .current_dir(stage.0.path())
            .output()
            .unwrap();
        assert_sentence(&stage.is_refusal(&ended), "cannot be written");
    }
}

#[cfg(unix)]
#[test]
fn what_was_there_stays_until_the_new_file_is_whole() {
    let stage = Stage::new();
    fs::write(stage.0.path().join("a.gif"), "precious").unwrap();
    let limited = "trap '' XFSZ; ulimit -f 1; exec \"$0\" render race.ron -o a.gif";
    let ended = Command::new("sh")
        .args(["-c", limited, env!("CARGO_BIN_EXE_slalom")])
        .current_dir(stage.0.path())
        .output()
        .unwrap();
    assert_eq!(ended.status.code(), Some(2));
    assert_eq!(fs::read(stage.0.path().join("a.gif")).unwrap(), b"precious");
    assert_eq!(stage.files(), ["a.gif", "race.ron"]);
}

#[test]
fn video_without_ffmpeg_says_what_to_install() {
    let stage = Stage::new();
    let empty = tempfile::tempdir().unwrap();
    let ended = stage
        .command("a.mp4", &[])
        .env("PATH", empty.path())
        .output()
        .unwrap();
    let said = stage.is_refusal(&ended);
    assert_sentence(&said, "ffmpeg");
    assert!(said.contains(".gif and .apng need nothing"), "{said}");
}

/// A script stands in for ffmpeg, so that the frames it receives can be counted on any machine.
#[cfg(unix)]
#[test]
fn video_pipes_every_frame_to_ffmpeg() {
    use std::os::unix::fs::PermissionsExt;

    let stage = Stage::new();
    let programs = tempfile::tempdir().unwrap();
    let ffmpeg = programs.path().join("ffmpeg");
    // Copies its input to the last argument, the output file.
    let script =
        "#!/bin/sh\n[ \"$1\" = -version ] && exit 0\nfor last; do :; done\nexec cat > \"$last\"\n";
    fs::write(&ffmpeg, script).unwrap();
    fs::set_permissions(&ffmpeg, fs::Permissions::from_mode(0o755)).unwrap();
    let path = std::env::join_paths(
        std::iter::once(programs.path().to_owned())
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    )
    .unwrap();
    let options = ["--size", "160x120", "--hold", "1", "--no-experiment"];
    let ended = stage
        .command("a.mp4", &options)
        .env("PATH", &path)
        .output()
        .unwrap();
    assert!(
        ended.status.success(),
        "{}",
        String::from_utf8_lossy(&ended.stderr)
    );
    // Seven steps, and the last one for another second.
    let bytes = fs::metadata(stage.0.path().join("a.mp4")).unwrap().len();
    assert_eq!(bytes, 160 * 120 * 3 * (7 + 25));

    fs::write(
        &ffmpeg,
        "#!/bin/sh\n[ \"$1\" = -version ] && exit 0\necho 'Unknown encoder' >&2\nexit 1\n",
    )
    .unwrap();
    fs::remove_file(stage.0.path().join("a.mp4")).unwrap();
    let ended = stage
        .command("a.mp4", &options)
        .env("PATH", &path)
        .output()
        .unwrap();
    let said = stage.is_refusal(&ended);
    assert_sentence(&said, "ffmpeg could not make the video: Unknown encoder");
}
