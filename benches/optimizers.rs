//! The cost of abstraction: every rule as a racer runs it, through `dyn Run` and `dyn Surface` with
//! automatic differentiation, compared with the same rule written by hand.
//!
//! After Criterion's results, a table lists both.

mod rivals;

use std::env;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::Criterion;
use rivals::{Rival, START, STEPS, check, rivals, table};
use slalom::objective::Block;
use slalom::optimizer::{OptimizerChoice, Oracle};
use slalom::surface::{Surface, SurfaceChoice};

/// Evaluates the surface's gradient, and stores nothing.
struct Slope(Arc<dyn Surface>);

impl Oracle for Slope {
    fn gradient(&mut self, at: &[f64], gradient: &mut [f64]) {
        if let (Ok(at), Ok(gradient)) = (at.try_into(), gradient.try_into()) {
            self.0.gradient_into(at, gradient);
        }
    }

    fn value(&mut self, _at: &[f64]) -> f64 {
        unreachable!("these rules ask for gradients alone")
    }

    fn hessian(&mut self, _at: &[f64], _hessian: &mut [f64]) {
        unreachable!("these rules ask for gradients alone")
    }

    fn hessian_diagonal(&mut self, _at: &[f64], _diagonal: &mut [f64]) {
        unreachable!("these rules ask for gradients alone")
    }
}

fn ours(optimizer: &OptimizerChoice, oracle: &mut Slope, steps: u64) -> [f64; 2] {
    let mut at = START;
    let mut run = optimizer.begin(&at, &[Block::Vector(2)]);
    for t in 1..=steps {
        run.step(&mut at, t, oracle);
    }
    at
}

fn measure(criterion: &mut Criterion, rivals: &[Rival], oracle: &mut Slope) {
    let mut group = criterion.benchmark_group("2,000 steps");
    group
        .sample_size(20)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(500));
    for rival in rivals {
        group.bench_function(format!("{}, by hand", rival.name), |bencher| {
            bencher.iter(|| (rival.by_hand)(black_box(STEPS)));
        });
        group.bench_function(format!("{}, Slalom", rival.name), |bencher| {
            bencher.iter(|| ours(&rival.ours, oracle, black_box(STEPS)));
        });
    }
    group.finish();
}

fn main() {
    let rivals = rivals();
    let mut oracle = Slope(SurfaceChoice::Rosenbrock.open());
    check(&rivals, |optimizer, steps| {
        ours(optimizer, &mut oracle, steps)
    });
    let mut criterion = Criterion::default().configure_from_args();
    measure(&mut criterion, &rivals, &mut oracle);
    criterion.final_summary();
    // `cargo test --benches` only checks that it runs.
    if env::args().any(|argument| argument == "--bench") {
        table(&rivals, |optimizer, steps| {
            ours(optimizer, &mut oracle, steps)
        });
    }
}
