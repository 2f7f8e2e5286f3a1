//! Tests of the quantities of a chart.

use super::*;
use crate::experiment::{Experiment, Plan};
use crate::optimizer::{Adagrad, Momentum, OptimizerChoice};
use crate::simulation::{record, simulate_racer};
use crate::surface::{SurfaceChoice, minima};

fn of(optimizer: OptimizerChoice) -> (Trajectory, Record, Vec<Minimum>) {
    let experiment = Experiment {
        surface: SurfaceChoice::LongValley,
        ..Experiment::default()
    };
    let surface = experiment.open_surface();
    let plan = Plan::new(optimizer);
    let path = simulate_racer(&surface, &plan, [-4.0, 1.0], 30, 0);
    let record = record(&surface, &plan, &path, 0);
    (path, record, minima::worth_marking(&*surface))
}

#[test]
fn quantities_are_those_of_the_path() {
    let (path, record, minima) = of(OptimizerChoice::Momentum(Momentum::default()));
    let values = |quantity: Quantity| quantity.values(&path, Some(&record), &minima);
    assert_eq!(values(Quantity::Loss), path.loss);
    assert_eq!(values(Quantity::GradientNorm), path.gradient_norm);
    let steps = values(Quantity::StepLength);
    assert_eq!(steps.len(), 30);
    // In the article's form, v is the step.
    for (step, velocity) in steps.iter().zip(values(Quantity::Memory)) {
        assert!((step - velocity).abs() < 1e-12);
    }
    let distances = values(Quantity::Distance);
    assert!((distances[0] - 4.0_f64.hypot(1.0)).abs() < 1e-12);
    assert_eq!(values(Quantity::RateX), vec![0.01; 30]);
}

#[test]
fn adagrads_rates_shrink_and_it_has_no_memory() {
    let (path, record, minima) = of(OptimizerChoice::Adagrad(Adagrad::default()));
    let rates = Quantity::RateY.values(&path, Some(&record), &minima);
    assert!(rates.windows(2).all(|pair| pair[1] < pair[0]), "{rates:?}");
    assert!(
        Quantity::Memory
            .values(&path, Some(&record), &minima)
            .is_empty()
    );
    // The first rate is η/√(g² + ε) with g = 50 y.
    assert!((rates[0] - 0.01 / 50.0).abs() < 1e-12);
}
