//! What the way from a preset to a step costs: every rule as a racer runs it, through
//! `OptimizerChoice::begin` and `dyn Surface` with automatic differentiation, beside the same rule written by
//! hand in one loop, with Rosenbrock's gradient by hand.
//!
//! Both must go the same way. After Criterion's figures follows a table of both, measured
//! in turns so that the machine's moods strike both alike.

use std::env;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::Criterion;
use slalom::objective::Block;
use slalom::optimizer::{OptimizerChoice, Oracle, Value};
use slalom::surface::{Surface, SurfaceChoice};

const START: [f64; 2] = [-1.2, 1.0];
const STEPS: u64 = 2000;
/// So many steps both go alike; later some rules bounce from wall to wall and magnify rounding.
const ALIKE: u64 = 100;
/// How often each side is measured for the table.
const TURNS: usize = 200;

struct Rival {
    name: &'static str,
    ours: OptimizerChoice,
    by_hand: fn(u64) -> [f64; 2],
}

fn rivals() -> Vec<Rival> {
    let rival = |name: &'static str, by_hand: fn(u64) -> [f64; 2], settings: &[(&str, Value)]| {
        let is_named = |choice: &&OptimizerChoice| {
            let rule = choice.rule().about().name;
            name == rule || name.starts_with(&format!("{rule},"))
        };
        let found = OptimizerChoice::all().iter().find(is_named);
        let mut ours = found.expect("a rule of that name").clone();
        for (parameter, value) in settings {
            let rule = ours.rule_mut();
            let place = rule.find(parameter).expect("a parameter of that name");
            rule.set(place, *value);
        }
        Rival {
            name,
            ours,
            by_hand,
        }
    };
    let rate = |rate| ("learning_rate", Value::Number(rate));
    let second = |parameter| (parameter, Value::Choice(1));
    vec![
        rival("GradientDescent", gradient_descent, &[rate(1e-3)]),
        rival("Momentum", momentum, &[rate(1e-4)]),
        rival("Nesterov, LookAhead", look_ahead, &[rate(1e-4)]),
        rival(
            "Nesterov, Reformulated",
            reformulated,
            &[rate(1e-4), second("form")],
        ),
        rival("Adagrad, Diagonal", adagrad, &[rate(0.1)]),
        rival(
            "Adagrad, Full",
            full_adagrad,
            &[rate(0.01), second("matrix")],
        ),
        rival("Adadelta", adadelta, &[rate(1.0)]),
        rival("RMSProp", rmsprop, &[rate(1e-3)]),
        rival("Adam", adam, &[rate(1e-2)]),
        rival("Nadam", nadam, &[rate(1e-2)]),
    ]
}

/// Asks the surface for the slope, and keeps nothing.
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

/// Rosenbrock's gradient, worked out on paper.
fn slope([x, y]: [f64; 2]) -> [f64; 2] {
    let rise = y - x * x;
    [-2.0 * (1.0 - x) - 400.0 * x * rise, 200.0 * rise]
}

fn gradient_descent(steps: u64) -> [f64; 2] {
    let rate = black_box(1e-3);
    let mut at = START;
    for _ in 0..steps {
        let g = slope(at);
        for i in 0..2 {
            at[i] -= rate * g[i];
        }
    }
    at
}

fn momentum(steps: u64) -> [f64; 2] {
    let [rate, mu] = black_box([1e-4, 0.9]);
    let (mut at, mut v) = (START, [0.0; 2]);
    for _ in 0..steps {
        let g = slope(at);
        for i in 0..2 {
            v[i] = mu * v[i] + rate * g[i];
            at[i] -= v[i];
        }
    }
    at
}

fn look_ahead(steps: u64) -> [f64; 2] {
    let [rate, mu] = black_box([1e-4, 0.9]);
    let (mut at, mut v) = (START, [0.0; 2]);
    for _ in 0..steps {
        let g = slope([at[0] - mu * v[0], at[1] - mu * v[1]]);
        for i in 0..2 {
            v[i] = mu * v[i] + rate * g[i];
            at[i] -= v[i];
        }
    }
    at
}

fn reformulated(steps: u64) -> [f64; 2] {
    let [rate, mu] = black_box([1e-4, 0.9]);
    let (mut at, mut v) = (START, [0.0; 2]);
    for _ in 0..steps {
        let g = slope(at);
        for i in 0..2 {
            v[i] = mu * v[i] + rate * g[i];
            at[i] -= mu * v[i] + rate * g[i];
        }
    }
    at
}

fn adagrad(steps: u64) -> [f64; 2] {
    let [rate, epsilon] = black_box([0.1, 1e-8]);
    let (mut at, mut sum) = (START, [0.0; 2]);
    for _ in 0..steps {
        let g = slope(at);
        for i in 0..2 {
            sum[i] += g[i] * g[i];
            at[i] -= rate * g[i] / (sum[i] + epsilon).sqrt();
        }
    }
    at
}

/// (G + εI)^(−½) g by Cayley and Hamilton, with det G summed up beside G.
fn full_adagrad(steps: u64) -> [f64; 2] {
    let [rate, epsilon] = black_box([0.01, 1e-8]);
    let (mut at, [mut a, mut b, mut d, mut det]) = (START, [0.0; 4]);
    for _ in 0..steps {
        let [g, h] = slope(at);
        let [p, q] = [d * g - b * h, a * h - b * g];
        det += (g * p + h * q).max(0.0);
        a += g * g;
        b += g * h;
        d += h * h;
        let trace = a + d;
        let shift = epsilon + (det + epsilon * trace + epsilon * epsilon).sqrt();
        let scale = rate * (trace + 2.0 * shift).sqrt() / (det + shift * (trace + shift));
        at[0] -= scale * (p + shift * g);
        at[1] -= scale * (q + shift * h);
    }
    at
}

fn adadelta(steps: u64) -> [f64; 2] {
    let [rate, rho, epsilon] = black_box([1.0, 0.95, 1e-6]);
    let (mut at, mut squares, mut updates) = (START, [0.0; 2], [0.0; 2]);
    for _ in 0..steps {
        let g = slope(at);
        for i in 0..2 {
            squares[i] = rho * squares[i] + (1.0 - rho) * g[i] * g[i];
            let update = (updates[i] + epsilon).sqrt() / (squares[i] + epsilon).sqrt() * g[i];
            updates[i] = rho * updates[i] + (1.0 - rho) * update * update;
            at[i] -= rate * update;
        }
    }
    at
}

fn rmsprop(steps: u64) -> [f64; 2] {
    let [rate, rho, epsilon] = black_box([1e-3, 0.9, 1e-8]);
    let (mut at, mut squares) = (START, [0.0; 2]);
    for _ in 0..steps {
        let g = slope(at);
        for i in 0..2 {
            squares[i] = rho * squares[i] + (1.0 - rho) * g[i] * g[i];
            at[i] -= rate * g[i] / (squares[i] + epsilon).sqrt();
        }
    }
    at
}

fn adam(steps: u64) -> [f64; 2] {
    let [rate, beta_1, beta_2, epsilon] = black_box([1e-2, 0.9, 0.999, 1e-8]);
    let (mut at, mut m, mut v) = (START, [0.0; 2], [0.0; 2]);
    let [mut power_1, mut power_2] = [1.0; 2];
    for _ in 0..steps {
        power_1 *= beta_1;
        power_2 *= beta_2;
        let g = slope(at);
        for i in 0..2 {
            m[i] = beta_1 * m[i] + (1.0 - beta_1) * g[i];
            v[i] = beta_2 * v[i] + (1.0 - beta_2) * g[i] * g[i];
            let [m, v] = [m[i] / (1.0 - power_1), v[i] / (1.0 - power_2)];
            at[i] -= rate * m / (v.sqrt() + epsilon);
        }
    }
    at
}

fn nadam(steps: u64) -> [f64; 2] {
    let [rate, beta_1, beta_2, epsilon, psi] = black_box([1e-2, 0.9, 0.999, 1e-8, 0.004]);
    let (mut at, mut m, mut v) = (START, [0.0; 2], [0.0; 2]);
    let [mut product, mut power_2] = [1.0; 2];
    let mu = |t: f64| beta_1 * (1.0 - 0.5 * 0.96_f64.powf(t * psi));
    let (mut t, mut next) = (0.0, mu(1.0));
    for _ in 0..steps {
        t += 1.0;
        let now = next;
        next = mu(t + 1.0);
        product *= now;
        power_2 *= beta_2;
        let g = slope(at);
        for i in 0..2 {
            m[i] = beta_1 * m[i] + (1.0 - beta_1) * g[i];
            v[i] = beta_2 * v[i] + (1.0 - beta_2) * g[i] * g[i];
            let ahead = next * m[i] / (1.0 - product * next);
            let here = (1.0 - now) * g[i] / (1.0 - product);
            at[i] -= rate * (ahead + here) / ((v[i] / (1.0 - power_2)).sqrt() + epsilon);
        }
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
        let (hand, run) = ((rival.by_hand)(ALIKE), ours(&rival.ours, oracle, ALIKE));
        for i in 0..2 {
            let error = (hand[i] - run[i]).abs();
            assert!(error < 1e-9, "{}: {hand:?} by hand, {run:?}", rival.name);
        }
        group.bench_function(format!("{}, by hand", rival.name), |bencher| {
            bencher.iter(|| (rival.by_hand)(black_box(STEPS)));
        });
        group.bench_function(format!("{}, Slalom", rival.name), |bencher| {
            bencher.iter(|| ours(&rival.ours, oracle, black_box(STEPS)));
        });
    }
    group.finish();
}

/// Nanoseconds a step, both sides in turns: the median of each, and of their ratios.
fn table(rivals: &[Rival], oracle: &mut Slope) {
    println!("\nns a step              | by hand |  Slalom |   ratio |  more");
    println!("-----------------------|---------|---------|---------|------");
    for rival in rivals {
        let mut hand = Vec::with_capacity(TURNS);
        let mut run = Vec::with_capacity(TURNS);
        for _ in 0..TURNS {
            hand.push(ns_a_step(|| (rival.by_hand)(black_box(STEPS))));
            run.push(ns_a_step(|| ours(&rival.ours, oracle, black_box(STEPS))));
        }
        let ratios = run.iter().zip(&hand).map(|(run, hand)| run / hand);
        let ratio = median(ratios.collect());
        let (hand, run) = (median(hand), median(run));
        println!(
            "{:22} | {hand:7.1} | {run:7.1} | {ratio:6.2}x | {:5.1}",
            rival.name,
            run - hand
        );
    }
}

#[expect(clippy::cast_precision_loss, reason = "2,000 steps")]
fn ns_a_step(race: impl FnOnce() -> [f64; 2]) -> f64 {
    let begin = Instant::now();
    black_box(race());
    begin.elapsed().as_secs_f64() * 1e9 / STEPS as f64
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn main() {
    let rivals = rivals();
    let mut oracle = Slope(SurfaceChoice::Rosenbrock.open());
    let mut criterion = Criterion::default().configure_from_args();
    measure(&mut criterion, &rivals, &mut oracle);
    criterion.final_summary();
    // `cargo test --benches` only wants to know whether it runs.
    if env::args().any(|argument| argument == "--bench") {
        table(&rivals, &mut oracle);
    }
}
