//! Identifiers that stay with their racer or document, wherever it moves.

use std::sync::atomic::{AtomicU64, Ordering};

/// Identifies a racer in its document, through reordering, undo and redo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RacerId(u64);

/// Identifies an open document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentId(u64);

/// Identifies a state of an experiment. No two changes lead to the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RevisionId(u64);

impl RacerId {
    /// Returns an id that no other racer has.
    #[must_use]
    pub fn fresh() -> Self {
        Self(next())
    }
}

impl DocumentId {
    /// Returns an id that no other document has.
    #[must_use]
    pub fn fresh() -> Self {
        Self(next())
    }
}

impl RevisionId {
    /// Returns an id that no other state has.
    #[must_use]
    pub fn fresh() -> Self {
        Self(next())
    }
}

fn next() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed)
}
