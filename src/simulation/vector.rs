//! Vectors of any length, quick where they have two entries.
//!
//! A step in the plane takes some 30 ns, and a call of `memcpy` or a loop over two numbers takes
//! longer than what is done with them.

/// Whether two vectors are equal, entry by entry; NaN is equal to nothing.
#[inline]
pub(super) fn is_same(one: &[f64], other: &[f64]) -> bool {
    match (one, other) {
        ([x, y], [other_x, other_y]) => x == other_x && y == other_y,
        _ => any_length::is_same(one, other),
    }
}

/// Copies a vector to one of the same length.
#[inline]
pub(super) fn copy(from: &[f64], to: &mut [f64]) {
    match (from, &mut *to) {
        ([x, y], [to_x, to_y]) => (*to_x, *to_y) = (*x, *y),
        _ => any_length::copy(from, to),
    }
}

/// Whether all entries are finite.
#[inline]
pub(super) fn is_finite(vector: &[f64]) -> bool {
    match vector {
        // 0 times a finite number is 0, 0 times any other NaN.
        [x, y] => x * 0.0 + y * 0.0 == 0.0,
        _ => any_length::is_finite(vector),
    }
}

/// The Euclidean length of a vector. `hypot` takes a quarter of a race's time, so scaling is left
/// to where a square leaves the range of numbers.
#[inline]
pub(super) fn norm(vector: &[f64]) -> f64 {
    let square = match vector {
        [x, y] => x * x + y * y,
        _ => any_length::square(vector),
    };
    if (f64::MIN_POSITIVE..=f64::MAX).contains(&square) {
        square.sqrt()
    } else {
        any_length::scaled_norm(vector, square)
    }
}

/// The same for all lengths; never inlined, since calls of `memcpy` and loops would keep the code
/// of a race from being one piece.
mod any_length {
    #[inline(never)]
    pub fn is_same(one: &[f64], other: &[f64]) -> bool {
        one == other
    }

    #[inline(never)]
    pub fn copy(from: &[f64], to: &mut [f64]) {
        to.copy_from_slice(from);
    }

    #[inline(never)]
    pub fn is_finite(vector: &[f64]) -> bool {
        vector.iter().all(|entry| entry.is_finite())
    }

    #[inline(never)]
    pub fn square(vector: &[f64]) -> f64 {
        vector.iter().map(|entry| entry * entry).sum()
    }

    /// The length of a vector whose squares have this sum, which is no normal number.
    #[cold]
    pub fn scaled_norm(vector: &[f64], square: f64) -> f64 {
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
}
