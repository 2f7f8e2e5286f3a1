//! Runs many jobs on all cores.

use super::{Pauses, Signal, pause};
use crate::simulation::{Job, Progress};

/// The amount of work, in evaluations of a row of data or of a formula, from which starting threads
/// pays off: about 10 ms.
#[cfg(not(target_family = "wasm"))]
const WORTH_THREADS: usize = 1_000_000;
/// The amount of work between two checks of the signal: about a millisecond.
pub(super) const SLICE: u64 = 20_000;

/// A job on its way to its result.
pub struct Run<J: Job> {
    stage: Stage<J>,
    /// The units of work that the signal has counted.
    counted: u64,
}

/// How far a job is.
pub enum Stage<J: Job> {
    /// There is no job, or it was stopped.
    Nothing,
    /// It is running.
    Working(J),
    /// It is finished, with this result.
    Done(J::Out),
}

impl<J: Job> Run<J> {
    fn new(job: Option<J>) -> Self {
        Self {
            stage: job.map_or(Stage::Nothing, Stage::Working),
            counted: 0,
        }
    }

    /// How far the job is.
    pub fn stage(&self) -> &Stage<J> {
        &self.stage
    }

    fn into_result(self) -> Option<J::Out> {
        match self.stage {
            Stage::Done(out) => Some(out),
            Stage::Nothing | Stage::Working(_) => None,
        }
    }

    /// Runs the job slice by slice, until it has done `until` units of its about `work` units or is
    /// finished, and pauses in between. The signal counts exactly `work` units in all.
    async fn run(&mut self, work: u64, until: u64, signal: &Signal) {
        let Stage::Working(job) = &mut self.stage else {
            return;
        };
        let mut finished = None;
        while !signal.is_stopped() && finished.is_none() {
            let done = match job.advance(SLICE) {
                Progress::Done(out) => {
                    finished = Some(out);
                    work
                }
                Progress::Working { done, .. } => done,
            };
            let counted = done.clamp(self.counted, work.max(self.counted));
            signal.advance(counted - self.counted);
            self.counted = counted;
            if done >= until {
                break;
            }
            if finished.is_none() {
                pause().await;
            }
        }
        if let Some(out) = finished {
            self.stage = Stage::Done(out);
        }
    }
}

/// Runs all jobs, each of about `work` units, to completion and returns their results in the same
/// order; `None` where there was no job or `signal` stopped it. The signal counts `work` units for
/// every job, even if it takes fewer.
///
/// Jobs share nothing, so it does not matter which of them runs on which core.
pub async fn all_cores<J: Job>(
    jobs: Vec<Option<J>>,
    work: usize,
    signal: &Signal,
) -> Vec<Option<J::Out>>
where
    J::Out: Send,
{
    in_rounds(jobs, work, 1, signal, async |_: &[Run<J>]| {}).await
}

/// Runs all jobs in the same way, but side by side, in `rounds` equal rounds; after each but the
/// last, `look` is shown how far they are.
pub async fn in_rounds<J: Job>(
    jobs: Vec<Option<J>>,
    work: usize,
    rounds: u64,
    signal: &Signal,
    mut look: impl AsyncFnMut(&[Run<J>]),
) -> Vec<Option<J::Out>>
where
    J::Out: Send,
{
    let count = jobs.iter().flatten().count() as u64;
    signal.expect(count.saturating_mul(work as u64));
    let mut runs: Vec<Run<J>> = jobs.into_iter().map(Run::new).collect();
    for round in 1..rounds {
        let until = work as u64 / rounds * round;
        all_until(&mut runs, work, until, signal).await;
        if !signal.is_stopped() {
            look(&runs).await;
        }
    }
    all_until(&mut runs, work, u64::MAX, signal).await;
    runs.into_iter().map(Run::into_result).collect()
}

/// Runs all jobs until each has done `until` of its about `work` units.
#[cfg(not(target_family = "wasm"))]
async fn all_until<J: Job>(runs: &mut [Run<J>], work: usize, until: u64, signal: &Signal)
where
    J::Out: Send,
{
    use std::num::NonZero;
    use std::thread;

    use super::at_once;
    use super::watch::{Member, in_team};
    use crate::pause::is_sliced;

    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    if threads == 1 || is_sliced() || runs.len().saturating_mul(work) < WORTH_THREADS {
        return one_by_one(runs, work, until, signal).await;
    }
    let team_size = runs.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let teams = runs.chunks_mut(team_size);
        let teams: Vec<_> = teams
            .map(|team| {
                let work = move || at_once(one_by_one(team, work, until, signal));
                in_team(scope, work)
            })
            .collect();
        teams.into_iter().for_each(Member::joined);
    });
}

/// The same one after the other, on a platform without threads.
#[cfg(target_family = "wasm")]
async fn all_until<J: Job>(runs: &mut [Run<J>], work: usize, until: u64, signal: &Signal) {
    one_by_one(runs, work, until, signal).await;
}

async fn one_by_one<J: Job>(runs: &mut [Run<J>], work: usize, until: u64, signal: &Signal) {
    let mut pauses = Pauses::every(SLICE);
    for run in runs {
        let before = run.counted;
        run.run(work as u64, until, signal).await;
        pauses.after((run.counted - before) % SLICE).await;
    }
}

/// Runs a job of about `work` units slice by slice; `None` if it was stopped. The signal counts
/// exactly `work` units.
pub async fn drive<J: Job>(job: J, work: u64, signal: &Signal) -> Option<J::Out> {
    let mut run = Run::new(Some(job));
    run.run(work, u64::MAX, signal).await;
    run.into_result()
}

#[cfg(test)]
mod tests {
    use super::super::at_once;
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
            assert_eq!(at_once(all_cores(jobs(), work, &signal)), expected);
        }
    }

    #[test]
    fn every_job_counts_as_much_as_was_announced() {
        // Some take fewer units of work, others more.
        let signal = Signal::default();
        at_once(all_cores(jobs(), 3_000_000, &signal));
        assert_eq!([signal.done(), signal.expected()], [24_000_000; 2]);
    }

    #[test]
    fn jobs_advance_side_by_side_in_rounds() {
        let signal = Signal::default();
        let mut seen = Vec::new();
        let look = async |runs: &[Run<Count>]| {
            let counted = runs.iter().map(|run| match run.stage() {
                Stage::Nothing => 0,
                Stage::Working(job) => job.now,
                Stage::Done(out) => *out,
            });
            seen.push(counted.collect::<Vec<u64>>());
        };
        let results = at_once(in_rounds(jobs(), 8_000_000, 4, &signal, look));
        let all: Vec<u64> = jobs().iter().flatten().map(|job| job.to).collect();
        assert_eq!(results.into_iter().flatten().collect::<Vec<_>>(), all);
        for (round, counts) in seen.iter().enumerate() {
            let until = 2_000_000 * (round as u64 + 1);
            for (k, &count) in counts.iter().enumerate().filter(|(k, _)| *k != 3) {
                assert_eq!(count, until.min(k as u64 * 1_000_000), "{round} {k}");
            }
        }
        assert_eq!(seen.len(), 3);
        assert_eq!([signal.done(), signal.expected()], [64_000_000; 2]);
    }

    #[test]
    fn stopped_jobs_come_to_nothing() {
        let signal = Signal::default();
        signal.stop();
        let stopped = at_once(all_cores(jobs(), 1_000_000, &signal));
        assert_eq!(stopped, vec![None; 9]);
    }
}
