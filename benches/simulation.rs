//! The time to simulate a race again, as happens whenever a slider moves.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use slalom::experiment::{Experiment, Racer};
use slalom::optimizer::{OptimizerChoice, Value};
use slalom::simulation::simulate;
use slalom::surface::SurfaceChoice;

/// Twelve racers over 2,000 steps: the first eight rules at rates that suit them, four of them twice.
fn race(surface: SurfaceChoice, start: [f64; 2]) -> Experiment {
    let rates = [1e-4, 1e-4, 1e-4, 0.5, 10.0, 0.01, 0.01, 0.01];
    let rules = OptimizerChoice::all().iter().zip(rates).cycle().take(12);
    let racers = rules.map(|(optimizer, rate)| {
        let mut optimizer = optimizer.clone();
        optimizer.rule_mut().set(0, Value::Number(rate));
        Racer::new(optimizer)
    });
    Experiment {
        surface,
        start,
        steps: 2000,
        racers: racers.collect(),
        ..Experiment::default()
    }
}

fn again(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("12 racers, 2,000 steps");
    for (surface, start) in [
        (SurfaceChoice::Beale, [1.0, 1.6]),
        (SurfaceChoice::Rosenbrock, [-1.2, 1.0]),
        (SurfaceChoice::Ackley, [3.2, -2.4]),
    ] {
        let name = surface.about().name;
        let race = race(surface, start);
        let whole = simulate(&race).iter().all(|path| path.last_step() == 2000);
        assert!(whole, "a racer that diverges would be cheap");
        group.bench_function(name, |bencher| bencher.iter(|| simulate(black_box(&race))));
    }
    group.finish();
}

criterion_group!(benches, again);
criterion_main!(benches);
