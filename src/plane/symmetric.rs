//! Symmetric 2×2 matrices: Hessians, covariances, preconditioners.

use nalgebra::{Matrix2, SymmetricEigen};

/// A symmetric matrix, `[[xx, xy], [xy, yy]]`.
pub type Matrix = [[f64; 2]; 2];

/// The eigenvalues and eigenvectors of a symmetric 2×2 matrix.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Eigen {
    /// The eigenvalues, largest first.
    pub values: [f64; 2],
    /// The corresponding unit eigenvectors: the first one points to the right (or straight up), and
    /// the second is the first rotated by 90 degrees counter-clockwise.
    pub vectors: [[f64; 2]; 2],
}

impl Eigen {
    /// The eigenvalues and eigenvectors of this matrix; `None` if it or they are not finite.
    ///
    /// The eigenvalues are accurate to a few units in the last place of the larger one. If both are
    /// equal, every direction is an eigenvector; this returns the axes.
    #[must_use]
    pub fn of(matrix: impl Into<Matrix2<f64>>) -> Option<Self> {
        let matrix: Matrix2<f64> = matrix.into();
        if !matrix.iter().all(|entry| entry.is_finite()) {
            return None;
        }
        let SymmetricEigen {
            eigenvalues,
            eigenvectors,
        } = matrix.symmetric_eigen();
        let [first, second]: [f64; 2] = eigenvalues.into();
        let largest = usize::from(second > first);
        let [x, y]: [f64; 2] = eigenvectors.column(largest).into_owned().into();
        let is_right = x > 0.0 || x == 0.0 && y > 0.0;
        // Adding 0 turns −0 into 0.
        let [x, y] = if is_right { [x, y] } else { [0.0 - x, 0.0 - y] }.map(|part| part + 0.0);
        let is_finite = first.is_finite() && second.is_finite();
        is_finite.then_some(Self {
            values: [first.max(second), first.min(second)],
            vectors: [[x, y], [0.0 - y, x]],
        })
    }

    /// The square root of a positive semidefinite matrix: R = Σ √λ u uᵀ over its eigenvalues λ and
    /// eigenvectors u, so that R R is the matrix. Eigenvalues that are negative through rounding
    /// count as 0.
    #[must_use]
    pub fn square_root(&self) -> Matrix2<f64> {
        let [a, b] = self.roots();
        let [[x, y], _] = self.vectors;
        let across = (a - b) * x * y;
        Matrix2::new(a * x * x + b * y * y, across, across, a * y * y + b * x * x)
    }

    /// The half axes of the one-standard-deviation ellipse of a covariance matrix: the eigenvectors
    /// times the square roots of their eigenvalues, treated as in [`Eigen::square_root`].
    #[must_use]
    pub fn half_axes(&self) -> [[f64; 2]; 2] {
        let roots = self.roots();
        [0, 1].map(|k| self.vectors[k].map(|part| roots[k] * part))
    }

    fn roots(&self) -> [f64; 2] {
        self.values.map(|value| value.max(0.0).sqrt())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::plane::{dot, length};

    fn times([[xx, xy], [_, yy]]: Matrix, v: [f64; 2]) -> [f64; 2] {
        [dot([xx, xy], v), dot([xy, yy], v)]
    }

    /// Asserts that the matrix times each eigenvector is the eigenvalue times it, up to rounding.
    #[track_caller]
    fn assert_eigen(matrix: Matrix) {
        let size = matrix
            .iter()
            .flatten()
            .fold(0.0_f64, |size, entry| size.max(entry.abs()));
        let eigen = Eigen::of(matrix).unwrap();
        let [first, second] = eigen.vectors;
        assert!(eigen.values[0] >= eigen.values[1], "{matrix:?}: {eigen:?}");
        assert!((length(first) - 1.0).abs() < 1e-14, "{matrix:?}: {eigen:?}");
        assert!(first[0] >= 0.0, "{matrix:?}: {eigen:?}");
        assert_eq!(second, [-first[1], first[0]], "{matrix:?}");
        for (value, vector) in eigen.values.into_iter().zip(eigen.vectors) {
            let image = times(matrix.map(|row| row.map(|entry| entry / size)), vector);
            for axis in 0..2 {
                let off = image[axis] - value / size * vector[axis];
                assert!(off.abs() < 1e-14, "{matrix:?}: {eigen:?} is off by {off:e}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn vectors_are_stretched_by_their_values(
            [xx, xy, yy] in [-1.0..1.0, -1.0..1.0, -1.0..1.0],
            powers in [-300..300, -300..300, -300..300],
        ) {
            let [xx, xy, yy] = [(xx, powers[0]), (xy, powers[1]), (yy, powers[2])]
                .map(|(entry, power): (f64, i32)| entry * 10_f64.powi(power));
            assert_eigen([[xx, xy], [xy, yy]]);
        }

        #[test]
        fn nearly_equal_eigenvalues_have_directions_too(
            size in 1e-3..1e3,
            [xy, yy] in [-20_i32..20, -20..20],
        ) {
            let near = |places: i32| f64::from(places) * f64::EPSILON * size;
            assert_eigen([[size, near(xy)], [near(xy), size + near(yy)]]);
        }

        #[test]
        fn the_square_root_squared_is_the_matrix(
            values in [0.0..1e3, 0.0..1e3],
            angle in -4.0..4.0,
        ) {
            let (sine, cosine) = f64::sin_cos(angle);
            let [a, b] = values;
            let across = (a - b) * sine * cosine;
            let matrix = Matrix2::new(
                a * cosine * cosine + b * sine * sine,
                across,
                across,
                a * sine * sine + b * cosine * cosine,
            );
            let root = Eigen::of(matrix).unwrap().square_root();
            prop_assert!((root * root - matrix).amax() < 1e-14 * (a + b + 1.0));
        }
    }

    #[test]
    fn of_a_diagonal_matrix_the_axes_are_the_directions_to_the_last_bit() {
        let axes = [[1.0, 0.0], [0.0, 1.0]];
        let turned = [[0.0, 1.0], [-1.0, 0.0]];
        for (xx, yy, vectors) in [
            (3.0, 3.0, axes),
            (50.0, 1.0, axes),
            (1.0, 50.0, turned),
            (-2.0, 1e-300, turned),
            (0.0, 0.0, axes),
        ] {
            for zero in [0.0, -0.0] {
                let eigen = Eigen::of([[xx, zero], [zero, yy]]).unwrap();
                assert_eq!(eigen.values, [xx.max(yy), xx.min(yy)]);
                assert_eq!(eigen.vectors, vectors);
            }
        }
    }

    #[test]
    fn huge_and_tiny_matrices_have_eigenvalues() {
        for size in [5e-324, 1e-310, 1e-160, 1e160, 1e300, 8e307] {
            let values = Eigen::of([[size, size], [size, size]]).unwrap().values;
            assert_eq!(values, [2.0 * size, 0.0], "{size:e}");
        }
    }

    #[test]
    fn what_is_not_finite_has_no_eigenvalues() {
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(Eigen::of([[bad, 0.0], [0.0, 1.0]]), None);
            assert_eq!(Eigen::of([[1.0, bad], [bad, 1.0]]), None);
            assert_eq!(Eigen::of([[1.0, 0.0], [0.0, bad]]), None);
        }
        assert_eq!(
            Eigen::of([[f64::MAX; 2]; 2]),
            None,
            "twice the largest number"
        );
    }

    #[test]
    fn half_axes_are_standard_deviations() {
        let [long, short] = Eigen::of([[4.0, 0.0], [0.0, 9.0]]).unwrap().half_axes();
        assert_eq!([long, short], [[0.0, 3.0], [-2.0, 0.0]]);
    }
}
