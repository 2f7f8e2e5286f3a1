//! Networks in `PyTorch`.

use super::super::dialect::{Race, indented};
use super::super::pytorch::closure;
use super::{Due, Library, Sketch, in_all};
use crate::network::{Activation, LossFunction};

pub(super) struct PyTorch;

fn module_of(activation: Activation) -> Option<&'static str> {
    match activation {
        Activation::Tanh => Some("Tanh"),
        Activation::Relu => Some("ReLU"),
        Activation::Sigmoid => Some("Sigmoid"),
        Activation::Silu => Some("SiLU"),
        Activation::Gelu => Some("GELU"),
        Activation::Identity => None,
    }
}

fn network(sketch: &Sketch) -> String {
    let bias = if sketch.architecture.bias {
        ""
    } else {
        ", bias=False"
    };
    let layers = sketch.layers().map(|(inputs, outputs, activation)| {
        let linear = format!("        torch.nn.Linear({inputs}, {outputs}{bias}),\n");
        let activation = module_of(activation);
        let activation = activation.map(|name| format!("        torch.nn.{name}(),\n"));
        linear + &activation.unwrap_or_default()
    });
    let layers: String = layers.collect();
    format!(
        "def network():
    \"\"\"{}, with the weights at which all racers start.\"\"\"
    model = torch.nn.Sequential(
{layers}    )
    torch.nn.utils.vector_to_parameters(initial.clone(), model.parameters())
    return model
",
        sketch.about()
    )
}

fn loss(sketch: &Sketch) -> String {
    let loss = match sketch.loss {
        LossFunction::CategoricalCrossEntropy => "cross_entropy(model(features), targets)",
        LossFunction::BinaryCrossEntropy => {
            "binary_cross_entropy_with_logits(model(features)[:, 0], targets)"
        }
        LossFunction::MeanSquaredError => "mse_loss(model(features)[:, 0], targets)",
    };
    let squares = match sketch.l2 {
        0.0 => "",
        _ => {
            "    squares = sum((part**2).sum() for part in model.parameters() if part.dim() == 2)\n"
        }
    };
    format!(
        "def loss(model, features, targets):
    \"\"\"{}\"\"\"
{squares}    return torch.nn.functional.{loss}{}
",
        sketch.about_loss(),
        sketch.penalty("squares")
    )
}

fn accuracy(sketch: &Sketch) -> Option<String> {
    let right = match sketch.loss {
        LossFunction::CategoricalCrossEntropy => "model(features).argmax(1) == targets",
        LossFunction::BinaryCrossEntropy => "(model(features)[:, 0] > 0) == (targets == 1)",
        LossFunction::MeanSquaredError => return None,
    };
    Some(format!(
        "def accuracy(model, features, targets):
    \"\"\"The share of rows whose class is predicted.\"\"\"
    return ({right}).double().mean()
"
    ))
}

const SEEN: &str = "def seen(model):
    \"\"\"The point of the plane at which the weights are seen.\"\"\"
    weights = torch.nn.utils.parameters_to_vector(model.parameters())
    return (plane @ weights.detach() - origin).tolist()
";

/// A rule that asks moves all parameters alone; those of groups share one gradient.
const STEP_OF_ONE_OR_SEVERAL: &str = "    if len(optimizers) == 1:
        optimizers[0].step(closure)
    else:
        closure()
        for optimizer in optimizers:
            optimizer.step()
";

/// The lines that turn optimizers which average to what a step needs: the average is printed, and
/// gradients are taken elsewhere.
fn turned(race: &Race, to: &str) -> String {
    match (race.manner.averages, race.is_alone, race.is_grouped) {
        (false, _, _) => String::new(),
        (true, true, _) => format!("    optimizer.{to}()\n"),
        (true, false, false) => format!("    if averages:\n        optimizer.{to}()\n"),
        (true, false, true) => format!(
            "    for optimizer in optimizers:
        if isinstance(optimizer, schedulefree.SGDScheduleFree):
            optimizer.{to}()
"
        ),
    }
}

impl Library for PyTorch {
    fn head(&self, package: Option<&str>, decodes: bool) -> String {
        let [base64, structs] = decoding(decodes);
        let package = package.map_or_else(String::new, |name| format!("import {name}\n"));
        format!(
            "{base64}import csv
import math
{structs}import sys

{package}import torch

torch.set_default_dtype(torch.float64)
"
        )
    }

    fn array(&self, list: &str, is_double: bool) -> String {
        let dtype = if is_double && list.starts_with("decoded") {
            ", dtype=torch.float64"
        } else {
            ""
        };
        format!("torch.tensor({list}{dtype})")
    }

    fn module(&self) -> &'static str {
        "torch"
    }

    fn population(&self) -> Option<&'static str> {
        Some("correction=0")
    }

    fn model(&self, sketch: &Sketch) -> Vec<String> {
        let report = sketch.report("model");
        let report = report.map(|report| format!("@torch.no_grad()\n{report}"));
        let parts = [
            Some(network(sketch)),
            Some(loss(sketch)),
            Some(SEEN.to_owned()),
            accuracy(sketch),
            report,
        ];
        parts.into_iter().flatten().collect()
    }

    fn weights(&self) -> &'static str {
        "model.parameters()"
    }

    fn derivative(&self) -> &'static str {
        ""
    }

    fn shown(&self, _race: &Race) -> String {
        "model".to_owned()
    }

    fn steps(&self, race: &Race, due: &Due) -> String {
        let Race {
            steps,
            who,
            make,
            change,
            share,
            manner,
            is_alone,
            ..
        } = race;
        let Due {
            line,
            condition,
            cell,
            end,
        } = due;
        let averages = if manner.averages && !is_alone && !race.is_grouped {
            "averages = isinstance(optimizer, schedulefree.SGDScheduleFree)\n"
        } else {
            ""
        };
        let (eval, train) = (turned(race, "eval"), turned(race, "train"));
        let [begin, change, forget, step] = if race.is_grouped {
            [
                format!(
                    "weights = list(model.parameters())
optimizers = [
    {make}
    for make, numbers, parameters in groups
]
"
                ),
                in_all(change),
                "    model.zero_grad()\n".to_owned(),
                "    for optimizer in optimizers:\n        optimizer.step()\n".to_owned(),
            ]
        } else {
            [
                format!("optimizer = {make}\n"),
                indented(change),
                "    optimizer.zero_grad()\n".to_owned(),
                "    optimizer.step()\n".to_owned(),
            ]
        };
        let (rows, batch) = match share.rows() {
            Some(rows) => (
                format!("    rows = {rows}\n"),
                "features[rows], targets[rows]",
            ),
            None => (String::new(), "features, targets"),
        };
        let (learn, step) = if manner.asks {
            let part = format!("loss(model, {batch})");
            let step = if race.is_grouped {
                STEP_OF_ONE_OR_SEVERAL
            } else {
                "    optimizer.step(closure)\n"
            };
            (closure("model", &part, ""), step.to_owned())
        } else {
            (
                format!("{forget}    loss(model, {batch}).backward()\n"),
                step,
            )
        };
        format!(
            "model = network()
{begin}{averages}for step in range({steps} + 1):
{eval}    x, y = seen(model)
    if not (math.isfinite(x) and math.isfinite(y)):
        break  # it has diverged
{line}    with torch.no_grad():
        value = loss(model, features, targets){condition}
    write([{who}, step, x, y, {cell}])
{end}{change}{train}{rows}{learn}{step}"
        )
    }
}

/// The imports of `base64` and `struct`, if they are needed.
pub(super) fn decoding(decodes: bool) -> [&'static str; 2] {
    if decodes {
        ["import base64\n", "import struct\n"]
    } else {
        [""; 2]
    }
}
