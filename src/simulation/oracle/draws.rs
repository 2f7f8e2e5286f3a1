//! The rows of the data that each step uses.

use crate::chance::{Chance, Use};
use crate::experiment::{Batch, Plan};

/// The rows of every step of a racer.
///
/// An epoch is a list as long as the data: all rows in a random order, or, *with replacement*,
/// independent draws. It is cut into batches from the front; what remains at the end is a smaller
/// batch (as with `PyTorch`'s `DataLoader`). The list depends only on the experiment's seed and the
/// epoch's number, so all racers draw the same rows, and the rows of any step can be computed
/// directly.
#[derive(Clone, Debug)]
pub struct Draws {
    batch: Batch,
    replacement: bool,
    seed: u64,
    rows: u32,
    epoch: Option<u64>,
    list: Vec<u32>,
}

impl Draws {
    /// The draws of a plan from `rows` rows of data; nothing is drawn if there are none.
    #[must_use]
    pub fn of(plan: &Plan, rows: usize, seed: u64) -> Self {
        Self {
            batch: plan.batch.clone(),
            replacement: plan.replacement,
            seed,
            rows: u32::try_from(rows).unwrap_or(u32::MAX),
            epoch: None,
            list: Vec::new(),
        }
    }

    /// The rows of the update from `step` to `step + 1`; `None` means all.
    pub fn rows(&mut self, step: usize) -> Option<&[u32]> {
        let rows = self.rows as usize;
        if rows == 0 {
            return None;
        }
        if let Batch::Rows(_) = self.batch {
            return self.given(step);
        }
        let size = self.batch.drawn()?.clamp(1, rows);
        let batches = rows.div_ceil(size);
        self.turn_to((step / batches) as u64);
        let start = step % batches * size;
        self.list.get(start..rows.min(start + size))
    }

    /// The rows that the preset lists for the step.
    fn given(&self, step: usize) -> Option<&[u32]> {
        let Batch::Rows(lists) = &self.batch else {
            return None;
        };
        let index = step.checked_rem(lists.len())?;
        lists.get(index).map(Vec::as_slice)
    }

    /// The number of rows used by the update from `step` to `step + 1`.
    pub fn count(&mut self, step: usize) -> u64 {
        let all = u64::from(self.rows);
        self.rows(step).map_or(all, |rows| rows.len() as u64)
    }

    fn turn_to(&mut self, epoch: u64) {
        if self.epoch == Some(epoch) {
            return;
        }
        self.epoch = Some(epoch);
        let mut chance = Chance::new(self.seed, Use::Rows, epoch);
        self.list.clear();
        if self.replacement {
            let draws = (0..self.rows).map(|_| chance.below(self.rows));
            self.list.extend(draws);
        } else {
            self.list.extend(0..self.rows);
            chance.shuffle(&mut self.list);
        }
    }
}
