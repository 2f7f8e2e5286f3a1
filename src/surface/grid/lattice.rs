//! Evenly spaced coordinates.

use super::GridError;
use crate::number;

/// How far a coordinate may lie from its place, as a part of the spacing. Scripts round them, to four
/// digits perhaps.
const TOLERANCE: f64 = 1e-3;

/// Returns the different values, from the smallest to the largest.
pub(super) fn distinct(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    values
}

/// Returns the ends of increasing values, if these are evenly spaced.
///
/// # Errors
/// The first value that is not where it should be.
#[expect(
    clippy::cast_precision_loss,
    reason = "there are far fewer than 2^53 values"
)]
pub(super) fn ends(values: &[f64], axis: &'static str, file: &str) -> Result<[f64; 2], GridError> {
    let [first, .., last] = *values else {
        return Ok([f64::NAN; 2]);
    };
    let spacing = (last - first) / (values.len() - 1) as f64;
    for (index, pair) in values.windows(2).enumerate() {
        let expected = first + spacing * (index + 1) as f64;
        let &[before, value] = pair else { continue };
        if (value - expected).abs() > TOLERANCE * spacing {
            return Err(GridError::Uneven {
                file: file.to_owned(),
                axis,
                before: number::short(before),
                value: number::short(value),
                expected: number::short(expected),
            });
        }
    }
    Ok([first, last])
}
