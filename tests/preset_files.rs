//! Presets on disk: finding, reading and saving them.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use common::preset::TEXT;
use slalom::preset::{self, BUILT_IN, BuiltIn, from_text};

#[test]
fn an_unknown_preset_suggests_the_nearest() {
    let message = |name: &str| preset::load(name).unwrap_err().to_string();
    assert_eq!(
        message("rosenbrok"),
        "there is no file or built-in preset named \"rosenbrok\"; did you mean rosenbrock?"
    );
    assert_eq!(
        message("nothing/like/it.ron"),
        "there is no file or built-in preset named \"nothing/like/it.ron\"; \
         `slalom list presets` lists the built-in ones"
    );
}

#[test]
fn files_that_cannot_be_read_say_why() {
    let folder = tempfile::tempdir().unwrap();
    let open = |path: &Path| preset::open(path).unwrap_err().to_string();
    let path = folder.path().join("binary.ron");
    fs::write(&path, [0x89, b'P', b'N', b'G', 0xff, 0, 1]).unwrap();
    assert_eq!(
        open(&path),
        format!("{} cannot be read: it is not UTF-8 text", path.display())
    );
    assert_eq!(
        open(folder.path()),
        format!("{} cannot be read: it is a folder", folder.path().display())
    );
    let missing = folder.path().join("missing.ron");
    assert!(open(&missing).starts_with(&format!("{} cannot be read: ", missing.display())));
    assert!(preset::load("race\0.ron").is_err());
    assert!(preset::load(&"x".repeat(5000)).is_err());
    assert!(preset::load("").is_err());
}

#[test]
fn a_file_is_loaded_by_its_path_and_its_errors_name_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("my race.ron");
    let name = path.to_str().unwrap();
    fs::write(&path, TEXT).unwrap();
    assert_eq!(preset::load(name), from_text("race.ron", TEXT));
    fs::write(&path, TEXT.replace("Beale", "Beal")).unwrap();
    let message = preset::load(name).unwrap_err().to_string();
    assert!(
        message.starts_with(&format!("{name}:4:14: there is no surface")),
        "{message}"
    );
}

#[test]
fn what_is_saved_is_what_is_loaded() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("race.ron");
    for built_in in BuiltIn::all() {
        let kept = built_in.preset().unwrap();
        preset::save(&path, &kept).unwrap();
        assert_eq!(preset::open(&path), Ok(kept));
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_place_that_cannot_be_written_is_left_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let kept = BUILT_IN[0].preset().unwrap();
    let save = |path: &Path| preset::save(path, &kept).unwrap_err().to_string();
    let message = |path: &Path, why: &str| format!("{} cannot be written: {why}", path.display());

    let target = folder.path().join("folder");
    fs::create_dir(&target).unwrap();
    assert_eq!(save(&target), message(&target, "it is a folder"));

    let old = folder.path().join("old.ron");
    fs::write(&old, "old").unwrap();
    let mut permissions = fs::metadata(&old).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&old, permissions).unwrap();
    assert_eq!(save(&old), message(&old, "it is read-only"));
    assert_eq!(fs::read_to_string(&old).unwrap(), "old");

    let nowhere = folder.path().join("no such folder/race.ron");
    assert!(save(&nowhere).starts_with(&message(&nowhere, "")));
    let beneath_a_file = old.join("race.ron");
    assert!(save(&beneath_a_file).starts_with(&message(&beneath_a_file, "")));
    assert_eq!(
        save(Path::new("/")),
        message(Path::new("/"), "it is a folder")
    );
    assert!(preset::save(Path::new(""), &kept).is_err());

    let left: BTreeSet<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, ["folder", "old.ron"].map(Into::into).into());
}

#[cfg(unix)]
#[test]
fn a_folder_without_leave_to_write_keeps_its_file() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("race.ron");
    fs::write(&path, "old").unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let saved = preset::save(&path, &BUILT_IN[0].preset().unwrap());
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let new = fs::read_to_string(&path).unwrap();
    // Root may write anywhere, but then the new file must be complete.
    match saved {
        Err(_) => assert_eq!(new, "old"),
        Ok(_) => assert_eq!(
            from_text("new", &new).as_ref(),
            BUILT_IN[0].preset().as_ref()
        ),
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_saved_file_keeps_its_permissions_and_links_stay_links() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = tempfile::tempdir().unwrap();
    let (path, link) = (
        folder.path().join("race.ron"),
        folder.path().join("link.ron"),
    );
    fs::write(&path, "old").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&path, &link).unwrap();
    let kept = BUILT_IN[0].preset().unwrap();
    preset::save(&link, &kept).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(preset::open(&path), Ok(kept));
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o640
    );
}
