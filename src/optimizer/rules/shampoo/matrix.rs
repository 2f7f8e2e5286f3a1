//! The two matrices by which Shampoo scales the gradient of a matrix.

use crate::real::{Real, multiply, multiply_symmetric, transpose};

/// L and R of one matrix, with space for a step.
#[derive(Clone, Debug)]
pub struct Sides<N> {
    shape: [usize; 2],
    /// ε, below which no eigenvalue of L and R can be.
    least: N,
    /// L for the outputs, and R for the inputs.
    sums: [Vec<N>; 2],
    roots: [Vec<N>; 2],
    /// The eigenvectors of both.
    columns: [Vec<N>; 2],
    transposed: Vec<N>,
    half: Vec<N>,
    direction: Vec<N>,
    /// Space for a product of the size of L, and for one of the size of R.
    products: [Vec<N>; 2],
}

impl<N: Real> Sides<N> {
    /// L = R = εI, for a matrix of this shape.
    pub fn begin(rows: usize, columns: usize, epsilon: f64) -> Self {
        let least = N::from(epsilon);
        let shape = [rows, columns];
        let zeros = |length: usize| vec![N::ZERO; length];
        let squares = || shape.map(|n| zeros(n * n));
        let scaled = |n: usize| {
            let mut matrix = zeros(n * n);
            for entry in matrix.iter_mut().step_by(n + 1) {
                *entry = least;
            }
            matrix
        };
        Self {
            shape,
            least,
            sums: shape.map(scaled),
            roots: squares(),
            columns: squares(),
            transposed: zeros(rows * columns),
            half: zeros(rows * columns),
            direction: zeros(rows * columns),
            products: squares(),
        }
    }

    /// Adds the gradient to L and R, and returns L^(−1/4) G R^(−1/4).
    pub fn direction(&mut self, gradient: &[N]) -> &[N] {
        let [rows, columns] = self.shape;
        transpose(gradient, columns, &mut self.transposed);
        let [of_rows, of_columns] = &mut self.products;
        multiply_symmetric(gradient, columns, &self.transposed, of_rows);
        multiply_symmetric(&self.transposed, rows, gradient, of_columns);
        for (sum, product) in self.sums.iter_mut().zip(&self.products) {
            for (sum, &product) in sum.iter_mut().zip(product) {
                *sum += product;
            }
        }
        for side in 0..2 {
            self.take_root(side);
        }
        let [left, right] = &self.roots;
        multiply(left, rows, gradient, &mut self.half);
        multiply(&self.half, columns, right, &mut self.direction);
        &self.direction
    }

    /// Writes L^(−1/4) or R^(−1/4).
    fn take_root(&mut self, side: usize) {
        let (n, sum) = (self.shape[side], &self.sums[side]);
        let (root, scaled) = (&mut self.roots[side], &mut self.products[side]);
        if sum.iter().any(|entry| !entry.is_finite()) {
            root.fill(N::from(f64::NAN));
            return;
        }
        // V Λ^(−1/4) Vᵀ, where the eigenvectors are the columns of V.
        let eigen = N::symmetric_eigen(sum.clone(), n);
        scaled.copy_from_slice(&eigen.vectors);
        for (vector, &value) in scaled.chunks_exact_mut(n.max(1)).zip(&eigen.values) {
            let factor = N::ONE / value.max(self.least).sqrt().sqrt();
            for part in vector {
                *part *= factor;
            }
        }
        transpose(&eigen.vectors, n, &mut self.columns[side]);
        multiply_symmetric(&self.columns[side], n, scaled, root);
    }

    /// Whether L or R has no inverse.
    pub fn is_singular(&self) -> bool {
        let is_finite = |sum: &Vec<N>| sum.iter().all(|entry| entry.is_finite());
        let mut sides = self.sums.iter().zip(self.shape);
        self.least == 0.0
            && self.sums.iter().all(is_finite)
            && sides.any(|(sum, n)| {
                let values = N::symmetric_eigen(sum.clone(), n).values;
                values.iter().any(|&value| value <= 0.0)
            })
    }
}
