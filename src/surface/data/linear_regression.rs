//! Linear regression: a straight line through points.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{DataError, Dataset, LeastSquares, Loaded, Model, Table, check_l2, least_squares};
use crate::surface::About;

/// f(w, b) = mean of (w·x + b − y)² + λ/2 (w² + b²)
///
/// The mean is over the rows of the data; λ is `l2`, which pulls on both parameters, as the weight
/// decay of an optimizer would.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LinearRegression {
    /// A CSV file, named relative to the preset, or the name of a built-in set.
    pub data: PathBuf,
    /// The name of the column of x; the first, if none is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x: Option<String>,
    /// The name of the column of y; the last, if none is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub y: Option<String>,
    /// Whether x and y are moved and scaled to mean 0 and standard deviation 1 first. The slope is
    /// then their correlation, and the bowl is round.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub standardize: bool,
    /// λ
    #[serde(skip_serializing_if = "super::is_zero")]
    pub l2: f64,
    #[serde(skip)]
    loaded: Loaded<LeastSquares>,
}

impl Model for LinearRegression {
    const ABOUT: About = least_squares::ABOUT;

    type Loss = LeastSquares;

    fn data_mut(&mut self) -> Option<&mut PathBuf> {
        Some(&mut self.data)
    }

    fn loaded(&self) -> &Loaded<LeastSquares> {
        &self.loaded
    }

    fn loaded_mut(&mut self) -> &mut Loaded<LeastSquares> {
        &mut self.loaded
    }

    fn over_nothing(&self) -> LeastSquares {
        LeastSquares::new(Dataset::default(), self.l2)
    }

    fn read(&self) -> Result<LeastSquares, DataError> {
        check_l2(self.l2)?;
        let table = Table::open(&self.data)?;
        let width = table.width(2)?;
        let column = |field, name: &Option<String>, otherwise| match name {
            Some(name) => table.column(field, name),
            None => Ok(otherwise),
        };
        let columns = [column("x", &self.x, 0)?, column("y", &self.y, width - 1)?];
        let data = table.dataset(columns, None)?;
        let data = if self.standardize {
            data.standardized()?
        } else {
            data
        };
        Ok(LeastSquares::new(data, self.l2))
    }
}
