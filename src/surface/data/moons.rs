//! Two interleaving crescents, the classic toy data for classification.

use std::f64::consts::PI;

use super::generated::{MOST_ROWS, generated, settings};
use super::{DataError, Dataset, Generated};
use crate::chance::Chance;

generated! {
    /// Half of the rows are evenly spaced along (cos t − ½, sin t − ¼), 0 ≤ t ≤ π, and belong to
    /// class 0. The others, in class 1, follow the same arc rotated by 180° about the origin.
    /// Gaussian noise is added to each coordinate.
    ///
    /// This is scikit-learn's `make_moons`, centred at the origin, as logistic regression has no
    /// bias; a network sees the same rows. The classes alternate.
    Moons, noise: 0.2
}

impl Moons {
    /// The maximum number of rows.
    pub const MOST_ROWS: usize = MOST_ROWS;

    /// Generates the data.
    ///
    /// # Errors
    /// Returns an error if there are fewer than 4 or more than a million rows, or if the noise is
    /// negative or not a number.
    pub fn generate(&self) -> Result<Dataset, DataError> {
        self.dataset()
    }
}

impl Generated for Moons {
    const NAME: &'static str = "moons";
    const LABEL: &'static str = "moon";
    const CLASSES: [&'static str; 2] = ["upper", "lower"];
    const SETTINGS: [&'static str; 2] = ["rows of the moons", "noise of the moons"];

    settings!();

    #[expect(clippy::cast_precision_loss, reason = "rows are at most a million")]
    fn point(is_lower: bool, index: usize, count: usize, _: &mut Chance) -> [f64; 2] {
        let t = PI * (index as f64 / (count - 1) as f64);
        let upper = [libm::cos(t) - 0.5, libm::sin(t) - 0.25];
        if is_lower {
            upper.map(|part| -part)
        } else {
            upper
        }
    }
}
