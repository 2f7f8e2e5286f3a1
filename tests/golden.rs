//! Every reference trajectory from PyTorch, Keras, Optax or a paper's equations is reproduced, and
//! rounding decides none of it.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use slalom::experiment::{Edit, Experiment, Racer, Schedule};
use slalom::optimizer::OptimizerChoice;
use slalom::simulation::{HorizonJob, Job, simulate};
use slalom::surface::SurfaceChoice;

/// A reference run; see `tests/golden/README.md`.
#[derive(Deserialize)]
struct Golden {
    id: u64,
    library: String,
    rule: String,
    parameters: Value,
    surface: SurfaceChoice,
    start: [f64; 2],
    schedule: Option<Map<String, Value>>,
    learning_rate_change: Option<RateChange>,
    steps: Vec<usize>,
    x: Vec<f64>,
    y: Vec<f64>,
    loss: Vec<f64>,
}

#[derive(Deserialize)]
struct RateChange {
    at_step: usize,
    learning_rate: f64,
}

impl Golden {
    fn experiment(&self) -> Experiment {
        let mut racer = Racer::new(optimizer_of(&self.rule, &self.parameters));
        if let Some(schedule) = &self.schedule {
            racer.plan.schedule = schedule_of(schedule.clone());
        }
        if let Some(change) = &self.learning_rate_change {
            racer.plan.edits.push(Edit {
                step: change.at_step,
                parameter: "learning_rate".into(),
                value: change.learning_rate,
            });
        }
        Experiment {
            surface: self.surface.clone(),
            start: self.start,
            steps: *self.steps.last().unwrap(),
            racers: vec![racer],
            ..Experiment::default()
        }
    }

    /// The step from which rounding decides the run, if it does.
    fn decided_by_rounding(&self) -> Option<usize> {
        let experiment = self.experiment();
        let Experiment {
            start, steps, seed, ..
        } = experiment;
        let (surface, plan) = (experiment.open_surface(), &experiment.racers[0].plan);
        let job = HorizonJob::new(&surface, plan, start, steps, seed).unwrap();
        let horizon = job.finish();
        assert_eq!(horizon.checked, steps, "record {}", self.id);
        horizon.decided_from
    }

    /// The largest error over the run, in units of 1 + |golden|.
    fn error(&self) -> f64 {
        let experiment = self.experiment();
        experiment.check().unwrap();
        let trajectory = &simulate(&experiment)[0];
        let mut worst: f64 = 0.0;
        for (place, &step) in self.steps.iter().enumerate() {
            assert!(
                step < trajectory.len(),
                "record {} ends at {}",
                self.id,
                trajectory.last_step()
            );
            let pairs = [
                (trajectory.x[step], self.x[place]),
                (trajectory.y[step], self.y[place]),
                (trajectory.loss[step], self.loss[place]),
            ];
            for (ours, golden) in pairs {
                let error = (ours - golden).abs() / (1.0 + golden.abs());
                worst = worst.max(if error.is_nan() { f64::INFINITY } else { error });
            }
        }
        worst
    }
}

/// The rule of a record; a wrapper's `inner` and Muon's `vectors` are rules with parameters of their
/// own.
fn optimizer_of(rule: &str, parameters: &Value) -> OptimizerChoice {
    let mut parameters = parameters.clone();
    for field in ["inner", "vectors"] {
        if let Some(inner) = parameters.get_mut(field) {
            let held = inner["rule"].as_str().unwrap();
            *inner = serde_json::to_value(optimizer_of(held, &inner["parameters"])).unwrap();
        }
    }
    serde_json::from_value(json!({ rule: parameters })).unwrap()
}

fn schedule_of(mut fields: Map<String, Value>) -> Schedule {
    let name = fields.remove("name").unwrap();
    serde_json::from_value(json!({ name.as_str().unwrap(): fields })).unwrap()
}

fn check(rule: &str, records: usize) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{rule}.jsonl"));
    let text = fs::read_to_string(path).unwrap();
    let golden: Vec<Golden> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(golden.len(), records, "records of {rule}");
    for record in &golden {
        let decided = record.decided_by_rounding();
        assert_eq!(
            decided, None,
            "{} {} {}",
            record.id, record.library, record.parameters
        );
    }
    let wrong: Vec<String> = golden
        .iter()
        .map(|record| (record, record.error()))
        .filter(|(_, error)| *error > 1e-9)
        .map(|(record, error)| {
            format!(
                "{} {} {:?} {}: {error:e}",
                record.id, record.library, record.surface, record.parameters
            )
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn gradient_descent() {
    check("GradientDescent", 63);
}

#[test]
fn momentum() {
    check("Momentum", 61);
}

#[test]
fn nesterov() {
    check("Nesterov", 58);
}

#[test]
fn adagrad() {
    check("Adagrad", 60);
}

#[test]
fn adadelta() {
    check("Adadelta", 49);
}

#[test]
fn rmsprop() {
    check("RMSProp", 67);
}

#[test]
fn adam() {
    check("Adam", 110);
}

#[test]
fn nadam() {
    check("Nadam", 72);
}

#[test]
fn adamax() {
    check("Adamax", 35);
}

#[test]
fn radam() {
    check("RAdam", 17);
}

#[test]
fn adabelief() {
    check("AdaBelief", 12);
}

#[test]
fn yogi() {
    check("Yogi", 11);
}

#[test]
fn lion() {
    check("Lion", 17);
}

#[test]
fn rprop() {
    check("Rprop", 13);
}

#[test]
fn polyak_sgd() {
    check("PolyakSgd", 9);
}

#[test]
fn newton() {
    check("Newton", 9);
}

#[test]
fn schedule_free_sgd() {
    check("ScheduleFreeSgd", 9);
}

#[test]
fn lookahead() {
    check("Lookahead", 9);
}
