//! What all generated data sets have in common.

use super::{DataError, Dataset, Labels};
use crate::chance::{Chance, Use};

/// Two classes of points in the plane, generated from a seed. The classes alternate.
pub trait Generated {
    /// The name of the set, and of the field that contains it.
    const NAME: &'static str;

    /// The name of the column of labels.
    const LABEL: &'static str;

    /// The labels of class 0 and class 1.
    const CLASSES: [&'static str; 2];

    /// What messages call the number of rows and the noise.
    const SETTINGS: [&'static str; 2];

    /// Returns the number of rows in both classes together.
    fn rows(&self) -> usize;

    /// Returns the standard deviation of the Gaussian noise that is added to each coordinate.
    fn noise(&self) -> f64;

    /// Returns the seed, independent of the race's seed.
    fn seed(&self) -> u64;

    /// Returns a point of a class before noise. `index` counts the points of the class from 0 to
    /// `count`, exclusive; even rows belong to class 0.
    fn point(is_second: bool, index: usize, count: usize, chance: &mut Chance) -> [f64; 2];

    /// Generates the data.
    ///
    /// # Errors
    /// Returns an error if there are fewer than 4 or more than a million rows, or if the noise is
    /// negative or not a number.
    fn dataset(&self) -> Result<Dataset, DataError> {
        check(self)?;
        let mut chance = Chance::new(self.seed(), Use::Data, 0);
        let mut data = Dataset {
            name: Self::NAME.into(),
            columns: ["x1".into(), "x2".into()],
            ..Dataset::default()
        };
        let mut labels = Vec::with_capacity(self.rows());
        for row in 0..self.rows() {
            let is_second = row % 2 == 1;
            let count = (self.rows() + 1 - row % 2) / 2;
            let [x, y] = Self::point(is_second, row / 2, count, &mut chance);
            let noise = chance.normals();
            data.x.push(x + self.noise() * noise[0]);
            data.y.push(y + self.noise() * noise[1]);
            labels.push(is_second);
        }
        data.labels = Some(Labels {
            column: Self::LABEL.into(),
            positive: Self::CLASSES[1].into(),
            of: labels,
        });
        Ok(data)
    }
}

/// The maximum number of rows.
pub(super) const MOST_ROWS: usize = 1_000_000;

fn check<G: Generated + ?Sized>(set: &G) -> Result<(), DataError> {
    let wrong = |setting, value, valid| {
        Err(DataError::Setting {
            field: G::NAME,
            setting,
            value,
            valid,
        })
    };
    let [rows, noise] = G::SETTINGS;
    if !(4..=MOST_ROWS).contains(&set.rows()) {
        return wrong(rows, set.rows().to_string(), "from 4 to 1,000,000");
    }
    if !(0.0..=1e100).contains(&set.noise()) {
        return wrong(noise, set.noise().to_string(), "a number from 0 to 1e100");
    }
    Ok(())
}

/// Defines a generated set: its settings with their defaults.
macro_rules! generated {
    ($(#[$about:meta])* $name:ident, noise: $noise:expr) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct $name {
            /// The number of rows in both classes together.
            pub rows: usize,
            /// The standard deviation of the noise.
            pub noise: f64,
            /// The seed of the noise, independent of the race's seed.
            pub seed: u64,
        }

        impl Default for $name {
            fn default() -> Self {
                Self {
                    rows: 200,
                    noise: $noise,
                    seed: 0,
                }
            }
        }
    };
}

/// Implements the settings of a generated set.
macro_rules! settings {
    () => {
        fn rows(&self) -> usize {
            self.rows
        }

        fn noise(&self) -> f64 {
            self.noise
        }

        fn seed(&self) -> u64 {
            self.seed
        }
    };
}

pub(super) use {generated, settings};
