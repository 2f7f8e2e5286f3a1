//! Logistic regression: two classes, separated by a straight line through the origin.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::read::{Choice, Labelled, open};
use super::{CrossEntropy, DataError, Dataset, Loaded, Model, Moons, check_l2, cross_entropy};
use crate::file::DataFile;
use crate::surface::source::Chosen;
use crate::surface::{About, Surface};
use crate::table::{DecimalMark, Separator, Table, Wanted};

/// f(w₁, w₂) = mean of −ln σ(±(w₁x₁ + w₂x₂)) + λ/2 (w₁² + w₂²), with + for class 1 and − for
/// class 0: the binary cross-entropy
///
/// The mean is over the rows of the data, σ(z) = 1/(1 + e⁻ᶻ) is the probability of class 1, and λ
/// is `l2`. There is no bias, so the boundary between the classes passes through the origin.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LogisticRegression {
    /// A table (CSV and similar, or NPY) relative to the preset, or the name of a built-in data
    /// set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<DataFile>,
    /// Generated data, in place of a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moons: Option<Moons>,
    /// The separator between cells; detected if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub separator: Option<Separator>,
    /// The decimal mark; detected if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<DecimalMark>,
    /// Whether the first record names the columns; detected if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<bool>,
    /// The name of the x₁ column; the first column if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x1: Option<String>,
    /// The name of the x₂ column; the second column if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x2: Option<String>,
    /// The name of the label column; the last column if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The label of class 1, with all others in class 0. If not given, the labels must be 0 or 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub positive: Option<String>,
    /// Whether x₁ and x₂ are first shifted and scaled to mean 0 and standard deviation 1. The
    /// boundary then passes through the mean of the data.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub standardize: bool,
    /// λ
    #[serde(skip_serializing_if = "super::is_zero")]
    pub l2: f64,
    #[serde(skip)]
    loaded: Loaded<CrossEntropy>,
}

impl Model for LogisticRegression {
    const ABOUT: About = cross_entropy::ABOUT;

    type Loss = CrossEntropy;

    fn data_mut(&mut self) -> Option<&mut DataFile> {
        self.data.as_mut()
    }

    fn loaded(&self) -> &Loaded<CrossEntropy> {
        &self.loaded
    }

    fn loaded_mut(&mut self) -> &mut Loaded<CrossEntropy> {
        &mut self.loaded
    }

    fn over_nothing(&self) -> Arc<dyn Surface> {
        Arc::new(CrossEntropy::new(Dataset::default(), self.l2))
    }

    fn read(&self) -> Result<CrossEntropy, DataError> {
        check_l2(self.l2)?;
        let data = match (&self.data, &self.moons) {
            (Some(_), Some(_)) => {
                return Err(DataError::Both {
                    first: "data",
                    second: "moons",
                });
            }
            (None, None) => return Err(DataError::Missing),
            (None, Some(moons)) => moons.generate()?,
            (Some(data), None) => self.classified(&open(data, &self.wanted())?)?,
        };
        let data = if self.standardize {
            data.standardized()?
        } else {
            data
        };
        Ok(CrossEntropy::new(data, self.l2))
    }
}

impl LogisticRegression {
    fn classified(&self, table: &Table) -> Result<Dataset, DataError> {
        let mut choice = Choice::of(table, 3)?;
        choice.add("x1", self.x1.as_deref(), Chosen::First)?;
        choice.add("x2", self.x2.as_deref(), Chosen::Second)?;
        choice.add("label", self.label.as_deref(), Chosen::Last)?;
        choice.dataset(Labelled::By(self.positive.as_deref()))
    }

    fn wanted(&self) -> Wanted {
        let columns = [&self.x1, &self.x2, &self.label];
        Wanted {
            separator: self.separator,
            decimal: self.decimal,
            header: self.header,
            columns: columns.into_iter().flatten().cloned().collect(),
        }
    }
}
