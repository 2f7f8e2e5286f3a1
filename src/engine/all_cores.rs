//! Many jobs on all cores.

use crate::simulation::Job;

/// So much work, in looks at a row of data or at a formula, is worth the start of threads: some
/// 10 ms.
#[cfg(not(target_family = "wasm"))]
const WORTH_THREADS: usize = 1_000_000;

/// Finishes all jobs, each of about `work` units, and returns what came of them in the same order;
/// `None` where there was no job.
///
/// No job sees another, so it makes no difference which of them runs on which core.
#[cfg(not(target_family = "wasm"))]
pub fn all_cores<J: Job>(jobs: Vec<Option<J>>, work: usize) -> Vec<Option<J::Out>>
where
    J::Out: Send,
{
    use std::num::NonZero;
    use std::panic::resume_unwind;
    use std::thread::{self, ScopedJoinHandle};

    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    if threads == 1 || jobs.len().saturating_mul(work) < WORTH_THREADS {
        return one_by_one(jobs);
    }
    let team_size = jobs.len().div_ceil(threads).max(1);
    let mut jobs = jobs.into_iter();
    let teams = std::iter::from_fn(|| {
        let team: Vec<_> = jobs.by_ref().take(team_size).collect();
        (!team.is_empty()).then_some(team)
    });
    thread::scope(|scope| {
        let teams: Vec<_> = teams
            .map(|team| scope.spawn(move || one_by_one(team)))
            .collect();
        let results = teams.into_iter().map(ScopedJoinHandle::join);
        let results = results.map(|done| done.unwrap_or_else(|panic| resume_unwind(panic)));
        results.flatten().collect()
    })
}

/// Finishes all jobs; see the other one.
#[cfg(target_family = "wasm")]
pub fn all_cores<J: Job>(jobs: Vec<Option<J>>, _work: usize) -> Vec<Option<J::Out>> {
    one_by_one(jobs)
}

fn one_by_one<J: Job>(jobs: Vec<Option<J>>) -> Vec<Option<J::Out>> {
    jobs.into_iter().map(|job| job.map(Job::finish)).collect()
}
