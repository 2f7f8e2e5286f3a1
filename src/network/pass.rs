//! Rows on their way through the layers and back.

use std::ops::Range;

use super::arithmetic::product::{Matrix, padded};
use super::examples::{Examples, Target};
use super::layer::{LayerMemory, PANEL};
use super::{Architecture, LossFunction};
use crate::objective::Rows;

/// The layers with the panel of rows that passes through them.
#[derive(Clone, Debug)]
pub(super) struct Pass {
    inputs: usize,
    /// The features of the panel, row by row.
    features: Vec<f64>,
    pub(super) layers: Vec<LayerMemory>,
}

/// The number of these rows, of all of which there are `all`.
pub(super) const fn count(rows: Rows<'_>, all: usize) -> usize {
    match rows {
        Rows::All => all,
        Rows::These(list) => list.len(),
    }
}

/// The row at this place of a list of rows.
pub(super) fn row_at(rows: Rows<'_>, place: usize) -> Option<usize> {
    match rows {
        Rows::All => Some(place),
        Rows::These(list) => list.get(place).map(|&row| row as usize),
    }
}

/// The places of all panels in a list of `count` rows.
pub(super) fn panels(count: usize) -> impl Iterator<Item = Range<usize>> {
    let starts = (0..count).step_by(PANEL);
    starts.map(move |start| start..count.min(start + PANEL))
}

impl Pass {
    pub(super) fn new(architecture: &Architecture) -> Self {
        let layers = architecture.layers().enumerate();
        let layers =
            layers.map(|(index, layer)| LayerMemory::new(layer, architecture.activation_of(index)));
        Self {
            inputs: architecture.inputs,
            features: vec![0.0; PANEL * padded(architecture.inputs)],
            layers: layers.collect(),
        }
    }

    /// Reads the parameters, and forgets the sums of earlier rows if it is to go back.
    pub(super) fn read(&mut self, parameters: &[f64], goes_back: bool) {
        for layer in &mut self.layers {
            if goes_back {
                layer.read_to_go_back(parameters);
            } else {
                layer.read(parameters);
            }
        }
    }

    /// The features of the panel, and the layers.
    pub(super) fn parts(&mut self) -> (Matrix<'_>, &mut [LayerMemory]) {
        let features = Matrix {
            numbers: &self.features,
            stride: padded(self.inputs),
        };
        (features, &mut self.layers)
    }

    /// Takes in rows of features; `None` if one of them does not exist or has another length.
    pub(super) fn take_in<'a>(
        &mut self,
        rows: impl Iterator<Item = Option<&'a [f64]>>,
    ) -> Option<()> {
        let places = self.features.chunks_exact_mut(padded(self.inputs));
        for (place, row) in places.zip(rows) {
            let row = row.filter(|row| row.len() == self.inputs)?;
            place[..self.inputs].copy_from_slice(row);
        }
        Some(())
    }

    /// Computes all activations for the first rows of the panel.
    pub(super) fn forward(&mut self, rows: usize) {
        let (mut inputs, layers) = self.parts();
        for layer in layers {
            layer.forward(inputs, rows);
            inputs = layer.values();
        }
    }

    /// Computes all activations and their slopes for the first rows of the panel.
    pub(super) fn forward_with_slopes(&mut self, rows: usize) {
        let (mut inputs, layers) = self.parts();
        for layer in layers {
            layer.forward_with_slopes(inputs, rows);
            inputs = layer.values();
        }
    }

    /// The outputs of the panel, one slice per row.
    pub(super) fn outputs(&self) -> impl Iterator<Item = &[f64]> {
        let outputs = self.layers.last();
        outputs.into_iter().flat_map(|layer| {
            let rows = layer.values().numbers.chunks_exact(layer.width());
            rows.map(|row| &row[..layer.units()])
        })
    }

    /// Sums the losses of the panel's first rows over these targets and prepares to go back.
    pub(super) fn losses(
        &mut self,
        loss_function: LossFunction,
        targets: impl Iterator<Item = Option<Target>>,
    ) -> f64 {
        let Some(outputs) = self.layers.last_mut() else {
            return f64::NAN;
        };
        let rows = outputs.outputs_and_deltas().zip(targets);
        rows.map(|((outputs, slopes), target)| loss_function.of_row(outputs, target, slopes))
            .sum()
    }

    /// Adds the derivatives of the panel's first rows to the sums of all layers.
    pub(super) fn backward(&mut self, rows: usize) {
        let (features, mut layers) = self.parts();
        while let Some((layer, below)) = layers.split_last_mut() {
            match below.last_mut() {
                Some(below) => {
                    layer.sum(below.values(), rows);
                    layer.hand_back(below, rows);
                }
                None => layer.sum(features, rows),
            }
            layers = below;
        }
    }

    /// Takes in these of the examples' rows; `None` if one of them does not exist.
    pub(super) fn take_in_examples(
        &mut self,
        examples: &Examples,
        rows: Rows<'_>,
        places: Range<usize>,
    ) -> Option<()> {
        self.take_in(places.map(|place| row_at(rows, place).map(|row| examples.row(row))))
    }
}
