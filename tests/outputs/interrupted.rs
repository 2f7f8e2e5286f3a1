//! Ctrl+C, a request to end, and a closed terminal.

use std::fs;
use std::io::Read;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use crate::stage::{Stage, send, sentence, unfinished, wait_for};

/// The signals and the exit codes by which a shell knows them.
const SIGNALS: [(&str, i32); 3] = [("INT", 130), ("TERM", 143), ("HUP", 129)];

/// Exports that take minutes: a long run, and clips, stills and videos of it.
const LONG: &[(&str, &[&str])] = &[
    ("race.csv", &["run", "network.ron"]),
    ("race.json", &["run", "network.ron", "--format", "json"]),
    ("weights.csv", &["run", "network.ron"]),
    ("race.png", &["render", "network.ron"]),
    ("race.svg", &["render", "network.ron"]),
    (
        "race.gif",
        &["render", "network.ron", "--steps-per-frame", "1000"],
    ),
    (
        "race.mp4",
        &["render", "network.ron", "--steps-per-frame", "1000"],
    ),
];

/// Clips that take minutes once the race is simulated.
const CLIPS: &[(&str, &[&str])] = &[
    (
        "race.gif",
        &["render", "race.ron", "--steps-per-frame", "0.001"],
    ),
    (
        "race.apng",
        &["render", "race.ron", "--steps-per-frame", "0.001"],
    ),
    (
        "race.mp4",
        &["render", "race.ron", "--steps-per-frame", "0.001"],
    ),
    (
        "race.webm",
        &["render", "race.ron", "--steps-per-frame", "0.001"],
    ),
];

/// Starts an export over an old file, sends a signal when `is_time`, and returns how it ended.
fn interrupted(
    stage: &Stage,
    (output, arguments): (&str, &[&str]),
    signal: &str,
    is_time: impl Fn(u64) -> bool,
) -> Output {
    fs::write(stage.path(output), "precious").unwrap();
    let mut child = stage.export(output, arguments).spawn().unwrap();
    wait_for("a temporary file", || {
        assert_eq!(
            child.try_wait().unwrap(),
            None,
            "{output} has ended already"
        );
        let about = fs::metadata(unfinished(stage.folder())?).ok()?;
        is_time(about.len()).then_some(())
    });
    send(signal, child.id());
    child.wait_with_output().unwrap()
}

fn assert_stopped(stage: &Stage, output: &str, ended: &Output, code: i32) {
    let said = sentence(ended, code);
    assert_eq!(said, "slalom: stopped; nothing was written", "{output}");
    assert_eq!(fs::read(stage.path(output)).unwrap(), b"precious");
    assert_eq!(stage.files(), [output]);
}

#[test]
fn a_signal_during_the_simulation_ends_an_export() {
    for (index, export) in LONG.iter().enumerate() {
        let stage = Stage::with_steps(1_000_000);
        let (signal, code) = SIGNALS[index % SIGNALS.len()];
        let ended = interrupted(&stage, *export, signal, |_| true);
        assert_stopped(&stage, export.0, &ended, code);
    }
}

#[test]
fn a_signal_while_frames_are_written_ends_an_export() {
    for (index, export) in CLIPS.iter().enumerate() {
        for offset in 0..SIGNALS.len() {
            let stage = Stage::new();
            let (signal, code) = SIGNALS[(index + offset) % SIGNALS.len()];
            let ended = interrupted(&stage, *export, signal, |bytes| bytes > 0);
            assert_stopped(&stage, export.0, &ended, code);
        }
    }
}

/// Neither its frames nor its end is waited for.
#[test]
fn an_encoder_that_takes_no_frames_is_ended_too() {
    let stage = Stage::new();
    let mark = stage.path("encoder");
    stage.ffmpeg("echo $$ > encoder.new\nmv encoder.new encoder\nexec sleep 1000\n");
    let arguments = ["render", "race.ron", "--steps-per-frame", "0.001"];
    fs::write(stage.path("race.mp4"), "precious").unwrap();
    let child = stage.export("race.mp4", &arguments).spawn().unwrap();
    let encoder = wait_for("the encoder", || fs::read_to_string(&mark).ok());
    send("INT", child.id());
    let ended = child.wait_with_output().unwrap();
    fs::remove_file(mark).unwrap();
    assert_stopped(&stage, "race.mp4", &ended, 130);
    if cfg!(target_os = "linux") {
        let process = std::path::Path::new("/proc").join(encoder.trim());
        assert!(!process.exists(), "the encoder is still running");
    }
}

/// Whenever a signal comes, the file is as it was or complete.
#[test]
fn a_signal_at_any_time_leaves_a_whole_file() {
    let exports: [(&str, &[&str]); 3] = [
        ("race.py", &["code", "race.ron", "--library", "keras"]),
        ("race.csv", &["run", "race.ron"]),
        ("race.png", &["render", "race.ron", "--size", "320x240"]),
    ];
    for (output, arguments) in exports {
        let stage = Stage::with_steps(300);
        let whole = stage.export(output, arguments).output().unwrap();
        assert!(whole.status.success());
        let whole = fs::read(stage.path(output)).unwrap();
        for delay in (0..40).step_by(2) {
            fs::write(stage.path(output), "precious").unwrap();
            let child = stage.export(output, arguments).spawn().unwrap();
            thread::sleep(Duration::from_millis(delay));
            send("TERM", child.id());
            let ended = child.wait_with_output().unwrap();
            let now = fs::read(stage.path(output)).unwrap();
            assert!(now == b"precious" || now == whole, "{output}: {ended:?}");
            if ended.status.success() {
                assert_eq!(now, whole);
            }
            assert_eq!(stage.files(), [output]);
        }
    }
}

/// As `nohup` starts it.
#[test]
fn a_closed_terminal_that_is_ignored_ends_nothing() {
    let stage = Stage::new();
    let prefix = ["sh", "-c", "trap '' HUP; exec \"$0\" \"$@\""];
    let arguments = ["render", "race.ron", "--steps-per-frame", "0.001"];
    let mut child = stage
        .prefixed(&prefix, "race.gif", &arguments)
        .spawn()
        .unwrap();
    wait_for("a temporary file", || unfinished(stage.folder()));
    send("HUP", child.id());
    thread::sleep(Duration::from_millis(100));
    assert_eq!(child.try_wait().unwrap(), None);
    send("TERM", child.id());
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(143));
    assert_eq!(stage.files(), [""; 0]);
}

/// Nothing is lost, so the sentence says less.
#[test]
fn a_signal_ends_what_writes_no_file() {
    let stage = Stage::with_steps(1_000_000);
    let mut child = Command::new(env!("CARGO_BIN_EXE_slalom"))
        .args(["run", "race.ron"])
        .current_dir(stage.folder())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // When it has begun, nobody reads on, and it waits.
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut [0]).unwrap();
    send("INT", child.id());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(sentence(&ended, 130), "slalom: stopped");
}
