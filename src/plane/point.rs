//! Points and vectors of the plane, as (x, y).

/// The dot product a · b.
#[must_use]
pub fn dot(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}

/// The vector a − b from b to a.
#[must_use]
pub fn difference(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    [a[0] - b[0], a[1] - b[1]]
}

/// The Euclidean length √(x² + y²) of a vector.
///
/// `hypot` is several times slower, so it is used only if the square is not a normal number.
#[must_use]
pub fn length([x, y]: [f64; 2]) -> f64 {
    let square = x * x + y * y;
    if square.is_normal() {
        square.sqrt()
    } else {
        x.hypot(y)
    }
}

/// The distance between two points.
#[must_use]
pub fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    length(difference(a, b))
}

/// The vector of length 1 in the direction of `v`; the zero vector for zero.
#[must_use]
pub fn unit(v: [f64; 2]) -> [f64; 2] {
    let length = length(v);
    if length > 0.0 {
        v.map(|coordinate| coordinate / length)
    } else {
        v
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_keep_their_digits_at_both_ends_of_the_range() {
        for size in [1e-320, 1e-200, 1.0, 1e200, 1e307] {
            let long = length([3.0 * size, -4.0 * size]);
            assert!((long / (5.0 * size) - 1.0).abs() < 1e-3, "{size}");
        }
        assert_eq!(length([3e-200, 4e-200]), 5e-200);
        assert_eq!(length([0.0, 0.0]), 0.0);
        assert_eq!(length([f64::INFINITY, 1.0]), f64::INFINITY);
        assert!(length([f64::NAN, 1.0]).is_nan());
    }

    #[test]
    fn unit_vectors_have_the_length_1_and_0_stays_0() {
        for v in [[3.0, -4.0], [1e300, 1e300], [0.0, -1e-300]] {
            assert!((length(unit(v)) - 1.0).abs() < 1e-15, "{v:?}");
        }
        assert_eq!(unit([0.0, 0.0]), [0.0, 0.0]);
    }
}
