//! The log beside the settings, and the reports of crashes.
//!
//! `SLALOM_LOG` is a level (`off`, `error`, `warn`, `info`, `debug` or `trace`) or the path of
//! another file.

mod crash;
mod date;
mod writer;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use log::LevelFilter;

pub use crash::{Crash, last_crash, report};
use writer::Writer;

/// The environment variable that says what is logged, or where.
pub const VARIABLE: &str = "SLALOM_LOG";
/// The name of the log.
const FILE: &str = "slalom.log";

/// What is logged, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wanted {
    level: LevelFilter,
    file: PathBuf,
}

impl Wanted {
    /// Understands the value of the variable.
    fn from(value: Option<OsString>, folder: &Path) -> Self {
        let usual = Self {
            level: LevelFilter::Info,
            file: folder.join(FILE),
        };
        let Some(value) = value.filter(|value| !value.is_empty()) else {
            return usual;
        };
        match value.to_str().and_then(|text| text.trim().parse().ok()) {
            Some(level) => Self { level, ..usual },
            None => Self {
                file: value.into(),
                ..usual
            },
        }
    }
}

/// Begins to log. A log that cannot be written hinders nothing; if the user has asked for its path,
/// the reason is returned as a sentence.
#[must_use]
pub fn begin(folder: &Path) -> Option<String> {
    let value = std::env::var_os(VARIABLE);
    let wanted = Wanted::from(value, folder);
    if wanted.level == LevelFilter::Off {
        return None;
    }
    let is_asked_for = wanted.file != folder.join(FILE);
    let writer = match Writer::open(wanted.file.clone(), wanted.level) {
        Ok(writer) => writer,
        Err(cause) => {
            let file = wanted.file.display();
            let said = format!("The log cannot be written: {VARIABLE} names {file}: {cause}");
            return is_asked_for.then_some(said);
        }
    };
    // Only the first window of a program logs.
    if log::set_boxed_logger(Box::new(writer)).is_ok() {
        log::set_max_level(wanted.level);
        log::info!("{}", about());
    }
    None
}

/// Returns the version and the system in one line.
fn about() -> String {
    format!(
        "Slalom {} on {} {}",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_is_a_level_or_a_path() {
        let folder = Path::new("folder");
        let of = |value: Option<&str>| Wanted::from(value.map(OsString::from), folder);
        let usual = Wanted {
            level: LevelFilter::Info,
            file: folder.join(FILE),
        };
        assert_eq!(of(None), usual);
        assert_eq!(of(Some("")), usual);
        for (word, level) in [
            ("off", LevelFilter::Off),
            ("debug", LevelFilter::Debug),
            ("WARN", LevelFilter::Warn),
        ] {
            let file = usual.file.clone();
            assert_eq!(of(Some(word)), Wanted { level, file });
        }
        for path in ["/tmp/slalom.txt", "debug.log"] {
            let (level, file) = (usual.level, path.into());
            assert_eq!(of(Some(path)), Wanted { level, file });
        }
    }
}
