//! Formulas that are typed, compared with the same formulas in Rust: the gradient as a race asks for
//! it, and rows of 256 points as a picture does.
//!
//! After Criterion's results, a table lists the times and their quotients.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::Criterion;
use slalom::expression::{Expression, Tape, Vocabulary};
use slalom::surface::{Surface, SurfaceChoice};

const FORMULAS: &[(SurfaceChoice, &str)] = &[
    (
        SurfaceChoice::Beale,
        "(1.5 − x + x y)² + (2.25 − x + x y²)² + (2.625 − x + x y³)²",
    ),
    (SurfaceChoice::Rosenbrock, "(1 − x)² + 100(y − x²)²"),
    (SurfaceChoice::Himmelblau, "(x² + y − 11)² + (x + y² − 7)²"),
    (
        SurfaceChoice::Rastrigin,
        "20 + x² − 10cos(2πx) + y² − 10cos(2πy)",
    ),
    (
        SurfaceChoice::Ackley,
        "−20 e^(−0.2 √(½(x² + y²))) − e^(½(cos(2πx) + cos(2πy))) + e + 20",
    ),
    (
        SurfaceChoice::GoldsteinPrice,
        "s = x + y; d = 2x − 3y; \
         [1 + (s + 1)² (19 − 14s + 3s²)]·[30 + d² (18 − 16d + 3d²)]",
    ),
];

/// A surface both ways.
struct Pair {
    name: &'static str,
    rust: Arc<dyn Surface>,
    typed: Tape,
    xs: Vec<f64>,
}

fn pairs() -> Vec<Pair> {
    let pairs = FORMULAS.iter().map(|(choice, text)| {
        let formula = Expression::parse(text, &Vocabulary::default());
        Pair {
            name: choice.about().name,
            rust: choice.open(),
            typed: formula.expect("formulas are valid").tape().clone(),
            xs: (0..256_i32).map(|at| f64::from(at) / 64.0 - 2.0).collect(),
        }
    });
    pairs.collect()
}

impl Pair {
    fn gradient_in_rust(&self) -> f64 {
        let mut slope = [0.0; 2];
        self.rust.gradient_into(black_box(&[0.7, -0.4]), &mut slope) + slope[0] + slope[1]
    }

    fn gradient_as_typed(&self) -> f64 {
        let mut slope = [0.0; 2];
        let at = black_box(&[0.7, -0.4]);
        self.typed.gradient_into(at, &[], &mut slope) + slope[0] + slope[1]
    }

    fn row_in_rust(&self, row: &mut [f64]) {
        self.rust.row(black_box(&self.xs), 0.3, row);
    }

    fn row_as_typed(&self, row: &mut [f64]) {
        self.typed.row(black_box(&self.xs), 0.3, &[], row);
    }
}

/// The shortest time of one call, in nanoseconds, over several rounds.
fn shortest(mut work: impl FnMut()) -> f64 {
    const CALLS: u32 = 2000;
    let round = |work: &mut dyn FnMut()| {
        let start = Instant::now();
        for _ in 0..CALLS {
            work();
        }
        start.elapsed().as_secs_f64() * 1e9 / f64::from(CALLS)
    };
    (0..25)
        .map(|_| round(&mut work))
        .fold(f64::INFINITY, f64::min)
}

/// Prints all times side by side.
fn table(pairs: &[Pair]) {
    let mut row = vec![0.0; 256];
    println!("surface          gradient/ns: Rust  typed quotient  row/ns: Rust  typed quotient");
    for pair in pairs {
        let gradient = [
            shortest(|| _ = black_box(pair.gradient_in_rust())),
            shortest(|| _ = black_box(pair.gradient_as_typed())),
        ];
        let rows = [
            shortest(|| pair.row_in_rust(black_box(&mut row))),
            shortest(|| pair.row_as_typed(black_box(&mut row))),
        ];
        println!(
            "{:16} {:17.1} {:6.1} {:8.2} {:13.0} {:6.0} {:8.2}",
            pair.name,
            gradient[0],
            gradient[1],
            gradient[1] / gradient[0],
            rows[0],
            rows[1],
            rows[1] / rows[0],
        );
    }
}

fn main() {
    let pairs = pairs();
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(500))
        .configure_from_args();
    let mut row = vec![0.0; 256];
    for pair in &pairs {
        let mut group = criterion.benchmark_group(pair.name);
        group.bench_function("gradient, Rust", |bencher| {
            bencher.iter(|| pair.gradient_in_rust());
        });
        group.bench_function("gradient, typed", |bencher| {
            bencher.iter(|| pair.gradient_as_typed());
        });
        group.bench_function("row, Rust", |bencher| {
            bencher.iter(|| pair.row_in_rust(&mut row));
        });
        group.bench_function("row, typed", |bencher| {
            bencher.iter(|| pair.row_as_typed(&mut row));
        });
        group.finish();
    }
    criterion.final_summary();
    table(&pairs);
}
