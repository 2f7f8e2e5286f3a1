//! Logistic regression: two classes, told apart by a straight border through the origin.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::read::{Choice, Labelled, open};
use super::{CrossEntropy, DataError, Dataset, Loaded, Model, Moons, check_l2, cross_entropy};
use crate::surface::About;
use crate::surface::source::Chosen;
use crate::table::{DecimalMark, Separator, Table, Wanted};

/// f(w₁, w₂) = mean of −ln σ(±(w₁x₁ + w₂x₂)) + λ/2 (w₁² + w₂²), with + for class 1 and − for
/// class 0: the binary cross-entropy
///
/// The mean is over the rows of the data, σ(z) = 1/(1 + e⁻ᶻ) is the probability of class 1, and λ
/// is `l2`. There is no bias, so the border between the classes passes through the origin.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LogisticRegression {
    /// A table (CSV and its kin, or NPY), named relative to the preset, or the name of a built-in set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<PathBuf>,
    /// Generated data instead of a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moons: Option<Moons>,
    /// What stands between the cells of the file; guessed, if it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub separator: Option<Separator>,
    /// The mark before a fraction; guessed, if it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<DecimalMark>,
    /// Whether the first record names the columns; guessed, if it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<bool>,
    /// The name of the column of x₁; the first, if none is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x1: Option<String>,
    /// The name of the column of x₂; the second, if none is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x2: Option<String>,
    /// The name of the column of the labels; the last, if none is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The label that counts as 1, all others being 0; without it, labels must be 0 or 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub positive: Option<String>,
    /// Whether x₁ and x₂ are moved and scaled to mean 0 and standard deviation 1 first. The border
    /// then passes through the middle of the data.
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

    fn data_mut(&mut self) -> Option<&mut PathBuf> {
        self.data.as_mut()
    }

    fn loaded(&self) -> &Loaded<CrossEntropy> {
        &self.loaded
    }

    fn loaded_mut(&mut self) -> &mut Loaded<CrossEntropy> {
        &mut self.loaded
    }

    fn over_nothing(&self) -> CrossEntropy {
        CrossEntropy::new(Dataset::default(), self.l2)
    }

    fn read(&self) -> Result<CrossEntropy, DataError> {
        check_l2(self.l2)?;
        let data = match (&self.data, &self.moons) {
            (Some(_), Some(_)) => return Err(DataError::Both),
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
