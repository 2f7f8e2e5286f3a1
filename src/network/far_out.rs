//! Losses of parameters so large that sums overflow.

use super::arithmetic::curves::activate;
use super::arithmetic::exponential::exp;
use super::examples::{Examples, Target};
use super::pass::{count, row_at};
use super::row_loss::{largest, loss_of_margin};
use super::{Activation, Layer, Perceptron};
use crate::objective::Rows;

/// Numbers that share a power of two: n · 2ᵉ. The largest n is about 1.
struct Scaled {
    numbers: Vec<f64>,
    exponent: i32,
}

/// Returns the mean loss of rows, without the penalty, where a sum may have been ∞ − ∞ or a product
/// 0 · ∞. Every layer is computed with inputs and weights scaled to about 1, so that only what is
/// truly beyond the range of numbers becomes infinite. NaN remains for numbers that are not finite.
#[cold]
#[expect(clippy::cast_precision_loss, reason = "rows are fewer than 2^53")]
pub(super) fn far_out(
    network: &Perceptron,
    examples: &Examples,
    at: &[f64],
    rows: Rows<'_>,
) -> f64 {
    let count = count(rows, examples.len());
    let losses = (0..count).map(|place| {
        let row = row_at(rows, place).filter(|&row| row < examples.len());
        row.map_or(f64::NAN, |row| of_row(network, examples, at, row))
    });
    losses.sum::<f64>() / count as f64
}

fn of_row(network: &Perceptron, examples: &Examples, at: &[f64], row: usize) -> f64 {
    let architecture = network.architecture();
    let mut values = Scaled::new(examples.row(row).to_vec(), 0);
    for (index, layer) in architecture.layers().enumerate() {
        let activation = architecture.activation_of(index);
        values = values.through(&layer, at).activated(activation);
    }
    match examples.target(row) {
        Some(Target::Number(number)) => {
            let output = values.number(0);
            (output - number) * (output - number)
        }
        Some(Target::Class(class)) if architecture.outputs == 1 => {
            let logit = values.number(0);
            loss_of_margin(if class == 1 { logit } else { -logit })
        }
        Some(Target::Class(class)) => values.cross_entropy(class as usize),
        None => f64::NAN,
    }
}

impl Scaled {
    /// Scales numbers · 2^`exponent` so that the largest is about 1.
    fn new(mut numbers: Vec<f64>, exponent: i32) -> Self {
        let size = numbers.iter().fold(0.0, |size: f64, it| size.max(it.abs()));
        let shift = if size.is_finite() {
            libm::frexp(size).1
        } else {
            0
        };
        for number in &mut numbers {
            *number = libm::scalbn(*number, -shift);
        }
        let exponent = exponent + shift;
        Self { numbers, exponent }
    }

    /// The number at this index, which may be infinite.
    fn number(&self, index: usize) -> f64 {
        let number = self.numbers.get(index).copied();
        libm::scalbn(number.unwrap_or(f64::NAN), self.exponent)
    }

    /// W h + b
    fn through(&self, layer: &Layer, at: &[f64]) -> Self {
        let parameters = |range: &std::ops::Range<usize>| at.get(range.clone()).unwrap_or(&[]);
        let weights = Self::new(parameters(&layer.weights).to_vec(), 0);
        let biases = parameters(&layer.biases);
        let own = weights.exponent + self.exponent;
        let exponent = own.max(0);
        let rows = weights.numbers.chunks_exact(layer.inputs);
        let sums = rows.enumerate().map(|(unit, row)| {
            let products = row.iter().zip(&self.numbers).map(|(w, h)| w * h);
            let bias = biases.get(unit).copied().unwrap_or(0.0);
            libm::scalbn(products.sum(), own - exponent) + libm::scalbn(bias, -exponent)
        });
        Self::new(sums.collect(), exponent)
    }

    /// φ(z). Where z is infinite, all activations without bounds are max(z, 0) or z.
    fn activated(self, activation: Activation) -> Self {
        let is_bounded = matches!(activation, Activation::Tanh | Activation::Sigmoid);
        let exponent = if is_bounded { 0 } else { self.exponent };
        let values = self.numbers.iter().enumerate().map(|(index, &number)| {
            let mut value = [self.number(index)];
            if value[0].is_infinite() && !is_bounded {
                let is_cut = activation != Activation::Identity && number < 0.0;
                return if is_cut { 0.0 } else { number };
            }
            activate(activation, &mut value);
            libm::scalbn(value[0], -exponent)
        });
        Self::new(values.collect(), exponent)
    }

    /// −ln softmax[class]
    fn cross_entropy(&self, class: usize) -> f64 {
        let (first, most) = largest(&self.numbers);
        // Negative or 0.
        let below = |number: f64| libm::scalbn(number - most, self.exponent);
        let others = self.numbers.iter().enumerate();
        let others = others.filter(|&(index, _)| index != first);
        let others: f64 = others.map(|(_, &number)| exp(below(number))).sum();
        let right = self.numbers.get(class).copied().unwrap_or(f64::NAN);
        libm::log1p(others) - below(right)
    }
}
