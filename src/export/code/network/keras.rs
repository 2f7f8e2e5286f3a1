//! Networks in Keras 3, on JAX.

use super::super::dialect::{Race, indented};
use super::super::keras::asking;
use super::optax::{accuracy, batch, layout};
use super::pytorch::decoding;
use super::{Due, Library, Sketch, in_all};
use crate::network::{Activation, LossFunction};

pub(super) struct Keras;

/// Every optimizer applies the gradients of its own variables.
const APPLY_ALL: &str = "    for optimizer, (_, numbers, _) in zip(optimizers, groups):
        own = [model.trainable_variables[number] for number in numbers]
        optimizer.apply([gradient[number] for number in numbers], own)
";

const fn name_of(activation: Activation) -> Option<&'static str> {
    match activation {
        // Keras' own computes in 32 bits.
        Activation::Tanh => Some("jax.numpy.tanh"),
        Activation::Relu => Some("\"relu\""),
        Activation::Sigmoid => Some("\"sigmoid\""),
        Activation::Silu => Some("\"silu\""),
        // Its default is the exact form.
        Activation::Gelu => Some("\"gelu\""),
        Activation::Identity => None,
    }
}

fn network(sketch: &Sketch) -> String {
    let bias = if sketch.architecture.bias {
        ""
    } else {
        ", use_bias=False"
    };
    let (penalty, argument) = match sketch.l2 {
        0.0 => (String::new(), ""),
        l2 => (
            format!(
                "# Keras' penalty has no factor 1/2.\npenalty = keras.regularizers.L2({} / 2)\n",
                super::number(l2)
            ),
            ", kernel_regularizer=penalty",
        ),
    };
    let layers = sketch.layers().map(|(_, outputs, activation)| {
        let activation = name_of(activation);
        let activation = activation.map(|name| format!(", activation={name}"));
        let activation = activation.unwrap_or_default();
        format!("        keras.layers.Dense({outputs}{activation}{bias}{argument}),\n")
    });
    let layers: String = layers.collect();
    let remark = match sketch.architecture.activation {
        Activation::Tanh => " Keras' own tanh computes in 32 bits.",
        _ => "",
    };
    format!(
        "# {}.{remark}
{penalty}model = keras.Sequential(
    [
        keras.Input(({},)),
{layers}    ]
)
",
        sketch.about(),
        sketch.architecture.inputs
    )
}

fn loss(sketch: &Sketch) -> String {
    let loss = match sketch.loss {
        LossFunction::CategoricalCrossEntropy => {
            "keras.ops.sparse_categorical_crossentropy(targets, outputs, from_logits=True)"
        }
        LossFunction::BinaryCrossEntropy => {
            "keras.ops.binary_crossentropy(targets, outputs[:, 0], from_logits=True)"
        }
        LossFunction::MeanSquaredError => "keras.ops.square(outputs[:, 0] - targets)",
    };
    let (outputs, penalty) = match sketch.l2 {
        0.0 => (
            "outputs, _ = model.stateless_call(weights, [], features)",
            "",
        ),
        _ => (
            "outputs, _, penalties = model.stateless_call(weights, [], features, return_losses=True)",
            " + sum(penalties)",
        ),
    };
    format!(
        "@jax.jit
def loss(weights, features, targets):
    \"\"\"{}\"\"\"
    {outputs}
    return {loss}.mean(){penalty}
",
        sketch.about_loss()
    )
}

impl Library for Keras {
    fn head(&self, _package: Option<&str>, decodes: bool) -> String {
        let [base64, structs] = decoding(decodes);
        format!(
            "{base64}import csv
import math
import os
{structs}import sys

os.environ[\"KERAS_BACKEND\"] = \"jax\"  # Keras looks at it when it is imported

import jax
import keras
import numpy

jax.config.update(\"jax_enable_x64\", True)
keras.config.set_floatx(\"float64\")
"
        )
    }

    fn array(&self, list: &str, is_double: bool) -> String {
        let dtype = if is_double && list.starts_with("decoded") {
            ", dtype=\"float64\""
        } else {
            ""
        };
        format!("numpy.array({list}{dtype})")
    }

    fn module(&self) -> &'static str {
        "numpy"
    }

    fn model(&self, sketch: &Sketch) -> Vec<String> {
        let [arrays, seen] = layout(sketch, "numpy");
        let parts = [
            Some(network(sketch)),
            Some(arrays),
            Some(loss(sketch)),
            Some(seen),
            accuracy(sketch, "model.stateless_call(weights, [], features)[0]"),
            sketch.report("weights"),
        ];
        parts.into_iter().flatten().collect()
    }

    fn derivative(&self) -> &'static str {
        "loss_and_gradient = jax.jit(jax.value_and_grad(loss))\n"
    }

    fn shown(&self, _race: &Race) -> String {
        "weights".to_owned()
    }

    fn steps(&self, race: &Race, due: &Due) -> String {
        let Race {
            steps,
            who,
            make,
            change,
            ..
        } = race;
        let Due {
            line,
            condition,
            cell,
            end,
        } = due;
        let (rows, batch) = batch(race, "numpy.array");
        let [begin, change, apply] = if race.is_grouped {
            [
                format!("optimizers = [{make} for make, _, parameters in groups]\n"),
                in_all(change),
                APPLY_ALL.to_owned(),
            ]
        } else {
            [
                format!("optimizer = {make}\n"),
                indented(change),
                "    optimizer.apply(gradient, model.trainable_variables)\n".to_owned(),
            ]
        };
        let learn = format!("    _, gradient = loss_and_gradient(weights, {batch})\n");
        let learn = if race.manner.asks {
            let answer = format!("loss_and_gradient(weights, {batch})");
            let optimizer = if race.is_grouped {
                "optimizers[0]"
            } else {
                "optimizer"
            };
            let asks = asking(
                race.is_alone,
                [optimizer, "model.trainable_variables", &answer],
                str::to_owned,
            );
            if race.is_alone {
                asks
            } else {
                format!("{asks}    else:\n{}{}", indented(&learn), indented(&apply))
            }
        } else {
            learn + &apply
        };
        format!(
            "model.set_weights(arrays(initial))
{begin}for step in range({steps} + 1):
    weights = [variable.value for variable in model.trainable_variables]
    x, y = seen(weights)
    if not (math.isfinite(x) and math.isfinite(y)):
        break  # it has diverged
{line}    value = loss(weights, features, targets){condition}
    write([{who}, step, x, y, {cell}])
{end}{change}{rows}{learn}"
        )
    }
}
