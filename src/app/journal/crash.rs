//! Reports of crashes: files beside the log, of which the next start speaks once.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::about;
use super::date::Date;
use crate::engine::Panic;

/// The maximum number of reports that are kept.
const MOST: usize = 10;
/// How the name of a report begins.
const START: &str = "crash-";
/// The file with the path of a report of which no window has spoken yet.
const UNTOLD: &str = "last-crash";

/// A panic that has ended the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crash {
    /// The panic.
    pub panic: Panic,
    /// The calls that led to it, as far as known.
    pub backtrace: String,
}

/// Writes the report of a crash, and returns its path.
///
/// # Errors
/// Returns an error if it cannot be written.
pub fn report(folder: &Path, crash: &Crash) -> io::Result<PathBuf> {
    log::error!("crashed: {}", crash.panic);
    fs::create_dir_all(folder)?;
    let date = Date::of(SystemTime::now());
    let name = format!("{START}{}-{}.txt", date.name(), std::process::id());
    let path = folder.join(name);
    let backtrace = match crash.backtrace.trim_end() {
        "" => "unknown: it happened on another thread",
        known => known,
    };
    let text = format!(
        "{}\n{}\n\n{}\n\nCalls that led to it:\n{backtrace}\n",
        about(),
        date.text(),
        crash.panic,
    );
    fs::write(&path, text)?;
    // The next start looks for it. If it finds nothing, stderr has said where the report is.
    let _ = fs::write(folder.join(UNTOLD), path.as_os_str().as_encoded_bytes());
    remove_oldest(folder);
    Ok(path)
}

fn remove_oldest(folder: &Path) {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_text = |name: &str| Path::new(name).extension().is_some_and(|it| it == "txt");
    let is_report = |name: &str| name.starts_with(START) && is_text(name);

    let mut reports: Vec<PathBuf> = files
        .filter(|file| file.file_name().to_str().is_some_and(is_report))
        .map(|file| file.path())
        .collect();
    // Their names are in the order of their dates.
    reports.sort_unstable();
    let surplus = reports.len().saturating_sub(MOST);
    for old in reports.into_iter().take(surplus) {
        let _ = fs::remove_file(old);
    }
}

/// Returns the sentence on a crash of which no window has spoken yet, once.
pub fn last_crash(folder: &Path) -> Option<String> {
    let untold = folder.join(UNTOLD);
    let path = fs::read_to_string(&untold).ok()?;
    // If it cannot be removed, the sentence would come back at every start.
    fs::remove_file(&untold).ok()?;
    Some(format!("Slalom crashed; the report is in {path}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::caught_with_trace;

    fn crash() -> Crash {
        let (panic, backtrace) = caught_with_trace(|| panic!("min > max")).unwrap_err();
        Crash { panic, backtrace }
    }

    #[test]
    fn a_report_says_what_happened_and_is_spoken_of_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = report(folder.path(), &crash()).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        for part in [
            "Slalom ",
            std::env::consts::OS,
            "min > max (src",
            "crash::tests::crash",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        let said = last_crash(folder.path()).unwrap();
        assert!(said.ends_with(path.to_str().unwrap()), "{said}");
        assert_eq!(last_crash(folder.path()), None);
    }

    #[test]
    fn ten_reports_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..MOST + 3 {
            let old = folder
                .path()
                .join(format!("crash-19700101-{number:06}-1.txt"));
            fs::write(old, "").unwrap();
        }
        let newest = report(folder.path(), &crash()).unwrap();
        let kept = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(kept, MOST + 1, "and the note on the last one");
        assert!(newest.exists());
    }

    #[test]
    fn a_report_that_cannot_be_written_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        assert!(report(&file, &crash()).is_err());
        assert_eq!(last_crash(&file), None);
    }
}
