//! Runs a race with all its other seeds.

use std::collections::VecDeque;

use super::{Signal, all_cores};
use crate::simulation::{Repeats, Trajectory};

/// The number of runs that are made together, unless one seed has more.
const ROUND: usize = 16;

/// Runs some of the racers with every other seed and hands over their paths, in the order of the
/// seeds: the position of the racer in `racers` and its path. Ends early if `signal` stops it, which
/// counts [`Repeats::work_of`] these racers.
pub async fn repeat(
    repeats: &Repeats,
    racers: &[usize],
    signal: &Signal,
    mut accept: impl FnMut(usize, Trajectory),
) {
    let work = usize::try_from(repeats.work()).unwrap_or(usize::MAX);
    let mut left: VecDeque<u64> = repeats.seeds().iter().copied().collect();
    let seeds_per_round = ROUND.div_ceil(racers.len().max(1));
    while !left.is_empty() && !signal.is_stopped() {
        let seeds: Vec<u64> = left.drain(..seeds_per_round.min(left.len())).collect();
        let pairs = seeds
            .iter()
            .flat_map(|&seed| racers.iter().map(move |&racer| (racer, seed)));
        let jobs = pairs
            .map(|(racer, seed)| repeats.job(racer, seed))
            .collect();
        let made = all_cores(jobs, work, &signal.aside()).await;
        if signal.is_stopped() {
            return;
        }
        let count = made.len() as u64;
        for (run, path) in made.into_iter().enumerate() {
            accept(run % racers.len(), path.unwrap_or_default());
        }
        signal.advance(repeats.work().saturating_mul(count));
    }
}

#[cfg(test)]
mod tests {
    use super::super::at_once;
    use super::*;
    use crate::preset;
    use crate::simulation::simulate;

    const NOISY: &str = "(version: 1, surface: Beale, start: (1.0, 1.6), steps: 20, seed: 5, seeds: 40, \
        racers: [(optimizer: GradientDescent(learning_rate: 0.001), noise: 0.1), (optimizer: Adam()), \
        (optimizer: Momentum(learning_rate: 0.0001), noise: 0.2)])";

    #[test]
    fn every_run_is_the_race_with_that_seed() {
        let experiment = preset::from_text("test", NOISY).unwrap().experiment;
        let repeats = Repeats::of(&experiment, &experiment.open_surface());
        assert_eq!(repeats.racers(), [0, 2]);
        let mut paths = [Vec::new(), Vec::new()];
        let signal = Signal::default();
        signal.expect(repeats.work_of(2));
        at_once(repeat(&repeats, &[0, 2], &signal, |racer, path| {
            paths[racer].push(path);
        }));
        assert_eq!(signal.done(), signal.expected());
        for (index, seed) in (6..45).enumerate() {
            let mut single = experiment.clone();
            (single.seed, single.seeds) = (seed, 1);
            let race = simulate(&single);
            assert_eq!(paths[0][index], race[0]);
            assert_eq!(paths[1][index], race[2]);
        }
    }

    #[test]
    fn nothing_is_handed_over_after_a_stop() {
        let experiment = preset::from_text("test", NOISY).unwrap().experiment;
        let repeats = Repeats::of(&experiment, &experiment.open_surface());
        let signal = Signal::default();
        let mut count = 0;
        at_once(repeat(&repeats, &[0], &signal, |_, _| {
            count += 1;
            signal.stop();
        }));
        assert_eq!(count, ROUND);
    }
}
