//! Two crescents that reach into each other, the toy data of classification.

use std::f64::consts::PI;

use serde::{Deserialize, Serialize};

use super::{DataError, Dataset, Labels};
use crate::chance::{Chance, Use};

/// Half of the rows lie evenly along (cos t − ½, sin t − ¼), 0 ≤ t ≤ π, and are of class 0; the
/// others, of class 1, lie along the same arc turned by half a turn about the origin. To each
/// coordinate comes Gaussian noise.
///
/// These are scikit-learn's `make_moons`, moved so that the origin is their middle, since the model
/// has no bias. The classes take turns in the list.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Moons {
    /// How many rows there are, both classes together.
    pub rows: usize,
    /// σ of the noise.
    pub noise: f64,
    /// From which the noise is derived, together with nothing else: the race's own seed draws
    /// other things.
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
    /// The largest number of rows.
    pub const MOST_ROWS: usize = 1_000_000;

    /// The data.
    ///
    /// # Errors
    /// If there are to be fewer than 4 or more than a million rows, or if the noise is negative or
    /// no number.
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
            // As many rows lie on this crescent.
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
