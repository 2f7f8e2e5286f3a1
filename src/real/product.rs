//! Products of matrices, in any arithmetic and without memory of their own.
//!
//! Matrices are given row by row. The loops run along rows, so that the compiler can compute
//! several entries at once.

use super::Real;

/// How many terms of a sum are added to an entry at once, which saves reading and writing it.
const AT_ONCE: usize = 4;

/// Writes the transpose of a matrix with this many columns.
pub fn transpose<N: Real>(matrix: &[N], columns: usize, transposed: &mut [N]) {
    let rows = matrix.len().checked_div(columns).unwrap_or_default();
    for (row, entries) in matrix.chunks_exact(columns.max(1)).enumerate() {
        for (column, &entry) in entries.iter().enumerate() {
            transposed[column * rows + row] = entry;
        }
    }
}

/// Writes `left` · `right`, where `left` has `inner` columns and `right` as many rows.
pub fn multiply<N: Real>(left: &[N], inner: usize, right: &[N], product: &mut [N]) {
    let columns = right.len().checked_div(inner).unwrap_or_default();
    let rows = left.chunks_exact(inner.max(1));
    for (weights, product) in rows.zip(product.chunks_exact_mut(columns.max(1))) {
        product.fill(N::ZERO);
        add_rows(weights, right, columns, 0, product);
    }
}

/// Writes `left` · `right`, which is known to be symmetric; `left` has `inner` columns.
pub fn multiply_symmetric<N: Real>(left: &[N], inner: usize, right: &[N], product: &mut [N]) {
    let n = right.len().checked_div(inner).unwrap_or_default();
    let rows = left.chunks_exact(inner.max(1));
    for (row, weights) in rows.enumerate() {
        let product = &mut product[row * n..][..n];
        product.fill(N::ZERO);
        add_rows(weights, right, n, row, product);
    }
    for row in 0..n {
        for column in 0..row {
            product[row * n + column] = product[column * n + row];
        }
    }
}

/// Adds the rows of `right`, each times its weight, to `sum`, from the entry `from` on.
#[inline]
fn add_rows<N: Real>(weights: &[N], right: &[N], columns: usize, from: usize, sum: &mut [N]) {
    let row = |index: usize| &right[index * columns + from..(index + 1) * columns];
    let sum = &mut sum[from..columns];
    let mut index = 0;
    while let Some(&[a, b, c, d]) = weights[index..].first_chunk::<AT_ONCE>() {
        let (w, x, y, z) = (row(index), row(index + 1), row(index + 2), row(index + 3));
        let terms = w.iter().zip(x).zip(y.iter().zip(z));
        for (sum, ((&w, &x), (&y, &z))) in sum.iter_mut().zip(terms) {
            *sum += (a * w + b * x) + (c * y + d * z);
        }
        index += AT_ONCE;
    }
    for (index, &weight) in weights.iter().enumerate().skip(index) {
        for (sum, &entry) in sum.iter_mut().zip(row(index)) {
            *sum += weight * entry;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows 0 … n − 1 with entries that all differ.
    fn matrix(rows: usize, columns: usize) -> Vec<f64> {
        let entry = |index: u32| f64::from(index * 7 % 11) - 4.0;
        (0..u32::try_from(rows * columns).unwrap())
            .map(entry)
            .collect()
    }

    fn by_definition(left: &[f64], inner: usize, right: &[f64]) -> Vec<f64> {
        let columns = right.len() / inner;
        let entry = |row: usize, column: usize| -> f64 {
            let terms = (0..inner).map(|k| left[row * inner + k] * right[k * columns + column]);
            terms.sum()
        };
        let rows = left.len() / inner;
        (0..rows * columns)
            .map(|index| entry(index / columns, index % columns))
            .collect()
    }

    #[test]
    fn products_are_those_of_the_definition() {
        for (rows, inner, columns) in [(1, 1, 1), (2, 3, 4), (5, 4, 3), (3, 9, 6), (1, 6, 1)] {
            let (left, right) = (matrix(rows, inner), matrix(inner, columns));
            let mut product = vec![f64::NAN; rows * columns];
            multiply(&left, inner, &right, &mut product);
            assert_eq!(product, by_definition(&left, inner, &right));
        }
    }

    #[test]
    fn a_matrix_times_its_transpose_is_symmetric() {
        for (rows, columns) in [(1, 1), (3, 2), (4, 7), (6, 5)] {
            let left = matrix(rows, columns);
            let mut right = vec![f64::NAN; left.len()];
            transpose(&left, columns, &mut right);
            let mut product = vec![f64::NAN; rows * rows];
            multiply_symmetric(&left, columns, &right, &mut product);
            assert_eq!(product, by_definition(&left, columns, &right));
        }
    }

    #[test]
    fn a_transpose_has_rows_for_columns() {
        let mut transposed = [0.0; 6];
        transpose(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 3, &mut transposed);
        assert_eq!(transposed, [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
    }
}
