//! A result that is kept up to date beside the frames of the window.

use super::{Answer, Report, Worker};
use crate::app::ports::within_frame;
use crate::engine::{Panic, Signal, at_once, caught};

/// A result that depends on a key. A cheap one is computed at once; for any other, a worker starts
/// and the last result stays until it is done.
#[derive(Debug)]
pub struct Background<K, T> {
    what: &'static str,
    cheap: u64,
    latest: Option<(K, T)>,
    running: Option<(K, Worker<T>)>,
    /// The key whose computation failed, and why, until that has been told.
    failed: Option<(K, Option<Report>)>,
}

impl<K: PartialEq, T: Send + 'static> Background<K, T> {
    /// Creates an empty one. `what` is a noun for messages, such as "simulation", and `cheap` the
    /// highest cost of work that is done at once on the desktop; on the web it is lower.
    #[must_use]
    pub fn new(what: &'static str, cheap: u64) -> Self {
        Self {
            what,
            cheap: within_frame(cheap),
            latest: None,
            running: None,
            failed: None,
        }
    }

    /// Makes the result that of `key`, which `work` computes at this `cost`. A worker with another
    /// key is cancelled; the new one calls `wake` when it is done. Nothing happens if the result of
    /// this key is known or being computed, or has failed.
    pub fn update(
        &mut self,
        key: K,
        cost: u64,
        wake: impl FnOnce() + Send + 'static,
        work: impl AsyncFnOnce(&Signal) -> T + Send + 'static,
    ) {
        self.collect();
        if is_of(&key, self.running.as_ref()) {
            return;
        }
        // Dropping a worker cancels it.
        self.running = None;
        if is_of(&key, self.latest.as_ref()) || is_of(&key, self.failed.as_ref()) {
            return;
        }
        if cost <= self.cheap {
            let ended = caught(|| at_once(work(&Signal::default())));
            self.accept(key, ended.map_err(|panic| self.report(panic)));
        } else {
            self.running = Some((key, Worker::ask(self.what, work, wake)));
        }
    }

    /// Takes over the result of a worker that is done.
    pub fn collect(&mut self) {
        let Some((key, worker)) = self.running.take() else {
            return;
        };
        match worker.poll() {
            Answer::Working => self.running = Some((key, worker)),
            Answer::Done(result) => self.accept(key, Ok(result)),
            Answer::Failed(report) => self.accept(key, Err(report)),
        }
    }

    fn accept(&mut self, key: K, ended: Result<T, Report>) {
        match ended {
            Ok(result) => (self.latest, self.failed) = (Some((key, result)), None),
            Err(report) => self.failed = Some((key, Some(report))),
        }
    }

    fn report(&self, panic: Panic) -> Report {
        Report::of_panic(self.what, panic)
    }

    /// Returns the last result.
    #[must_use]
    pub fn get(&self) -> Option<&T> {
        self.latest.as_ref().map(|(_, result)| result)
    }

    /// Returns the key of the last result.
    #[must_use]
    pub fn key(&self) -> Option<&K> {
        self.latest.as_ref().map(|(key, _)| key)
    }

    /// Gives the last result another key, which it fits as well.
    pub fn rename(&mut self, key: K) {
        if let Some((known, _)) = &mut self.latest {
            *known = key;
        }
    }

    /// Returns whether a worker is running.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        let worker = self.running.as_ref();
        worker.is_some_and(|(_, worker)| worker.is_working())
    }

    /// Returns the fraction of the work that is done, if a worker is running.
    #[must_use]
    pub fn progress(&self) -> Option<f64> {
        self.running.as_ref().map(|(_, worker)| worker.progress())
    }

    /// Returns why the last computation failed, if it did and that has not been taken.
    #[must_use]
    pub fn failure(&self) -> Option<&Report> {
        self.failed.as_ref()?.1.as_ref()
    }

    /// Returns why the last computation failed, if it did, once.
    pub fn take_failure(&mut self) -> Option<Report> {
        self.failed.as_mut()?.1.take()
    }
}

fn is_of<K: PartialEq, V>(key: &K, known: Option<&(K, V)>) -> bool {
    known.is_some_and(|(of, _)| of == key)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::sync::mpsc::{Receiver, Sender, channel};

    use super::*;
    use crate::app::ports::sliced;
    use crate::engine::pause;

    const CHEAP: u64 = 10;
    const DEAR: u64 = 11;

    fn squares() -> Background<u32, u32> {
        Background::new("square", CHEAP)
    }

    /// Asks for the square of a number on a worker. It waits for permission, and the receiver hears
    /// whether it was cancelled.
    fn ask(squares: &mut Background<u32, u32>, number: u32) -> (Sender<()>, Receiver<bool>) {
        let (allow, allowed) = channel();
        let (told, hears) = channel();
        squares.update(
            number,
            DEAR,
            || {},
            async move |signal| {
                while allowed.try_recv().is_err() && !signal.is_stopped() {
                    std::thread::yield_now();
                }
                let _ = told.send(signal.is_stopped());
                number * number
            },
        );
        (allow, hears)
    }

    fn settle(squares: &mut Background<u32, u32>) {
        while squares.progress().is_some() {
            squares.collect();
            std::thread::yield_now();
        }
    }

    #[test]
    fn cheap_work_is_done_at_once() {
        let mut squares = squares();
        squares.update(3, CHEAP, || {}, async |_| 9);
        assert_eq!(squares.get(), Some(&9));
        assert_eq!(squares.progress(), None);
    }

    #[test]
    fn the_last_result_stays_until_the_next_is_there() {
        let mut squares = squares();
        squares.update(3, CHEAP, || {}, async |_| 9);
        let (allow, _hears) = ask(&mut squares, 4);
        assert_eq!((squares.get(), squares.key()), (Some(&9), Some(&3)));
        assert_eq!(squares.progress(), Some(0.0));
        allow.send(()).unwrap();
        settle(&mut squares);
        assert_eq!((squares.get(), squares.key()), (Some(&16), Some(&4)));
        assert_eq!(squares.progress(), None);
    }

    #[test]
    fn a_new_key_cancels_the_running_worker() {
        let mut squares = squares();
        let (_allow, hears) = ask(&mut squares, 4);
        let (allow, _hears) = ask(&mut squares, 5);
        assert_eq!(hears.recv(), Ok(true));
        allow.send(()).unwrap();
        settle(&mut squares);
        assert_eq!(squares.get(), Some(&25));
    }

    #[test]
    fn going_back_to_a_known_key_cancels_the_running_worker() {
        let mut squares = squares();
        squares.update(3, CHEAP, || {}, async |_| 9);
        let (_allow, hears) = ask(&mut squares, 4);
        squares.update(3, CHEAP, || {}, async |_| unreachable!("it is known"));
        assert_eq!(hears.recv(), Ok(true));
        assert_eq!((squares.get(), squares.progress()), (Some(&9), None));
    }

    #[test]
    fn the_same_key_is_computed_once() {
        let mut squares = squares();
        let (allow, _hears) = ask(&mut squares, 4);
        squares.update(
            4,
            DEAR,
            || {},
            async |_| unreachable!("it is being computed"),
        );
        allow.send(()).unwrap();
        settle(&mut squares);
        squares.update(4, DEAR, || {}, async |_| unreachable!("it is known"));
        assert_eq!((squares.get(), squares.progress()), (Some(&16), None));
    }

    /// Asks for the square of a number, which is found in ten slices. The counter tells how many of
    /// them have been made.
    fn ask_in_slices(squares: &mut Background<u32, u32>, number: u32) -> Arc<AtomicU32> {
        let (count, theirs) = {
            let count = Arc::new(AtomicU32::new(0));
            (Arc::clone(&count), count)
        };
        squares.update(
            number,
            DEAR,
            || {},
            async move |signal| {
                signal.expect(10);
                for _ in 0..10 {
                    if signal.is_stopped() {
                        break;
                    }
                    theirs.fetch_add(1, Ordering::Relaxed);
                    signal.advance(1);
                    pause().await;
                }
                assert!(number != 13, "unlucky");
                number * number
            },
        );
        count
    }

    #[test]
    fn work_in_slices_shows_its_progress_and_comes_to_the_same() {
        sliced::turn_on();
        let mut squares = squares();
        ask_in_slices(&mut squares, 4);
        for done in 0..10 {
            squares.collect();
            assert_eq!(squares.progress(), Some(f64::from(done) / 10.0));
            assert!(squares.is_busy() && squares.get().is_none());
            assert!(sliced::run(1));
        }
        assert!(!sliced::run(1));
        squares.collect();
        assert_eq!((squares.get(), squares.progress()), (Some(&16), None));
        assert!(!squares.is_busy());
    }

    #[test]
    fn a_new_key_cancels_work_in_slices() {
        sliced::turn_on();
        let mut squares = squares();
        let first = ask_in_slices(&mut squares, 4);
        assert!(sliced::run(3));
        let second = ask_in_slices(&mut squares, 5);
        assert!(!sliced::run(99));
        squares.collect();
        assert_eq!(squares.get(), Some(&25));
        let counts = [first, second].map(|count| count.load(Ordering::Relaxed));
        assert_eq!(counts, [3, 10]);
    }

    #[test]
    fn a_failure_of_work_in_slices_is_told() {
        sliced::turn_on();
        let mut squares = squares();
        ask_in_slices(&mut squares, 13);
        assert!(!sliced::run(99));
        squares.collect();
        let told = squares.failure().unwrap().to_string();
        assert!(told.starts_with("The square failed because of a bug in Slalom: unlucky (src"));
    }

    #[test]
    fn a_failure_is_told_and_not_repeated() {
        for cost in [CHEAP, DEAR] {
            let mut squares = squares();
            squares.update(3, CHEAP, || {}, async |_| 9);
            squares.update(4, cost, || {}, async |_| panic!("too large"));
            settle(&mut squares);
            let told = squares.failure().unwrap().to_string();
            assert!(
                told.starts_with("The square failed because of a bug in Slalom: too large (src")
            );
            squares.update(4, cost, || {}, async |_| unreachable!("it has failed"));
            assert_eq!((squares.get(), squares.progress()), (Some(&9), None));
            assert!(squares.take_failure().is_some());
            assert_eq!(squares.take_failure(), None);
            squares.update(5, CHEAP, || {}, async |_| 25);
            assert_eq!(squares.get(), Some(&25));
        }
    }
}
