//! Means over rows with twice as many digits.

use crate::real::{DoubleDouble, Real};

/// The means of x, y, x², xy and y² over some rows, from which the loss of a straight line follows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Means {
    pub x: DoubleDouble,
    pub y: DoubleDouble,
    pub xx: DoubleDouble,
    pub xy: DoubleDouble,
    pub yy: DoubleDouble,
}

impl Means {
    /// The means over these rows; NaN if one of them does not exist.
    pub fn of(rows: impl Iterator<Item = Option<[f64; 2]>>) -> Self {
        let mut sums = [DoubleDouble::ZERO; 5];
        let mut count = 0.0;
        for row in rows {
            let [x, y] = row.map_or([DoubleDouble::NAN; 2], |row| row.map(DoubleDouble::from));
            for (sum, term) in sums.iter_mut().zip([x, y, x * x, x * y, y * y]) {
                *sum += term;
            }
            count += 1.0;
        }
        let [x, y, xx, xy, yy] = sums.map(|sum| sum / count);
        Self { x, y, xx, xy, yy }
    }
}
