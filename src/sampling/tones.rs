//! A grid seen through a tone.

use super::{Grid, Tone};

/// The tones of the values of a [`Grid`], in the same order; NaN where the value is not finite.
#[derive(Clone, Debug, PartialEq)]
pub struct Tones {
    columns: usize,
    rows: usize,
    values: Vec<f32>,
}

impl Tones {
    /// Applies `tone` to every node of `grid`.
    #[must_use]
    pub fn of(grid: &Grid, tone: &Tone) -> Self {
        Self {
            columns: grid.columns(),
            rows: grid.rows(),
            values: tone.at_each(grid.values()),
        }
    }

    /// The number of nodes along x.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The number of nodes along y.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The tones, row by row from the smallest y.
    #[must_use]
    pub fn values(&self) -> &[f32] {
        &self.values
    }
}

#[cfg(test)]
impl Tones {
    /// Tones with the given values, for tests.
    pub(super) fn from_values(columns: usize, values: Vec<f32>) -> Self {
        let rows = values.len() / columns;
        assert_eq!(columns * rows, values.len());
        Self {
            columns,
            rows,
            values,
        }
    }
}
