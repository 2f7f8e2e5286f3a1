//! Does several pieces of work on one thread, a slice of each in turn.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Waker};

use crate::pause::slice;

/// A piece of work; it leaves its result wherever it wants.
type Task = Pin<Box<dyn Future<Output = ()>>>;

/// Work that is done in slices on the thread that has it, such as that of a web page.
///
/// The work awaits nothing but its [`pause`](super::pause)s: whoever is asked is always ready to go
/// on.
///
/// ```
/// use std::cell::Cell;
/// use std::rc::Rc;
///
/// use slalom::engine::{Slices, pause};
///
/// let (slices, count) = (Slices::default(), Rc::new(Cell::new(0)));
/// let counted = Rc::clone(&count);
/// slices.add(async move {
///     for _ in 0..10 {
///         counted.set(counted.get() + 1);
///         pause().await;
///     }
/// });
/// // A frame has time for a single slice.
/// assert!(slices.run(|| true));
/// assert_eq!(count.get(), 1);
/// assert!(!slices.run(|| false));
/// assert_eq!(count.get(), 10);
/// ```
#[derive(Default)]
pub struct Slices {
    /// Those that come next are first. Work may add more, so nothing is borrowed while it runs.
    tasks: RefCell<VecDeque<Task>>,
}

impl fmt::Debug for Slices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Slices({})", self.tasks.borrow().len())
    }
}

impl Slices {
    /// Adds a piece of work, which comes after all others.
    pub fn add(&self, work: impl Future<Output = ()> + 'static) {
        self.tasks.borrow_mut().push_back(Box::pin(work));
    }

    /// Whether nothing is left to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tasks.borrow().is_empty()
    }

    /// Does one slice of each piece of work in turn, at least one in all, until it is late or
    /// everything is done. Returns whether anything is left.
    pub fn run(&self, mut is_late: impl FnMut() -> bool) -> bool {
        let mut context = Context::from_waker(Waker::noop());
        loop {
            let next = self.tasks.borrow_mut().pop_front();
            let Some(mut task) = next else {
                return false;
            };
            if slice(|| task.as_mut().poll(&mut context)).is_pending() {
                self.tasks.borrow_mut().push_back(task);
            }
            if is_late() {
                return !self.is_empty();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::rc::Rc;

    use super::super::{Signal, at_once, caught_in_slices, pause, race_until, repeat};
    use super::*;
    use crate::preset;
    use crate::simulation::{Repeats, Trajectory};
    use crate::subspace::PlaneChoice;

    /// A place for a result.
    type Place<T> = Rc<RefCell<Option<T>>>;

    /// Adds work, and returns where its result will be.
    fn add<T: 'static>(slices: &Slices, work: impl Future<Output = T> + 'static) -> Place<T> {
        let place = Place::default();
        let theirs = Rc::clone(&place);
        slices.add(async move {
            let done = work.await;
            theirs.replace(Some(done));
        });
        place
    }

    /// Runs frames, each with time for this number of slices, and returns how many it took.
    fn frames(slices: &Slices, per_frame: usize) -> usize {
        let mut frames = 1;
        loop {
            let mut left = per_frame;
            let is_late = || {
                left -= 1;
                left == 0
            };
            if !slices.run(is_late) {
                return frames;
            }
            frames += 1;
        }
    }

    fn network() -> crate::experiment::Experiment {
        let text = "(version: 1, steps: 300,
            surface: Network(moons: (rows: 200, noise: 0.2), hidden: [16], evaluate: 20),
            racers: [
                (optimizer: GradientDescent(learning_rate: 0.1), batch: MiniBatch(32)),
                (optimizer: Adam(learning_rate: 0.01), batch: MiniBatch(32)),
                (optimizer: Adam(learning_rate: 0.1)),
            ])";
        preset::from_text("network", text).unwrap().experiment
    }

    #[test]
    fn a_race_in_slices_is_the_race_at_once() {
        let eight = preset::load_built_in("radford-beale").unwrap().experiment;
        let mut long = eight.clone();
        long.steps = 100_000;
        for (experiment, least) in [(eight, 1), (long, 10), (network(), 10)] {
            let whole = at_once(race_until(
                &experiment,
                &PlaneChoice::Fitted,
                &Signal::default(),
            ));
            let slices = Slices::default();
            let signal = Rc::new(Signal::default());
            let (theirs, experiment) = (Rc::clone(&signal), experiment);
            let sliced = add(&slices, async move {
                race_until(&experiment, &PlaneChoice::Fitted, &theirs).await
            });
            assert!(frames(&slices, 3) >= least);
            let sliced = sliced.take().flatten().unwrap();
            // Scores that say nothing are no numbers, which differ from themselves.
            let digits = |paths: &[Trajectory]| format!("{paths:?}");
            assert!(digits(&sliced.paths) == digits(&whole.unwrap().paths));
            assert_eq!(signal.done(), signal.expected());
        }
    }

    #[test]
    fn no_slice_of_a_race_is_long() {
        let mut experiment = preset::load_built_in("radford-beale").unwrap().experiment;
        experiment.steps = 50_000;
        let signal = Rc::new(Signal::default());
        let theirs = Rc::clone(&signal);
        let slices = Slices::default();
        slices.add(async move {
            race_until(&experiment, &PlaneChoice::Fitted, &theirs).await;
        });
        let (mut before, mut longest) = (0, 0);
        while slices.run(|| true) {
            longest = longest.max(signal.done() - before);
            before = signal.done();
        }
        assert!(signal.done() > 700_000 && longest <= 40_000, "{longest}");
    }

    #[test]
    fn work_takes_turns() {
        let slices = Slices::default();
        let counts: Vec<Rc<Cell<usize>>> = (0..3).map(|_| Rc::default()).collect();
        for count in &counts {
            let count = Rc::clone(count);
            slices.add(async move {
                for _ in 0..1000 {
                    count.set(count.get() + 1);
                    pause().await;
                }
            });
        }
        for _ in 0..100 {
            let mut left = 7;
            let is_late = || {
                left -= 1;
                left == 0
            };
            assert!(slices.run(is_late));
            let done = counts.iter().map(|count| count.get());
            let [least, most] = [done.clone().min(), done.max()];
            assert!(most.unwrap() - least.unwrap() <= 1);
        }
    }

    #[test]
    fn work_that_is_cancelled_ends_at_its_next_slice() {
        let experiment = preset::from_text(
            "test",
            "(version: 1, surface: Beale, start: (1.0, 1.6), steps: 100000, seed: 5, seeds: 900, \
             racers: [(optimizer: GradientDescent(learning_rate: 0.001), noise: 0.1)])",
        );
        let experiment = experiment.unwrap().experiment;
        let signal = Rc::new(Signal::default());
        let theirs = Rc::clone(&signal);
        let slices = Slices::default();
        slices.add(async move {
            let repeats = Repeats::of(&experiment, &experiment.open_surface());
            repeat(&repeats, &[0], &theirs, |_, _| {}).await;
        });
        for _ in 0..5 {
            assert!(slices.run(|| true));
        }
        signal.stop();
        assert!(!slices.run(|| true));
    }

    #[test]
    fn work_may_add_work_and_fail_alone() {
        let slices = Rc::new(Slices::default());
        let (adds, failed) = (Rc::clone(&slices), Place::default());
        let (theirs, added) = (Rc::clone(&failed), Place::default());
        let told = Rc::clone(&added);
        slices.add(async move {
            adds.add(async move {
                pause().await;
                told.replace(Some(()));
            });
            let outcome = caught_in_slices::<()>(async {
                pause().await;
                panic!("nothing there")
            });
            theirs.replace(Some(outcome.await));
        });
        frames(&slices, 1);
        let told = failed.take().unwrap().unwrap_err().to_string();
        assert!(told.starts_with("nothing there (src"), "{told}");
        assert!(added.take().is_some());
    }
}
