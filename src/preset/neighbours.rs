//! The lessons around a lesson: those in the same folder, in the order of their names.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use super::MOST_BYTES;
use super::locate::has;
use crate::experiment::{Key, Location};
use crate::file;

/// Returns the preset files with a lesson before and after `path` in its folder, ordered by name.
/// Invalid lessons count, too, so that opening one shows what is wrong.
#[must_use]
pub fn neighbours(path: &Path) -> [Option<PathBuf>; 2] {
    let names = names_beside(path);
    let here = path.file_name();
    let is_lesson = |name: &&OsStr| holds_lesson(&path.with_file_name(name));
    let names = || names.iter().map(OsString::as_os_str);
    let before = names().rev().filter(|&name| Some(name) < here);
    let after = names().filter(|&name| Some(name) > here);
    [
        before.into_iter().find(is_lesson),
        after.into_iter().find(is_lesson),
    ]
    .map(|name| name.map(|name| path.with_file_name(name)))
}

/// Returns the first preset file with a lesson in the folder of `path`, ordered by name, from which a
/// tour of one's own can start over.
#[must_use]
pub fn first_lesson(path: &Path) -> Option<PathBuf> {
    let names = names_beside(path).into_iter();
    let mut paths = names.map(|name| path.with_file_name(name));
    paths.find(|path| holds_lesson(path))
}

/// Returns the names of the files in the folder of `path`, in order.
fn names_beside(path: &Path) -> Vec<OsString> {
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<_> = entries.map(|entry| entry.file_name()).collect();
    names.sort_unstable();
    names
}

/// Returns whether a file is a preset with a lesson.
fn holds_lesson(path: &Path) -> bool {
    let is_preset = path.extension().is_some_and(|ending| ending == "ron");
    let lesson = Location(vec![Key::Field("lesson".into())]);
    is_preset && file::read_text(path, MOST_BYTES).is_ok_and(|text| has(&text, &lesson))
}
