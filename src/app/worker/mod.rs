//! Long work beside the frames of the window, which stays responsive.
//!
//! A [`Worker`] does one piece of work; a [`Background`] keeps a result up to date with its inputs.
//! Work [pauses](crate::engine::pause) at least every few milliseconds, so that a web page can go on
//! with its frames, and looks at its [`Signal`] as often, so that it ends soon after it is cancelled.

mod background;
mod mailbox;
mod report;

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::time::Duration;

pub use background::Background;
pub use mailbox::Mailbox;
pub use report::Report;

use crate::app::ports;
use crate::engine::{Panic, Signal, caught_in_slices};

/// A running piece of work. Dropping it cancels the work.
#[derive(Debug)]
pub struct Worker<T> {
    what: &'static str,
    receive: Receiver<Result<T, Panic>>,
    signal: Arc<Signal>,
}

/// The state of a worker.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer<T> {
    /// It is still running.
    Working,
    /// It is finished.
    Done(T),
    /// It will never finish.
    Failed(Report),
}

impl<T: Send + 'static> Worker<T> {
    /// Starts `work` and calls `wake` when it has ended. `what` is a noun for messages, such as
    /// "simulation".
    pub fn ask(
        what: &'static str,
        work: impl AsyncFnOnce(&Signal) -> T + Send + 'static,
        wake: impl FnOnce() + Send + 'static,
    ) -> Self {
        let (send, receive) = channel();
        let signal = Arc::new(Signal::default());
        let theirs = Arc::clone(&signal);
        // Without a thread, the sender is dropped, which `poll` notices.
        ports::spawn(async move || {
            let ended = caught_in_slices(work(&theirs)).await;
            // If the work was cancelled, the receiver is gone and the result is not needed.
            let _ = send.send(ended);
            wake();
        });
        Self {
            what,
            receive,
            signal,
        }
    }

    /// Returns the state of the work, and its result once.
    pub fn poll(&self) -> Answer<T> {
        let received = self.receive.try_recv().map_err(|error| match error {
            TryRecvError::Empty => RecvTimeoutError::Timeout,
            TryRecvError::Disconnected => RecvTimeoutError::Disconnected,
        });
        self.answer(received)
    }

    /// Waits this long for the work to end, and returns its state. Where it would not go on
    /// meanwhile, its state is returned at once.
    pub fn wait(&self, patience: Duration) -> Answer<T> {
        if ports::can_wait() {
            self.answer(self.receive.recv_timeout(patience))
        } else {
            self.poll()
        }
    }

    fn answer(&self, received: Result<Result<T, Panic>, RecvTimeoutError>) -> Answer<T> {
        match received {
            Ok(Ok(done)) => Answer::Done(done),
            Ok(Err(panic)) => Answer::Failed(Report::of_panic(self.what, panic)),
            Err(RecvTimeoutError::Timeout) => Answer::Working,
            Err(RecvTimeoutError::Disconnected) => {
                Answer::Failed(Report::without_thread(self.what))
            }
        }
    }

    /// Cancels the work. Its result is lost, even if it is finished by now.
    pub fn cancel(self) {
        drop(self);
    }

    /// Returns whether the work has not ended yet, be its result taken or not.
    #[must_use]
    pub fn is_working(&self) -> bool {
        // The thread has the other one.
        Arc::strong_count(&self.signal) > 1
    }

    /// Returns the fraction of the work that is done, from 0 to 1.
    pub fn progress(&self) -> f64 {
        self.signal.share()
    }

    /// Returns the units of work done and expected; the latter is 0 until it is known.
    pub fn count(&self) -> [u64; 2] {
        [self.signal.done(), self.signal.expected()]
    }
}

impl<T> Drop for Worker<T> {
    fn drop(&mut self) {
        self.signal.stop();
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    fn answer<T: Send + 'static>(worker: &Worker<T>) -> Answer<T> {
        loop {
            match worker.poll() {
                Answer::Working => thread::yield_now(),
                answer => return answer,
            }
        }
    }

    #[test]
    fn a_worker_answers_once_and_wakes_the_window() {
        let (wake, woken) = channel();
        let worker = Worker::ask("sum", async |_| 3 + 4, move || wake.send(()).unwrap());
        assert_eq!(woken.recv(), Ok(()));
        assert_eq!(answer(&worker), Answer::Done(7));
        assert!(matches!(answer(&worker), Answer::Failed(_)));
    }

    /// Returns whether work that counts until it is cancelled ends in this case.
    fn ends(cancel: impl FnOnce(Worker<()>)) -> bool {
        let (told, hears) = channel();
        let worker = Worker::ask(
            "count",
            async move |signal| {
                let mut count = 0_u64;
                while !signal.is_stopped() {
                    count += 1;
                    let _ = told.send(Some(count));
                }
                let _ = told.send(None);
            },
            || {},
        );
        assert_eq!(hears.recv(), Ok(Some(1)));
        cancel(worker);
        hears.iter().last() == Some(None)
    }

    #[test]
    fn a_worker_that_is_cancelled_or_dropped_stops() {
        assert!(ends(Worker::cancel));
        assert!(ends(drop));
    }

    #[test]
    fn the_progress_goes_from_0_to_1() {
        let (go, going) = channel();
        let (told, hears) = channel();
        let worker = Worker::ask(
            "count",
            async move |signal| {
                signal.expect(4);
                for step in going {
                    signal.advance(step);
                    told.send(()).unwrap();
                }
            },
            || {},
        );
        assert_eq!(worker.progress(), 0.0);
        for (step, share) in [(0, 0.0), (1, 0.25), (2, 0.75), (1, 1.0)] {
            go.send(step).unwrap();
            hears.recv().unwrap();
            assert_eq!(worker.progress(), share);
        }
        assert_eq!(worker.count(), [4, 4]);
        drop(go);
        assert_eq!(answer(&worker), Answer::Done(()));
    }

    #[test]
    fn a_panic_is_told_as_a_sentence_with_its_location() {
        let none: [u8; 0] = [];
        let worker = Worker::ask("map", async move |_| none[none.len() + 2], || {});
        let Answer::Failed(report) = answer(&worker) else {
            panic!("there is no such number");
        };
        let sentence = report.to_string();
        let start = "The map failed because of a bug in Slalom: index out of bounds: the len is 0 \
                     but the index is 2 (src";
        assert!(sentence.starts_with(start), "{sentence}");
        assert!(sentence.contains("mod.rs:"), "{sentence}");
    }
}
