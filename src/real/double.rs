//! Doubles: every operation is the processor's, or the standard library's.

use nalgebra::{DMatrix, DVector, SymmetricEigen};

use super::{Eigen, Real};

impl Real for f64 {
    const ZERO: Self = 0.0;
    const ONE: Self = 1.0;

    #[inline]
    fn to_f64(self) -> f64 {
        self
    }

    #[inline]
    fn is_finite(self) -> bool {
        self.is_finite()
    }

    #[inline]
    fn abs(self) -> Self {
        self.abs()
    }

    #[inline]
    fn min(self, other: Self) -> Self {
        self.min(other)
    }

    #[inline]
    fn max(self, other: Self) -> Self {
        self.max(other)
    }

    #[inline]
    fn signum(self) -> Self {
        self.signum()
    }

    #[inline]
    fn sqrt(self) -> Self {
        self.sqrt()
    }

    #[inline]
    fn powi(self, n: i32) -> Self {
        self.powi(n)
    }

    #[inline]
    fn powf(self, y: f64) -> Self {
        self.powf(y)
    }

    #[inline]
    fn exp(self) -> Self {
        self.exp()
    }

    #[inline]
    fn ln(self) -> Self {
        self.ln()
    }

    #[inline]
    fn solve(matrix: Vec<Self>, right: Vec<Self>) -> Option<Vec<Self>> {
        let n = right.len();
        let mut solution = DVector::from_vec(right);
        let is_solved = DMatrix::from_vec(n, n, matrix)
            .lu()
            .solve_mut(&mut solution);
        is_solved.then(|| solution.data.into())
    }

    #[inline]
    fn symmetric_eigen(matrix: Vec<Self>, n: usize) -> Eigen<Self> {
        let SymmetricEigen {
            eigenvectors,
            eigenvalues,
        } = SymmetricEigen::new(DMatrix::from_vec(n, n, matrix));
        Eigen {
            values: eigenvalues.data.into(),
            vectors: eigenvectors.data.into(),
        }
    }
}
