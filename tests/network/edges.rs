//! Overflow, and what does not fit.

use std::sync::Arc;

use slalom::network::{
    Activation, Architecture, Examples, Initial, LossFunction, NetworkError, Perceptron, Start,
    Targets,
};
use slalom::objective::{Evaluator, Objective, Rows};

use super::plain::network;

#[test]
fn a_loss_that_overflows_is_infinite_and_never_nan() {
    for activation in Activation::ALL {
        for loss_function in LossFunction::ALL {
            let network = network(&[4, 3], activation, loss_function, (0.0, true, 9));
            let mut workspace = network.workspace();
            for size in [1e30, 1e120, 1e200, 1e307] {
                for seed in 0..5 {
                    let at = network.initial(seed).unwrap();
                    let at: Vec<f64> = at.iter().map(|number| number * size).collect();
                    let loss = workspace.value(&at, Rows::All);
                    let what = format!("{activation:?} {loss_function:?} {size} {seed}: {loss}");
                    assert!(loss >= 0.0, "{what}");
                    let mut gradient = vec![0.0; at.len()];
                    let again = workspace.gradient(&at, Rows::All, &mut gradient);
                    assert_eq!(loss.to_bits(), again.to_bits(), "{what}");
                    let is_bounded = matches!(activation, Activation::Tanh | Activation::Sigmoid);
                    let grows = loss_function.classifies() && is_bounded && size < 1e300;
                    assert!(!grows || loss.is_finite(), "{what}");
                }
            }
        }
    }
}

/// With hidden units of ±1 and opposite weights, two terms of 1.5e308 cancel.
#[test]
fn a_sum_that_overflows_on_the_way_can_end_in_a_finite_loss() {
    let architecture = Architecture {
        inputs: 1,
        hidden: vec![4],
        outputs: 1,
        activation: Activation::Relu,
        bias: false,
    };
    let examples = Examples {
        features: vec![1.0],
        width: 1,
        targets: Targets::Classes(vec![1]),
    };
    let sets = [examples, Examples::default()];
    let start = Start::Given([1e200, 1e200, 1e200, 1e200, 1e200, 1e200, -1e200, -1e200].into());
    let loss_function = LossFunction::BinaryCrossEntropy;
    let network = Arc::new(Perceptron::new(architecture, loss_function, 0.0, sets, start).unwrap());
    let at = network.initial(0).unwrap();
    let loss = network.workspace().value(&at, Rows::All);
    assert_eq!(loss, std::f64::consts::LN_2);
    let mut far = at.clone();
    far[4] = -2e200;
    assert_eq!(network.workspace().value(&far, Rows::All), f64::INFINITY);
}

#[test]
fn a_row_that_does_not_exist_gives_nan() {
    let loss_function = LossFunction::BinaryCrossEntropy;
    let network = network(&[4], Activation::Tanh, loss_function, (0.1, true, 9));
    let at = network.initial(0).unwrap();
    let mut workspace = network.workspace();
    for rows in [&[9][..], &[0, 1, 2, u32::MAX], &[]] {
        let mut gradient = vec![0.0; at.len()];
        assert!(workspace.value(&at, Rows::These(rows)).is_nan());
        assert!(
            workspace
                .gradient(&at, Rows::These(rows), &mut gradient)
                .is_nan()
        );
        assert!(gradient.iter().all(|number| number.is_nan()), "{rows:?}");
        gradient.fill(0.0);
        assert!(workspace.hessian_vector(&at, Rows::These(rows), &at, &mut gradient));
        assert!(gradient.iter().all(|number| number.is_nan()), "{rows:?}");
    }
}

#[test]
fn lists_of_another_length_give_nan() {
    let loss_function = LossFunction::MeanSquaredError;
    let network = network(&[4], Activation::Tanh, loss_function, (0.1, true, 9));
    let at = network.initial(0).unwrap();
    let mut workspace = network.workspace();
    let (mut short, mut right) = (vec![0.0; at.len() - 1], vec![0.0; at.len()]);
    assert!(workspace.value(&short, Rows::All).is_nan());
    assert!(workspace.gradient(&short, Rows::All, &mut right).is_nan());
    assert!(right.iter().all(|number| number.is_nan()));
    assert!(workspace.gradient(&at, Rows::All, &mut short).is_nan());
    assert!(short.iter().all(|number| number.is_nan()));
    right.fill(0.0);
    assert!(workspace.hessian_vector(&at, Rows::All, &short, &mut right));
    assert!(right.iter().all(|number| number.is_nan()));
}

/// What a network is made of.
struct Parts {
    architecture: Architecture,
    loss_function: LossFunction,
    l2: f64,
    examples: Examples,
    start: Start,
}

/// The error of a network of two inputs, with this change.
fn error(change: impl Fn(&mut Parts)) -> String {
    let mut parts = Parts {
        architecture: Architecture {
            inputs: 2,
            hidden: vec![3],
            outputs: 1,
            activation: Activation::Tanh,
            bias: true,
        },
        loss_function: LossFunction::BinaryCrossEntropy,
        l2: 0.0,
        examples: Examples {
            features: vec![0.0; 8],
            width: 2,
            targets: Targets::Classes(vec![0, 1, 1, 0]),
        },
        start: Start::Drawn(Initial::GlorotUniform),
    };
    change(&mut parts);
    let sets = [parts.examples, Examples::default()];
    let (loss_function, l2) = (parts.loss_function, parts.l2);
    let made = Perceptron::new(parts.architecture, loss_function, l2, sets, parts.start);
    made.err()
        .map_or(String::new(), |error: NetworkError| error.to_string())
}

#[test]
fn what_does_not_fit_together_is_an_error() {
    assert_eq!(error(|_| ()), "");
    let messages = [
        error(|it| it.architecture.hidden = vec![3, 0]),
        error(|it| it.architecture.hidden = vec![usize::MAX; 2]),
        error(|it| it.architecture.outputs = 2),
        error(|it| it.loss_function = LossFunction::CategoricalCrossEntropy),
        error(|it| it.loss_function = LossFunction::MeanSquaredError),
        error(|it| {
            it.loss_function = LossFunction::BinaryCrossEntropy;
            it.examples.targets = Targets::Numbers(vec![0.0; 4]);
        }),
        error(|it| it.examples.targets = Targets::Classes(vec![0, 1, 2, 0])),
        error(|it| it.examples.features.truncate(7)),
        error(|it| it.examples = Examples::default()),
        error(|it| it.start = Start::Given([0.0; 3].into())),
        error(|it| it.l2 = -0.5),
        error(|it| it.l2 = f64::NAN),
    ];
    let expected = [
        "the network 2–3–0–1 has a layer without units, but every layer needs 1 or more",
        "the network 2–18446744073709551615–18446744073709551615–1 has more than 20000 parameters; \
         make its layers smaller",
        "binary cross-entropy needs one output, but the number of outputs is 2",
        "cross-entropy needs one output per class, 2 or more, but the number of outputs is 1",
        "mean squared error needs numbers as targets",
        "binary cross-entropy needs classes as targets",
        "row 2 has class 2, but classes are counted from 0 to 1",
        "7 numbers are no features for 4 rows and a network of 2 inputs",
        "there are no rows to learn from",
        "3 weights are given, but the network 2–3–1 has 13 parameters",
        "l2 is -0.5, but must be 0 or more",
        "l2 is NaN, but must be 0 or more",
    ];
    assert_eq!(messages, expected);
}
