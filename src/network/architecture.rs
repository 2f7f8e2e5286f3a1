//! The layers of a network, and where their parameters lie.

use std::ops::Range;

use super::Activation;
use crate::objective::Block;

/// The layers of a multilayer perceptron.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Architecture {
    /// The number of features.
    pub inputs: usize,
    /// The number of units of each hidden layer; empty for a linear model.
    pub hidden: Vec<usize>,
    /// The number of outputs.
    pub outputs: usize,
    /// The activation of all hidden layers.
    pub activation: Activation,
    /// Whether every layer has a bias.
    pub bias: bool,
}

/// A layer, and where its parameters lie in the flat list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// The number of inputs: columns of W.
    pub inputs: usize,
    /// The number of outputs: rows of W.
    pub outputs: usize,
    /// Where W lies, row by row.
    pub weights: Range<usize>,
    /// Where b lies; empty without a bias.
    pub biases: Range<usize>,
}

impl Architecture {
    /// The maximum number of parameters.
    pub const MOST_PARAMETERS: usize = 20_000;

    /// The layers in order, the output layer last.
    pub fn layers(&self) -> impl Iterator<Item = Layer> + '_ {
        let outputs = self.hidden.iter().copied().chain([self.outputs]);
        let (mut inputs, mut start) = (self.inputs, 0);
        outputs.map(move |outputs| {
            let weights = start..start + inputs * outputs;
            let biases = weights.end..weights.end + if self.bias { outputs } else { 0 };
            start = biases.end;
            Layer {
                inputs: std::mem::replace(&mut inputs, outputs),
                outputs,
                weights,
                biases,
            }
        })
    }

    /// The layout of the parameters: for each layer a matrix, then the vector of its biases.
    #[must_use]
    pub fn blocks(&self) -> Vec<Block> {
        let blocks = self.layers().flat_map(|layer| {
            let weights = Block::Matrix {
                rows: layer.outputs,
                columns: layer.inputs,
            };
            [weights, Block::Vector(layer.biases.len())]
        });
        blocks.filter(|block| !block.is_empty()).collect()
    }

    /// The number of parameters, n.
    #[must_use]
    pub fn parameters(&self) -> usize {
        self.layers().last().map_or(0, |layer| layer.biases.end)
    }

    /// The activation of the layer with this index: none for the output layer.
    #[must_use]
    pub fn activation_of(&self, layer: usize) -> Activation {
        if layer < self.hidden.len() {
            self.activation
        } else {
            Activation::Identity
        }
    }

    /// The widths of all layers from the features to the outputs: "2–16–16–2".
    #[must_use]
    pub fn shape(&self) -> String {
        let widths = [self.inputs]
            .into_iter()
            .chain(self.hidden.iter().copied())
            .chain([self.outputs]);
        let widths: Vec<String> = widths.map(|width| width.to_string()).collect();
        widths.join("–")
    }
}
