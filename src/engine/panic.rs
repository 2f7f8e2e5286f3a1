//! Panics as values.

use std::fmt;

use crate::text::one_line;

/// The message and location of a panic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panic {
    pub(super) what: String,
    /// The source file and line, if known.
    pub(super) location: Option<String>,
}

impl fmt::Display for Panic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.what.split_whitespace().collect();
        f.write_str(&one_line(&words.join(" ")))?;
        match &self.location {
            Some(location) => write!(f, " ({location})"),
            None => Ok(()),
        }
    }
}

/// Runs `work`. On the web a panic ends the program, so there is nothing to catch.
///
/// # Errors
/// Never.
#[cfg(target_family = "wasm")]
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Panic> {
    Ok(work())
}
