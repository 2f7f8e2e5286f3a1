//! Every learning rate that the schedules of PyTorch and Optax gave is reproduced.

mod common;

use std::fs;

use common::race;
use serde::Deserialize;
use slalom::experiment::schedule::Running;
use slalom::simulation::simulate;

/// A run of a library's schedule; see `tests/data/schedules.py`.
#[derive(Deserialize)]
struct Record {
    library: String,
    call: String,
    schedule: String,
    eta: f64,
    rates: Vec<f64>,
    #[serde(default)]
    x: Vec<f64>,
    #[serde(default)]
    y: Vec<f64>,
    #[serde(default)]
    loss: Vec<f64>,
    #[serde(default)]
    losses: Vec<f64>,
}

fn records() -> Vec<Record> {
    let text = fs::read_to_string("tests/data/schedules.jsonl").unwrap();
    let record = |line| serde_json::from_str(line).unwrap();
    text.lines().map(record).collect()
}

fn assert_equal(ours: &[f64], theirs: &[f64], record: &Record) {
    assert!(ours.len() >= theirs.len());
    for (k, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        assert!(
            (ours - theirs).abs() <= 1e-12 * (1.0 + theirs.abs()),
            "{}, {} at {k}: {ours} {theirs}",
            record.library,
            record.call
        );
    }
}

#[test]
fn schedules_give_the_rates_of_the_libraries() {
    let mut reductions = 0;
    for record in records() {
        let racer = format!(
            "(optimizer: GradientDescent(learning_rate: {}), schedule: {})",
            record.eta, record.schedule
        );
        let experiment = race("LongValley", [-4.5, 1.5], record.rates.len(), &racer);
        let schedule = &experiment.racers[0].plan.schedule;
        let mut running = Running::new(schedule, 1);
        let mut rates = Vec::new();
        let told = if record.losses.is_empty() {
            &record.loss
        } else {
            &record.losses
        };
        for k in 0..record.rates.len() {
            rates.push(running.learning_rate(record.eta, k as u64));
            if let Some(loss) = told.get(k) {
                running.see(k as u64 + 1, *loss);
            }
        }
        assert_equal(&rates, &record.rates, &record);
        if schedule.watches_loss() {
            reductions += rates.windows(2).filter(|pair| pair[1] < pair[0]).count();
        }
    }
    assert!(reductions > 20, "{reductions}");
}

#[test]
fn races_under_schedules_take_the_paths_of_the_libraries() {
    let records = records();
    let races: Vec<_> = records.iter().filter(|it| !it.x.is_empty()).collect();
    assert!(races.len() >= 14);
    for record in races {
        let racer = format!(
            "(optimizer: GradientDescent(learning_rate: {}), schedule: {})",
            record.eta, record.schedule
        );
        let experiment = race("LongValley", [-4.5, 1.5], record.rates.len(), &racer);
        let path = simulate(&experiment).remove(0);
        assert_equal(&path.learning_rate, &record.rates, record);
        for (ours, theirs) in [
            (&path.x, &record.x),
            (&path.y, &record.y),
            (&path.loss, &record.loss),
        ] {
            assert_equal(&ours[1..], theirs, record);
        }
    }
}
