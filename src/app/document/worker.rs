//! Long work on its own thread, which keeps the window responsive.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;

use crate::engine::Signal;

/// A running piece of work. Dropping it stops the work.
#[derive(Debug)]
pub struct Worker<T> {
    receive: Receiver<T>,
    signal: Arc<Signal>,
}

/// The state of a worker.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer<T> {
    /// It is still running.
    Working,
    /// It is finished.
    Done(T),
    /// It panicked and will never finish.
    Gone,
}

impl<T: Send + 'static> Worker<T> {
    /// Starts `work` on a thread and calls `wake` when it is done.
    pub fn ask(
        work: impl FnOnce(&Signal) -> T + Send + 'static,
        wake: impl FnOnce() + Send + 'static,
    ) -> Self {
        let (send, receive) = channel();
        let signal = Arc::new(Signal::default());
        let theirs = Arc::clone(&signal);
        thread::spawn(move || {
            // If the window was closed, the receiver is gone and the result is not needed.
            let _ = send.send(work(&theirs));
            wake();
        });
        Self { receive, signal }
    }

    /// Returns the state of the work, with the result once it is done.
    pub fn poll(&self) -> Answer<T> {
        match self.receive.try_recv() {
            Ok(done) => Answer::Done(done),
            Err(TryRecvError::Empty) => Answer::Working,
            Err(TryRecvError::Disconnected) => Answer::Gone,
        }
    }

    /// Returns the number of units of work done.
    pub fn done(&self) -> u64 {
        self.signal.done()
    }
}

impl<T> Drop for Worker<T> {
    fn drop(&mut self) {
        self.signal.stop();
    }
}

#[cfg(test)]
mod tests {
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
    fn a_worker_answers_once_and_tells_how_far_it_is() {
        let worker = Worker::ask(
            |signal| {
                signal.advance(7);
                "done"
            },
            || {},
        );
        assert_eq!(answer(&worker), Answer::Done("done"));
        assert_eq!(worker.done(), 7);
        assert_eq!(answer(&worker), Answer::Gone);
    }

    #[test]
    fn a_worker_that_nobody_wants_any_more_stops() {
        let (told, hears) = channel();
        let worker = Worker::ask(
            move |signal| {
                while !signal.is_stopped() {
                    thread::yield_now();
                }
                let _ = told.send(());
            },
            || {},
        );
        drop(worker);
        assert_eq!(hears.recv(), Ok(()));
    }
}
