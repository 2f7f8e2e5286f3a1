//! Linear regression: a straight line through points.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::read::{Choice, Labelled, open};
use super::{DataError, Dataset, LeastSquares, Loaded, Model, check_l2, least_squares};
use crate::surface::About;
use crate::surface::source::Chosen;
use crate::table::{DecimalMark, Separator, Wanted};

/// f(w, b) = mean of (w·x + b − y)² + λ/2 (w² + b²)
///
/// The mean is over the rows of the data; λ is `l2`, which pulls on both parameters, as the weight
/// decay of an optimizer would.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LinearRegression {
    /// A table (CSV and its kin, or NPY), named relative to the preset, or the name of a built-in set.
    pub data: PathBuf,
    /// What stands between the cells of the file; guessed, if it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub separator: Option<Separator>,
    /// The mark before a fraction; guessed, if it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<DecimalMark>,
    /// Whether the first record names the columns; guessed, if it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<bool>,
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
