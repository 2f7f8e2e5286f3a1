//! Communication between a long-running job and whoever waits for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// The progress of a long-running job, and whether it has been cancelled.
#[derive(Debug, Default)]
pub struct Signal {
    is_stopped: Arc<AtomicBool>,
    done: AtomicU64,
    expected: AtomicU64,
}

impl Signal {
    /// A signal for a preparation: it is cancelled together with this one, but its work is counted
    /// separately.
    #[must_use]
    pub fn aside(&self) -> Self {
        Self {
            is_stopped: Arc::clone(&self.is_stopped),
            ..Self::default()
        }
    }

    /// Cancels the work.
    pub fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }

    /// Whether the work has been cancelled.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }

    /// Adds to the expected units of work. If all of it is announced before the work begins, the
    /// share never decreases.
    pub fn expect(&self, work: u64) {
        self.expected.fetch_add(work, Ordering::Relaxed);
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

    /// The number of units of work that are expected; 0 until it is known.
    #[must_use]
    pub fn expected(&self) -> u64 {
        self.expected.load(Ordering::Relaxed)
    }

    /// The fraction of the expected work that is done, from 0 to 1.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a share need not be exact")]
    pub fn share(&self) -> f64 {
        let share = self.done() as f64 / self.expected().max(1) as f64;
        share.min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_what_is_done_of_what_is_expected() {
        let signal = Signal::default();
        assert_eq!(signal.share(), 0.0);
        signal.expect(8);
        signal.advance(2);
        assert_eq!(signal.share(), 0.25);
        signal.advance(7);
        assert_eq!(signal.share(), 1.0);
    }

    #[test]
    fn a_preparation_is_cancelled_with_the_work_but_counted_separately() {
        let signal = Signal::default();
        let aside = signal.aside();
        aside.expect(2);
        aside.advance(1);
        assert_eq!([signal.done(), signal.expected()], [0, 0]);
        signal.stop();
        assert!(aside.is_stopped());
    }
}
