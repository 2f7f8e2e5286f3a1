//! Muon on handwritten digits, against rules that see a flat list of weights.

use slalom::experiment::Experiment;

use super::scene::{Run, assert_tells, scene, spread};

/// The loss and the test accuracy, in percent, with which a racer ends with each of these seeds.
fn ends(scene: &Experiment, racer: &str, seeds: u64) -> [Vec<f64>; 2] {
    let names = scene.names();
    let racer = &scene.racers[names.iter().position(|name| name == racer).unwrap()];
    let ends = (0..seeds).map(|seed| {
        let mut run = Run::with(scene, racer, seed);
        run.to(scene.steps);
        (run.loss(), 100.0 * run.test_accuracy())
    });
    let (losses, rights): (Vec<f64>, Vec<f64>) = ends.unzip();
    [losses, rights]
}

#[test]
fn with_the_seed_of_the_race_another_rule_is_ahead() {
    let scene = scene("muon-on-digits");
    assert_eq!(scene.seed, 0);
    for (quotation, racer) in [
        ("Nesterov is at {0.0082} and", "Nesterov"),
        ("ahead of Muon at {0.0094}", "Muon"),
    ] {
        let [losses, _] = ends(&scene, racer, 1);
        assert_tells(&scene, quotation, losses[0]);
    }
    let surface = scene.surface.open();
    let network = &surface.network().unwrap().perceptron;
    assert_eq!(
        (network.training().len(), network.test().len()),
        (1200, 597)
    );
}

#[test]
#[ignore = "takes a minute"]
fn over_eight_seeds_muon_leads_and_the_test_does_not_see_it() {
    let scene = scene("muon-on-digits");
    let mut means = Vec::new();
    for (racer, mean, deviation) in [
        ("Muon", "ends at {0.0051} ±", "± {0.0028} with **Muon**"),
        ("AdamW", "{0.0079} ±", "± {0.0024} with **AdamW**"),
        ("Nesterov", "{0.0114} ±", "± {0.0038} with **Nesterov**"),
        ("Momentum", "{0.0161} ±", "± {0.0070} with **Momentum**"),
    ] {
        let [losses, rights] = ends(&scene, racer, 8).map(|it| spread(&it));
        assert_tells(&scene, mean, losses[0]);
        assert_tells(&scene, deviation, losses[1]);
        assert!(rights[1] > 0.5, "{racer} varies by {}", rights[1]);
        means.push(rights[0]);
    }
    let [least, most] = [f64::min, f64::max].map(|of| means.iter().copied().reduce(of).unwrap());
    assert_tells(&scene, "from {94.6} % to", least);
    assert_tells(&scene, "to {95.2} % of", most);
}
