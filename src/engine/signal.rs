//! Between those who do long work and those who wait for it.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// How far long work has come, and whether it is still wanted.
#[derive(Debug, Default)]
pub struct Signal {
    is_stopped: AtomicBool,
    done: AtomicU64,
}

impl Signal {
    /// Nobody wants the work any more.
    pub fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }

    /// Whether nobody wants the work any more.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }

    /// Some more units of work are done.
    pub fn advance(&self, work: u64) {
        self.done.fetch_add(work, Ordering::Relaxed);
    }

    /// The units of work that are done.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }
}
