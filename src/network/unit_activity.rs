//! Hidden units that have stopped to respond.

use std::sync::Arc;

use super::pass::panels;
use super::{Activation, Workspace};
use crate::objective::Rows;

/// How many of a hidden layer's units are dead or saturated over the training rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitActivity {
    /// The number of units.
    pub units: usize,
    /// Of `ReLU`, the units that are 0 for every row: no gradient reaches their weights. 0 for other
    /// activations.
    pub dead: usize,
    /// Of tanh, the units with |h| > 0.99 for every row; of the sigmoid, those with h outside of
    /// 0.01…0.99. Hardly any gradient reaches their weights. 0 for other activations.
    pub saturated: usize,
}

/// Whether a unit with this activation responds at this value, so that a gradient gets through.
fn responds(activation: Activation, value: f64) -> bool {
    match activation {
        Activation::Tanh => value.abs() <= 0.99,
        Activation::Relu => value > 0.0,
        Activation::Sigmoid => (0.01..=0.99).contains(&value),
        Activation::Silu | Activation::Gelu | Activation::Identity => true,
    }
}

impl Workspace {
    /// The activity of every hidden layer over the training rows; empty if the lengths do not fit.
    pub fn unit_activity(&mut self, at: &[f64]) -> Vec<UnitActivity> {
        if !self.fits(at) {
            return Vec::new();
        }
        let network = Arc::clone(&self.network);
        let (architecture, examples) = (network.architecture(), network.training());
        let activation = architecture.activation;
        let hidden = architecture.hidden.iter();
        let mut responding: Vec<Vec<bool>> = hidden.map(|&units| vec![false; units]).collect();
        self.pass.read(at, false);
        for places in panels(examples.len()) {
            let known = self
                .pass
                .take_in_examples(examples, Rows::All, places.clone());
            if known.is_none() {
                return Vec::new();
            }
            self.pass.forward(places.len());
            for (layer, responding) in self.pass.layers.iter().zip(&mut responding) {
                let values = layer.values();
                for row in values
                    .numbers
                    .chunks_exact(values.stride)
                    .take(places.len())
                {
                    for (responds_at_all, &value) in responding.iter_mut().zip(row) {
                        *responds_at_all |= responds(activation, value);
                    }
                }
            }
        }
        let activity = responding.iter().map(|layer| {
            let silent = layer.iter().filter(|responds| !**responds).count();
            let is_cut = activation == Activation::Relu;
            UnitActivity {
                units: layer.len(),
                dead: if is_cut { silent } else { 0 },
                saturated: if is_cut { 0 } else { silent },
            }
        });
        activity.collect()
    }
}
