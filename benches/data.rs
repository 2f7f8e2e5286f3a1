//! Losses over data: the full gradient compared with plain loops, and races on mini-batches.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use slalom::experiment::{Batch, Experiment, Racer};
use slalom::optimizer::{OptimizerChoice, Value};
use slalom::simulation::simulate;
use slalom::surface::SurfaceChoice;
use slalom::surface::data::Moons;

/// The loss over generated moons.
fn moons(rows: usize) -> SurfaceChoice {
    let text = format!("LogisticRegression((moons:Some((rows:{rows},noise:0.3,seed:1))))");
    load(&text)
}

/// The linear regression through as many points.
fn line(folder: &std::path::Path, rows: usize) -> SurfaceChoice {
    let moons = Moons {
        rows,
        noise: 0.3,
        seed: 1,
    };
    let data = moons.generate().expect("moons");
    let points = data
        .x
        .iter()
        .zip(&data.y)
        .map(|(x, y)| format!("{x},{y}\n"));
    let file = folder.join(format!("{rows}.csv"));
    std::fs::write(&file, points.collect::<String>()).expect("a file");
    load(&format!(
        "LinearRegression((data:{:?}))",
        file.display().to_string()
    ))
}

fn load(text: &str) -> SurfaceChoice {
    let mut surface: SurfaceChoice = ron::from_str(text).expect("a surface");
    surface.load(None).expect("data");
    surface
}

/// Six racers over 100 epochs of mini-batches of 16.
fn race(surface: SurfaceChoice, size: usize) -> Experiment {
    let rows = surface.open().rows();
    let rates = [0.05, 0.01, 0.01, 0.1, 1.0, 0.01];
    let rules = OptimizerChoice::all().iter().zip(rates);
    let racers = rules.map(|(optimizer, rate)| {
        let mut optimizer = optimizer.clone();
        optimizer.rule_mut().set(0, Value::Number(rate));
        let mut racer = Racer::new(optimizer);
        racer.plan.batch = Batch::MiniBatch(size);
        racer
    });
    Experiment {
        surface,
        start: [-2.0, 2.0],
        steps: 100 * rows.div_ceil(size),
        racers: racers.collect(),
        ..Experiment::default()
    }
}

fn full_gradients(criterion: &mut Criterion, folder: &std::path::Path) {
    let mut group = criterion.benchmark_group("full gradient, 100,000 rows");
    let at = black_box([0.3, -0.2]);

    let surface = line(folder, 100_000).open();
    group.bench_function("line", |bencher| bencher.iter(|| surface.gradient(at)));
    let data = surface.data().expect("data");
    let (x, y) = (&data.x[..], &data.y[..]);
    group.bench_function("line, all rows as a batch", |bencher| {
        let rows: Vec<u32> = (0..100_000).collect();
        bencher.iter(|| surface.batch(&rows, at));
    });
    group.bench_function("line, plain loop", |bencher| {
        bencher.iter(|| {
            let (mut loss, mut slope) = (0.0, [0.0; 2]);
            for (x, y) in x.iter().zip(y) {
                let residual = at[0] * x + at[1] - y;
                loss += residual * residual;
                slope[0] += 2.0 * residual * x;
                slope[1] += 2.0 * residual;
            }
            (loss / 1e5, slope.map(|sum| sum / 1e5))
        });
    });

    let surface = moons(100_000).open();
    group.bench_function("moons", |bencher| bencher.iter(|| surface.gradient(at)));
    let data = surface.data().expect("data");
    let labels = &data.labels.as_ref().expect("labels").of[..];
    let (x, y) = (&data.x[..], &data.y[..]);
    group.bench_function("moons, plain loop", |bencher| {
        bencher.iter(|| {
            let (mut loss, mut slope) = (0.0, [0.0; 2]);
            for ((x1, x2), &label) in x.iter().zip(y).zip(labels) {
                let z = at[0] * x1 + at[1] * x2;
                let label = f64::from(u8::from(label));
                loss += z.max(0.0) - label * z + (-z.abs()).exp().ln_1p();
                let off = 1.0 / (1.0 + (-z).exp()) - label;
                slope[0] += off * x1;
                slope[1] += off * x2;
            }
            (loss / 1e5, slope.map(|sum| sum / 1e5))
        });
    });
    group.finish();
}

fn races(criterion: &mut Criterion, folder: &std::path::Path) {
    let mut group = criterion.benchmark_group("6 racers, 100 epochs of 1,000 rows");
    group.sample_size(20);
    for size in [16, 64] {
        for (name, surface) in [("line", line(folder, 1000)), ("moons", moons(1000))] {
            let race = race(surface, size);
            let whole = simulate(&race)
                .iter()
                .all(|path| path.last_step() == race.steps);
            assert!(whole, "a racer that diverges would be cheap");
            group.bench_function(format!("{name}, batches of {size}"), |bencher| {
                bencher.iter(|| simulate(black_box(&race)));
            });
        }
    }
    group.finish();
}

/// One racer over 100 epochs of 2,000 rows: nearly all the time goes into the full loss after every
/// step.
fn long_race(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("1 racer, 100 epochs of 2,000 rows");
    group.sample_size(20);
    let mut race = race(moons(2000), 16);
    race.racers.truncate(1);
    group.bench_function("moons, batches of 16", |bencher| {
        bencher.iter(|| simulate(black_box(&race)));
    });
    let (surface, steps) = (race.open_surface(), race.steps);
    group.bench_function("moons, its full losses alone", |bencher| {
        bencher.iter(|| {
            (0..steps)
                .map(|_| surface.gradient(black_box([0.3, -0.2])).0)
                .sum::<f64>()
        });
    });
    group.finish();
}

fn all(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    full_gradients(criterion, folder.path());
    races(criterion, folder.path());
    long_race(criterion);
}

criterion_group!(benches, all);
criterion_main!(benches);
