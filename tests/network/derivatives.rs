//! Gradients and products with the Hessian are those of dual numbers.

use num_dual::HyperDual64;
use slalom::network::{Activation, LossFunction, Perceptron};
use slalom::objective::{Evaluator, Objective, Rows};

use super::plain::{loss, network, numbers};

/// The loss, its gradient, and the product of its Hessian with a vector, by dual numbers.
fn by_duals(
    network: &Perceptron,
    at: &[f64],
    vector: &[f64],
    rows: &[u32],
) -> (f64, Vec<f64>, Vec<f64>) {
    let mut value = f64::NAN;
    let parts = (0..at.len()).map(|index| {
        let duals = at.iter().zip(vector).enumerate();
        let duals: Vec<HyperDual64> = duals
            .map(|(other, (&at, &v))| HyperDual64::new(at, f64::from(other == index), v, 0.0))
            .collect();
        let loss = loss(network, &duals, rows);
        value = loss.re;
        (loss.eps1, loss.eps1eps2)
    });
    let (gradient, product) = parts.unzip();
    (value, gradient, product)
}

fn assert_near(ours: &[f64], theirs: &[f64], what: &str) {
    for (index, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        let is_near = (ours - theirs).abs() <= 2e-14 * (1.0 + theirs.abs());
        assert!(is_near, "{what} {index}: {ours} {theirs}");
    }
}

/// Compares everything over some rows.
fn compare(network: &std::sync::Arc<Perceptron>, rows: Rows<'_>, list: &[u32]) {
    let at = network.initial(7).unwrap();
    let vector = numbers(at.len(), 11);
    let (value, slopes, curved) = by_duals(network, &at, &vector, list);
    let mut workspace = network.workspace();
    let (mut gradient, mut product) = (vec![f64::NAN; at.len()], vec![f64::NAN; at.len()]);
    // A second time, memory is not as it was at first.
    for _ in 0..2 {
        let what = format!("{:?} {:?}", network.architecture(), network.loss_function());
        let loss = workspace.gradient(&at, rows, &mut gradient);
        assert_near(&[loss, workspace.value(&at, rows)], &[value; 2], &what);
        assert_near(&gradient, &slopes, &what);
        assert!(workspace.hessian_vector(&at, rows, &vector, &mut product));
        assert_near(&product, &curved, &what);
    }
}

#[test]
fn they_are_exact_for_all_activations_losses_penalties_and_biases() {
    for activation in Activation::ALL {
        for loss_function in LossFunction::ALL {
            for (l2, bias) in [(0.0, true), (0.3, true), (0.0, false), (0.3, false)] {
                for hidden in [&[][..], &[4], &[5, 9]] {
                    let network = network(hidden, activation, loss_function, (l2, bias, 7));
                    compare(&network, Rows::All, &[0, 1, 2, 3, 4, 5, 6]);
                }
            }
        }
    }
}

#[test]
fn rows_can_be_many_few_and_repeated() {
    let loss_function = LossFunction::CategoricalCrossEntropy;
    let network = network(&[6, 5], Activation::Silu, loss_function, (0.01, true, 75));
    let all: Vec<u32> = (0..75).collect();
    compare(&network, Rows::All, &all);
    compare(&network, Rows::These(&all), &all);
    for list in [&[3][..], &[3, 3, 3], &[70, 1, 1, 9, 0, 33]] {
        compare(&network, Rows::These(list), list);
    }
    let long: Vec<u32> = (0..200).map(|index| index * index % 75).collect();
    compare(&network, Rows::These(&long), &long);
}

#[test]
fn wide_layers_use_all_blocks_of_the_products() {
    for widths in [[1, 2], [8, 16], [17, 29], [44, 3]] {
        let loss_function = LossFunction::BinaryCrossEntropy;
        let network = network(&widths, Activation::Tanh, loss_function, (0.0, true, 6));
        compare(&network, Rows::These(&[0, 1, 2, 4, 5]), &[0, 1, 2, 4, 5]);
    }
}
