//! What networks predict, and how often they are right.

use std::sync::Arc;

use slalom::network::{
    Activation, Architecture, Examples, LossFunction, Perceptron, Start, Targets, UnitActivity,
};
use slalom::objective::{Evaluator, Objective, Rows};
use slalom::real::norm;

use super::plain::{network, numbers};

/// A linear model of one feature x and these classes for x = −2, −1, 0, 1, 2; the test rows are the
/// first three.
fn linear(outputs: usize, loss_function: LossFunction, classes: [u32; 5]) -> Arc<Perceptron> {
    let architecture = Architecture {
        inputs: 1,
        hidden: Vec::new(),
        outputs,
        activation: Activation::Identity,
        bias: false,
    };
    let examples = |rows: usize| Examples {
        features: vec![-2.0, -1.0, 0.0, 1.0, 2.0][..rows].to_vec(),
        width: 1,
        targets: Targets::Classes(classes[..rows].to_vec()),
    };
    let sets = [examples(5), examples(3)];
    let start = Start::Given(vec![0.0; outputs].into());
    Arc::new(Perceptron::new(architecture, loss_function, 0.5, sets, start).unwrap())
}

#[test]
fn a_logit_above_0_means_the_second_class() {
    let network = linear(1, LossFunction::BinaryCrossEntropy, [0, 1, 1, 1, 1]);
    let mut workspace = network.workspace();
    let mut classes = [9; 5];
    assert!(workspace.classes(&[1.0], &network.training().features, &mut classes));
    assert_eq!(classes, [0, 0, 0, 1, 1]);
    assert_eq!(workspace.accuracy(&[1.0]), Some(0.6));
    assert_eq!(workspace.test_accuracy(&[1.0]), Some(1.0 / 3.0));
    assert_eq!(
        workspace.confusion(&[1.0]),
        Some(vec![vec![1, 0], vec![2, 2]])
    );
    assert_eq!(
        workspace.test_confusion(&[1.0]),
        Some(vec![vec![1, 0], vec![2, 0]])
    );
    let mut shares = [0.0; 5];
    workspace.probabilities(&[1.0], &network.training().features, &mut shares);
    assert!((shares[4] - 1.0 / (1.0 + (-2.0_f64).exp())).abs() < 1e-15);
    assert_eq!(shares[2], 0.5);
}

#[test]
fn the_largest_output_wins_and_the_first_of_equals() {
    let network = linear(3, LossFunction::CategoricalCrossEntropy, [2, 2, 0, 1, 1]);
    let mut workspace = network.workspace();
    // The outputs are x times the weights.
    let at = [0.0, 1.0, -1.0];
    assert_eq!(workspace.accuracy(&at), Some(1.0));
    assert_eq!(workspace.accuracy(&[0.0, 1.0, 1.0]), Some(0.6));
    let counts = workspace.confusion(&[0.0, 1.0, 1.0]).unwrap();
    assert_eq!(counts, [[1, 0, 0], [0, 2, 0], [2, 0, 0]]);
    let mut shares = [0.0; 6];
    workspace.probabilities(&at, &[0.0, 1e3], &mut shares);
    assert_eq!(shares, [1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0, 0.0, 1.0, 0.0]);
}

#[test]
fn the_test_loss_is_the_mean_over_test_rows_with_the_penalty() {
    let network = linear(1, LossFunction::BinaryCrossEntropy, [0, 1, 1, 1, 1]);
    let scores = network.workspace().scores(&[1.0]).unwrap();
    let losses = [-2.0_f64, 1.0, 0.0].map(|off| off.exp().ln_1p());
    let expected = losses.iter().sum::<f64>() / 3.0 + 0.25;
    assert!((scores.test_loss - expected).abs() < 1e-15, "{scores:?}");
    assert_eq!([scores.accuracy, scores.test_accuracy], [0.6, 1.0 / 3.0]);
}

#[test]
fn a_regression_has_no_accuracy() {
    let loss_function = LossFunction::MeanSquaredError;
    let network = network(&[3], Activation::Tanh, loss_function, (0.0, true, 5));
    let at = network.initial(0).unwrap();
    let mut workspace = network.workspace();
    let scores = workspace.scores(&at).unwrap();
    assert!(scores.accuracy.is_nan() && scores.test_accuracy.is_nan());
    assert!(scores.test_loss > 0.0);
    assert_eq!(workspace.confusion(&at), None);
    let mut classes = [7; 5];
    assert!(!workspace.classes(&at, &network.training().features, &mut classes));
}

#[test]
fn outputs_of_many_rows_are_those_of_each_alone_and_give_the_loss() {
    let loss_function = LossFunction::MeanSquaredError;
    let network = network(&[9, 5], Activation::Gelu, loss_function, (0.0, true, 70));
    let at = network.initial(3).unwrap();
    let mut workspace = network.workspace();
    let features = numbers(3 * 1001, 8);
    let mut outputs = vec![f64::NAN; 1001];
    workspace.outputs(&at, &features, &mut outputs);
    for (row, output) in features.chunks(3).zip(&outputs) {
        let mut alone = [f64::NAN];
        workspace.outputs(&at, row, &mut alone);
        assert_eq!(alone[0].to_bits(), output.to_bits());
    }
    let Targets::Numbers(targets) = &network.training().targets else {
        panic!("a regression");
    };
    outputs.truncate(70);
    workspace.outputs(&at, &network.training().features, &mut outputs);
    let squares = outputs.iter().zip(targets).map(|(o, y)| (o - y).powi(2));
    let mean = squares.sum::<f64>() / 70.0;
    assert!((workspace.value(&at, Rows::All) - mean).abs() < 1e-14);
}

#[test]
fn lengths_that_do_not_fit_give_nan() {
    let loss_function = LossFunction::CategoricalCrossEntropy;
    let network = network(&[3], Activation::Tanh, loss_function, (0.0, true, 5));
    let at = network.initial(0).unwrap();
    let mut workspace = network.workspace();
    for (parameters, features, outputs) in [
        (at.len() - 1, 6, 6),
        (at.len(), 7, 6),
        (at.len(), 6, 5),
        (at.len(), 6, 9),
    ] {
        let mut numbers = vec![0.0; outputs];
        workspace.probabilities(&at[..parameters], &vec![0.0; features], &mut numbers);
        assert!(numbers.iter().all(|number| number.is_nan()));
    }
    assert_eq!(workspace.accuracy(&at[1..]), None);
    assert!(workspace.unit_activity(&at[1..]).is_empty());
    assert!(workspace.scores(&at[1..]).unwrap().test_loss.is_nan());
}

#[test]
fn units_are_dead_or_saturated_if_no_row_gets_a_response() {
    let count = |activation, size: f64| {
        let loss_function = LossFunction::BinaryCrossEntropy;
        let network = network(&[4], activation, loss_function, (0.0, true, 50));
        let mut at = vec![0.0; network.dimension()];
        // Biases follow the 4 × 3 weights: two units that are far off for all rows.
        (at[12], at[13]) = (size, -size);
        network.workspace().unit_activity(&at)
    };
    let activity = |dead, saturated| {
        vec![UnitActivity {
            units: 4,
            dead,
            saturated,
        }]
    };
    assert_eq!(count(Activation::Relu, 9.0), activity(3, 0));
    assert_eq!(count(Activation::Tanh, 9.0), activity(0, 2));
    assert_eq!(count(Activation::Tanh, 2.0), activity(0, 0));
    assert_eq!(count(Activation::Sigmoid, 9.0), activity(0, 2));
    assert_eq!(count(Activation::Gelu, 9.0), activity(0, 0));
}

#[test]
fn the_norm_overflows_only_if_it_is_out_of_range() {
    assert_eq!(norm(&[3.0, -4.0]), 5.0);
    assert!((norm(&[3e200, 4e200]) / 5e200 - 1.0).abs() < 1e-15);
    assert!((norm(&[3e-200, 4e-200]) / 5e-200 - 1.0).abs() < 1e-15);
    assert_eq!(norm(&[]), 0.0);
    assert!(norm(&[f64::NAN, 1.0]).is_nan());
    assert_eq!(norm(&[f64::INFINITY]), f64::INFINITY);
}
