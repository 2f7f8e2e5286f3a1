//! Why a piece of work failed.

use std::fmt;

use crate::engine::Panic;

/// The reason why a piece of work failed, in one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    what: &'static str,
    /// The panic; `None` if the system had no thread for the work.
    panic: Option<Panic>,
}

impl Report {
    pub(super) fn of_panic(what: &'static str, panic: Panic) -> Self {
        let panic = Some(panic);
        Self { what, panic }
    }

    pub(super) fn without_thread(what: &'static str) -> Self {
        Self { what, panic: None }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = self.what;
        match &self.panic {
            Some(panic) => write!(f, "The {what} failed because of a bug in Slalom: {panic}"),
            None => write!(f, "The {what} failed because the system has no free thread"),
        }
    }
}
