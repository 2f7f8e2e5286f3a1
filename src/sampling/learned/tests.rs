//! Compares what is sampled with direct predictions.

use std::sync::Arc;

use ron::extensions::Extensions;

use super::*;
use crate::network::Targets;
use crate::objective::Objective as _;
use crate::simulation::{Job as _, Progress};
use crate::surface::network::Network;
use crate::surface::{Learner, SurfaceChoice};

/// The learner of a network as a preset file describes it.
fn learner(text: &str) -> Learner {
    let ron = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let network: Network = ron.from_str(text).unwrap();
    let mut choice = SurfaceChoice::Network(network);
    choice.load(None).unwrap();
    choice.open().network().unwrap().clone()
}

const MOONS: &str = "(moons: (rows: 60, noise: 0.2, seed: 0), hidden: [5], activation: Tanh, \
                     loss: CategoricalCrossEntropy, test: 0.3)";
const PENGUINS: &str = "(data: \"penguins\", features: [\"bill_length_mm\", \
                        \"bill_depth_mm\", \"flipper_length_mm\"], target: \"species\", \
                        hidden: [4], activation: Tanh, standardize: true)";

/// The outputs of a network with one hidden layer of tanh units, by the definition.
fn outputs(learner: &Learner, weights: &[f64], features: &[f64]) -> Vec<f64> {
    let mut signal = features.to_vec();
    let architecture = learner.perceptron.architecture();
    for (index, layer) in architecture.layers().enumerate() {
        let unit = |unit: usize| {
            let of_unit = &weights[layer.weights.clone()][unit * layer.inputs..];
            let sum: f64 = of_unit.iter().zip(&signal).map(|(w, x)| w * x).sum();
            sum + weights[layer.biases.clone()][unit]
        };
        let sums: Vec<f64> = (0..layer.outputs).map(unit).collect();
        let is_hidden = index < architecture.hidden.len();
        signal = sums
            .iter()
            .map(|sum| if is_hidden { sum.tanh() } else { *sum })
            .collect();
    }
    signal
}

fn softmax(outputs: &[f64]) -> Vec<f64> {
    let powers: Vec<f64> = outputs.iter().map(|it| it.exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.iter().map(|it| it / sum).collect()
}

fn weights(learner: &Learner) -> Vec<f64> {
    let initial = learner.perceptron.initial(3).unwrap();
    initial.iter().map(|weight| 2.0 * weight).collect()
}

fn learned(learner: &Learner, chosen: Option<[usize; 2]>, nodes: [usize; 2]) -> (Outlook, Learned) {
    let outlook = Outlook::new(learner, chosen);
    let job = LearnedJob::new(Arc::new(outlook.clone()), weights(learner), nodes);
    (outlook, job.finish())
}

fn position([from, to]: [f64; 2], node: usize, count: usize) -> f64 {
    from + (to - from) * node as f64 / (count - 1) as f64
}

#[test]
fn regions_are_the_probabilities_at_the_nodes() {
    let learner = learner(MOONS);
    let (outlook, learned) = learned(&learner, None, [7, 5]);
    let Prediction::Regions(field) = &learned.prediction else {
        panic!("{learned:?}");
    };
    assert_eq!([field.columns(), field.rows(), field.depth()], [7, 5, 2]);
    let window = outlook.window();
    for (column, row) in (0..7).flat_map(|column| (0..5).map(move |row| (column, row))) {
        let at = [position(window.x, column, 7), position(window.y, row, 5)];
        let expected = softmax(&outputs(&learner, &weights(&learner), &at));
        for (found, expected) in field.at(column, row).iter().zip(expected) {
            assert!((f64::from(*found) - expected).abs() < 1e-6);
        }
    }
}

#[test]
fn rows_are_those_of_the_test_with_what_is_predicted_of_them() {
    let learner = learner(MOONS);
    let (outlook, learned) = learned(&learner, None, [3, 3]);
    let test = learner.perceptron.test();
    assert_eq!((outlook.dots().len(), test.len()), (18, 18));
    assert!(outlook.is_tested());
    let Targets::Classes(classes) = &test.targets else {
        panic!("moons are classes");
    };
    let mut right = 0;
    for dot in outlook.dots() {
        assert_eq!(dot.at, test.row(dot.row));
        assert_eq!(dot.class, Some(classes[dot.row] as usize));
        let outputs = outputs(&learner, &weights(&learner), test.row(dot.row));
        let is_right = usize::from(outputs[1] > outputs[0]) == classes[dot.row] as usize;
        assert_eq!(learned.is_right(dot.row, dot.class), is_right);
        right += usize::from(is_right);
    }
    assert_eq!(learned.accuracy, Some(f64::from(right as u32) / 18.0));
    assert!(right < 18, "the weights are random");
}

#[test]
fn features_that_are_not_seen_are_at_their_mean() {
    let learner = learner(PENGUINS);
    let (outlook, learned) = learned(&learner, Some([2, 0]), [4, 4]);
    assert_eq!((outlook.sight(), outlook.held()), (Sight::Plane([2, 0]), 1));
    assert!(!outlook.is_tested(), "all rows are shown without a test");
    let window = outlook.window();
    // Standardized features have the mean 0.
    let features = [position(window.y, 1, 4), 0.0, position(window.x, 3, 4)];
    let expected = softmax(&outputs(&learner, &weights(&learner), &features));
    let found = learned.field().unwrap().at(3, 1);
    for (found, expected) in found.iter().zip(expected) {
        assert!((f64::from(*found) - expected).abs() < 1e-6);
    }
    let own = outlook.own_window();
    assert!(
        own.x[0] < 172.0 && own.x[1] > 231.0,
        "flippers in mm: {own:?}"
    );
    assert!(own.y[0] < 32.1 && own.y[1] > 59.6, "bills in mm: {own:?}");
}

#[test]
fn features_that_do_not_exist_are_the_first_two() {
    let learner = learner(PENGUINS);
    for chosen in [None, Some([0, 3]), Some([1, 1])] {
        assert_eq!(Outlook::new(&learner, chosen).sight(), Sight::Plane([0, 1]));
    }
}

#[test]
fn one_feature_is_a_line_and_numbers_are_a_curve() {
    let text = "(data: \"penguins\", features: [\"flipper_length_mm\"], target: \
                \"body_mass_g\", hidden: [4], activation: Tanh, standardize: true, \
                standardize_target: true)";
    let learner = learner(text);
    let (outlook, learned) = learned(&learner, None, [9, 9]);
    let Prediction::Curve(field) = &learned.prediction else {
        panic!("{learned:?}");
    };
    assert_eq!([field.columns(), field.rows(), field.depth()], [9, 1, 1]);
    let x = position(outlook.window().x, 2, 9);
    let expected = outputs(&learner, &weights(&learner), &[x])[0];
    assert!((f64::from(field.at(2, 0)[0]) - expected).abs() < 1e-6);
    assert_eq!((learned.accuracy, learned.classes), (None, Vec::new()));
    let own = outlook.own_window();
    assert!(own.y[0] < 2700.0 && own.y[1] > 6300.0, "grams: {own:?}");
}

#[test]
fn slices_of_a_job_come_to_the_same() {
    let learner = learner(MOONS);
    let (outlook, expected) = learned(&learner, None, [9, 9]);
    let mut job = LearnedJob::new(Arc::new(outlook), weights(&learner), [9, 9]);
    let work = job.work();
    let mut slices = 0;
    let found = loop {
        match job.advance(7) {
            Progress::Working { done, of } => assert!(done < of && of == work),
            Progress::Done(found) => break found,
        }
        slices += 1;
    };
    assert_eq!(found, expected);
    assert!(slices > 20, "{slices}");
}

#[test]
fn weights_of_another_network_predict_nothing() {
    let learner = learner(MOONS);
    let outlook = Arc::new(Outlook::new(&learner, None));
    let learned = LearnedJob::new(outlook, vec![1.0; 3], [4, 4]).finish();
    assert_eq!(learned.accuracy, Some(0.0));
    assert!(learned.field().unwrap().at(0, 0)[0].is_nan());
}
