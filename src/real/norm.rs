//! The length of a vector.

use super::Real;

/// The Euclidean length of a vector. It is infinite only if it is beyond the range of doubles, and
/// NaN if an entry is.
///
/// `hypot` would take a quarter of a race's time in the plane, so the vector is scaled only if the
/// sum of squares overflows or underflows.
#[inline]
#[must_use]
pub fn norm(vector: &[f64]) -> f64 {
    let square = match vector {
        [x, y] => x * x + y * y,
        _ => square(vector),
    };
    if (f64::MIN_POSITIVE..=f64::MAX).contains(&square) {
        square.sqrt()
    } else {
        scaled_norm(vector, square)
    }
}

/// The Euclidean length of a vector of numbers of any kind; a long one does not overflow, and a short
/// one does not vanish.
#[must_use]
pub fn length<N: Real>(vector: &[N]) -> N {
    let square: N = vector.iter().map(|&part| part * part).sum();
    if (f64::MIN_POSITIVE..=f64::MAX).contains(&square.to_f64()) {
        return square.sqrt();
    }
    let mut largest = N::ZERO;
    for &part in vector {
        largest = largest.max(Real::abs(part));
    }
    if largest == 0.0 || !largest.is_finite() || square.to_f64().is_nan() {
        return square;
    }
    let scaled = vector.iter().map(|&part| part / largest * (part / largest));
    largest * scaled.sum::<N>().sqrt()
}

/// The sum of squares; never inlined, since a loop would break up the code of a race in the plane.
#[inline(never)]
fn square(vector: &[f64]) -> f64 {
    vector.iter().map(|entry| entry * entry).sum()
}

/// The length of a vector whose sum of squares, given here, is not a normal number.
#[cold]
fn scaled_norm(vector: &[f64], square: f64) -> f64 {
    if square.is_nan() {
        return square;
    }
    let largest = vector
        .iter()
        .fold(0.0, |largest: f64, entry| largest.max(entry.abs()));
    if largest == 0.0 || largest.is_infinite() {
        return largest;
    }
    let scaled = vector.iter().map(|entry| (entry / largest).powi(2));
    largest * scaled.sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_those_of_pythagoras_at_any_scale() {
        for scale in [1.0, 1e-200, 1e200] {
            for (vector, expected) in [
                (vec![3.0, -4.0], 5.0),
                (vec![2.0, 3.0, 6.0], 7.0),
                (vec![-1.0; 16], 4.0),
                (vec![0.0; 3], 0.0),
                (Vec::new(), 0.0),
            ] {
                let scaled: Vec<f64> = vector.iter().map(|it| it * scale).collect();
                let found = norm(&scaled);
                let error = (found - expected * scale).abs();
                assert!(error <= 4e-16 * expected * scale, "{scaled:?}: {found}");
            }
        }
    }

    #[test]
    fn what_is_infinite_or_undefined_stays_so() {
        assert_eq!(norm(&[1.0, f64::NEG_INFINITY, 2.0]), f64::INFINITY);
        assert!(norm(&[f64::NAN, 1.0]).is_nan());
        assert!(norm(&[0.0, f64::NAN, 1e300]).is_nan());
    }
}
