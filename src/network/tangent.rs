//! Products of the Hessian with vectors.

use super::layer::{LayerMemory, PANEL};
use super::pass::{Pass, count, panels, row_at};
use super::{Architecture, Perceptron};
use crate::objective::Rows;

/// How everything in a pass changes while the parameters move in the direction of a vector v. Of
/// the layers in `changes`, the parameters are v, and values and deltas are the changes of those of
/// the pass.
///
/// B. A. Pearlmutter, *Fast exact multiplication by the Hessian*, Neural Computation 6, 1994.
#[derive(Clone, Debug)]
pub(super) struct Tangent {
    changes: Pass,
    /// φ″(z) for a layer.
    curvatures: Vec<f64>,
}

impl Tangent {
    pub(super) fn new(architecture: &Architecture) -> Self {
        let changes = Pass::new(architecture);
        let widths = changes.layers.iter().map(LayerMemory::width);
        let widest = widths.max().unwrap_or(0);
        Self {
            changes,
            curvatures: vec![0.0; PANEL * widest],
        }
    }

    /// Writes the product of the Hessian at a position with a vector; `None` if a row does not
    /// exist. All lengths have to fit.
    #[expect(clippy::cast_precision_loss, reason = "rows are fewer than 2^53")]
    pub(super) fn hessian_vector(
        &mut self,
        network: &Perceptron,
        pass: &mut Pass,
        [at, vector]: [&[f64]; 2],
        rows: Rows<'_>,
        product: &mut [f64],
    ) -> Option<()> {
        let examples = network.training();
        let loss_function = network.loss_function();
        pass.read(at, true);
        self.changes.read(vector, true);
        let count = count(rows, examples.len());
        for places in panels(count) {
            pass.take_in_examples(examples, rows, places.clone())?;
            self.forward(pass, places.len());
            let targets = places
                .clone()
                .map(|place| row_at(rows, place).and_then(|row| examples.target(row)));
            pass.losses(loss_function, targets);
            if let Some(last) = self.changes.layers.last_mut() {
                for ((changes, slopes), outputs) in last.outputs_and_deltas().zip(pass.outputs()) {
                    loss_function.change_of_slopes(outputs, changes, slopes);
                }
            }
            self.backward(pass, places.len());
        }
        for layer in &self.changes.layers {
            layer.write(vector, count as f64, network.l2(), product);
        }
        Some(())
    }

    /// Computes all activations of the panel's first rows and their changes.
    fn forward(&mut self, pass: &mut Pass, rows: usize) {
        let (features, layers) = pass.parts();
        let (mut inputs, mut input_changes) = (features, None);
        for (layer, change) in layers.iter_mut().zip(&mut self.changes.layers) {
            change.forward_as_change(layer, inputs, input_changes, &mut self.curvatures, rows);
            (inputs, input_changes) = (layer.values(), Some(change.values()));
        }
    }

    /// Adds the changes of the derivatives of the panel's first rows to the sums of all layers.
    fn backward(&mut self, pass: &mut Pass, rows: usize) {
        let (features, mut layers) = pass.parts();
        let mut changes = &mut self.changes.layers[..];
        while let Some(((layer, below), (change, change_below))) =
            layers.split_last_mut().zip(changes.split_last_mut())
        {
            match below.last_mut().zip(change_below.last_mut()) {
                Some((below, change_below)) => {
                    let input_changes = Some(change_below.values());
                    change.sum_as_change(layer, below.values(), input_changes, rows);
                    change.hand_back_as_change(layer, change_below, below, rows);
                }
                None => change.sum_as_change(layer, features, None, rows),
            }
            (layers, changes) = (below, change_below);
        }
    }
}
