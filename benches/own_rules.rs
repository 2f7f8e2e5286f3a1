//! What typing a rule costs: whole steps of built-in rules on Rosenbrock's function, gradient included,
//! beside those of the same rules as text.
//!
//! Both run in turns, and the fastest turn counts, so that other programs disturb both alike.

use std::env;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use slalom::objective::Block;
use slalom::optimizer::{OptimizerChoice, Oracle, OwnRule, Value};
use slalom::surface::{Surface, SurfaceChoice};

/// Evaluates the surface, and stores nothing.
struct Slope(Arc<dyn Surface>);

impl Oracle for Slope {
    fn gradient(&mut self, at: &[f64], gradient: &mut [f64]) {
        if let (Ok(at), Ok(gradient)) = (at.try_into(), gradient.try_into()) {
            self.0.gradient_into(at, gradient);
        }
    }

    fn value(&mut self, at: &[f64]) -> f64 {
        at.try_into().map_or(f64::NAN, |at| self.0.value(at))
    }

    fn hessian(&mut self, _at: &[f64], _hessian: &mut [f64]) {
        unreachable!("these rules ask for gradients and values alone")
    }

    fn hessian_diagonal(&mut self, _at: &[f64], _diagonal: &mut [f64]) {
        unreachable!("these rules ask for gradients and values alone")
    }
}

const START: [f64; 2] = [-1.5, 2.0];
const STEPS: u64 = 20_000;
const TURNS: usize = 15;

/// The rules that are compared, by name.
const RULES: &[&str] = &[
    "GradientDescent",
    "Momentum",
    "Nesterov",
    "RMSProp",
    "Adadelta",
    "Adam",
    "Nadam",
    "Adamax",
    "Lion",
    "Rprop",
];

/// The time of some steps, and where they lead.
fn run(optimizer: &OptimizerChoice, oracle: &mut Slope, steps: u64) -> (Duration, [f64; 2]) {
    let mut at = START;
    let mut run = optimizer.begin(&at, &[Block::Vector(2)]);
    let begin = Instant::now();
    for t in 1..=black_box(steps) {
        run.step(&mut at, t, oracle);
    }
    (begin.elapsed(), black_box(at))
}

fn main() {
    let is_measured = env::args().any(|argument| argument == "--bench");
    let (steps, turns) = if is_measured { (STEPS, TURNS) } else { (10, 1) };
    let mut oracle = Slope(SurfaceChoice::Rosenbrock.open());
    println!("whole step on Rosenbrock, gradient included   built in     typed   ratio");
    for name in RULES {
        let mut all = OptimizerChoice::all().iter();
        let Some(built_in) = all.find(|it| it.rule().about().name == *name) else {
            panic!("there is no rule {name}");
        };
        let mut built_in = built_in.clone();
        let rule = built_in.rule_mut();
        if let Some(rate) = rule.rate() {
            rule.set(rate, Value::Number(1e-4));
        }
        let Some(copy) = OwnRule::from_rule(built_in.rule()) else {
            panic!("{name} cannot be typed");
        };
        let typed = OptimizerChoice::Rule(copy);
        let mut fastest = [Duration::MAX; 2];
        for _ in 0..turns {
            let mut ends = [START; 2];
            let both = [&built_in, &typed]
                .into_iter()
                .zip(&mut fastest)
                .zip(&mut ends);
            for ((rule, fastest), end) in both {
                let (time, at) = run(rule, &mut oracle, steps);
                *fastest = time.min(*fastest);
                *end = at;
            }
            let [a, b] = ends;
            let is_near =
                (0..2).all(|axis| (a[axis] - b[axis]).abs() < 1e-6 * (1.0 + a[axis].abs()));
            assert!(
                is_near || is_measured,
                "{name} leads to {a:?}, as text to {b:?}"
            );
        }
        #[expect(clippy::cast_precision_loss, reason = "fewer than 2⁵³ nanoseconds")]
        let [ours, typed] = fastest.map(|time| time.as_nanos() as f64 / steps as f64);
        println!(
            "{name:44} {ours:7.1} ns {typed:7.1} ns {:6.2}",
            typed / ours
        );
    }
}
