//! Products of matrices that are stored row by row.
//!
//! The rows of all matrices but the left factor are padded to a multiple of [`LANES`] numbers, so
//! that a product needs no remainder loop across. A block of the result stays in registers while
//! the loop runs along the inner dimension. Every entry is summed in the order of that dimension.
#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the wider registers"
)]

use multiversion::multiversion;

/// The number of columns to a multiple of which rows are padded.
pub(in crate::network) const LANES: usize = 4;

/// The width of a row with this many columns, with padding.
pub(in crate::network) const fn padded(columns: usize) -> usize {
    columns.next_multiple_of(LANES)
}

/// A matrix stored row by row, with the length of a row in memory.
#[derive(Clone, Copy)]
pub(in crate::network) struct Matrix<'a> {
    pub numbers: &'a [f64],
    pub stride: usize,
}

/// Where the sums of a product start.
#[derive(Clone, Copy)]
pub(in crate::network) enum Base<'a> {
    /// Every row of the result starts with these numbers.
    Row(&'a [f64]),
    /// At 0.
    Zero,
    /// With what is there: the product is added to it.
    Result,
}

/// Writes C = A B, or the start plus that, where A has `depth` columns and B and C have rows of the
/// same width. The length of C says how many rows of A are used.
pub(in crate::network) fn multiply(
    a: Matrix<'_>,
    depth: usize,
    b: Matrix<'_>,
    from: Base<'_>,
    c: &mut [f64],
) {
    #[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
    fn blocks(a: Matrix<'_>, depth: usize, b: Matrix<'_>, from: Base<'_>, c: &mut [f64]) {
        let stride = b.stride;
        let rows = c.len() / stride;
        let whole = rows - rows % 4;
        let (upper, lower) = c.split_at_mut(whole * stride);
        for (index, c) in upper.chunks_exact_mut(4 * stride).enumerate() {
            across::<4>(a, 4 * index, depth, b, from, c);
        }
        for (index, c) in lower.chunks_exact_mut(stride).enumerate() {
            across::<1>(a, whole + index, depth, b, from, c);
        }
    }
    blocks(a, depth, b, from, c);
}

/// Computes R rows of a product, block by block.
#[inline(always)]
fn across<const R: usize>(
    a: Matrix<'_>,
    row: usize,
    depth: usize,
    b: Matrix<'_>,
    from: Base<'_>,
    c: &mut [f64],
) {
    let rows: [&[f64]; R] = std::array::from_fn(|index| {
        let start = (row + index) * a.stride;
        &a.numbers[start..start + depth]
    });
    let mut column = 0;
    while column + 16 <= b.stride {
        block::<R, 16>(rows, b, from, c, column);
        column += 16;
    }
    if column + 8 <= b.stride {
        block::<R, 8>(rows, b, from, c, column);
        column += 8;
    }
    if column + 4 <= b.stride {
        block::<R, 4>(rows, b, from, c, column);
    }
}

/// Computes R rows and C columns of a product.
#[inline(always)]
fn block<const R: usize, const C: usize>(
    rows: [&[f64]; R],
    b: Matrix<'_>,
    from: Base<'_>,
    c: &mut [f64],
    column: usize,
) {
    let stride = b.stride;
    let mut sums = [[0.0; C]; R];
    for (row, sums) in sums.iter_mut().enumerate() {
        match from {
            Base::Row(start) => sums.copy_from_slice(&start[column..column + C]),
            Base::Zero => {}
            Base::Result => sums.copy_from_slice(&c[row * stride + column..][..C]),
        }
    }
    let depth = rows[0].len();
    let rows = rows.map(|row| &row[..depth]);
    for (index, across) in b.numbers.chunks_exact(stride).take(depth).enumerate() {
        let Some(across) = across[column..].first_chunk::<C>() else {
            return;
        };
        for k in 0..R {
            let factor = rows[k][index];
            for lane in 0..C {
                sums[k][lane] += factor * across[lane];
            }
        }
    }
    for (row, sums) in sums.iter().enumerate() {
        c[row * stride + column..][..C].copy_from_slice(sums);
    }
}

/// Writes Aᵀ, where A has `rows` rows and `columns` columns, with rows of length `stride` in memory.
pub(in crate::network) fn transpose(
    a: Matrix<'_>,
    rows: usize,
    columns: usize,
    stride: usize,
    transposed: &mut [f64],
) {
    for (column, row) in transposed
        .chunks_exact_mut(stride)
        .take(columns)
        .enumerate()
    {
        let numbers = a.numbers.iter().skip(column).step_by(a.stride);
        for (to, number) in row.iter_mut().zip(numbers).take(rows) {
            *to = *number;
        }
    }
}

/// Adds the first rows of A to `sums`.
pub(in crate::network) fn add_rows(a: Matrix<'_>, rows: usize, sums: &mut [f64]) {
    #[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
    fn each(a: Matrix<'_>, rows: usize, sums: &mut [f64]) {
        for row in a.numbers.chunks_exact(a.stride).take(rows) {
            for (sum, number) in sums.iter_mut().zip(row) {
                *sum += number;
            }
        }
    }
    each(a, rows, sums);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers without a pattern, whose products and sums are rounded.
    fn numbers(count: usize, seed: u32) -> Vec<f64> {
        let mut state = seed;
        let next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(state) / 3e9 - 0.7
        };
        std::iter::repeat_with(next).take(count).collect()
    }

    #[test]
    fn products_are_sums_over_the_inner_dimension() {
        for rows in [1, 2, 4, 7] {
            for depth in [0, 1, 3, 9] {
                for width in [4, 8, 12, 16, 28, 44] {
                    let (a, b) = (numbers(rows * 12, 1), numbers(depth * width, 2));
                    let start = numbers(width, 3);
                    let mut c = vec![f64::NAN; rows * width];
                    let left = Matrix {
                        numbers: &a,
                        stride: 12,
                    };
                    let right = Matrix {
                        numbers: &b,
                        stride: width,
                    };
                    multiply(left, depth, right, Base::Row(&start), &mut c);
                    // One product after the other, each rounded: no digit may differ.
                    let sum = |start: f64, row: usize, column: usize| {
                        let products = (0..depth).map(|k| a[row * 12 + k] * b[k * width + column]);
                        products.fold(start, |sum, product| sum + product)
                    };
                    let mut twice = c.clone();
                    multiply(left, depth, right, Base::Result, &mut twice);
                    for (index, c) in c.iter().enumerate() {
                        let (row, column) = (index / width, index % width);
                        let once = sum(start[column], row, column);
                        assert_eq!(*c, once);
                        assert_eq!(twice[index], sum(once, row, column));
                    }
                }
            }
        }
    }

    #[test]
    fn rows_become_columns() {
        let a = numbers(20, 4);
        let mut transposed = vec![0.0; 15];
        let matrix = Matrix {
            numbers: &a,
            stride: 4,
        };
        transpose(matrix, 4, 3, 5, &mut transposed);
        for (index, number) in transposed.iter().enumerate() {
            let (column, row) = (index / 5, index % 5);
            let expected = if row < 4 { a[row * 4 + column] } else { 0.0 };
            assert_eq!(*number, expected);
        }
    }
}
