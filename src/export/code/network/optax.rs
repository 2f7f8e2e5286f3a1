//! Networks in JAX, for Optax and Keras.

use super::super::dialect::Race;
use super::super::optax::{Points, asking, made, points};
use super::pytorch::decoding;
use super::{Due, Library, Sketch};
use crate::network::{Activation, LossFunction};

pub(super) struct Optax;

fn applied(activation: Activation, to: &str) -> String {
    match activation {
        Activation::Tanh => format!("jnp.tanh({to})"),
        Activation::Relu => format!("jax.nn.relu({to})"),
        Activation::Sigmoid => format!("jax.nn.sigmoid({to})"),
        Activation::Silu => format!("jax.nn.silu({to})"),
        Activation::Gelu => format!("jax.nn.gelu({to}, approximate=False)"),
        Activation::Identity => to.to_owned(),
    }
}

fn network(sketch: &Sketch) -> String {
    let architecture = sketch.architecture;
    let about = sketch.about();
    let (layers, layer, outputs) = if architecture.bias {
        (
            "list(zip(weights[::2], weights[1::2]))",
            "matrix, biases",
            "features @ matrix + biases",
        )
    } else {
        ("weights", "matrix", "features @ matrix")
    };
    if architecture.hidden.is_empty() {
        let layer = if architecture.bias { layer } else { "[matrix]" };
        return format!(
            "def network(weights, features):
    \"\"\"{about}.\"\"\"
    {layer} = weights
    return {outputs}
"
        );
    }
    let hidden = applied(architecture.activation, outputs);
    format!(
        "def network(weights, features):
    \"\"\"{about}.\"\"\"
    *hidden, last = {layers}
    for {layer} in hidden:
        features = {hidden}
    {layer} = last
    return {outputs}
"
    )
}

fn loss(sketch: &Sketch) -> String {
    let loss = match sketch.loss {
        LossFunction::CategoricalCrossEntropy => {
            "optax.softmax_cross_entropy_with_integer_labels(outputs, targets)"
        }
        LossFunction::BinaryCrossEntropy => {
            "optax.sigmoid_binary_cross_entropy(outputs[:, 0], targets)"
        }
        LossFunction::MeanSquaredError => "optax.squared_error(outputs[:, 0], targets)",
    };
    let squares = match sketch.l2 {
        0.0 => "",
        _ => "    squares = sum((part**2).sum() for part in weights if part.ndim == 2)\n",
    };
    format!(
        "@jax.jit
def loss(weights, features, targets):
    \"\"\"{}\"\"\"
    outputs = network(weights, features)
{squares}    return {loss}.mean(){}
",
        sketch.about_loss(),
        sketch.penalty("squares")
    )
}

/// The function `accuracy` for the outputs of a network.
pub(super) fn accuracy(sketch: &Sketch, outputs: &str) -> Option<String> {
    let right = match sketch.loss {
        LossFunction::CategoricalCrossEntropy => format!("{outputs}.argmax(1) == targets"),
        LossFunction::BinaryCrossEntropy => format!("({outputs}[:, 0] > 0) == (targets == 1)"),
        LossFunction::MeanSquaredError => return None,
    };
    Some(format!(
        "def accuracy(weights, features, targets):
    \"\"\"The share of rows whose class is predicted.\"\"\"
    return ({right}).mean()
"
    ))
}

/// The functions `arrays` and `seen`, where a module has the functions of `NumPy`.
pub(super) fn layout(sketch: &Sketch, module: &str) -> [String; 2] {
    [
        format!(
            "def arrays(numbers):
    \"\"\"The weights and biases of every layer, with a column per unit.\"\"\"
    shapes = {}
    ends = numpy.cumsum([math.prod(shape) for shape in shapes])[:-1]
    parts = zip({module}.split(numbers, ends), shapes)
    return [part.reshape(shape).T for part, shape in parts]
",
            sketch.shapes()
        ),
        format!(
            "def seen(weights):
    \"\"\"The point of the plane at which weights are seen.\"\"\"
    numbers = {module}.concatenate([part.T.ravel() for part in weights])
    return (plane @ numbers - origin).tolist()
"
        ),
    ]
}

/// The rows of a step, and what is selected by them.
pub(super) fn batch(race: &Race, array: &str) -> (String, &'static str) {
    match race.share.rows() {
        Some(rows) => (
            format!("    rows = {array}({rows})\n"),
            "features[rows], targets[rows]",
        ),
        None => (String::new(), "features, targets"),
    }
}

impl Library for Optax {
    fn head(&self, _package: Option<&str>, decodes: bool) -> String {
        let [base64, structs] = decoding(decodes);
        format!(
            "{base64}import csv
import math
{structs}import sys

import jax
import jax.numpy as jnp
import numpy
import optax

jax.config.update(\"jax_enable_x64\", True)
"
        )
    }

    fn array(&self, list: &str, is_double: bool) -> String {
        let dtype = if is_double && list.starts_with("decoded") {
            ", dtype=\"float64\""
        } else {
            ""
        };
        format!("jnp.array({list}{dtype})")
    }

    fn module(&self) -> &'static str {
        "jnp"
    }

    fn model(&self, sketch: &Sketch) -> Vec<String> {
        let [arrays, seen] = layout(sketch, "jnp");
        let parts = [
            Some(arrays),
            Some(network(sketch)),
            Some(loss(sketch)),
            Some(seen),
            accuracy(sketch, "network(weights, features)"),
            sketch.report("weights"),
        ];
        parts.into_iter().flatten().collect()
    }

    fn derivative(&self) -> &'static str {
        "loss_and_gradient = jax.jit(jax.value_and_grad(loss))\n"
    }

    fn shown(&self, race: &Race) -> String {
        at(race).shown
    }

    fn steps(&self, race: &Race, due: &Due) -> String {
        let Race {
            steps, who, manner, ..
        } = race;
        let Due {
            line,
            condition,
            cell,
            end,
        } = due;
        let Points {
            begin,
            find,
            shown,
            asked,
        } = at(race);
        let (rows, batch) = batch(race, "jnp.array");
        let (part, value) = if manner.takes_loss {
            ("part", ", value=part")
        } else {
            ("_", "")
        };
        let (asks, questions) = if manner.asks {
            let answer = format!("loss_and_gradient(at, {batch})");
            (
                asking(&answer, ""),
                ", value_fn=value_at, grad_fn=gradient_at",
            )
        } else {
            (String::new(), "")
        };
        format!(
            "{}{begin}for step in range({steps} + 1):
{find}    x, y = seen({shown})
    if not (math.isfinite(x) and math.isfinite(y)):
        break  # it has diverged
{line}    value = loss({shown}, features, targets){condition}
    write([{who}, step, x, y, {cell}])
{end}{rows}    {part}, gradient = loss_and_gradient({asked}, {batch})
{asks}    updates, state = update(gradient, state, weights{value}{questions})
    weights = optax.apply_updates(weights, updates)
",
            made(race)
        )
    }
}

fn at(race: &Race) -> Points {
    points("weights", "arrays(initial)", race.manner, race.is_alone)
}
