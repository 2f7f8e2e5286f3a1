//! Splits rows into those to train on and those to test on.

use crate::chance::{Chance, Use};

/// Returns the rows to train on and the rows to test on, each in order. The test rows are the first
/// ones after a shuffle.
pub(super) fn split(rows: u32, test: usize, seed: u64) -> [Vec<u32>; 2] {
    let mut order: Vec<u32> = (0..rows).collect();
    if test == 0 {
        return [order, Vec::new()];
    }
    Chance::new(seed, Use::Split, 0).shuffle(&mut order);
    let mut train = order.split_off(test.min(order.len()));
    train.sort_unstable();
    order.sort_unstable();
    [train, order]
}
