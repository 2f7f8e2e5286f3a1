//! A network with its loss over examples.

use super::{Activation, Architecture, Examples, LossFunction, NetworkError, Start, Targets};
use crate::objective::Block;
use crate::text::counted;

/// The mean loss of a multilayer perceptron over examples, plus λ/2 times the sum of squares of all
/// weights without the biases.
#[derive(Clone, Debug)]
pub struct Perceptron {
    architecture: Architecture,
    blocks: Vec<Block>,
    loss_function: LossFunction,
    l2: f64,
    training: Examples,
    test: Examples,
    start: Start,
}

impl Perceptron {
    /// Creates a network that learns from the rows of `training`, with λ = `l2`. The rows of `test`
    /// are only predicted, and there may be none.
    ///
    /// # Errors
    /// Returns an error if the layers, the loss and the examples do not fit together.
    pub fn new(
        architecture: Architecture,
        loss_function: LossFunction,
        l2: f64,
        [training, test]: [Examples; 2],
        start: Start,
    ) -> Result<Self, NetworkError> {
        check_layers(&architecture)?;
        check_outputs(loss_function, architecture.outputs)?;
        if !(l2 >= 0.0 && l2.is_finite()) {
            return Err(NetworkError::Penalty {
                found: l2.to_string(),
            });
        }
        if training.is_empty() {
            return Err(NetworkError::NoRows);
        }
        for examples in [&training, &test].into_iter().filter(|it| !it.is_empty()) {
            check_examples(examples, loss_function, &architecture)?;
        }
        check_start(&start, &architecture)?;
        Ok(Self {
            blocks: architecture.blocks(),
            architecture,
            loss_function,
            l2,
            training,
            test,
            start,
        })
    }

    /// The layers.
    #[must_use]
    pub const fn architecture(&self) -> &Architecture {
        &self.architecture
    }

    /// The layout of the parameters.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The loss of a row.
    #[must_use]
    pub const fn loss_function(&self) -> LossFunction {
        self.loss_function
    }

    /// λ
    #[must_use]
    pub const fn l2(&self) -> f64 {
        self.l2
    }

    /// The rows from which it learns.
    #[must_use]
    pub const fn training(&self) -> &Examples {
        &self.training
    }

    /// The rows on which it is tested; there may be none.
    #[must_use]
    pub const fn test(&self) -> &Examples {
        &self.test
    }

    /// Where the parameters come from.
    #[must_use]
    pub const fn start(&self) -> &Start {
        &self.start
    }

    /// Describes the network in a few words: "2–8–2 with tanh, 42 weights, cross-entropy". Biases are
    /// counted as weights.
    #[must_use]
    pub fn about(&self) -> String {
        let Architecture {
            hidden, activation, ..
        } = &self.architecture;
        let shape = self.architecture.shape();
        let layers = if hidden.is_empty() || *activation == Activation::Identity {
            format!("{shape}, linear")
        } else {
            format!("{shape} with {}", activation.title())
        };
        let weights = counted(self.architecture.parameters(), "weight");
        format!("{layers}, {weights}, {}", self.loss_function.title())
    }

    /// Returns λ/2 times the sum of squares of all weights, which ends in infinity and not in NaN.
    pub(super) fn penalty(&self, parameters: &[f64]) -> f64 {
        if self.l2 == 0.0 {
            return 0.0;
        }
        let layers = self.architecture.layers();
        let weights = layers.filter_map(|layer| parameters.get(layer.weights));
        let squares = weights.flatten().map(|weight| weight * weight);
        0.5 * self.l2 * squares.sum::<f64>()
    }
}

fn check_layers(architecture: &Architecture) -> Result<(), NetworkError> {
    let most = Architecture::MOST_PARAMETERS;
    let shape = || architecture.shape();
    let hidden = architecture.hidden.iter().copied();
    let mut inputs = architecture.inputs;
    if inputs == 0 {
        return Err(NetworkError::NoUnits { shape: shape() });
    }
    let mut parameters = 0_usize;
    for outputs in hidden.chain([architecture.outputs]) {
        if outputs == 0 {
            return Err(NetworkError::NoUnits { shape: shape() });
        }
        let per_unit = inputs.saturating_add(usize::from(architecture.bias));
        parameters = parameters.saturating_add(outputs.saturating_mul(per_unit));
        inputs = outputs;
    }
    if parameters > most {
        return Err(NetworkError::TooLarge {
            shape: shape(),
            most,
        });
    }
    Ok(())
}

fn check_outputs(loss_function: LossFunction, found: usize) -> Result<(), NetworkError> {
    let (fits, needed) = match loss_function {
        LossFunction::CategoricalCrossEntropy => (found >= 2, "one output per class, 2 or more"),
        LossFunction::BinaryCrossEntropy | LossFunction::MeanSquaredError => {
            (found == 1, "one output")
        }
    };
    if fits {
        return Ok(());
    }
    Err(NetworkError::Outputs {
        loss: loss_function.title(),
        needed,
        found,
    })
}

fn check_examples(
    examples: &Examples,
    loss_function: LossFunction,
    architecture: &Architecture,
) -> Result<(), NetworkError> {
    let (rows, inputs) = (examples.len(), architecture.inputs);
    let found = examples.features.len();
    if examples.width != inputs || rows.checked_mul(inputs) != Some(found) {
        return Err(NetworkError::Features {
            found,
            rows,
            inputs,
        });
    }
    let needs = |needed| NetworkError::Targets {
        loss: loss_function.title(),
        needed,
    };
    let classes = match &examples.targets {
        Targets::Classes(classes) if loss_function.classifies() => classes,
        Targets::Classes(_) => return Err(needs("numbers")),
        Targets::Numbers(_) if loss_function.classifies() => return Err(needs("classes")),
        Targets::Numbers(_) => return Ok(()),
    };
    let last = architecture.outputs.max(2) - 1;
    let outside = classes.iter().position(|&class| class as usize > last);
    outside.map_or(Ok(()), |row| {
        Err(NetworkError::Class {
            row,
            class: classes[row],
            last,
        })
    })
}

fn check_start(start: &Start, architecture: &Architecture) -> Result<(), NetworkError> {
    let expected = architecture.parameters();
    match start {
        Start::Given(numbers) if numbers.len() != expected => Err(NetworkError::Weights {
            found: numbers.len(),
            shape: architecture.shape(),
            expected,
        }),
        _ => Ok(()),
    }
}
