//! The memory of a layer while rows pass through it.

mod change;

use super::arithmetic::curves::{activate, activate_with_slopes, scale};
use super::arithmetic::product::{Base, Matrix, add_rows, multiply, padded, transpose};
use super::{Activation, Layer};

/// The number of rows that pass through the network together. Their activations fit in the L1
/// cache.
pub(super) const PANEL: usize = 32;

/// A layer's parameters, padded for the products, and the results of a panel of rows.
#[derive(Clone, Debug)]
pub(super) struct LayerMemory {
    layer: Layer,
    /// φ; the identity for the output layer.
    activation: Activation,
    /// Wᵀ
    transposed: Vec<f64>,
    /// W
    weights: Vec<f64>,
    /// b
    biases: Vec<f64>,
    /// h = φ(z), row by row.
    values: Vec<f64>,
    /// φ′(z), row by row.
    slopes: Vec<f64>,
    /// The derivatives of the sum of losses with respect to z, row by row.
    deltas: Vec<f64>,
    /// The deltas of a panel, unit by unit.
    by_unit: Vec<f64>,
    /// The derivatives with respect to W, summed over rows.
    weight_sums: Vec<f64>,
    /// The derivatives with respect to b, summed over rows.
    bias_sums: Vec<f64>,
}

impl LayerMemory {
    pub(super) fn new(layer: Layer, activation: Activation) -> Self {
        let (inputs, outputs) = (padded(layer.inputs), padded(layer.outputs));
        let panel = vec![0.0; PANEL * outputs];
        Self {
            activation,
            transposed: vec![0.0; layer.inputs * outputs],
            weights: vec![0.0; layer.outputs * inputs],
            biases: vec![0.0; outputs],
            values: panel.clone(),
            slopes: panel.clone(),
            deltas: panel,
            by_unit: vec![0.0; PANEL * layer.outputs],
            weight_sums: vec![0.0; layer.outputs * inputs],
            bias_sums: vec![0.0; outputs],
            layer,
        }
    }

    /// The number of units.
    pub(super) const fn units(&self) -> usize {
        self.layer.outputs
    }

    /// The length of a row of activations in memory.
    pub(super) fn width(&self) -> usize {
        padded(self.layer.outputs)
    }

    fn of_rows<'a>(&self, numbers: &'a [f64]) -> Matrix<'a> {
        let stride = self.width();
        Matrix { numbers, stride }
    }

    /// h, row by row.
    pub(super) fn values(&self) -> Matrix<'_> {
        self.of_rows(&self.values)
    }

    /// The derivatives with respect to z, row by row.
    pub(super) fn deltas(&self) -> Matrix<'_> {
        self.of_rows(&self.deltas)
    }

    /// Wᵀ
    pub(super) fn transposed(&self) -> Matrix<'_> {
        self.of_rows(&self.transposed)
    }

    /// W
    pub(super) fn weights(&self) -> Matrix<'_> {
        Matrix {
            numbers: &self.weights,
            stride: padded(self.layer.inputs),
        }
    }

    /// The outputs of every row with the memory for their derivatives.
    pub(super) fn outputs_and_deltas(&mut self) -> impl Iterator<Item = (&[f64], &mut [f64])> {
        let (width, units) = (self.width(), self.units());
        let values = self.values.chunks_exact(width);
        let deltas = self.deltas.chunks_exact_mut(width);
        values
            .zip(deltas)
            .map(move |(values, deltas)| (&values[..units], &mut deltas[..units]))
    }

    /// Reads the layer's parameters from the flat list.
    pub(super) fn read(&mut self, parameters: &[f64]) {
        let (inputs, width) = (self.layer.inputs, self.width());
        let weights = &parameters[self.layer.weights.clone()];
        for (unit, row) in weights.chunks_exact(inputs).enumerate() {
            let column = self.transposed.iter_mut().skip(unit).step_by(width);
            for (entry, weight) in column.zip(row) {
                *entry = *weight;
            }
        }
        let biases = &parameters[self.layer.biases.clone()];
        self.biases[..biases.len()].copy_from_slice(biases);
    }

    /// Reads what is needed to go backwards, too, and forgets the sums of earlier rows.
    pub(super) fn read_to_go_back(&mut self, parameters: &[f64]) {
        self.read(parameters);
        let weights = &parameters[self.layer.weights.clone()];
        let (inputs, padded) = (self.layer.inputs, padded(self.layer.inputs));
        let rows = self.weights.chunks_exact_mut(padded);
        for (row, weights) in rows.zip(weights.chunks_exact(inputs)) {
            row[..inputs].copy_from_slice(weights);
        }
        self.weight_sums.fill(0.0);
        self.bias_sums.fill(0.0);
    }

    /// z = W h + b for the first rows of the panel.
    fn add_up(&mut self, inputs: Matrix<'_>, rows: usize) {
        let width = self.width();
        let across = Matrix {
            numbers: &self.transposed,
            stride: width,
        };
        let values = &mut self.values[..rows * width];
        multiply(
            inputs,
            self.layer.inputs,
            across,
            Base::Row(&self.biases),
            values,
        );
    }

    /// Computes h for the first rows of the panel.
    pub(super) fn forward(&mut self, inputs: Matrix<'_>, rows: usize) {
        self.add_up(inputs, rows);
        let numbers = rows * self.width();
        activate(self.activation, &mut self.values[..numbers]);
    }

    /// Computes h and φ′(z) for the first rows of the panel.
    pub(super) fn forward_with_slopes(&mut self, inputs: Matrix<'_>, rows: usize) {
        self.add_up(inputs, rows);
        let numbers = rows * self.width();
        let (values, slopes) = (&mut self.values[..numbers], &mut self.slopes[..numbers]);
        activate_with_slopes(self.activation, values, slopes);
    }

    /// Arranges the deltas of these rows unit by unit.
    fn turn(&mut self, rows: usize) {
        let deltas = Matrix {
            numbers: &self.deltas,
            stride: padded(self.layer.outputs),
        };
        transpose(deltas, rows, self.layer.outputs, PANEL, &mut self.by_unit);
    }

    /// The deltas, unit by unit, once they have been arranged.
    fn by_unit(&self) -> Matrix<'_> {
        Matrix {
            numbers: &self.by_unit,
            stride: PANEL,
        }
    }

    /// Adds the derivatives of these rows to the sums.
    pub(super) fn sum(&mut self, inputs: Matrix<'_>, rows: usize) {
        self.turn(rows);
        let by_unit = Matrix {
            numbers: &self.by_unit,
            stride: PANEL,
        };
        multiply(by_unit, rows, inputs, Base::Result, &mut self.weight_sums);
        let deltas = Matrix {
            numbers: &self.deltas,
            stride: padded(self.layer.outputs),
        };
        add_rows(deltas, rows, &mut self.bias_sums);
    }

    /// Hands the derivatives of these rows on to the layer below.
    pub(super) fn hand_back(&self, below: &mut Self, rows: usize) {
        let numbers = rows * below.width();
        let deltas = &mut below.deltas[..numbers];
        multiply(
            self.deltas(),
            self.units(),
            self.weights(),
            Base::Zero,
            deltas,
        );
        scale(deltas, &below.slopes[..numbers]);
    }

    /// Writes the mean of the derivatives over `count` rows, plus λ W.
    pub(super) fn write(&self, parameters: &[f64], count: f64, l2: f64, gradient: &mut [f64]) {
        let inputs = self.layer.inputs;
        let weights = self.layer.weights.clone();
        let rows = gradient[weights.clone()].chunks_exact_mut(inputs);
        let rows = rows.zip(parameters[weights].chunks_exact(inputs));
        let sums = self.weight_sums.chunks_exact(padded(inputs));
        for ((gradient, weights), sums) in rows.zip(sums) {
            for ((gradient, weight), sum) in gradient.iter_mut().zip(weights).zip(sums) {
                *gradient = sum / count + l2 * weight;
            }
        }
        let biases = &mut gradient[self.layer.biases.clone()];
        for (gradient, sum) in biases.iter_mut().zip(&self.bias_sums) {
            *gradient = sum / count;
        }
    }
}
