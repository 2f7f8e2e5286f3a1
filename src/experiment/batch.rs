//! Which rows of the data a step uses.

use serde::{Deserialize, Serialize};

use super::Racer;
use crate::chance::{Chance, Use};

/// Which rows of the data the gradient of one step is the mean over.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Batch {
    /// All rows: batch gradient descent.
    #[default]
    Full,
    /// One row: stochastic gradient descent in the strict sense.
    Sample,
    /// So many rows.
    MiniBatch(usize),
    /// These rows, counted from 0: one list a step. After the last list the first follows again,
    /// so that one epoch, or a fixed cycle, need not be written more than once.
    Rows(Vec<Vec<u32>>),
}

impl Batch {
    /// Whether every step uses all rows.
    #[must_use]
    pub fn is_full(&self) -> bool {
        matches!(self, Self::Full)
    }

    /// How many rows are drawn for a step, where they are drawn.
    #[must_use]
    pub fn drawn(&self) -> Option<usize> {
        match self {
            Self::Full | Self::Rows(_) => None,
            Self::Sample => Some(1),
            Self::MiniBatch(size) => Some(*size),
        }
    }

    /// Why it cannot be taken from data of so many rows, if it cannot.
    #[must_use]
    pub fn conflict(&self, rows: usize) -> Option<String> {
        match self {
            Self::Full => None,
            _ if rows == 0 => Some(
                "this surface has no data to draw a batch from; a batch needs LinearRegression or \
                 LogisticRegression, and noise works on any surface"
                    .into(),
            ),
            Self::MiniBatch(0) => Some("a batch must have 1 row or more".into()),
            Self::MiniBatch(size) if *size > rows => Some(format!(
                "a batch of {size} is larger than the data, which have {rows} rows"
            )),
            Self::Sample | Self::MiniBatch(_) => None,
            Self::Rows(lists) if lists.is_empty() => {
                Some("Rows has no list, but needs one for each step".into())
            }
            Self::Rows(lists) => {
                let fault = |(step, list): (usize, &Vec<u32>)| {
                    if list.is_empty() {
                        return Some(format!("the list of step {step} in Rows is empty"));
                    }
                    let row = list.iter().find(|&&row| row as usize >= rows)?;
                    let last = rows - 1;
                    Some(format!(
                        "there is no row {row} for step {step}; rows are counted from 0 to {last}"
                    ))
                };
                lists.iter().enumerate().find_map(fault)
            }
        }
    }
}

/// The rows of every step of a racer.
///
/// An epoch is a list of as many rows as the data have: all of them in a random order, or *with
/// replacement* as many independent draws. It is cut into batches from the front; what is left at
/// its end is a smaller batch (as with `PyTorch`'s `DataLoader`). The list depends on nothing but
/// the experiment's seed and the epoch's number, so racers draw alike and the rows of any step can
/// be asked for.
#[derive(Clone, Debug)]
pub struct Draws<'a> {
    batch: &'a Batch,
    replacement: bool,
    seed: u64,
    rows: u32,
    epoch: Option<u64>,
    list: Vec<u32>,
}

impl<'a> Draws<'a> {
    /// The draws of a racer from so many rows; without rows nothing is drawn.
    #[must_use]
    pub fn of(racer: &'a Racer, rows: usize, seed: u64) -> Self {
        Self {
            batch: &racer.batch,
            replacement: racer.replacement,
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
        if let Batch::Rows(lists) = self.batch {
            let place = step.checked_rem(lists.len())?;
            return lists.get(place).map(Vec::as_slice);
        }
        let size = self.batch.drawn()?.clamp(1, rows);
        let batches = rows.div_ceil(size);
        self.turn_to((step / batches) as u64);
        let start = step % batches * size;
        self.list.get(start..rows.min(start + size))
    }

    /// How many rows the update from `step` to `step + 1` uses.
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
