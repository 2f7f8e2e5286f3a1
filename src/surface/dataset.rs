//! Data as a model sees them: columns of numbers.

use super::source::Source;

/// The rows that a model is to fit, in the units in which it sees them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dataset {
    /// The name of the file or of the built-in set.
    pub name: String,
    /// The names of the two columns of numbers.
    pub columns: [String; 2],
    /// The first column: x of a regression, x₁ of a classification.
    pub x: Vec<f64>,
    /// The second column: y of a regression, x₂ of a classification.
    pub y: Vec<f64>,
    /// The classes of a classification.
    pub labels: Option<Labels>,
    /// Mean and standard deviation of the two columns before they were standardised, if they were.
    pub standardized: Option<[[f64; 2]; 2]>,
    /// The table that they come from, if they come from one.
    pub source: Option<Source>,
}

/// The classes of the rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Labels {
    /// The name of the column.
    pub column: String,
    /// What the label of class 1 is in the file.
    pub positive: String,
    /// Whether each row is of class 1.
    pub of: Vec<bool>,
}

/// Why data cannot be standardised.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: the column \"{column}\" is the same in every row")]
pub struct ConstantColumn {
    /// The name of the data.
    pub file: String,
    /// The column that is the same in every row.
    pub column: String,
}

/// The line `normal` · p = `offset` among the data, p being a point of their two columns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// A vector across the line; of a border between classes, towards class 1.
    pub normal: [f64; 2],
    /// How far out it lies, times the normal's length.
    pub offset: f64,
}

impl Dataset {
    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.x.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.x.is_empty()
    }

    /// How many rows of the table were left out.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.source.as_ref().map_or(0, Source::rows_left_out)
    }

    /// The same with both columns moved and scaled to mean 0 and standard deviation 1 (that of the
    /// rows themselves: √(Σ(x − x̄)²/n)).
    ///
    /// # Errors
    /// If a column is the same in every row.
    pub fn standardized(mut self) -> Result<Self, ConstantColumn> {
        let scales =
            [moments(&self.x), moments(&self.y)].map(|[mean, square]| [mean, square.sqrt()]);
        let columns = [&mut self.x, &mut self.y];
        for ((column, name), [mean, deviation]) in
            columns.into_iter().zip(&self.columns).zip(scales)
        {
            // Rounding leaves a little spread where there is none.
            if deviation <= 1e-14 * mean.abs() {
                return Err(ConstantColumn {
                    file: self.name,
                    column: name.clone(),
                });
            }
            for value in column {
                *value = (*value - mean) / deviation;
            }
        }
        self.standardized = Some(scales);
        Ok(self)
    }
}

/// The mean of a column and its mean squared distance from that; NaN if it is empty.
#[expect(clippy::cast_precision_loss, reason = "rows are fewer than 2^53")]
pub(super) fn moments(column: &[f64]) -> [f64; 2] {
    let rows = column.len() as f64;
    let mean = column.iter().sum::<f64>() / rows;
    let square = column
        .iter()
        .map(|value| (value - mean).powi(2))
        .sum::<f64>()
        / rows;
    [mean, square]
}
