//! What a network predicts, and how often it is right.

use std::sync::Arc;

use super::arithmetic::exponential::sigmoids;
use super::pass::panels;
use super::row_loss::{largest, softmax};
use super::{Examples, LossFunction, Targets, Workspace};
use crate::objective::Rows;

/// The class that these outputs of a network mean, counted from 0: a single logit above 0 means
/// class 1, else the largest output wins, the first of equals.
#[expect(clippy::cast_possible_truncation, reason = "outputs are few")]
fn class_of(outputs: &[f64]) -> u32 {
    match *outputs {
        [logit] => u32::from(logit > 0.0),
        _ => largest(outputs).0 as u32,
    }
}

impl Workspace {
    /// Computes the outputs for rows of features, which follow each other in `features`, and hands
    /// them over row by row, with the row's number; `false` if the lengths do not fit.
    fn each_output(
        &mut self,
        at: &[f64],
        features: &[f64],
        mut hand_over: impl FnMut(usize, &[f64]),
    ) -> bool {
        let inputs = self.network.architecture().inputs;
        if !self.fits(at) || !features.len().is_multiple_of(inputs) {
            return false;
        }
        let panel = &mut self.pass;
        panel.read(at, false);
        for places in panels(features.len() / inputs) {
            let rows = places
                .clone()
                .map(|row| features.get(row * inputs..(row + 1) * inputs));
            if panel.take_in(rows).is_none() {
                return false;
            }
            panel.forward(places.len());
            for (row, outputs) in places.zip(panel.outputs()) {
                hand_over(row, outputs);
            }
        }
        true
    }

    /// Writes the outputs for rows of features: rows × inputs numbers give rows × outputs. If the
    /// lengths do not fit, all are NaN.
    pub fn outputs(&mut self, at: &[f64], features: &[f64], outputs: &mut [f64]) {
        self.write_rows(at, features, outputs, |outputs, to| {
            to.copy_from_slice(outputs);
        });
    }

    /// Writes the probabilities of the classes for rows of features: the softmax of the outputs,
    /// or for a single logit the probability of class 1. A regression has none, and gives its
    /// outputs. If the lengths do not fit, all are NaN.
    pub fn probabilities(&mut self, at: &[f64], features: &[f64], probabilities: &mut [f64]) {
        match self.network.loss_function() {
            LossFunction::CategoricalCrossEntropy => {
                self.write_rows(at, features, probabilities, softmax);
            }
            LossFunction::BinaryCrossEntropy => {
                self.write_rows(at, features, probabilities, |outputs, to| {
                    for (to, &output) in to.iter_mut().zip(outputs) {
                        [*to, _] = sigmoids(output);
                    }
                });
            }
            LossFunction::MeanSquaredError => self.outputs(at, features, probabilities),
        }
    }

    fn write_rows(
        &mut self,
        at: &[f64],
        features: &[f64],
        numbers: &mut [f64],
        write: impl Fn(&[f64], &mut [f64]),
    ) {
        let architecture = self.network.architecture();
        let (inputs, outputs) = (architecture.inputs, architecture.outputs);
        let fits = features.len() / inputs * outputs == numbers.len();
        let done = fits && {
            let mut places = numbers.chunks_exact_mut(outputs);
            self.each_output(at, features, |_, outputs| {
                if let Some(place) = places.next() {
                    write(outputs, place);
                }
            })
        };
        if !done {
            numbers.fill(f64::NAN);
        }
    }

    /// Writes the predicted class of every row of features; `false` if the lengths do not fit or
    /// the network is a regression.
    pub fn classes(&mut self, at: &[f64], features: &[f64], classes: &mut [u32]) -> bool {
        let network = Arc::clone(&self.network);
        let inputs = network.architecture().inputs;
        let fits = features.len() / inputs == classes.len();
        let classifies = network.loss_function().classifies();
        fits && classifies
            && self.each_output(at, features, |row, outputs| {
                if let Some(class) = classes.get_mut(row) {
                    *class = class_of(outputs);
                }
            })
    }

    /// The share of training rows whose class is predicted; `None` for a regression.
    pub fn accuracy(&mut self, at: &[f64]) -> Option<f64> {
        let network = Arc::clone(&self.network);
        self.accuracy_over(network.training(), at)
    }

    /// The share of test rows whose class is predicted; `None` for a regression and without test
    /// rows.
    pub fn test_accuracy(&mut self, at: &[f64]) -> Option<f64> {
        let network = Arc::clone(&self.network);
        self.accuracy_over(network.test(), at)
    }

    /// The mean loss of the test rows plus the same penalty as over the training rows, which is
    /// what Keras' `evaluate` reports; `None` without test rows.
    pub fn test_loss(&mut self, at: &[f64]) -> Option<f64> {
        let network = Arc::clone(&self.network);
        let test = network.test();
        (!test.is_empty()).then(|| self.loss_over(test, at, Rows::All))
    }

    #[expect(clippy::cast_precision_loss, reason = "rows are fewer than 2^53")]
    fn accuracy_over(&mut self, examples: &Examples, at: &[f64]) -> Option<f64> {
        let Targets::Classes(classes) = &examples.targets else {
            return None;
        };
        let mut right = 0_usize;
        let done = self.each_output(at, &examples.features, |row, outputs| {
            right += usize::from(classes.get(row) == Some(&class_of(outputs)));
        });
        (done && !classes.is_empty()).then(|| right as f64 / classes.len() as f64)
    }

    /// How many training rows of each class are predicted as each class: one list per true class,
    /// with one count per predicted class; `None` for a regression.
    pub fn confusion(&mut self, at: &[f64]) -> Option<Vec<Vec<usize>>> {
        let network = Arc::clone(&self.network);
        self.confusion_over(network.training(), at)
    }

    /// The same for the test rows; `None` for a regression and without test rows.
    pub fn test_confusion(&mut self, at: &[f64]) -> Option<Vec<Vec<usize>>> {
        let network = Arc::clone(&self.network);
        self.confusion_over(network.test(), at)
    }

    fn confusion_over(&mut self, examples: &Examples, at: &[f64]) -> Option<Vec<Vec<usize>>> {
        let Targets::Classes(classes) = &examples.targets else {
            return None;
        };
        let count = self.network.architecture().outputs.max(2);
        let mut counts = vec![vec![0; count]; count];
        let done = self.each_output(at, &examples.features, |row, outputs| {
            let class = classes.get(row).map(|&class| class as usize);
            let counts = class.and_then(|class| counts.get_mut(class));
            if let Some(count) = counts.and_then(|it| it.get_mut(class_of(outputs) as usize)) {
                *count += 1;
            }
        });
        (done && !classes.is_empty()).then_some(counts)
    }
}
