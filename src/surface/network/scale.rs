//! Shifts and scales columns of numbers.

use super::super::dataset::moments;

/// The scale of a column that is left as it is: mean 0, deviation 1.
pub(super) const UNTOUCHED: [f64; 2] = [0.0, 1.0];

/// How the numbers of a column are changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Not at all.
    None,
    /// The mean becomes 0.
    Center,
    /// The mean becomes 0 and the standard deviation 1.
    Standardize,
}

/// The scales of all columns.
#[derive(Debug, Default)]
pub(super) struct Scales {
    /// The mean and the deviation of each feature.
    pub(super) features: Vec<[f64; 2]>,
    /// The features that should be standardized, but are constant.
    pub(super) constant: Vec<String>,
    /// The mean and the deviation of the target, if it is standardized.
    pub(super) target: Option<[f64; 2]>,
}

/// Returns the mean and the deviation by which a column is shifted and scaled; `None` if it is
/// constant, but should be standardized.
pub(super) fn scale_of(column: &[f64], change: Change) -> Option<[f64; 2]> {
    if change == Change::None {
        return Some(UNTOUCHED);
    }
    let [mean, square] = moments(column);
    if change == Change::Center {
        return Some([mean, 1.0]);
    }
    let deviation = square.sqrt();
    // Rounding can give a constant column a small standard deviation.
    (deviation > 1e-14 * mean.abs()).then_some([mean, deviation])
}

/// Returns (x − mean)/deviation.
pub(super) fn scaled(number: f64, [mean, deviation]: [f64; 2]) -> f64 {
    (number - mean) / deviation
}
