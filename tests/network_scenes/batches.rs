//! Batch size and rate belong together.

use slalom::experiment::{Batch, Experiment};

use super::scene::{Run, assert_tells, scene, spread};

/// The number of seeds in a mean.
const SEEDS: u64 = 20;

/// How often every row is seen.
const EPOCHS: u64 = 50;

/// Mean and deviation over seeds of the loss with which a racer stops.
fn stops_at(scene: &Experiment, racer: &str) -> [f64; 2] {
    let names = scene.names();
    let racer = &scene.racers[names.iter().position(|name| name == racer).unwrap()];
    let steps = racer
        .plan
        .batch
        .steps_per_epoch(scene.surface.open().rows())
        * EPOCHS;
    let steps = usize::try_from(steps).unwrap();
    match &racer.plan.edits[..] {
        [] => assert_eq!((steps, &racer.plan.batch), (scene.steps, &Batch::Sample)),
        [edit] => assert_eq!(edit.step, steps),
        _ => panic!("one edit stops it"),
    }
    let losses = (0..SEEDS).map(|seed| Run::with(scene, racer, seed).to(steps).loss());
    spread(&losses.collect::<Vec<f64>>())
}

#[test]
fn at_three_times_the_rate_other_batches_win() {
    let scene = scene("batch-noise");
    for (racer, mean, deviation) in [
        ("1 row at 0.1", "1 row stops at {0.113}", "0.113 ± {0.066}"),
        ("16 rows at 0.1", "16 rows at {0.259}", "0.259 ± {0.027}"),
        ("All rows at 0.1", "all rows at {0.324}", "0.324 ± {0.009}"),
        (
            "1 row at 0.3",
            "now 1 row stops at {0.255}",
            "0.255 ± {0.128}",
        ),
        ("16 rows at 0.3", "16 rows at {0.129}", "0.129 ± {0.050}"),
        ("All rows at 0.3", "all rows at {0.293}", "0.293 ± {0.003}"),
    ] {
        let [found, spread] = stops_at(&scene, racer);
        assert_tells(&scene, mean, found);
        assert_tells(&scene, deviation, spread);
    }
}
