//! What a program leaves that had no chance to remove it.

use std::fs;

use crate::stage::{EXPORTS, Stage, assert_silent_success, names, send, unfinished, wait_for};

#[test]
fn the_next_export_removes_what_a_killed_one_left() {
    let stage = Stage::new();
    let strangers = [
        ".slalom-notes",
        ".slalom-1-2.unfinished.txt",
        "slalom-1-2.unfinished",
    ];
    for name in strangers {
        fs::write(stage.path(name), "not ours").unwrap();
    }
    for (output, arguments) in EXPORTS {
        let long = ["render", "race.ron", "--steps-per-frame", "0.001"];
        let mut child = stage.export("long.gif", &long).spawn().unwrap();
        let left = wait_for("a temporary file", || {
            unfinished_besides(&stage, &strangers)
        });
        // As long as the program lives, others leave its file alone.
        assert_silent_success(&stage.export(output, arguments).output().unwrap());
        assert!(
            left.exists(),
            "{output} removed the file of a living program"
        );
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(left.exists());
        assert_silent_success(&stage.export(output, arguments).output().unwrap());
        assert!(!left.exists(), "{output} left it");
        fs::remove_file(stage.path(output)).unwrap();
    }
    let mut expected = strangers.map(str::to_owned);
    expected.sort();
    assert_eq!(stage.files(), expected);
}

fn unfinished_besides(stage: &Stage, strangers: &[&str]) -> Option<std::path::PathBuf> {
    let mut names = stage.files().into_iter();
    let name = names.find(|it| it.ends_with(".unfinished") && !strangers.contains(&&**it))?;
    Some(stage.path(&name))
}

/// Earlier versions let ffmpeg write into a folder among the system's temporary files.
#[cfg(target_os = "linux")]
#[test]
fn folders_of_earlier_versions_are_removed() {
    let stage = Stage::new();
    let temporary = tempfile::tempdir().unwrap();
    let alive = format!("slalom-{}-ThreadId1", std::process::id());
    for name in [
        "slalom-4294967295-ThreadId1",
        "slalom-4294967295-ThreadId2",
        &alive,
    ] {
        let folder = temporary.path().join(name);
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("clip"), "half a video").unwrap();
    }
    let strange = temporary
        .path()
        .join("slalom-4294967295-ThreadId2/holiday.jpg");
    fs::write(&strange, "not ours").unwrap();
    let video = EXPORTS.iter().find(|(file, _)| *file == "race.mp4");
    let (output, arguments) = video.unwrap();
    let mut export = stage.export(output, arguments);
    export.env("TMPDIR", temporary.path());
    assert_silent_success(&export.output().unwrap());
    let mut expected = [&*alive, "slalom-4294967295-ThreadId2"];
    expected.sort_unstable();
    assert_eq!(names(temporary.path()), expected);
    assert!(strange.exists());
}

/// The lock shows that a program lives, even where its process cannot be seen.
#[test]
fn a_temporary_file_is_locked() {
    let stage = Stage::new();
    let long = ["render", "race.ron", "--steps-per-frame", "0.001"];
    let child = stage.export("long.gif", &long).spawn().unwrap();
    let file = wait_for("a temporary file", || unfinished(stage.folder()));
    let file = fs::File::open(file).unwrap();
    wait_for("its lock", || {
        let locked = matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock));
        if !locked {
            let _ = file.unlock();
        }
        locked.then_some(())
    });
    send("TERM", child.id());
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(143));
}
