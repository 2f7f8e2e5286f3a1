//! Full-batch, stochastic and mini-batch descent work as defined, and so does noise.
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "rows are few"
)]

mod common;

use std::collections::BTreeSet;

use common::{race, racer, run};
use slalom::chance::{Chance, Use};
use slalom::experiment::{Batch, Experiment, Racer};
use slalom::simulation::{Draws, Trajectory, anatomy, simulate};
use slalom::surface::Surface;

const LINE: &str = "LinearRegression(data: \"line\")";

fn line(racers: &str, steps: usize) -> Experiment {
    race(LINE, [-1.0, -2.0], steps, racers)
}

fn racer_on_line(text: &str) -> Racer {
    line(text, 1).racers.remove(0)
}

fn rows(draws: &mut Draws, step: usize) -> Vec<u32> {
    draws.rows(step).unwrap().to_vec()
}

#[test]
fn an_epoch_is_every_row_once_in_another_order_each_time() {
    let racer = racer_on_line("(optimizer: Adam(), batch: MiniBatch(16))");
    let mut draws = Draws::of(&racer.plan, 100, 3);
    let mut orders = BTreeSet::new();
    for epoch in 0..10 {
        let steps = 7 * epoch..7 * (epoch + 1);
        let batches: Vec<Vec<u32>> = steps.map(|step| rows(&mut draws, step)).collect();
        let sizes: Vec<usize> = batches.iter().map(Vec::len).collect();
        assert_eq!(sizes, [16, 16, 16, 16, 16, 16, 4]);
        let order = batches.concat();
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert!(sorted.into_iter().eq(0..100));
        orders.insert(order);
    }
    assert_eq!(orders.len(), 10);
}

#[test]
fn with_replacement_rows_come_as_they_come() {
    let text = "(optimizer: Adam(), batch: Sample, replacement: true)";
    let racer = racer_on_line(text);
    let mut draws = Draws::of(&racer.plan, 100, 0);
    let mut counts = [0_i32; 100];
    for step in 0..100_000 {
        let [row] = rows(&mut draws, step)[..] else {
            panic!("one row")
        };
        counts[row as usize] += 1;
    }
    // The tolerance is five standard deviations.
    assert!(counts.iter().all(|count| (count - 1000).abs() < 158));
    let first: BTreeSet<u32> = (0..100).flat_map(|step| rows(&mut draws, step)).collect();
    assert!((45..80).contains(&first.len()), "about 63: {}", first.len());
}

#[test]
fn the_rows_of_any_step_can_be_asked_for() {
    let racer = racer_on_line("(optimizer: Adam(), batch: MiniBatch(7))");
    let mut in_order = Draws::of(&racer.plan, 100, 5);
    let all: Vec<Vec<u32>> = (0..100).map(|step| rows(&mut in_order, step)).collect();
    for step in [99, 3, 50, 14, 15, 0] {
        assert_eq!(rows(&mut Draws::of(&racer.plan, 100, 5), step), all[step]);
        assert_eq!(rows(&mut in_order, step), all[step]);
    }
}

/// These numbers are part of what a seed means, and therefore of every preset.
#[test]
fn a_seed_draws_the_same_rows_for_ever() {
    let racer = racer_on_line("(optimizer: Adam(), batch: MiniBatch(8))");
    assert_eq!(rows(&mut Draws::of(&racer.plan, 100, 0), 0), FIRST);
    assert_eq!(rows(&mut Draws::of(&racer.plan, 100, 42), 100), LATER);
}

const FIRST: [u32; 8] = [53, 71, 88, 93, 34, 24, 59, 8];
const LATER: [u32; 8] = [92, 88, 20, 45, 31, 16, 93, 62];

#[test]
fn listed_rows_are_used_and_begin_again_after_the_last() {
    let racer = racer_on_line("(optimizer: Adam(), batch: Rows([[27, 25], [3], [99, 99]]))");
    let mut draws = Draws::of(&racer.plan, 100, 0);
    assert_eq!(rows(&mut draws, 0), [27, 25]);
    assert_eq!(rows(&mut draws, 2), [99, 99]);
    assert_eq!(rows(&mut draws, 4), [3]);
    assert_eq!(
        Draws::of(&racer_on_line("(optimizer: Adam())").plan, 100, 0).rows(5),
        None
    );
}

#[test]
fn a_step_of_gradient_descent_is_the_mean_over_its_rows() {
    for batch in [
        "Sample",
        "MiniBatch(16)",
        "MiniBatch(100)",
        "Rows([[5, 5, 7]])",
    ] {
        let text = format!("(optimizer: GradientDescent(learning_rate: 0.1), batch: {batch})");
        let experiment = line(&text, 30);
        let surface = experiment.surface.open();
        let data = surface.data().unwrap();
        let path = simulate(&experiment).remove(0);
        let mut draws = Draws::of(&experiment.racers[0].plan, 100, experiment.seed);
        for step in 0..30 {
            let [w, b] = path.at(step);
            let rows = rows(&mut draws, step);
            let mut mean = [0.0; 2];
            for &row in &rows {
                let (x, y) = (data.x[row as usize], data.y[row as usize]);
                mean[0] += 2.0 * (w * x + b - y) * x / rows.len() as f64;
                mean[1] += 2.0 * (w * x + b - y) / rows.len() as f64;
            }
            let [next_w, next_b] = path.at(step + 1);
            assert!((next_w - (w - 0.1 * mean[0])).abs() < 1e-13);
            assert!((next_b - (b - 0.1 * mean[1])).abs() < 1e-13);
            assert_eq!(
                path.loss[step],
                surface.value([w, b]),
                "the loss over all rows"
            );
        }
    }
}

#[test]
fn the_same_seed_is_the_same_run_and_another_seed_another() {
    let mut experiment = line(
        "(optimizer: Adam(), batch: Sample), (optimizer: Adam(), noise: 1)",
        50,
    );
    let first = simulate(&experiment);
    assert_eq!(simulate(&experiment), first);
    experiment.seed = 1;
    let other = simulate(&experiment);
    assert_ne!(other[0], first[0]);
    assert_ne!(other[1], first[1]);
}

#[test]
fn racers_draw_alike_and_removing_one_changes_no_other() {
    let racers = "(optimizer: Momentum(), batch: MiniBatch(9)), (optimizer: Adam(), noise: 0.5, \
                  batch: Sample), (name: \"b\", optimizer: Adam(), noise: 0.5, batch: Sample), \
                  (optimizer: Nadam())";
    let mut experiment = line(racers, 60);
    let all = simulate(&experiment);
    assert_eq!(
        all[1], all[2],
        "the same rule meets the same rows and noise"
    );
    experiment.racers.remove(0);
    assert_eq!(simulate(&experiment), all[1..]);
}

#[test]
fn rows_seen_and_epochs_are_counted() {
    let racers = "(optimizer: Adam()), (optimizer: Adam(), batch: Sample), (optimizer: Adam(), \
                  batch: MiniBatch(16)), (optimizer: Adam(), batch: Rows([[1], [2, 3]]))";
    let paths = simulate(&line(racers, 30));
    let seen = |racer: usize, step: usize| paths[racer].rows_seen[step];
    assert_eq!((seen(0, 0), seen(0, 1), seen(0, 30)), (0, 100, 3000));
    assert_eq!((seen(1, 0), seen(1, 1), seen(1, 30)), (0, 1, 30));
    assert_eq!(
        (seen(2, 6), seen(2, 7), seen(2, 8), seen(2, 14)),
        (96, 100, 116, 200)
    );
    assert_eq!((seen(3, 1), seen(3, 2), seen(3, 3)), (1, 3, 4));
    assert_eq!(paths[2].epochs_at(14), 2.0);
    assert_eq!(paths[0].epochs_at(3), 3.0);
    let without = run("Beale", "Adam()", [1.0, 1.0], 5);
    assert!(without.rows_seen.is_empty());
    assert_eq!(without.epochs_at(3), 0.0);
}

#[test]
fn the_anatomy_of_a_step_is_that_of_its_batch() {
    let racers = "(optimizer: Nesterov(learning_rate: 0.02), batch: MiniBatch(5), noise: 0.3), \
                  (optimizer: Adam(), batch: Sample, replacement: true)";
    let experiment = line(racers, 40);
    let surface = experiment.surface.open();
    for (racer, path) in experiment.racers.iter().zip(simulate(&experiment)) {
        for step in [0, 1, 7, 39] {
            let looked_at = anatomy(&surface, &racer.plan, &path, step, experiment.seed).unwrap();
            assert_eq!(looked_at.from, path.at(step));
            assert_eq!(looked_at.to, path.at(step + 1));
        }
    }
}

/// The noise in each step of plain gradient descent, inferred from the positions.
fn noise(path: &Trajectory, surface: &dyn Surface, learning_rate: f64) -> Vec<[f64; 2]> {
    let met = |step: usize| {
        let (_, gradient) = surface.gradient(path.at(step));
        let ([x, y], [next_x, next_y]) = (path.at(step), path.at(step + 1));
        let step = [(x - next_x) / learning_rate, (y - next_y) / learning_rate];
        [step[0] - gradient[0], step[1] - gradient[1]]
    };
    (0..path.last_step()).map(met).collect()
}

#[test]
fn noise_is_gaussian_of_the_chosen_sigma_and_the_same_for_all() {
    let racers = "(optimizer: GradientDescent(learning_rate: 0.01), noise: 0.5), (optimizer: \
                  GradientDescent(learning_rate: 0.001), noise: 2)";
    let experiment = race("LongValley", [1.0, 1.0], 20_000, racers);
    let surface = experiment.surface.open();
    let paths = simulate(&experiment);
    let first = noise(&paths[0], &*surface, 0.01);
    let count = first.len() as f64;
    for axis in 0..2 {
        let mean = first.iter().map(|noise| noise[axis]).sum::<f64>() / count;
        let square = first.iter().map(|noise| noise[axis].powi(2)).sum::<f64>() / count;
        // The tolerances are five standard errors.
        assert!(mean.abs() < 0.018, "{mean}");
        assert!((square - 0.25).abs() < 0.0125, "{square}");
    }
    let second = noise(&paths[1], &*surface, 0.001);
    for (a, b) in first.iter().zip(&second).take(1000) {
        assert!((4.0 * a[0] - b[0]).abs() < 1e-9 && (4.0 * a[1] - b[1]).abs() < 1e-9);
    }
}

#[test]
fn noise_is_asked_for_at_the_look_ahead_point_too() {
    let quiet = run("Beale", "Nesterov(learning_rate: 0.001)", [1.0, 1.6], 20);
    let noisy = race(
        "Beale",
        [1.0, 1.6],
        20,
        "(optimizer: Nesterov(learning_rate: 0.001), noise: 1)",
    );
    assert_ne!(simulate(&noisy)[0].x[1], quiet.x[1]);
    assert_eq!(
        racer("(optimizer: Adam(), noise: 0)"),
        racer("(optimizer: Adam())")
    );
}

/// The mean over 20 seeds of the excess loss in the last third of a run of gradient descent.
fn excess(racer: &str, steps: usize, batch_of: Option<fn(u64) -> Batch>) -> f64 {
    let text = format!("(optimizer: GradientDescent(learning_rate: 0.05), {racer})");
    let mut experiment = line(&text, steps);
    let floor = experiment.surface.open().minima()[0].value;
    let mean = |seed| {
        experiment.seed = seed;
        if let Some(batch_of) = batch_of {
            experiment.racers[0].plan.batch = batch_of(seed);
        }
        let path = simulate(&experiment).remove(0);
        let last = &path.loss[steps - steps / 3 + 1..];
        last.iter().map(|loss| loss - floor).sum::<f64>() / last.len() as f64
    };
    (0..20).map(mean).sum::<f64>() / 20.0
}

/// Shuffled epochs in batches of 16, which leave out the last 4 of the 100 rows.
fn always_16(seed: u64) -> Batch {
    let epoch = |epoch| {
        let mut rows: Vec<u32> = (0..100).collect();
        Chance::new(seed, Use::Rows, epoch).shuffle(&mut rows);
        let batches = rows.chunks_exact(16).map(<[u32]>::to_vec);
        batches.collect::<Vec<_>>()
    };
    Batch::Rows((0..32).flat_map(epoch).collect())
}

/// The values in the tour's lesson, over 3,000 rows each.
#[test]
fn full_batches_are_slow_and_single_rows_hover_unless_the_rate_falls() {
    let falling = "batch: Sample, schedule: InverseTime(decay: 0.02)";
    for (ours, published) in [
        (excess("batch: Full", 30, None), 0.0024),
        (excess("batch: Full", 188, Some(always_16)), 0.0020),
        (excess("batch: Sample", 3000, None), 0.10),
        (excess(falling, 3000, None), 2e-4),
    ] {
        assert!((ours / published - 1.0).abs() < 0.15, "{ours} {published}");
    }
    // If no row is left out, every seventh batch has only the last 4 rows and is noisier.
    let epochs = excess("batch: MiniBatch(16)", 188, None);
    assert!((0.003..0.0045).contains(&epochs), "{epochs}");
}

#[test]
fn batches_are_written_as_they_are_read() {
    let racers = "(optimizer: Adam(), batch: Rows([[1, 2], [3]])), (optimizer: Adam(), batch: \
                  MiniBatch(4), replacement: true, noise: 0.25), (optimizer: Adam(), batch: Sample)";
    let experiment = line(racers, 5);
    let text = slalom::preset::to_text(&experiment.clone().into()).unwrap();
    assert_eq!(
        slalom::preset::from_text("again", &text)
            .unwrap()
            .experiment,
        experiment
    );
    assert_eq!(experiment.racers[2].plan.batch, Batch::Sample);
}

#[test]
fn batches_that_make_no_sense_are_refused() {
    let wrong = |surface: &str, racer: &str| {
        let text = format!(
            "(version: 1, surface: {surface}, start: (0, 0), steps: 9, racers: [(optimizer: \
             Adam(), {racer})])"
        );
        slalom::preset::from_text("t", &text)
            .unwrap_err()
            .to_string()
    };
    for (racer, expected) in [
        (
            "batch: Minibatch(3)",
            "116: there is no batch \"Minibatch\"; there are Full, Sample, MiniBatch, Rows",
        ),
        (
            "batch: MiniBatch(101)",
            "116: Adam: a batch of 101 is larger than the data, which have 100 rows",
        ),
        (
            "batch: MiniBatch(0)",
            "116: Adam: a batch must have 1 row or more",
        ),
        (
            "batch: MiniBatch(-3)",
            "126: expected a whole number, 0 or more here, but found -3",
        ),
        (
            "batch: MiniBatch",
            "125: MiniBatch must be followed by round brackets, as in MiniBatch()",
        ),
        ("batch: Sample(1)", "122: Sample takes no brackets"),
        (
            "batch: Rows([])",
            "116: Adam: Rows has no list, but needs one for each step",
        ),
        (
            "batch: Rows([[1], []])",
            "116: Adam: the list of step 1 in Rows is empty",
        ),
        (
            "batch: Rows([[1], [100]])",
            "116: Adam: there is no row 100 for step 1; rows are counted from 0 to 99",
        ),
        (
            "noise: -1",
            "116: Adam: noise is -1, but must be a finite number, 0 or more",
        ),
        (
            "noise: NaN",
            "116: Adam: noise is NaN, but must be a finite number, 0 or more",
        ),
        (
            "replacement: true",
            "122: Adam: replacement says how rows are drawn, so it needs batch: Sample or MiniBatch",
        ),
    ] {
        let said = wrong(LINE, racer);
        let column: usize = expected.split_once(':').unwrap().0.parse().unwrap();
        let expected = expected.split_once(':').unwrap().1;
        assert_eq!(said, format!("t:1:{column}:{expected}"));
    }
    let said = wrong("Beale", "batch: Sample");
    assert!(said.ends_with(
        "Adam: this surface has no data to draw a batch from; a batch needs LinearRegression, \
         LogisticRegression or Network, and noise works on any surface"
    ));
}
