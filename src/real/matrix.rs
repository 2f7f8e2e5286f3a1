//! The linear algebra that some rules need, in any arithmetic.

use nalgebra::DMatrix;

use super::Real;

/// The eigenvalues and eigenvectors of a symmetric n × n matrix.
#[derive(Clone, Debug)]
pub struct Eigen<N> {
    /// The eigenvalues.
    pub values: Vec<N>,
    /// The eigenvectors of length 1, one after the other.
    pub vectors: Vec<N>,
}

impl<N: Real> Eigen<N> {
    /// Applies the matrix with the same eigenvectors and with other eigenvalues, which `change`
    /// makes out of a component along an eigenvector and its eigenvalue.
    pub fn apply(&self, to: &[N], change: impl Fn(N, N) -> N) -> Vec<N> {
        let n = to.len();
        let mut image = vec![N::ZERO; n];
        for (vector, &value) in self.vectors.chunks_exact(n.max(1)).zip(&self.values) {
            let along = vector.iter().zip(to).map(|(&part, &to)| part * to).sum();
            let along = change(along, value);
            for (image, &part) in image.iter_mut().zip(vector) {
                *image += part * along;
            }
        }
        image
    }
}

/// Solves `matrix` · x = `right` by Gaussian elimination with partial pivoting. The matrix is given
/// column by column.
pub(super) fn solve<N: Real>(mut matrix: Vec<N>, mut right: Vec<N>) -> Option<Vec<N>> {
    let n = right.len();
    let at = |row: usize, column: usize| column * n + row;
    for pivot in 0..n {
        let size = |row: usize| matrix[at(row, pivot)].abs().to_f64();
        let best = (pivot..n).max_by(|&one, &other| size(one).total_cmp(&size(other)))?;
        if matrix[at(best, pivot)] == 0.0 {
            return None;
        }
        for column in pivot..n {
            matrix.swap(at(pivot, column), at(best, column));
        }
        right.swap(pivot, best);
        for row in pivot + 1..n {
            let factor = matrix[at(row, pivot)] / matrix[at(pivot, pivot)];
            for column in pivot..n {
                let above = matrix[at(pivot, column)];
                matrix[at(row, column)] -= factor * above;
            }
            let above = right[pivot];
            right[row] -= factor * above;
        }
    }
    for row in (0..n).rev() {
        let known: N = (row + 1..n)
            .map(|column| matrix[at(row, column)] * right[column])
            .sum();
        right[row] = (right[row] - known) / matrix[at(row, row)];
    }
    Some(right)
}

/// The eigenvalues and eigenvectors of a symmetric matrix, by Jacobi's rotations.
pub(super) fn symmetric_eigen<N: Real>(mut matrix: Vec<N>, n: usize) -> Eigen<N> {
    /// Each sweep squares what is left; more than ten are never needed.
    const SWEEPS: usize = 60;
    let at = |row: usize, column: usize| column * n + row;
    let mut vectors = vec![N::ZERO; n * n];
    for index in 0..n {
        vectors[at(index, index)] = N::ONE;
    }
    for _ in 0..SWEEPS {
        let mut has_turned = false;
        for p in 0..n {
            for q in p + 1..n {
                let (a, b, d) = (matrix[at(p, p)], matrix[at(p, q)], matrix[at(q, q)]);
                // Below the last digit of both, it no longer changes them.
                if !b.is_finite() || b.abs() <= (a.abs() + d.abs()) * 1e-33 {
                    continue;
                }
                has_turned = true;
                let slope = (d - a) / (b * 2.0);
                let sign = if slope < 0.0 { -1.0 } else { 1.0 };
                let tangent = N::from(sign) / (slope.abs() + (slope * slope + 1.0).sqrt());
                let cosine = N::ONE / (tangent * tangent + 1.0).sqrt();
                let sine = tangent * cosine;
                for k in 0..n {
                    let (kp, kq) = (matrix[at(k, p)], matrix[at(k, q)]);
                    matrix[at(k, p)] = cosine * kp - sine * kq;
                    matrix[at(k, q)] = sine * kp + cosine * kq;
                }
                for k in 0..n {
                    let (pk, qk) = (matrix[at(p, k)], matrix[at(q, k)]);
                    matrix[at(p, k)] = cosine * pk - sine * qk;
                    matrix[at(q, k)] = sine * pk + cosine * qk;
                }
                for k in 0..n {
                    let (kp, kq) = (vectors[at(k, p)], vectors[at(k, q)]);
                    vectors[at(k, p)] = cosine * kp - sine * kq;
                    vectors[at(k, q)] = sine * kp + cosine * kq;
                }
            }
        }
        if !has_turned {
            break;
        }
    }
    Eigen {
        values: (0..n).map(|index| matrix[at(index, index)]).collect(),
        vectors,
    }
}

/// Returns the singular values of a matrix of doubles, given row by row, from large to small. `None`
/// if a number is not finite, or if there are no columns.
#[must_use]
pub fn singular_values(matrix: &[f64], columns: usize) -> Option<Vec<f64>> {
    if matrix.iter().any(|entry| !entry.is_finite()) {
        return None;
    }
    let rows = matrix.len().checked_div(columns)?;
    let entries = matrix.get(..rows * columns)?;
    let matrix = DMatrix::from_row_slice(rows, columns, entries);
    let mut values: Vec<f64> = matrix.singular_values().data.into();
    values.sort_unstable_by(|one, other| other.total_cmp(one));
    Some(values)
}
