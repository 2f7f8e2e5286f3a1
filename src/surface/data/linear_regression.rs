//! Linear regression: a straight line through points.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::read::{Choice, Labelled, open};
use super::{DataError, Dataset, LeastSquares, Loaded, Model, check_l2, least_squares};
use crate::file::DataFile;
use crate::surface::source::Chosen;
use crate::surface::{About, Surface};
use crate::table::{DecimalMark, Separator, Wanted};

/// f(w, b) = mean of (w·x + b − y)² + λ/2 (w² + b²)
///
/// The mean is over the rows of the data. λ is `l2`, which penalizes both parameters, like the
/// weight decay of an optimizer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LinearRegression {
    /// A table (CSV and similar, or NPY) relative to the preset, or the name of a built-in data
    /// set.
    pub data: DataFile,
    /// The separator between cells; detected if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub separator: Option<Separator>,
    /// The decimal mark; detected if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<DecimalMark>,
    /// Whether the first record names the columns; detected if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<bool>,
    /// The name of the x column; the first column if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x: Option<String>,
    /// The name of the y column; the last column if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub y: Option<String>,
    /// Whether x and y are first shifted and scaled to mean 0 and standard deviation 1. The slope
    /// is then their correlation, and the bowl is round.
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

    fn data_mut(&mut self) -> Option<&mut DataFile> {
        Some(&mut self.data)
    }

    fn loaded(&self) -> &Loaded<LeastSquares> {
        &self.loaded
    }

    fn loaded_mut(&mut self) -> &mut Loaded<LeastSquares> {
        &mut self.loaded
    }

    fn over_nothing(&self) -> Arc<dyn Surface> {
        Arc::new(LeastSquares::new(Dataset::default(), self.l2))
    }

    fn read(&self) -> Result<LeastSquares, DataError> {
        check_l2(self.l2)?;
        let wanted = Wanted {
            separator: self.separator,
            decimal: self.decimal,
            header: self.header,
            columns: self.x.iter().chain(&self.y).cloned().collect(),
        };
        let table = open(&self.data, &wanted)?;
        let mut choice = Choice::of(&table, 2)?;
        choice.add("x", self.x.as_deref(), Chosen::First)?;
        choice.add("y", self.y.as_deref(), Chosen::Last)?;
        let data = choice.dataset(Labelled::No)?;
        let data = if self.standardize {
            data.standardized()?
        } else {
            data
        };
        Ok(LeastSquares::new(data, self.l2))
    }
}
