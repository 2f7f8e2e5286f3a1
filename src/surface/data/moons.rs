//! Two interleaving crescents, the classic toy data for classification.

use std::f64::consts::PI;

use serde::{Deserialize, Serialize};

use super::{DataError, Dataset, Labels};
use crate::chance::{Chance, Use};

/// Half of the rows are evenly spaced along (cos t − ½, sin t − ¼), 0 ≤ t ≤ π, and belong to class
/// 0. The others, in class 1, follow the same arc rotated by 180° about the origin. Gaussian noise
/// is added to each coordinate.
///
/// This is scikit-learn's `make_moons`, centred at the origin, as the model has no bias. The
/// classes alternate.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Moons {
    /// The number of rows in both classes together.
    pub rows: usize,
    /// The standard deviation of the noise.
    pub noise: f64,
    /// The seed of the noise, independent of the race's seed.
    pub seed: u64,
}

impl Default for Moons {
    fn default() -> Self {
        Self {
            rows: 200,
            noise: 0.2,
            seed: 0,
        }
    }
}

impl Moons {
    /// The maximum number of rows.
    pub const MOST_ROWS: usize = 1_000_000;

    /// Generates the data.
    ///
    /// # Errors
    /// Returns an error if there are fewer than 4 or more than a million rows, or if the noise is
    /// negative or not a number.
    #[expect(clippy::cast_precision_loss, reason = "rows are at most a million")]
    pub fn generate(&self) -> Result<Dataset, DataError> {
        self.check()?;
        let mut chance = Chance::new(self.seed, Use::Data, 0);
        let mut data = Dataset {
            name: "moons".into(),
            columns: ["x1".into(), "x2".into()],
            ..Dataset::default()
        };
        let mut labels = Vec::with_capacity(self.rows);
        for row in 0..self.rows {
            let is_lower = row % 2 == 1;
            // The number of rows on this crescent.
            let count = (self.rows + 1 - row % 2) / 2;
            let t = PI * ((row / 2) as f64 / (count - 1) as f64);
            let upper = [libm::cos(t) - 0.5, libm::sin(t) - 0.25];
            let noise = chance.normals();
            let at = |axis: usize| {
                let arc = if is_lower { -upper[axis] } else { upper[axis] };
                arc + self.noise * noise[axis]
            };
            data.x.push(at(0));
            data.y.push(at(1));
            labels.push(is_lower);
        }
        data.labels = Some(Labels {
            column: "moon".into(),
            positive: "lower".into(),
            of: labels,
        });
        Ok(data)
    }

    fn check(&self) -> Result<(), DataError> {
        let wrong = |setting, value, valid| {
            Err(DataError::Setting {
                field: "moons",
                setting,
                value,
                valid,
            })
        };
        if !(4..=Self::MOST_ROWS).contains(&self.rows) {
            return wrong(
                "rows of the moons",
                self.rows.to_string(),
                "from 4 to 1,000,000",
            );
        }
        if !(0.0..=1e100).contains(&self.noise) {
            return wrong(
                "noise of the moons",
                self.noise.to_string(),
                "a number from 0 to 1e100",
            );
        }
        Ok(())
    }
}
