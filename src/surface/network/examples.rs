//! Turns the rows of a data set into the examples of a network.

use super::super::data::{DataError, NetworkError};
use super::rows::{Answers, Rows};
use super::scale::{Change, Scales, UNTOUCHED, scale_of, scaled};
use super::split::split;
use super::{Network, weights};
use crate::network::{Architecture, Examples, Initial, LossFunction, Targets};
use crate::surface::NetworkData;

/// All that a network needs to be trained.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    /// The rows to train on.
    pub train: Examples,
    /// The rows to test on.
    pub test: Examples,
    /// The layers.
    pub architecture: Architecture,
    /// The loss of a row.
    pub loss: LossFunction,
    /// The weights at which all racers start, if they are in a file.
    pub weights: Option<Vec<f64>>,
    /// Where the examples come from.
    pub data: NetworkData,
}

impl Network {
    /// Reads or generates the data, scales and splits them, and reads the initial weights, if they
    /// are in a file. Paths must be absolute.
    ///
    /// # Errors
    /// Returns an error if a setting is out of range, or if data or weights are missing or invalid.
    pub fn examples(&self) -> Result<Prepared, DataError> {
        self.check()?;
        let mut rows = self.rows()?;
        let architecture = self.architecture(&rows)?;
        let weights = match &self.initial {
            Initial::File(path) => Some(weights::read(path, &architecture)?),
            _ => None,
        };
        let mut scales = self.scale_features(&mut rows)?;
        scales.target = self.scale_target(&mut rows)?;
        let width = rows.features.len();
        let count = rows.numbers.len().checked_div(width).unwrap_or(0);
        let test = self.test.of(count)?;
        // There are at most as many rows as numbers, 20 million.
        let [train, test] = split(
            u32::try_from(count).unwrap_or(u32::MAX),
            test,
            self.split_seed,
        );
        let loss = rows.answers.loss;
        Ok(Prepared {
            train: taken(&rows, width, &train),
            test: taken(&rows, width, &test),
            architecture,
            loss,
            weights,
            data: described(rows, scales, [train, test]),
        })
    }

    fn architecture(&self, rows: &Rows) -> Result<Architecture, NetworkError> {
        let architecture = Architecture {
            inputs: rows.features.len(),
            hidden: self.hidden.clone(),
            outputs: rows.answers.outputs(),
            activation: self.activation,
            bias: self.bias,
        };
        let weights = architecture.parameters();
        if weights > Architecture::MOST_PARAMETERS {
            return Err(NetworkError::TooManyWeights {
                shape: architecture.shape(),
                weights,
                most: Architecture::MOST_PARAMETERS,
            });
        }
        Ok(architecture)
    }

    /// Shifts and scales each feature as wanted, and returns its mean and deviation.
    fn scale_features(&self, rows: &mut Rows) -> Result<Scales, DataError> {
        let change = match (self.standardize, self.center) {
            (true, _) => Change::Standardize,
            (false, true) => Change::Center,
            (false, false) => Change::None,
        };
        let width = rows.features.len();
        let mut scales = Scales::default();
        for (feature, name) in rows.features.iter().enumerate() {
            if change == Change::None {
                scales.features.push(UNTOUCHED);
                continue;
            }
            let numbers = rows.numbers.iter().skip(feature).step_by(width);
            let column: Vec<f64> = numbers.copied().collect();
            let scale = match scale_of(&column, change) {
                Some(scale) => scale,
                None if self.features.is_empty() => {
                    scales.constant.push(name.clone());
                    [column.first().copied().unwrap_or(0.0), 1.0]
                }
                None => return Err(constant(&rows.name, name)),
            };
            for number in rows.numbers.iter_mut().skip(feature).step_by(width) {
                *number = scaled(*number, scale);
            }
            scales.features.push(scale);
        }
        Ok(scales)
    }

    /// Standardizes the target, if wanted, and returns its mean and deviation.
    fn scale_target(&self, rows: &mut Rows) -> Result<Option<[f64; 2]>, DataError> {
        if !self.standardize_target {
            return Ok(None);
        }
        let Answers {
            targets: Targets::Numbers(numbers),
            ..
        } = &mut rows.answers
        else {
            return Err(NetworkError::ScaledClasses {
                column: rows.target.clone(),
            }
            .into());
        };
        let Some(scale) = scale_of(numbers, Change::Standardize) else {
            return Err(constant(&rows.name, &rows.target).at("standardize_target", None));
        };
        for number in numbers {
            *number = scaled(*number, scale);
        }
        Ok(Some(scale))
    }
}

fn constant(file: &str, column: &str) -> DataError {
    DataError::Constant {
        file: file.to_owned(),
        column: column.to_owned(),
    }
}

/// Returns some of the rows.
fn taken(rows: &Rows, width: usize, these: &[u32]) -> Examples {
    let row = |&row: &u32| {
        let from = row as usize * width;
        rows.numbers.get(from..from + width).unwrap_or(&[])
    };
    Examples {
        features: these.iter().flat_map(row).copied().collect(),
        width,
        targets: match &rows.answers.targets {
            Targets::Numbers(numbers) => Targets::Numbers(some(numbers, these)),
            Targets::Classes(classes) => Targets::Classes(some(classes, these)),
        },
    }
}

fn some<T: Copy>(all: &[T], these: &[u32]) -> Vec<T> {
    let these = these.iter();
    these
        .filter_map(|&row| all.get(row as usize).copied())
        .collect()
}

/// Describes the rows, how they were changed, and how they are split.
fn described(
    rows: Rows,
    Scales {
        features: scales,
        constant,
        target: target_scale,
    }: Scales,
    [train, test]: [Vec<u32>; 2],
) -> NetworkData {
    let mut rows_of_class = vec![[0; 2]; rows.answers.classes.len()];
    if let Targets::Classes(classes) = &rows.answers.targets {
        for (part, these) in [&train, &test].into_iter().enumerate() {
            for &row in these {
                let class = classes.get(row as usize).map(|&class| class as usize);
                if let Some(counts) = class.and_then(|class| rows_of_class.get_mut(class)) {
                    counts[part] += 1;
                }
            }
        }
    }
    NetworkData {
        name: rows.name,
        features: rows.features,
        target: rows.target,
        classes: rows.answers.classes,
        source: rows.source,
        scales,
        constant,
        target_scale,
        train,
        test,
        rows_of_class,
    }
}
