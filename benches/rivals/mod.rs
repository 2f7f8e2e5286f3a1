//! Every rule written by hand in one loop, with Rosenbrock's gradient derived by hand, and a table
//! that compares it with the program.

use std::hint::black_box;
use std::time::Instant;

use slalom::optimizer::{OptimizerChoice, Value};

pub const START: [f64; 2] = [-1.2, 1.0];
/// The number of steps in a race.
pub const STEPS: u64 = 2000;
/// The number of steps over which both must agree; later, some rules bounce between the walls and
/// amplify rounding errors.
pub const ALIKE: u64 = 100;
/// The number of measurements of each side for the table.
const TURNS: usize = 200;

/// A rule of the program, and the same rule written by hand.
pub struct Rival {
    pub name: &'static str,
    pub ours: OptimizerChoice,
    pub by_hand: fn(u64) -> [f64; 2],
}

pub fn rivals() -> Vec<Rival> {
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

/// Checks that both follow the same path, where `ours` takes the given number of steps with the
/// program's rule.
pub fn check(rivals: &[Rival], mut ours: impl FnMut(&OptimizerChoice, u64) -> [f64; 2]) {
    for rival in rivals {
        let (hand, run) = ((rival.by_hand)(ALIKE), ours(&rival.ours, ALIKE));
        for i in 0..2 {
            let error = (hand[i] - run[i]).abs();
            assert!(error < 1e-9, "{}: {hand:?} by hand, {run:?}", rival.name);
        }
    }
}

/// Prints the nanoseconds per step: the median of each side, and of their ratios. Both sides are
/// measured in turns, so that variations of the machine's speed affect them equally.
pub fn table(rivals: &[Rival], mut ours: impl FnMut(&OptimizerChoice, u64) -> [f64; 2]) {
    println!("\nns a step              | by hand |  Slalom |   ratio |  more");
    println!("-----------------------|---------|---------|---------|------");
    for rival in rivals {
        let mut hand = Vec::with_capacity(TURNS);
        let mut run = Vec::with_capacity(TURNS);
        for _ in 0..TURNS {
            hand.push(ns_a_step(|| (rival.by_hand)(black_box(STEPS))));
            run.push(ns_a_step(|| ours(&rival.ours, black_box(STEPS))));
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

/// Rosenbrock's gradient, derived by hand.
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

/// (G + εI)^(−½) g by the Cayley–Hamilton theorem, with det G accumulated alongside G.
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
