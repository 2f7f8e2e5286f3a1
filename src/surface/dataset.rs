//! Data sets as models see them: columns of numbers.

use std::sync::OnceLock;

use super::source::Source;
use crate::number;

/// The rows that a model fits, in the units in which it sees them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dataset {
    /// The name of the file or of the built-in set.
    pub name: String,
    /// The names of the two numeric columns.
    pub columns: [String; 2],
    /// The first column: x of a regression, x₁ of a classification.
    pub x: Vec<f64>,
    /// The second column: y of a regression, x₂ of a classification.
    pub y: Vec<f64>,
    /// The classes of a classification.
    pub labels: Option<Labels>,
    /// The mean and standard deviation of the two columns before standardization, if they were
    /// standardized.
    pub standardized: Option<[[f64; 2]; 2]>,
    /// The table that the data come from, if any.
    pub source: Option<Source>,
    /// The extents, once they are known.
    pub extents: Extents,
}

/// The lowest and highest number of both columns of a data set, found when they are first needed.
/// As they follow from the columns, they do not affect equality.
#[derive(Clone, Debug, Default)]
pub struct Extents(OnceLock<[Option<[f64; 2]>; 2]>);

impl PartialEq for Extents {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// The classes of the rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Labels {
    /// The name of the column.
    pub column: String,
    /// The label of class 1 in the file.
    pub positive: String,
    /// Whether each row belongs to class 1.
    pub of: Vec<bool>,
}

/// The error when a column is constant, so that the data cannot be standardized.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: the column \"{column}\" is the same in every row")]
pub struct ConstantColumn {
    /// The name of the data.
    pub file: String,
    /// The column with the same value in every row.
    pub column: String,
}

/// The line `normal` · p = `offset` through the data, where p is a point of their two columns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// A vector perpendicular to the line; for a boundary between classes, it points to class 1.
    pub normal: [f64; 2],
    /// The signed distance from the origin, times the normal's length.
    pub offset: f64,
}

impl Line {
    /// The slope and intercept of the line, the second column as a function of the first; not
    /// finite if the line is vertical.
    #[must_use]
    pub fn slope_and_intercept(&self) -> [f64; 2] {
        let [across, up] = self.normal;
        // 0 - x is never -0.
        [0.0 - across / up, self.offset / up]
    }
}

impl Dataset {
    /// Converts a line through standardized data to the units of the original data; `None` if they
    /// were not standardized.
    ///
    /// With zᵢ = (xᵢ − mᵢ)/sᵢ, the line n · z = c is Σ (nᵢ/sᵢ) xᵢ = c + Σ nᵢmᵢ/sᵢ.
    #[must_use]
    pub fn in_own_units(&self, line: &Line) -> Option<Line> {
        let scales = self.standardized?;
        let mut own = *line;
        for (part, [mean, deviation]) in own.normal.iter_mut().zip(scales) {
            *part /= deviation;
            own.offset += *part * mean;
        }
        Some(own)
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.x.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.x.is_empty()
    }

    /// The lowest and highest number of each column; `None` if it is empty. They are found once:
    /// the columns must not be changed afterwards.
    #[must_use]
    pub fn extents(&self) -> [Option<[f64; 2]>; 2] {
        let extent = |column: &[f64]| number::finite_range(column.iter().copied());
        *self
            .extents
            .0
            .get_or_init(|| [extent(&self.x), extent(&self.y)])
    }

    /// The number of rows of the table that were left out.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.source.as_ref().map_or(0, Source::rows_left_out)
    }

    /// The same data with both columns shifted and scaled to mean 0 and standard deviation 1 (the
    /// population standard deviation √(Σ(x − x̄)²/n)).
    ///
    /// # Errors
    /// Returns an error if a column has the same value in every row.
    pub fn standardized(mut self) -> Result<Self, ConstantColumn> {
        let scales =
            [moments(&self.x), moments(&self.y)].map(|[mean, square]| [mean, square.sqrt()]);
        let columns = [&mut self.x, &mut self.y];
        for ((column, name), [mean, deviation]) in
            columns.into_iter().zip(&self.columns).zip(scales)
        {
            // Rounding can give a constant column a small standard deviation.
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
        self.extents = Extents::default();
        Ok(self)
    }
}

/// The mean and the population variance of a column; NaN if it is empty.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_among_standardized_data_is_the_same_line_in_their_own_units() {
        let data = Dataset {
            x: vec![1.0, 2.0, 6.0],
            y: vec![70.0, 20.0, 90.0],
            ..Dataset::default()
        };
        let scaled = data.clone().standardized().unwrap();
        // The line through the first two points, in both units.
        let (x, y) = (&scaled.x, &scaled.y);
        let normal = [y[1] - y[0], x[0] - x[1]];
        let offset = normal[0] * x[0] + normal[1] * y[0];
        let own = scaled.in_own_units(&Line { normal, offset }).unwrap();
        let [slope, intercept] = own.slope_and_intercept();
        assert!((slope + 50.0).abs() < 1e-12 && (intercept - 120.0).abs() < 1e-12);
        assert_eq!(data.in_own_units(&own), None);
    }

    #[test]
    fn extents_are_those_of_the_columns_before_and_after_standardization() {
        let data = Dataset {
            x: vec![1.0, 3.0],
            y: vec![70.0, 20.0],
            ..Dataset::default()
        };
        assert_eq!(data.extents(), [Some([1.0, 3.0]), Some([20.0, 70.0])]);
        let scaled = data.standardized().unwrap();
        assert_eq!(scaled.extents(), [Some([-1.0, 1.0]); 2]);
        assert_eq!(Dataset::default().extents(), [None; 2]);
    }

    #[test]
    fn an_upright_border_has_no_slope() {
        let line = Line {
            normal: [1.0, 0.0],
            offset: 2.0,
        };
        assert!(!line.slope_and_intercept()[0].is_finite());
    }
}
