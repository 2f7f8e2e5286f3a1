//! Sixteen keys with an input each, and the same keys with their inputs rotated.

use slalom::experiment::Experiment;

use super::scene::{Run, assert_tells, end, scene};

/// The mean loss of the rows of the eight rare keys at the end.
fn rare(experiment: &Experiment, racer: &str) -> f64 {
    let mut run = Run::of(experiment, racer);
    let weights = run.to(experiment.steps).weights().to_vec();
    let surface = experiment.surface.open();
    let examples = &surface.network().unwrap().perceptron.training();
    let slalom::network::Targets::Classes(keys) = &examples.targets else {
        panic!("keys are classes")
    };
    let rows = examples.features.chunks(16).zip(keys);
    let losses: Vec<f64> = rows
        .filter(|(_, key)| **key >= 8)
        .map(|(inputs, key)| {
            let outputs: Vec<f64> = weights
                .chunks(16)
                .map(|row| row.iter().zip(inputs).map(|(w, x)| w * x).sum())
                .collect();
            let sum: f64 = outputs.iter().map(|output| f64::exp(*output)).sum();
            sum.ln() - outputs[*key as usize]
        })
        .collect();
    super::scene::spread(&losses)[0]
}

#[test]
fn only_adam_notices_that_its_inputs_were_turned() {
    let [straight, turned] = ["keys", "keys-turned"].map(scene);
    for (before, racer, after) in [
        ("gradient descent is at ", "GradientDescent", "{1.749}"),
        ("Momentum at ", "Momentum", "{0.677}"),
        ("Muon at ", "Muon", "{0.621}"),
    ] {
        let quotation = format!("{before}{after}");
        let ends = [&straight, &turned].map(|it| end(it, racer));
        assert_tells(&turned, &quotation, ends[0]);
        assert_tells(&turned, &quotation, ends[1]);
    }
    assert_tells(&straight, "**Adam** is at {1.12}", end(&straight, "Adam"));
    assert_tells(&straight, "rare keys alone {1.12}", rare(&straight, "Adam"));
    assert_tells(&straight, "**Muon** is at {0.62}", end(&straight, "Muon"));
    assert_tells(&straight, "rare keys at {0.71}", rare(&straight, "Muon"));
    let descent = rare(&straight, "GradientDescent");
    assert_tells(&straight, "leaves the rare keys at {2.54}", descent);
    assert_tells(&turned, "from 1.12 to {0.45}", end(&turned, "Adam"));
    assert_tells(&turned, "rare keys are at {0.80}", rare(&turned, "Adam"));
}

/// The rows of one table are those of the other, times a matrix of which the rows are orthogonal.
#[test]
fn the_turned_inputs_are_orthogonal() {
    let turned = scene("keys-turned").surface.open();
    let examples = &turned.network().unwrap().perceptron.training();
    let mut keys: Vec<&[f64]> = examples.features.chunks(16).collect();
    assert_eq!(keys.len(), 865);
    keys.dedup();
    assert_eq!(keys.len(), 16);
    for (i, one) in keys.iter().enumerate() {
        for (j, other) in keys.iter().enumerate() {
            let product: f64 = one.iter().zip(*other).map(|(a, b)| a * b).sum();
            let expected = f64::from(u8::from(i == j));
            assert!((product - expected).abs() < 3e-6, "{i} {j}: {product}");
        }
    }
}
