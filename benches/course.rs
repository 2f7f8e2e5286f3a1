//! The cost of a whole race, compared with the same rule written by hand. A race includes the
//! course with its schedule and its loss at every point, the trajectory, and the final status; the
//! hand-written loop keeps only the last position.

mod rivals;

use std::env;
use std::hint::black_box;
use std::sync::Arc;

use rivals::{START, check, rivals, table};
use slalom::experiment::Plan;
use slalom::optimizer::OptimizerChoice;
use slalom::simulation::simulate_racer;
use slalom::surface::{Surface, SurfaceChoice};

fn race(surface: &Arc<dyn Surface>, optimizer: &OptimizerChoice, steps: u64) -> [f64; 2] {
    let steps = usize::try_from(steps).expect("some steps");
    let plan = Plan::new(optimizer.clone());
    black_box(simulate_racer(surface, &plan, START, steps, 0)).at(steps)
}

fn main() {
    let rivals = rivals();
    let surface: Arc<dyn Surface> = SurfaceChoice::Rosenbrock.open();
    check(&rivals, |optimizer, steps| race(&surface, optimizer, steps));
    // `cargo test --benches` only checks that it runs.
    if env::args().any(|argument| argument == "--bench") {
        table(&rivals, |optimizer, steps| race(&surface, optimizer, steps));
    }
}
