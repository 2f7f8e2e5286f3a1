//! Vectors of any length, optimized for two entries.
//!
//! A step in the plane takes about 30 ns; a call to `memcpy` or a loop over two numbers would take
//! longer than the actual work.

use crate::real::Real;

/// Whether two vectors are equal in every entry; NaN is equal to nothing.
#[inline]
pub(super) fn is_same<N: Real>(one: &[N], other: &[N]) -> bool {
    match (one, other) {
        ([x, y], [other_x, other_y]) => x == other_x && y == other_y,
        _ => any_length::is_same(one, other),
    }
}

/// Copies a vector to one of the same length.
#[inline]
pub(super) fn copy<N: Real>(from: &[N], to: &mut [N]) {
    match (from, &mut *to) {
        ([x, y], [to_x, to_y]) => (*to_x, *to_y) = (*x, *y),
        _ => any_length::copy(from, to),
    }
}

/// Whether all entries are finite.
#[inline]
pub(super) fn is_finite<N: Real>(vector: &[N]) -> bool {
    match vector {
        // 0 times a finite number is 0, and 0 times anything else is NaN.
        &[x, y] => x * 0.0 + y * 0.0 == 0.0,
        _ => any_length::is_finite(vector),
    }
}

/// The same for any length; never inlined, since calls to `memcpy` and loops would break up the
/// code of a race.
mod any_length {
    use crate::real::Real;

    #[inline(never)]
    pub fn is_same<N: Real>(one: &[N], other: &[N]) -> bool {
        one == other
    }

    #[inline(never)]
    pub fn copy<N: Real>(from: &[N], to: &mut [N]) {
        to.copy_from_slice(from);
    }

    #[inline(never)]
    pub fn is_finite<N: Real>(vector: &[N]) -> bool {
        vector.iter().all(|entry| entry.is_finite())
    }
}
