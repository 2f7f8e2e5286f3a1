//! The memory in which a network is evaluated.

use std::sync::Arc;

use super::Perceptron;
use super::examples::Examples;
use super::far_out::far_out;
use super::pass::{Pass, count, panels, row_at};
use super::tangent::Tangent;
use crate::objective::{Evaluator, Rows, Scores};

/// Evaluates a network. It owns all memory that this takes, so that nothing is allocated in a step.
#[derive(Clone, Debug)]
pub struct Workspace {
    pub(super) network: Arc<Perceptron>,
    pub(super) pass: Pass,
    tangent: Tangent,
}

impl Workspace {
    pub(super) fn new(network: Arc<Perceptron>) -> Self {
        let architecture = network.architecture();
        Self {
            pass: Pass::new(architecture),
            tangent: Tangent::new(architecture),
            network,
        }
    }

    /// The network.
    #[must_use]
    pub fn network(&self) -> &Arc<Perceptron> {
        &self.network
    }

    /// Whether there are as many parameters as the network has.
    pub(super) fn fits(&self, parameters: &[f64]) -> bool {
        parameters.len() == self.network.architecture().parameters()
    }

    /// Returns the mean loss of rows, with the penalty; NaN if one of them does not exist.
    pub(super) fn loss_over(&mut self, examples: &Examples, at: &[f64], rows: Rows<'_>) -> f64 {
        if !self.fits(at) {
            return f64::NAN;
        }
        self.pass.read(at, false);
        let sum = self.sum_losses(examples, rows, false);
        self.mean(sum, examples, at, rows)
    }

    /// Returns the sum of the losses of rows and, if it goes back, adds up their derivatives;
    /// `None` if a row does not exist.
    fn sum_losses(&mut self, examples: &Examples, rows: Rows<'_>, goes_back: bool) -> Option<f64> {
        let loss_function = self.network.loss_function();
        let panel = &mut self.pass;
        let mut sum = 0.0;
        for places in panels(count(rows, examples.len())) {
            panel.take_in_examples(examples, rows, places.clone())?;
            if goes_back {
                panel.forward_with_slopes(places.len());
            } else {
                panel.forward(places.len());
            }
            let targets = places
                .clone()
                .map(|place| row_at(rows, place).and_then(|row| examples.target(row)));
            sum += panel.losses(loss_function, targets);
            if goes_back {
                panel.backward(places.len());
            }
        }
        Some(sum)
    }

    /// Returns the mean loss from the sum, with the penalty.
    #[expect(clippy::cast_precision_loss, reason = "rows are fewer than 2^53")]
    fn mean(&self, sum: Option<f64>, examples: &Examples, at: &[f64], rows: Rows<'_>) -> f64 {
        let count = count(rows, examples.len()) as f64;
        let mean = match sum {
            Some(sum) if sum.is_nan() => far_out(&self.network, examples, at, rows),
            Some(sum) => sum / count,
            None => f64::NAN,
        };
        mean + self.network.penalty(at)
    }
}

impl Evaluator for Workspace {
    fn value(&mut self, at: &[f64], rows: Rows<'_>) -> f64 {
        let network = Arc::clone(&self.network);
        self.loss_over(network.training(), at, rows)
    }

    #[expect(clippy::cast_precision_loss, reason = "rows are fewer than 2^53")]
    fn gradient(&mut self, at: &[f64], rows: Rows<'_>, gradient: &mut [f64]) -> f64 {
        if !self.fits(at) || !self.fits(gradient) {
            gradient.fill(f64::NAN);
            return f64::NAN;
        }
        let network = Arc::clone(&self.network);
        let examples = network.training();
        self.pass.read(at, true);
        let sum = self.sum_losses(examples, rows, true);
        if sum.is_some() {
            let count = count(rows, examples.len()) as f64;
            for layer in &self.pass.layers {
                layer.write(at, count, network.l2(), gradient);
            }
        } else {
            gradient.fill(f64::NAN);
        }
        self.mean(sum, examples, at, rows)
    }

    fn hessian_vector(
        &mut self,
        at: &[f64],
        rows: Rows<'_>,
        vector: &[f64],
        product: &mut [f64],
    ) -> bool {
        let fits = self.fits(at) && self.fits(vector) && self.fits(product);
        let (pass, tangent) = (&mut self.pass, &mut self.tangent);
        let done = fits
            .then(|| tangent.hessian_vector(&self.network, pass, [at, vector], rows, product))
            .flatten();
        if done.is_none() {
            product.fill(f64::NAN);
        }
        true
    }

    fn scores(&mut self, at: &[f64]) -> Option<Scores> {
        Some(Scores {
            accuracy: self.accuracy(at).unwrap_or(f64::NAN),
            test_loss: self.test_loss(at).unwrap_or(f64::NAN),
            test_accuracy: self.test_accuracy(at).unwrap_or(f64::NAN),
        })
    }

    fn fork(&self) -> Box<dyn Evaluator> {
        Box::new(self.clone())
    }
}
