//! The file of the log: one line a message, of bounded size.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use log::{Level, LevelFilter, Log, Metadata, Record};

use super::date::Date;
use crate::text::one_line;

/// The size above which the log becomes the old one, in place of the old one before it.
const MOST_BYTES: u64 = 1 << 20;
/// The maximum size of a message.
const LONGEST: usize = 4096;

/// Writes messages to a file.
#[derive(Debug)]
pub struct Writer {
    path: PathBuf,
    level: LevelFilter,
    open: Mutex<Open>,
}

#[derive(Debug)]
struct Open {
    file: File,
    bytes: u64,
}

impl Writer {
    /// Opens the log, to which several programs may write.
    ///
    /// # Errors
    /// Returns an error if it cannot be written.
    pub fn open(path: PathBuf, level: LevelFilter) -> io::Result<Self> {
        let open = Mutex::new(open(&path)?);
        Ok(Self { path, level, open })
    }

    /// Writes a line.
    fn line(&self, line: &str) -> io::Result<()> {
        let mut now = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if now.bytes >= MOST_BYTES {
            fs::rename(&self.path, old(&self.path))?;
            *now = open(&self.path)?;
        }
        // In one piece, which other programs do not interrupt.
        now.file.write_all(line.as_bytes())?;
        now.bytes += line.len() as u64;
        Ok(())
    }
}

fn open(path: &Path) -> io::Result<Open> {
    let file = File::options().append(true).create(true).open(path)?;
    let about = file.metadata()?;
    let bytes = if about.is_file() { about.len() } else { 0 };
    Ok(Open { file, bytes })
}

/// Returns the path of the old log.
fn old(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".old");
    path.with_file_name(name)
}

impl Log for Writer {
    /// Other libraries are only heard when they warn, unless everything is of interest.
    fn enabled(&self, about: &Metadata<'_>) -> bool {
        let is_own = about.target().starts_with("slalom");
        let level = if is_own || self.level > LevelFilter::Info {
            self.level
        } else {
            self.level.min(LevelFilter::Warn)
        };
        about.level() <= level
    }

    fn log(&self, record: &Record<'_>) {
        if !self.enabled(record.metadata()) {
            return;
        }
        let mut message = one_line(&record.args().to_string());
        if message.len() > LONGEST {
            let end = message.floor_char_boundary(LONGEST);
            message.truncate(end);
            message.push('…');
        }
        let level = match record.level() {
            Level::Error => "error",
            Level::Warn => "warn",
            Level::Info => "info",
            Level::Debug => "debug",
            Level::Trace => "trace",
        };
        let of = match record.target() {
            own if own.starts_with("slalom") => String::new(),
            other => format!("{other}: "),
        };
        let date = Date::of(SystemTime::now()).text();
        let line = format!("{date} {} {level} {of}{message}\n", std::process::id());
        // There is no better place to say that the log is full.
        let _ = self.line(&line);
    }

    fn flush(&self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(writer: &Writer, target: &str, level: Level, message: &str) {
        let mut record = Record::builder();
        let record = record.target(target).level(level);
        writer.log(&record.args(format_args!("{message}")).build());
    }

    #[test]
    fn a_message_is_a_line_and_libraries_are_heard_when_they_warn() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("slalom.log");
        let writer = Writer::open(path.clone(), LevelFilter::Info).unwrap();
        say(&writer, "slalom::app", Level::Error, "two\nlines");
        say(&writer, "slalom::app", Level::Debug, "details");
        say(&writer, "eframe", Level::Info, "chatter");
        say(&writer, "eframe", Level::Warn, "trouble");
        let text = fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2, "{text}");
        assert!(lines[0].ends_with(" error two\\nlines"), "{text}");
        assert!(lines[1].ends_with(" warn eframe: trouble"), "{text}");

        let writer = Writer::open(path.clone(), LevelFilter::Debug).unwrap();
        say(&writer, "eframe", Level::Debug, "everything");
        assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 3);
    }

    #[test]
    fn the_log_stays_below_two_megabytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("slalom.log");
        let writer = Writer::open(path.clone(), LevelFilter::Info).unwrap();
        let long = "é".repeat(LONGEST);
        for _ in 0..700 {
            say(&writer, "slalom", Level::Info, &long);
        }
        let files: Vec<u64> = fs::read_dir(folder.path())
            .unwrap()
            .map(|file| file.unwrap().metadata().unwrap().len())
            .collect();
        assert_eq!(files.len(), 2);
        assert!(
            files.iter().all(|bytes| *bytes < MOST_BYTES + 5000),
            "{files:?}"
        );
        assert!(old(&path).exists());
    }
}
