//! Communication between a long-running job and whoever waits for it.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// The progress of a long-running job, and whether it has been cancelled.
#[derive(Debug, Default)]
pub struct Signal {
    is_stopped: AtomicBool,
    done: AtomicU64,
}

impl Signal {
    /// Cancels the work.
    pub fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }

    /// Whether the work has been cancelled.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }

    /// Adds to the units of work that are done.
    pub fn advance(&self, work: u64) {
        self.done.fetch_add(work, Ordering::Relaxed);
    }

    /// The number of units of work done so far.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }
}
