//! Where files can be written: through links, in read-only folders, into pipes.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

use crate::hindered::{ReadOnly, respectful};
use crate::stage::{EXPORTS, Stage, assert_silent_success, sentence};

/// The file that an export writes in a folder of its own.
fn expected(output: &str, arguments: &[&str]) -> Vec<u8> {
    let stage = Stage::new();
    assert_silent_success(&stage.export(output, arguments).output().unwrap());
    assert_eq!(stage.files(), [output]);
    fs::read(stage.path(output)).unwrap()
}

#[test]
fn a_link_stays_and_its_file_is_replaced() {
    for (output, arguments) in EXPORTS {
        let expected = expected(output, arguments);
        let stage = Stage::new();
        fs::create_dir(stage.path("inner")).unwrap();
        let target = stage.path("inner/target");
        symlink("inner/target", stage.path(output)).unwrap();
        for old in [None, Some("old")] {
            if let Some(old) = old {
                fs::write(&target, old).unwrap();
            }
            assert_silent_success(&stage.export(output, arguments).output().unwrap());
            assert_eq!(fs::read(&target).unwrap(), expected);
            let link = fs::symlink_metadata(stage.path(output)).unwrap();
            assert!(link.is_symlink(), "{output}");
        }
        assert_eq!(stage.files(), ["inner", output]);
        assert_eq!(crate::stage::names(&stage.path("inner")), ["target"]);
    }
}

#[test]
fn permissions_stay() {
    for (output, arguments) in EXPORTS {
        let stage = Stage::new();
        for mode in [0o600, 0o664, 0o755] {
            let file = stage.path(output);
            fs::write(&file, "old").unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            assert_silent_success(&stage.export(output, arguments).output().unwrap());
            let now = fs::metadata(&file).unwrap();
            assert!(now.len() > 3);
            assert_eq!(now.permissions().mode() & 0o7777, mode, "{output}");
        }
    }
}

#[test]
fn a_writable_file_in_a_read_only_folder_is_saved() {
    let Some(prefix) = respectful() else { return };
    for (output, arguments) in EXPORTS {
        let expected = expected(output, arguments);
        let stage = Stage::new();
        let temporary = tempfile::tempdir().unwrap();
        fs::write(stage.path(output), "old").unwrap();
        let folder = ReadOnly::new(&stage);
        let mut command = stage.prefixed(prefix, output, arguments);
        let ended = command.env("TMPDIR", temporary.path()).output().unwrap();
        assert_silent_success(&ended);
        assert_eq!(fs::read(stage.path(output)).unwrap(), expected);
        assert_eq!(stage.files(), [*output]);
        assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0);

        // A longer file is cut to its new length.
        fs::write(stage.path(output), vec![b'x'; expected.len() + 1000]).unwrap();
        assert_silent_success(&command.output().unwrap());
        assert_eq!(fs::read(stage.path(output)).unwrap(), expected);

        // It says what is wrong if that is impossible.
        fs::write(stage.path(output), "old").unwrap();
        let said = sentence(&command.env("TMPDIR", "/no/such").output().unwrap(), 2);
        let reason =
            "cannot be written: the folder for temporary files, /no/such, cannot be used: ";
        assert!(said.contains(reason), "{said}");
        assert_eq!(fs::read(stage.path(output)).unwrap(), b"old");
        drop(folder);
    }
}

#[test]
fn a_folder_for_temporary_files_is_not_needed() {
    for (output, arguments) in EXPORTS {
        let stage = Stage::new();
        let mut command = stage.export(output, arguments);
        let ended = command.env("TMPDIR", "/no/such/folder").output().unwrap();
        assert_silent_success(&ended);
        assert_eq!(stage.files(), [*output]);
    }
}

#[test]
fn a_pipe_gets_what_a_file_would() {
    for (output, arguments) in EXPORTS {
        let expected = expected(output, arguments);
        let stage = Stage::new();
        let made = Command::new("mkfifo").arg(stage.path(output)).status();
        assert!(made.unwrap().success());
        let writing = stage.export(output, arguments).spawn().unwrap();
        assert_eq!(fs::read(stage.path(output)).unwrap(), expected, "{output}");
        assert_silent_success(&writing.wait_with_output().unwrap());
        assert_eq!(stage.files(), [*output]);
    }
}

/// On Linux, it is a link to a pipe that has no path of its own.
#[cfg(target_os = "linux")]
#[test]
fn standard_output_is_written_by_its_name() {
    for (output, arguments) in EXPORTS.iter().filter(|it| it.1[0] != "render") {
        let expected = expected(output, arguments);
        let stage = Stage::new();
        let link = stage.path(output);
        symlink("/dev/stdout", link).unwrap();
        let ended = stage.export(output, arguments).output().unwrap();
        assert_silent_success(&ended);
        assert!(ended.stdout == expected, "{output}");
        assert_eq!(stage.files(), [*output]);
    }
}
