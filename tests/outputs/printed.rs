//! What is printed where nobody can read it.

use std::io::Read;
use std::process::{Command, Output, Stdio};

use crate::stage::{Stage, sentence};

/// Commands that succeed and print something.
const PRINTING: &[&str] = &[
    "run radford-beale",
    "run radford-beale --format json",
    "code radford-beale --library keras",
    "list surfaces",
    "list optimizers --json",
    "check radford-beale",
    "check radford-beale --json",
    "--help",
    "run --help",
    "--version",
];

/// Commands that fail and say why.
const FAILING: &[&str] = &[
    "check nothing",
    "check nothing --json",
    "run nothing",
    "render nothing -o race.png",
    "code nothing --library keras",
    "list nothing",
    "--nonsense",
    "run radford-beale -o nowhere/race.csv",
];

/// Runs a command line of a shell in which `slalom` is the program.
fn shell(line: &str) -> Output {
    let stage = Stage::new();
    Command::new("sh")
        .args(["-c", &format!("slalom() {{ \"$0\" \"$@\"; }}; {line}")])
        .arg(env!("CARGO_BIN_EXE_slalom"))
        .current_dir(stage.folder())
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_said() {
    for command in PRINTING {
        let said = sentence(&shell(&format!("slalom {command} > /dev/full")), 2);
        let expected = "slalom: standard output cannot be written: No space left on device";
        assert!(said.starts_with(expected), "{command}: {said}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_closed_standard_output_is_said() {
    for command in PRINTING
        .iter()
        .filter(|it| !it.contains("--help") && !it.contains("--version"))
        // Its exit code is the answer.
        .filter(|it| !it.starts_with("check"))
    {
        let said = sentence(&shell(&format!("slalom {command} >&-")), 2);
        let expected = "slalom: standard output cannot be written: it is closed";
        assert!(said.starts_with(expected), "{command}: {said}");
    }
    // A file does not need it.
    assert_eq!(
        shell("slalom run beale -o race.csv >&-").status.code(),
        Some(0)
    );
    assert_eq!(
        shell("slalom render beale -o race.svg >&-").status.code(),
        Some(0)
    );
}

#[test]
fn what_is_discarded_is_no_mistake() {
    for command in PRINTING {
        for discarded in ["> /dev/null", "> /dev/null 2>&1", "> /dev/null < /dev/null"] {
            let ended = shell(&format!("slalom {command} {discarded}"));
            assert_eq!(ended.status.code(), Some(0), "{command} {discarded}");
            assert!(ended.stderr.is_empty());
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_complaint_that_nobody_can_read_is_no_panic() {
    for command in FAILING {
        for unreadable in [
            "2> /dev/full",
            "2>&-",
            "> /dev/full 2> /dev/full",
            ">&- 2>&-",
        ] {
            let ended = shell(&format!("slalom {command} {unreadable}"));
            assert_eq!(ended.status.code(), Some(2), "{command} {unreadable}");
        }
    }
    for command in PRINTING {
        let ended = shell(&format!("slalom {command} > /dev/full 2> /dev/full"));
        assert_eq!(ended.status.code(), Some(2), "{command}");
    }
}

#[test]
fn a_reader_may_stop_early() {
    for command in PRINTING {
        let ended = shell(&format!("{{ slalom {command}; echo $? >&2; }} | head -n 1"));
        assert_eq!(String::from_utf8_lossy(&ended.stderr), "0\n", "{command}");
        assert_eq!(String::from_utf8_lossy(&ended.stdout).lines().count(), 1);
    }
    // Of a million steps, not even a thousandth is read.
    let stage = Stage::with_steps(1_000_000);
    let mut child = Command::new(env!("CARGO_BIN_EXE_slalom"))
        .args(["run", "race.ron"])
        .current_dir(stage.folder())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut [0; 10]).unwrap();
    drop(out);
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(0));
    assert!(ended.stderr.is_empty());
}
