//! A network as a preset file stores it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::super::data::{
    Circles, DataError, Loaded, Model, Moons, NetworkError, Spiral, Xor, check_l2,
};
use super::unloaded::Unloaded;
use super::{NetworkLoss, TestSize, loss};
use crate::file::DataFile;
use crate::network::{Activation, Initial, LossFunction, Perceptron, Start};
use crate::surface::{About, Surface};
use crate::table::{DecimalMark, Separator};

/// f(θ) = mean of the loss of a row + λ/2 Σw², where θ are all weights w and biases of a multilayer
/// perceptron.
///
/// The mean is over the rows that it trains on. λ is `l2`, which does not penalize biases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Network {
    /// A table (CSV and similar, or NPY) relative to the preset, or the name of a built-in data
    /// set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<DataFile>,
    /// Generated data, in place of a file: two crescents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moons: Option<Moons>,
    /// Generated data, in place of a file: a circle inside another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub circles: Option<Circles>,
    /// Generated data, in place of a file: two spirals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spiral: Option<Spiral>,
    /// Generated data, in place of a file: exclusive or.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub xor: Option<Xor>,
    /// The separator between cells; detected if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub separator: Option<Separator>,
    /// The decimal mark; detected if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<DecimalMark>,
    /// Whether the first record names the columns; detected if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<bool>,
    /// The names of the feature columns; if empty, all numeric columns but the target and those
    /// that only count the rows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub features: Vec<String>,
    /// The name of the target column; the last column if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// The classes in the order of the outputs; those in the data, sorted, if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub classes: Option<Vec<String>>,
    /// The number of units of each hidden layer; a linear model has none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hidden: Vec<usize>,
    /// The activation of all hidden layers.
    #[serde(skip_serializing_if = "is_usual")]
    pub activation: Activation,
    /// Whether every layer has a bias.
    #[serde(skip_serializing_if = "is_true")]
    pub bias: bool,
    /// The loss of a row. If not given, it is the cross-entropy for a target of text or if there are
    /// `classes`, and the squared error for a target of numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loss: Option<LossFunction>,
    /// The weights at which all racers start.
    #[serde(skip_serializing_if = "is_usual")]
    pub initial: Initial,
    /// Whether each feature is first shifted and scaled to mean 0 and standard deviation 1 over all
    /// rows, those of the test set included (the population standard deviation √(Σ(x − x̄)²/n)).
    ///
    /// A named feature must not be constant. If `features` is not given, a constant column is only
    /// shifted.
    #[serde(skip_serializing_if = "is_usual")]
    pub standardize: bool,
    /// Whether each feature is first shifted to mean 0 over all rows.
    #[serde(skip_serializing_if = "is_usual")]
    pub center: bool,
    /// Whether a target of numbers is first standardized like a feature.
    #[serde(skip_serializing_if = "is_usual")]
    pub standardize_target: bool,
    /// The rows on which the network is tested, drawn at random: a share like 0.3 or a number of
    /// rows like 60. Classes are not balanced.
    #[serde(skip_serializing_if = "TestSize::is_none")]
    pub test: TestSize,
    /// The seed that draws the test rows, independent of the race's seed, so that all seeds of a
    /// race train on the same rows.
    #[serde(skip_serializing_if = "is_usual")]
    pub split_seed: u64,
    /// λ
    #[serde(skip_serializing_if = "is_usual")]
    pub l2: f64,
    /// The number of steps between two evaluations of loss and accuracy over all rows; one epoch if
    /// not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluate: Option<usize>,
    #[serde(skip)]
    loaded: Loaded<NetworkLoss>,
}

impl Default for Network {
    fn default() -> Self {
        Self {
            data: None,
            moons: None,
            circles: None,
            spiral: None,
            xor: None,
            separator: None,
            decimal: None,
            header: None,
            features: Vec::new(),
            target: None,
            classes: None,
            hidden: Vec::new(),
            activation: Activation::default(),
            bias: true,
            loss: None,
            initial: Initial::default(),
            standardize: false,
            center: false,
            standardize_target: false,
            test: TestSize::default(),
            split_seed: 0,
            l2: 0.0,
            evaluate: None,
            loaded: Loaded::default(),
        }
    }
}

impl Model for Network {
    const ABOUT: About = loss::ABOUT;

    type Loss = NetworkLoss;

    fn data_mut(&mut self) -> Option<&mut DataFile> {
        self.data.as_mut()
    }

    fn other_files_mut(&mut self) -> Vec<(&'static str, &mut DataFile)> {
        match &mut self.initial {
            Initial::File(path) => vec![("initial", path)],
            _ => Vec::new(),
        }
    }

    fn loaded(&self) -> &Loaded<NetworkLoss> {
        &self.loaded
    }

    fn loaded_mut(&mut self) -> &mut Loaded<NetworkLoss> {
        &mut self.loaded
    }

    fn over_nothing(&self) -> Arc<dyn Surface> {
        Arc::new(Unloaded)
    }

    fn read(&self) -> Result<NetworkLoss, DataError> {
        let prepared = self.examples()?;
        let start = match prepared.weights {
            Some(weights) => Start::Given(weights.into()),
            None => Start::Drawn(self.initial.clone()),
        };
        let examples = [prepared.train, prepared.test];
        let (architecture, loss) = (prepared.architecture, prepared.loss);
        let perceptron = Perceptron::new(architecture, loss, self.l2, examples, start);
        let perceptron = perceptron.map_err(|fault| DataError::Unfit(fault.to_string()))?;
        Ok(NetworkLoss::new(perceptron, prepared.data, self.evaluate))
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands in a reference"
)]
fn is_true(value: &bool) -> bool {
    *value
}

fn is_usual<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Network {
    /// The maximum number of hidden layers.
    pub const MOST_LAYERS: usize = 8;

    /// The maximum number of units of a hidden layer.
    pub const WIDEST: usize = 512;

    /// The maximum number of classes.
    pub const MOST_CLASSES: usize = 100;

    /// The minimum number of rows.
    pub const FEWEST_ROWS: usize = 4;

    /// Returns the file of the initial weights, if there is one, with the field that names it.
    pub fn weights_mut(&mut self) -> Option<(&'static str, &mut DataFile)> {
        match &mut self.initial {
            Initial::File(path) => Some(("initial", path)),
            _ => None,
        }
    }

    /// Checks what can be checked without the data.
    pub(super) fn check(&self) -> Result<(), DataError> {
        check_l2(self.l2)?;
        if self.evaluate == Some(0) {
            return Err(DataError::Setting {
                field: "evaluate",
                setting: "evaluate",
                value: "0".to_owned(),
                valid: "a whole number of steps from 1",
            });
        }
        if matches!(&self.initial, Initial::File(path) if path.as_os_str().is_empty()) {
            return Err(NetworkError::NoWeights.into());
        }
        self.test.check()?;
        self.check_hidden()?;
        self.check_classes()?;
        Ok(())
    }

    fn check_hidden(&self) -> Result<(), NetworkError> {
        if self.hidden.len() > Self::MOST_LAYERS {
            return Err(NetworkError::Layers {
                layers: self.hidden.len(),
                most: Self::MOST_LAYERS,
            });
        }
        let wrong = |width: &usize| !(1..=Self::WIDEST).contains(width);
        match self.hidden.iter().position(wrong) {
            Some(entry) => Err(NetworkError::Width {
                width: self.hidden.get(entry).copied().unwrap_or(0),
                most: Self::WIDEST,
                entry,
            }),
            None => Ok(()),
        }
    }

    fn check_classes(&self) -> Result<(), NetworkError> {
        let Some(classes) = &self.classes else {
            return Ok(());
        };
        if self.loss.is_some_and(|loss| !loss.classifies()) {
            return Err(NetworkError::ClassesOfNumbers);
        }
        if !(2..=Self::MOST_CLASSES).contains(&classes.len()) {
            return Err(NetworkError::ClassCount {
                listed: classes.len(),
                most: Self::MOST_CLASSES,
            });
        }
        Ok(())
    }
}
