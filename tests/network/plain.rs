//! Small networks, and their loss written as the textbook has it, over any kind of number.

use std::sync::Arc;

use num_dual::DualNum;
use slalom::network::{
    Activation, Architecture, Examples, Initial, LossFunction, Perceptron, Start, Targets,
};

/// Numbers between −1 and 1 without a pattern.
pub fn numbers(count: usize, seed: u32) -> Vec<f64> {
    let mut state = seed;
    let next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state) / f64::from(u32::MAX) * 2.0 - 1.0
    };
    std::iter::repeat_with(next).take(count).collect()
}

/// A network of three inputs over this many rows.
pub fn network(
    hidden: &[usize],
    activation: Activation,
    loss_function: LossFunction,
    (l2, bias, rows): (f64, bool, usize),
) -> Arc<Perceptron> {
    let outputs = match loss_function {
        LossFunction::CategoricalCrossEntropy => 3,
        _ => 1,
    };
    let architecture = Architecture {
        inputs: 3,
        hidden: hidden.to_vec(),
        outputs,
        activation,
        bias,
    };
    let examples = |seed| Examples {
        features: numbers(3 * rows, seed),
        width: 3,
        targets: if loss_function.classifies() {
            let classes = outputs.max(2);
            let class = |row: usize| u32::try_from((row * row + row / 2) % classes).unwrap();
            Targets::Classes((0..rows).map(class).collect())
        } else {
            Targets::Numbers(numbers(rows, seed + 1))
        },
    };
    let sets = [examples(1), examples(3)];
    let start = Start::Drawn(Initial::TorchDefault);
    Arc::new(Perceptron::new(architecture, loss_function, l2, sets, start).unwrap())
}

/// φ(z), with the error function as a series of positive terms.
fn activation<D: DualNum<Primitive = f64> + Copy>(activation: Activation, z: D) -> D {
    match activation {
        Activation::Tanh => z.tanh(),
        Activation::Relu if z > 0.0 => z,
        Activation::Relu => z * 0.0,
        Activation::Sigmoid => ((-z).exp() + 1.0).recip(),
        Activation::Silu => z * ((-z).exp() + 1.0).recip(),
        Activation::Gelu => {
            let density = (z * z * -0.5).exp() * (0.5 * std::f64::consts::FRAC_2_PI.sqrt());
            let (mut term, mut sum) = (z, z);
            for k in 1..60 {
                term = term * z * z / f64::from(2 * k + 1);
                sum += term;
            }
            z * (density * sum + 0.5)
        }
        Activation::Identity => z,
    }
}

/// The outputs for a row.
fn outputs<D: DualNum<Primitive = f64> + Copy>(
    network: &Perceptron,
    at: &[D],
    row: &[f64],
) -> Vec<D> {
    let architecture = network.architecture();
    let mut values: Vec<D> = row.iter().map(|&number| D::from(number)).collect();
    let last = architecture.hidden.len();
    for (index, layer) in architecture.layers().enumerate() {
        let weights = at[layer.weights.clone()].chunks(layer.inputs);
        let mut sums: Vec<D> = weights
            .map(|row| row.iter().zip(&values).map(|(&w, &h)| w * h).sum())
            .collect();
        for (sum, bias) in sums.iter_mut().zip(&at[layer.biases.clone()]) {
            *sum += *bias;
        }
        if index < last {
            for sum in &mut sums {
                *sum = activation(architecture.activation, *sum);
            }
        }
        values = sums;
    }
    values
}

fn loss_of_row<D: DualNum<Primitive = f64> + Copy>(
    network: &Perceptron,
    at: &[D],
    row: usize,
) -> D {
    let examples = network.training();
    let outputs = outputs(network, at, examples.row(row));
    match (&examples.targets, network.loss_function()) {
        (Targets::Numbers(numbers), _) => {
            let residual = outputs[0] - numbers[row];
            residual * residual
        }
        (Targets::Classes(classes), LossFunction::BinaryCrossEntropy) => {
            let sign = if classes[row] == 1 { -1.0 } else { 1.0 };
            ((outputs[0] * sign).exp() + 1.0).ln()
        }
        (Targets::Classes(classes), _) => {
            let sum: D = outputs.iter().map(D::exp).sum();
            sum.ln() - outputs[classes[row] as usize]
        }
    }
}

/// The mean loss of these rows, with the penalty.
#[expect(clippy::cast_precision_loss, reason = "rows are few")]
pub fn loss<D: DualNum<Primitive = f64> + Copy>(network: &Perceptron, at: &[D], rows: &[u32]) -> D {
    let losses = rows
        .iter()
        .map(|&row| loss_of_row(network, at, row as usize));
    let mean = losses.sum::<D>() / rows.len() as f64;
    let weights = network.architecture().layers().map(|layer| layer.weights);
    let squares: D = weights.flat_map(|range| &at[range]).map(|&w| w * w).sum();
    mean + squares * (0.5 * network.l2())
}
