//! The rows of a network in their own units, from wherever they come.

use super::super::data::{DataError, NetworkError};
use super::super::source::Source;
use super::Network;
use super::labels::{Labels, Target};
use crate::network::{LossFunction, Targets};
use crate::text::brief;

/// The rows in their own units.
#[derive(Debug)]
pub(super) struct Rows {
    /// The name of the file or of the set.
    pub(super) name: String,
    /// The names of the features.
    pub(super) features: Vec<String>,
    /// The features row by row.
    pub(super) numbers: Vec<f64>,
    /// The name of the target.
    pub(super) target: String,
    /// What is known about each row.
    pub(super) answers: Answers,
    /// The table that the rows come from, if any.
    pub(super) source: Option<Source>,
}

/// The targets of all rows, and the loss that they take.
#[derive(Debug)]
pub(super) struct Answers {
    pub(super) targets: Targets,
    /// The classes in the order of the outputs; empty for numbers.
    pub(super) classes: Vec<String>,
    pub(super) loss: LossFunction,
}

impl Answers {
    /// The answers that are numbers.
    pub(super) fn numbers(numbers: Vec<f64>) -> Self {
        Self {
            targets: Targets::Numbers(numbers),
            classes: Vec::new(),
            loss: LossFunction::MeanSquaredError,
        }
    }

    /// The number of outputs that the network needs.
    pub(super) fn outputs(&self) -> usize {
        match self.loss {
            LossFunction::CategoricalCrossEntropy => self.classes.len(),
            LossFunction::BinaryCrossEntropy | LossFunction::MeanSquaredError => 1,
        }
    }
}

impl Network {
    /// Reads or generates all rows.
    pub(super) fn rows(&self) -> Result<Rows, DataError> {
        let rows = match (self.generated()?, &self.data) {
            (Some(generated), _) => self.of_generated(generated)?,
            (None, Some(path)) => self.of_table(path)?,
            (None, None) => return Err(DataError::Missing),
        };
        let found = match &rows.answers.targets {
            Targets::Numbers(numbers) => numbers.len(),
            Targets::Classes(classes) => classes.len(),
        };
        if found < Self::FEWEST_ROWS {
            return Err(NetworkError::TooFewRows {
                file: rows.name,
                rows: found,
                needed: Self::FEWEST_ROWS,
            }
            .into());
        }
        Ok(rows)
    }

    /// The loss of a row, which is chosen for the target if it is not given.
    pub(super) fn loss_for(&self, target_is_text: bool) -> LossFunction {
        let usual = if target_is_text || self.classes.is_some() {
            LossFunction::CategoricalCrossEntropy
        } else {
            LossFunction::MeanSquaredError
        };
        self.loss.unwrap_or(usual)
    }

    /// Turns labels into classes.
    pub(super) fn classify(
        &self,
        labels: Labels,
        target: Target<'_>,
        loss: LossFunction,
    ) -> Result<Answers, DataError> {
        let classes = labels.classes(self.classes.as_deref(), target, Self::MOST_CLASSES)?;
        if classes.names.len() < 2 {
            let fault = DataError::OneClass {
                file: target.file.to_owned(),
                column: brief(target.column),
            };
            return Err(self.at_target(fault));
        }
        if loss == LossFunction::BinaryCrossEntropy && classes.names.len() != 2 {
            return Err(NetworkError::NotTwoClasses {
                column: brief(target.column),
                classes: classes.names.len(),
            }
            .into());
        }
        Ok(Answers {
            targets: Targets::Classes(classes.of),
            classes: classes.names,
            loss,
        })
    }

    /// Moves an error to the field that names the target, if there is one.
    pub(super) fn at_target(&self, fault: DataError) -> DataError {
        match &self.target {
            Some(_) => fault.at("target", None),
            None => fault,
        }
    }
}
