//! The time to sweep the rates of a race again, as happens while its start is dragged, and of one
//! racer, as happens while one of its other sliders moves.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use slalom::analysis::sensitivity::{Curve, Ground, Sweep, finish};
use slalom::engine::Signal;
use slalom::experiment::Experiment;
use slalom::preset::load_built_in;

/// All sweeps of a race, and the number of runs.
fn sweep(race: &Experiment) -> usize {
    let ground = Ground::of(race);
    let plans = race.racers.iter().map(|racer| &racer.plan);
    let mut sweeps: Vec<Sweep> = plans.filter_map(|plan| Sweep::new(plan, None)).collect();
    finish(&mut sweeps, &ground, &Signal::default());
    let curves = sweeps.iter().map(|sweep| Curve::of(sweep, None, &ground));
    curves.map(|curve| curve.runs.len()).sum()
}

fn again(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("60 rates and refinement, 200 steps on Beale");
    let mut race = load_built_in("radford-beale")
        .expect("it is built in")
        .experiment;
    assert!(sweep(&race) > 8 * 60, "all values are run");
    group.bench_function("8 racers", |bencher| {
        bencher.iter(|| sweep(black_box(&race)));
    });
    race.racers.drain(..7);
    group.bench_function("1 racer", |bencher| {
        bencher.iter(|| sweep(black_box(&race)));
    });
    group.finish();
}

criterion_group!(benches, again);
criterion_main!(benches);
