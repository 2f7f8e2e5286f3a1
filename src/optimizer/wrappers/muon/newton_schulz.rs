//! Brings the singular values of a matrix near 1, by a polynomial of it.

use super::{Muon, MuonEpsilon};
use crate::real::{Real, multiply, multiply_symmetric, singular_values, transpose};

/// Space for the products of one matrix.
#[derive(Clone, Debug)]
pub struct Workspace<N> {
    /// X, with no more rows than columns.
    x: Vec<N>,
    transposed: Vec<N>,
    next: Vec<N>,
    /// A = X Xᵀ, and A².
    gram: Vec<N>,
    square: Vec<N>,
}

impl<N: Real> Workspace<N> {
    /// Space for the largest of these matrices.
    pub fn for_all(shapes: &[[usize; 2]]) -> Self {
        let largest = |size: fn([usize; 2]) -> usize| {
            let most = shapes.iter().copied().map(size).max().unwrap_or_default();
            vec![N::ZERO; most]
        };
        let entries = || largest(|[rows, columns]| rows * columns);
        let squares = || largest(|[rows, columns]| rows.min(columns).pow(2));
        Self {
            x: entries(),
            transposed: entries(),
            next: entries(),
            gram: squares(),
            square: squares(),
        }
    }
}

impl<I> Muon<I> {
    /// Replaces a matrix, given row by row, by X: by the matrix over its Frobenius norm, after the
    /// Newton–Schulz steps X ← aX + (bA + cA²)X with A = X Xᵀ.
    pub(super) fn orthogonalise_with<N: Real>(
        &self,
        matrix: &mut [N],
        [rows, columns]: [usize; 2],
        space: &mut Workspace<N>,
    ) {
        let norm = self.divisor(matrix);
        for entry in &mut *matrix {
            *entry /= norm;
        }
        let (short, long) = (rows.min(columns), rows.max(columns));
        let x = &mut space.x[..rows * columns];
        if rows > columns {
            transpose(matrix, columns, x);
        } else {
            x.copy_from_slice(matrix);
        }
        for _ in 0..self.newton_schulz_count() {
            self.newton_schulz([short, long], space);
        }
        let x = &space.x[..rows * columns];
        if rows > columns {
            transpose(x, long, matrix);
        } else {
            matrix.copy_from_slice(x);
        }
    }

    /// One step on the matrix in `space`.
    fn newton_schulz<N: Real>(&self, [rows, columns]: [usize; 2], space: &mut Workspace<N>) {
        let (entries, square) = (rows * columns, rows * rows);
        let [a, b, c] = self.coefficients;
        let Workspace {
            x,
            transposed,
            next,
            gram,
            square: polynomial,
        } = space;
        let (x, transposed, next) = (
            &mut x[..entries],
            &mut transposed[..entries],
            &mut next[..entries],
        );
        let (gram, polynomial) = (&mut gram[..square], &mut polynomial[..square]);
        transpose(x, columns, transposed);
        multiply_symmetric(x, columns, transposed, gram);
        multiply_symmetric(gram, rows, gram, polynomial);
        for (entry, &gram) in polynomial.iter_mut().zip(&*gram) {
            *entry = gram * b + *entry * c;
        }
        multiply(polynomial, rows, x, next);
        for (x, &next) in x.iter_mut().zip(&*next) {
            *x = *x * a + next;
        }
    }

    /// What the matrix is divided by.
    pub(super) fn divisor<N: Real>(&self, matrix: &[N]) -> N {
        let norm: N = matrix.iter().map(|&entry| entry * entry).sum();
        match self.epsilon_place {
            MuonEpsilon::Clamp => norm.sqrt().max(N::from(self.epsilon)),
            MuonEpsilon::Added => norm.sqrt() + self.epsilon,
        }
    }

    /// The singular values of a matrix, given row by row, over its Frobenius norm (with ε), and
    /// those after the Newton–Schulz steps, each from large to small. `None` if a number is not
    /// finite, or there are not `rows` times `columns` of them.
    #[must_use]
    pub fn orthogonalise(&self, matrix: &[f64], shape: [usize; 2]) -> Option<[Vec<f64>; 2]> {
        let [rows, columns] = shape;
        if matrix.is_empty() || rows.checked_mul(columns) != Some(matrix.len()) {
            return None;
        }
        let norm = self.divisor(matrix);
        let mut image = matrix.to_vec();
        let mut space = Workspace::for_all(&[shape]);
        self.orthogonalise_with(&mut image, shape, &mut space);
        let before: Vec<f64> = matrix.iter().map(|entry| entry / norm).collect();
        Some([
            singular_values(&before, columns)?,
            singular_values(&image, columns)?,
        ])
    }
}
