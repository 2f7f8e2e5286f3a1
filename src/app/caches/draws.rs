//! The rows of the selected racer's step.

use crate::experiment::{Batch, Plan};
use crate::simulation::Draws;

/// What rows are drawn from: the batch, replacement, the number of rows, and the seed.
type Key = (Batch, bool, usize, u64);

/// The draws of one racer, kept since an epoch of many rows takes long to shuffle.
#[derive(Debug, Default)]
pub struct DrawsCache {
    draws: Option<(Key, Draws)>,
}

impl DrawsCache {
    /// Returns the rows of a step; `None` means all.
    pub fn rows(&mut self, plan: &Plan, rows: usize, seed: u64, step: usize) -> Option<&[u32]> {
        let key = (plan.batch.clone(), plan.replacement, rows, seed);
        let known = self.draws.take().filter(|(of, _)| *of == key);
        let made = || (key, Draws::of(plan, rows, seed));
        let (_, draws) = self.draws.insert(known.unwrap_or_else(made));
        draws.rows(step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::load_built_in;

    #[test]
    fn the_rows_are_those_of_the_plan_at_that_step() {
        let experiment = load_built_in("noisy-moons").unwrap().experiment;
        let mut plan = experiment.racers[0].plan.clone();
        let mut cache = DrawsCache::default();
        for (batch, replacement) in [(16, false), (16, true), (8, true)] {
            (plan.batch, plan.replacement) = (Batch::MiniBatch(batch), replacement);
            for step in [0, 5, 40, 3] {
                let mut fresh = Draws::of(&plan, 200, 7);
                assert_eq!(cache.rows(&plan, 200, 7, step), fresh.rows(step));
            }
        }
    }
}
