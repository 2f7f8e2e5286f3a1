//! Predictions at the nodes of a grid.

/// Predictions at `columns` × `rows` nodes, evenly spaced over a window whose edges the outermost
/// nodes lie on. Row 0 is the lowest. A node has as many numbers as there are classes, its
/// probabilities, or one number, the prediction of a regression.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    columns: usize,
    rows: usize,
    depth: usize,
    values: Vec<f32>,
}

impl Field {
    /// The field of these numbers, node by node and row by row; NaN where some are missing.
    #[must_use]
    pub fn new([columns, rows]: [usize; 2], depth: usize, mut values: Vec<f32>) -> Self {
        values.resize(columns * rows * depth, f32::NAN);
        Self {
            columns,
            rows,
            depth,
            values,
        }
    }

    /// The number of nodes across.
    #[must_use]
    pub const fn columns(&self) -> usize {
        self.columns
    }

    /// The number of nodes up.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// The number of numbers at a node.
    #[must_use]
    pub const fn depth(&self) -> usize {
        self.depth
    }

    /// The numbers of a node; empty if it does not exist.
    #[must_use]
    pub fn at(&self, column: usize, row: usize) -> &[f32] {
        let from = (row * self.columns + column) * self.depth;
        let exists = column < self.columns && row < self.rows;
        let numbers = exists.then(|| self.values.get(from..from + self.depth));
        numbers.flatten().unwrap_or(&[])
    }

    /// The most probable class at a node, the first of equals; `None` where nothing is predicted.
    #[must_use]
    pub fn class(&self, column: usize, row: usize) -> Option<usize> {
        most_probable(self.at(column, row))
    }

    /// The rows of nodes from the lowest to the highest, each with the numbers of its nodes.
    #[must_use]
    pub fn each_row(&self) -> impl DoubleEndedIterator<Item = std::slice::ChunksExact<'_, f32>> {
        let rows = self.values.chunks_exact((self.columns * self.depth).max(1));
        rows.map(|row| row.chunks_exact(self.depth.max(1)))
    }
}

/// The index of the largest number, the first of equals; `None` if one of them is NaN or there are
/// none.
pub(super) fn most_probable(numbers: &[f32]) -> Option<usize> {
    if numbers.iter().any(|number| number.is_nan()) {
        return None;
    }
    let largest = |best: Option<(usize, f32)>, (index, &number): (usize, &f32)| match best {
        Some((_, most)) if most >= number => best,
        _ => Some((index, number)),
    };
    let best = numbers.iter().enumerate().fold(None, largest);
    best.map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_have_their_numbers_and_others_have_none() {
        let field = Field::new([2, 2], 2, vec![0.1, 0.9, 0.6, 0.4, 0.5, 0.5]);
        assert_eq!(field.at(1, 0), [0.6, 0.4]);
        assert_eq!(field.at(2, 0), [0.0; 0]);
        let classes = [[0, 0], [1, 0], [0, 1], [1, 1]].map(|[x, y]| field.class(x, y));
        assert_eq!(classes, [Some(1), Some(0), Some(0), None]);
        assert_eq!(field.each_row().next_back().map(|row| row.len()), Some(2));
    }
}
