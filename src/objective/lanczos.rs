//! The extreme eigenvalues of a symmetric matrix that is given only by its products with vectors.

use nalgebra::{DMatrix, DVector, SymmetricEigen};

use super::{Evaluator, Rows};
use crate::chance::{Chance, Use};

/// The smallest and the largest eigenvalue of a symmetric matrix.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extremes {
    /// λ₁
    pub smallest: f64,
    /// λₙ
    pub largest: f64,
}

/// The maximum number of products; the extreme eigenvalues of Hessians converge well before.
const MOST_PRODUCTS: usize = 120;

/// The extreme eigenvalues of the symmetric n × n matrix A, where `multiply(v, out)` computes A v;
/// `None` if n is 0, if a product is unavailable (`multiply` returns `false`), or if one is not
/// finite.
///
/// Lanczos iteration with full reorthogonalization: in the Krylov space of v, Av, A²v, … the matrix
/// A becomes tridiagonal, and the extreme eigenvalues of the tridiagonal matrix converge first
/// (Lanczos 1950; Golub & Van Loan, *Matrix Computations*, 4th edition, algorithm 10.1.1). After n
/// products they are exact up to rounding; the iteration stops earlier if neither of them changes
/// by more than 1e-12 of the larger one.
pub fn extreme_eigenvalues(
    n: usize,
    mut multiply: impl FnMut(&[f64], &mut [f64]) -> bool,
) -> Option<Extremes> {
    let mut basis: Vec<DVector<f64>> = vec![starting_vector(n)?];
    let (mut diagonal, mut beside) = (Vec::new(), Vec::new());
    let mut product = vec![0.0; n];
    let mut found: Option<Extremes> = None;
    loop {
        let newest = basis.last()?;
        if !multiply(newest.as_slice(), &mut product) {
            return None;
        }
        let mut next = DVector::from_column_slice(&product);
        diagonal.push(newest.dot(&next));
        // Orthogonalizing twice is enough (Parlett): the second pass removes what rounding left
        // behind.
        for _ in 0..2 {
            for old in &basis {
                next.axpy(-old.dot(&next), old, 1.0);
            }
        }
        let before = found;
        let extremes = of_tridiagonal(&diagonal, &beside)?;
        found = Some(extremes);
        let length = next.norm();
        let size = extremes.largest.abs().max(extremes.smallest.abs());
        let is_exhausted = basis.len() == n || length <= 1e-14 * size;
        if is_exhausted || basis.len() == MOST_PRODUCTS || has_settled(before, extremes, size) {
            return found;
        }
        beside.push(length);
        basis.push(next / length);
    }
}

/// The extreme eigenvalues of an objective's Hessian at a point, over all rows; see
/// [`extreme_eigenvalues`].
pub fn of_hessian(evaluator: &mut dyn Evaluator, at: &[f64]) -> Option<Extremes> {
    extreme_eigenvalues(at.len(), |vector, product| {
        evaluator.hessian_vector(at, Rows::All, vector, product)
    })
}

/// A unit vector with a component in every direction, the same in every run.
fn starting_vector(n: usize) -> Option<DVector<f64>> {
    let mut chance = Chance::new(0, Use::Lanczos, 0);
    let normals = std::iter::repeat_with(|| chance.normals()).flatten();
    let vector = DVector::from_iterator(n, normals.take(n));
    let length = vector.norm();
    (length > 0.0).then(|| vector / length)
}

fn of_tridiagonal(diagonal: &[f64], beside: &[f64]) -> Option<Extremes> {
    if diagonal
        .iter()
        .chain(beside)
        .any(|entry| !entry.is_finite())
    {
        return None;
    }
    let mut matrix = DMatrix::from_diagonal(&DVector::from_column_slice(diagonal));
    for (index, &entry) in beside.iter().enumerate() {
        matrix[(index, index + 1)] = entry;
        matrix[(index + 1, index)] = entry;
    }
    let values = SymmetricEigen::try_new(matrix, f64::EPSILON, 10_000)?.eigenvalues;
    Some(Extremes {
        smallest: values.min(),
        largest: values.max(),
    })
}

fn has_settled(before: Option<Extremes>, now: Extremes, size: f64) -> bool {
    before.is_some_and(|before| {
        let moved = (before.smallest - now.smallest)
            .abs()
            .max((before.largest - now.largest).abs());
        moved <= 1e-12 * size
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(matrix: &DMatrix<f64>) -> Option<Extremes> {
        extreme_eigenvalues(matrix.nrows(), |vector, product| {
            let image = matrix * DVector::from_column_slice(vector);
            product.copy_from_slice(image.as_slice());
            true
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn small_matrices_are_solved_exactly(
            entries in prop::collection::vec(-9.0..9.0_f64, 64),
            n in 1..9_usize,
        ) {
            let full = DMatrix::from_fn(n, n, |i, j| entries[8 * i.min(j) + i.max(j)]);
            let values = full.clone().symmetric_eigenvalues();
            let found = of(&full).unwrap();
            prop_assert!((found.smallest - values.min()).abs() < 1e-9);
            prop_assert!((found.largest - values.max()).abs() < 1e-9);
        }
    }

    #[test]
    fn large_matrices_give_their_extremes() {
        let entry = |i: usize| f64::from(u32::try_from(i).unwrap()) - 3.0;
        let diagonal = DVector::from_fn(2000, |i, _| if i == 7 { 1e5 } else { entry(i) });
        let found = extreme_eigenvalues(2000, |vector, product| {
            for ((product, v), entry) in product.iter_mut().zip(vector).zip(&diagonal) {
                *product = v * entry;
            }
            true
        })
        .unwrap();
        assert!((found.largest / 1e5 - 1.0).abs() < 1e-9, "{found:?}");
        assert!(found.smallest < -2.9, "{found:?}");
    }

    #[test]
    fn what_is_not_finite_or_not_offered_has_no_eigenvalues() {
        assert_eq!(extreme_eigenvalues(3, |_, _| false), None);
        assert_eq!(extreme_eigenvalues(0, |_, _| true), None);
        let nan = |_: &[f64], product: &mut [f64]| {
            product.fill(f64::NAN);
            true
        };
        assert_eq!(extreme_eigenvalues(3, nan), None);
    }

    #[test]
    fn multiples_of_the_identity_have_one_eigenvalue() {
        let found = of(&(DMatrix::identity(50, 50) * 4.0)).unwrap();
        assert!((found.smallest - 4.0).abs() < 1e-12 && (found.largest - 4.0).abs() < 1e-12);
        let zero = of(&DMatrix::zeros(4, 4)).unwrap();
        assert_eq!((zero.smallest, zero.largest), (0.0, 0.0));
    }
}
