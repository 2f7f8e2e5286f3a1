//! Exports that cannot succeed.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use slalom::preset;

use crate::stage::{EXPORTS, Stage, sentence, unfinished, wait_for};

/// Limits the size of files, so that writing fails as it does on a full disk.
const FULL: &[&str] = &["sh", "-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\""];

#[test]
fn a_full_disk_leaves_the_old_file() {
    for (output, arguments) in EXPORTS {
        let stage = Stage::new();
        for old in [None, Some("precious")] {
            if let Some(old) = old {
                fs::write(stage.path(output), old).unwrap();
            }
            let ended = stage.prefixed(FULL, output, arguments).output().unwrap();
            let said = sentence(&ended, 2);
            let expected = if ["race.mp4", "race.webm"].contains(output) {
                // ffmpeg writes the file.
                "ffmpeg could not make the video: "
            } else {
                &format!("{output} cannot be written: File too large")
            };
            assert!(said.contains(expected), "{said}");
            let kept = old.map(|_| (*output).to_owned());
            assert_eq!(stage.files(), kept.into_iter().collect::<Vec<_>>());
        }
        assert_eq!(fs::read(stage.path(output)).unwrap(), b"precious");
    }
}

#[test]
fn a_folder_that_is_not_there_is_said() {
    for (output, arguments) in EXPORTS {
        let stage = Stage::new();
        let inside = format!("nowhere/{output}");
        let said = sentence(&stage.export(&inside, arguments).output().unwrap(), 2);
        let expected = format!("slalom: {inside} cannot be written: there is no such folder");
        assert_eq!(said, expected);
        assert_eq!(stage.files(), [""; 0]);
    }
}

/// Takes from the superuser the right to write in folders that are read-only.
const WITHOUT_POWER: &[&str] = &["setpriv", "--inh-caps=-all", "--bounding-set=-all"];

/// What has to stand before a command so that it respects read-only folders; `None` if there is no
/// way.
pub fn respectful() -> Option<&'static [&'static str]> {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let file = folder.path().join("file");
    let candidates: [&[&str]; 2] = [&["env"], WITHOUT_POWER];
    let found = candidates.into_iter().find(|prefix| {
        let mut command = Command::new(prefix[0]);
        command.args(&prefix[1..]);
        let tried = command.args(["touch"]).arg(&file).output();
        tried.is_ok_and(|it| !it.status.success()) && !file.exists() && is_found(prefix[0])
    });
    let _ = fs::remove_file(&file);
    if found.is_none() {
        eprintln!("skipped: this user may write in read-only folders, and there is no setpriv");
    }
    found
}

fn is_found(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok()
}

/// Makes the folder of a stage read-only as long as it lives.
pub struct ReadOnly<'a>(&'a Stage);

impl<'a> ReadOnly<'a> {
    pub fn new(stage: &'a Stage) -> Self {
        fs::set_permissions(stage.folder(), fs::Permissions::from_mode(0o555)).unwrap();
        Self(stage)
    }
}

impl Drop for ReadOnly<'_> {
    fn drop(&mut self) {
        let writable = fs::Permissions::from_mode(0o755);
        let _ = fs::set_permissions(self.0.folder(), writable);
    }
}

#[test]
fn a_new_file_in_a_read_only_folder_is_refused() {
    let Some(prefix) = respectful() else { return };
    for (output, arguments) in EXPORTS {
        let stage = Stage::new();
        let folder = ReadOnly::new(&stage);
        let ended = stage.prefixed(prefix, output, arguments).output().unwrap();
        let said = sentence(&ended, 2);
        let expected = format!("slalom: {output} cannot be written: its folder is read-only");
        assert_eq!(said, expected);
        assert_eq!(stage.files(), [""; 0]);
        drop(folder);
    }
}

#[test]
fn a_file_of_somebody_else_is_not_replaced() {
    let Some(prefix) = respectful() else { return };
    let stage = Stage::new();
    fs::write(stage.path("race.csv"), "precious").unwrap();
    // Others may write it, but not its owner.
    fs::set_permissions(stage.path("race.csv"), fs::Permissions::from_mode(0o466)).unwrap();
    let ended = stage.prefixed(prefix, "race.csv", &["run", "race.ron"]);
    let said = sentence(&{ ended }.output().unwrap(), 2);
    let expected = "slalom: race.csv cannot be written: Permission denied";
    assert!(said.starts_with(expected), "{said}");
    assert_eq!(fs::read(stage.path("race.csv")).unwrap(), b"precious");
    assert_eq!(stage.files(), ["race.csv"]);
}

/// The folder vanishes while the export is under way.
#[test]
fn a_folder_that_vanishes_is_said() {
    let stage = Stage::with_steps(3000);
    for (output, arguments) in [
        ("race.csv", &["run", "network.ron"][..]),
        ("race.json", &["run", "network.ron", "--format", "json"]),
        ("weights.csv", &["run", "network.ron"]),
        ("race.svg", &["render", "network.ron"]),
        ("race.png", &["render", "network.ron"]),
        (
            "race.gif",
            &["render", "network.ron", "--steps-per-frame", "100"],
        ),
        (
            "race.apng",
            &["render", "network.ron", "--steps-per-frame", "100"],
        ),
    ] {
        let inner = stage.path("inner");
        fs::create_dir(&inner).unwrap();
        let inside = format!("inner/{output}");
        let mut child = stage.export(&inside, arguments).spawn().unwrap();
        let begun = wait_for("a temporary file", || {
            let ended = child.try_wait().unwrap().is_some();
            unfinished(&inner).map(|_| true).or(ended.then_some(false))
        });
        fs::remove_dir_all(&inner).unwrap();
        let ended = child.wait_with_output().unwrap();
        if !begun || ended.status.success() {
            eprintln!("skipped: {output} was written before its folder could be removed");
            continue;
        }
        let expected =
            format!("slalom: {inside} cannot be written: its folder was removed meanwhile");
        assert_eq!(sentence(&ended, 2), expected);
        assert_eq!(stage.files(), [""; 0]);
    }
}

#[test]
fn a_folder_that_vanishes_under_a_video_is_said() {
    let stage = Stage::new();
    fs::create_dir(stage.path("inner")).unwrap();
    stage.ffmpeg("cat > /dev/null\nrm -r inner\n");
    let ended = stage.export("inner/race.mp4", &["render", "race.ron"]);
    let said = sentence(&{ ended }.output().unwrap(), 2);
    assert_eq!(
        said,
        "slalom: ffmpeg could not make the video: it wrote nothing"
    );
    assert_eq!(stage.files(), [""; 0]);
}

/// Says where this test is to save a preset when it is started again with less room.
const TARGET: &str = "SLALOM_TEST_SAVES_TO";

/// The window saves presets with this function.
#[test]
fn a_preset_that_does_not_fit_leaves_the_old_one() {
    let mut long = preset::load_built_in("radford-beale").unwrap();
    long.experiment.notes = "More than fits. ".repeat(200);
    if let Some(target) = std::env::var_os(TARGET) {
        let refused = preset::save(target.as_ref(), &long).unwrap_err();
        let said = refused.to_string();
        assert!(
            said.contains("old.ron cannot be written: File too large"),
            "{said}"
        );
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("old.ron");
    let this = std::env::current_exe().unwrap();
    fs::write(&target, "precious").unwrap();
    let again = Command::new(FULL[0])
        .args(&FULL[1..])
        .arg(this)
        .args([
            "--exact",
            "hindered::a_preset_that_does_not_fit_leaves_the_old_one",
        ])
        .env(TARGET, &target)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&again.stdout);
    assert!(
        again.status.success() && said.contains("1 passed"),
        "{said}"
    );
    assert_eq!(fs::read(&target).unwrap(), b"precious");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    // Where there is room, it is saved.
    preset::save(&target, &long).unwrap();
    assert_eq!(preset::open(&target).unwrap(), long);
}
