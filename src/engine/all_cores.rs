//! Runs many jobs on all cores.

use super::Signal;
use crate::simulation::{Job, Progress};

/// The amount of work, in evaluations of a row of data or of a formula, from which starting threads
/// pays off: about 10 ms.
#[cfg(not(target_family = "wasm"))]
const WORTH_THREADS: usize = 1_000_000;
/// The amount of work between two checks of the signal: about a millisecond.
const SLICE: u64 = 20_000;

/// Runs all jobs, each of about `work` units, to completion and returns their results in the same
/// order; `None` where there was no job or `signal` stopped it. The signal counts `work` units for
/// every job, even if it takes fewer.
///
/// Jobs share nothing, so it does not matter which of them runs on which core.
#[cfg(not(target_family = "wasm"))]
pub fn all_cores<J: Job>(jobs: Vec<Option<J>>, work: usize, signal: &Signal) -> Vec<Option<J::Out>>
where
    J::Out: Send,
{
    use std::num::NonZero;
    use std::thread;

    use super::watch::{Member, in_team};

    announce(&jobs, work, signal);
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    if threads == 1 || jobs.len().saturating_mul(work) < WORTH_THREADS {
        return one_by_one(jobs, work, signal);
    }
    let team_size = jobs.len().div_ceil(threads).max(1);
    let mut jobs = jobs.into_iter();
    let teams = std::iter::from_fn(|| {
        let team: Vec<_> = jobs.by_ref().take(team_size).collect();
        (!team.is_empty()).then_some(team)
    });
    thread::scope(|scope| {
        let teams: Vec<_> = teams
            .map(|team| in_team(scope, move || one_by_one(team, work, signal)))
            .collect();
        teams.into_iter().flat_map(Member::joined).collect()
    })
}

/// Runs all jobs one after the other, on a platform without threads.
#[cfg(target_family = "wasm")]
pub fn all_cores<J: Job>(
    jobs: Vec<Option<J>>,
    work: usize,
    signal: &Signal,
) -> Vec<Option<J::Out>> {
    announce(&jobs, work, signal);
    one_by_one(jobs, work, signal)
}

/// Tells the signal how much work there is.
fn announce<J>(jobs: &[Option<J>], work: usize, signal: &Signal) {
    let jobs = jobs.iter().flatten().count();
    signal.expect((jobs as u64).saturating_mul(work as u64));
}

fn one_by_one<J: Job>(jobs: Vec<Option<J>>, work: usize, signal: &Signal) -> Vec<Option<J::Out>> {
    let finish = |job: Option<J>| job.and_then(|job| drive(job, work as u64, signal));
    jobs.into_iter().map(finish).collect()
}

/// Runs a job of about `work` units slice by slice; `None` if it was stopped. The signal counts
/// exactly `work` units.
pub fn drive<J: Job>(mut job: J, work: u64, signal: &Signal) -> Option<J::Out> {
    let mut counted = 0;
    let mut count = |done: u64| {
        let done = done.clamp(counted, work.max(counted));
        signal.advance(done - counted);
        counted = done;
    };
    while !signal.is_stopped() {
        match job.advance(SLICE) {
            Progress::Done(out) => {
                count(work);
                return Some(out);
            }
            Progress::Working { done, .. } => count(done),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts to a number, one per unit of work.
    struct Count {
        now: u64,
        to: u64,
    }

    impl Job for Count {
        type Out = u64;

        fn advance(&mut self, work: u64) -> Progress<u64> {
            self.now = (self.now + work).min(self.to);
            if self.now == self.to {
                return Progress::Done(self.to);
            }
            Progress::Working {
                done: self.now,
                of: self.to,
            }
        }
    }

    fn jobs() -> Vec<Option<Count>> {
        let to = |to| (to != 3).then_some(Count { now: 0, to });
        (0..9)
            .map(|k| to(if k == 3 { 3 } else { k * 1_000_000 }))
            .collect()
    }

    #[test]
    fn what_comes_of_jobs_stands_in_their_order() {
        let signal = Signal::default();
        let expected: Vec<_> = jobs()
            .iter()
            .map(|job| job.as_ref().map(|it| it.to))
            .collect();
        for work in [1, 1_000_000] {
            assert_eq!(all_cores(jobs(), work, &signal), expected);
        }
    }

    #[test]
    fn every_job_counts_as_much_as_was_announced() {
        // Some take fewer units of work, others more.
        let signal = Signal::default();
        all_cores(jobs(), 3_000_000, &signal);
        assert_eq!([signal.done(), signal.expected()], [24_000_000; 2]);
    }

    #[test]
    fn stopped_jobs_come_to_nothing() {
        let signal = Signal::default();
        signal.stop();
        assert_eq!(all_cores(jobs(), 1_000_000, &signal), vec![None; 9]);
    }
}
