//! Long work that can stop for a moment and go on later.
//!
//! Such work is an `async` function that awaits a [`pause`] about once a millisecond, and nothing
//! else. On a thread, [`at_once`] does it from beginning to end, and a pause costs as little as
//! reading a variable. On a web page, which has no threads,
//! [`Slices`](crate::engine::Slices) do some of it in every frame.

use std::cell::Cell;
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

thread_local! {
    /// Whether the work that runs on this thread is done in slices.
    static IS_SLICED: Cell<bool> = const { Cell::new(false) };
}

/// A point at which work may stop for a moment: pending once if the work is done in slices, ready at
/// once if not.
#[derive(Debug)]
#[must_use = "work pauses only if this is awaited"]
pub struct Pause {
    is_over: bool,
}

/// Lets other work, and the next frame of a web page, come first.
pub fn pause() -> Pause {
    Pause { is_over: false }
}

impl Future for Pause {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.is_over || !is_sliced() {
            return Poll::Ready(());
        }
        self.is_over = true;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

/// Pauses in a loop whose rounds are too short for one each.
#[derive(Debug)]
pub struct Pauses {
    done: u64,
    every: u64,
}

impl Pauses {
    /// Prepares to pause whenever so many units of work are done.
    #[must_use]
    pub fn every(work: u64) -> Self {
        Self {
            done: 0,
            every: work,
        }
    }

    /// Counts the work of a round, and pauses if there was enough of it since the last time.
    pub async fn after(&mut self, work: u64) {
        self.done = self.done.saturating_add(work);
        if self.done >= self.every {
            self.done = 0;
            pause().await;
        }
    }
}

/// Does work from beginning to end.
pub fn at_once<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(done) = work.as_mut().poll(&mut context) {
            return done;
        }
    }
}

/// Whether the work that runs on this thread is done in slices. Such work starts no threads, since
/// nobody may wait for them.
pub(crate) fn is_sliced() -> bool {
    IS_SLICED.get()
}

/// Runs a slice of work: up to its next pause, unless it ends before.
pub(crate) fn slice<T>(work: impl FnOnce() -> T) -> T {
    /// Ends the slice even if it panics.
    struct Slice {
        before: bool,
    }
    impl Drop for Slice {
        fn drop(&mut self) {
            IS_SLICED.set(self.before);
        }
    }
    let _slice = Slice {
        before: IS_SLICED.replace(true),
    };
    work()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts how often work must be polled.
    fn polls(work: impl Future<Output = ()>) -> usize {
        let mut work = pin!(work);
        let mut context = Context::from_waker(Waker::noop());
        (1..100)
            .find(|_| work.as_mut().poll(&mut context).is_ready())
            .unwrap()
    }

    async fn three_pauses() {
        for _ in 0..3 {
            pause().await;
        }
    }

    #[test]
    fn work_pauses_only_in_slices() {
        assert_eq!(polls(three_pauses()), 1);
        assert_eq!(slice(|| polls(three_pauses())), 4);
        assert_eq!(polls(three_pauses()), 1);
    }

    #[test]
    fn work_that_is_done_at_once_does_not_wait_in_a_slice_either() {
        let work = async {
            three_pauses().await;
            7
        };
        assert_eq!(slice(|| at_once(work)), 7);
    }

    #[test]
    fn short_rounds_share_a_pause() {
        let work = async {
            let mut pauses = Pauses::every(10);
            for _ in 0..12 {
                pauses.after(4).await;
            }
        };
        assert_eq!(slice(|| polls(work)), 1 + 4);
    }
}
