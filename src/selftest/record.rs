//! A run that was recorded elsewhere.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::experiment::{Edit, Experiment, Racer, Schedule};
use crate::optimizer::OptimizerChoice;
use crate::simulation::simulate;
use crate::surface::SurfaceChoice;

/// A run of a library; `tests/golden/README.md` describes the fields.
#[derive(Clone, Debug, Deserialize)]
pub struct Record {
    /// Its number.
    pub id: u64,
    /// The library and its version.
    pub library: String,
    /// The rule.
    pub rule: String,
    /// The hyper-parameters, in the names of preset files.
    pub parameters: Value,
    /// The surface.
    pub surface: SurfaceChoice,
    start: [f64; 2],
    schedule: Option<Map<String, Value>>,
    learning_rate_change: Option<RateChange>,
    steps: Vec<usize>,
    x: Vec<f64>,
    y: Vec<f64>,
    loss: Vec<f64>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct RateChange {
    at_step: usize,
    learning_rate: f64,
}

impl Record {
    /// Returns the race of the run.
    ///
    /// # Errors
    /// A sentence, if the rule, its hyper-parameters or its schedule are unknown.
    pub fn experiment(&self) -> Result<Experiment, String> {
        let mut racer = Racer::new(optimizer_of(&self.rule, &self.parameters)?);
        if let Some(schedule) = &self.schedule {
            racer.plan.schedule = schedule_of(schedule.clone())?;
        }
        if let Some(change) = &self.learning_rate_change {
            racer.plan.edits.push(Edit {
                step: change.at_step,
                parameter: "learning_rate".into(),
                value: change.learning_rate,
            });
        }
        let experiment = Experiment {
            surface: self.surface.clone(),
            start: self.start,
            steps: self.steps.last().copied().unwrap_or_default(),
            racers: vec![racer],
            ..Experiment::default()
        };
        experiment
            .check()
            .map_err(|fault| format!("record {}: {fault}", self.id))?;
        Ok(experiment)
    }

    /// Returns the largest difference over the run, in units of 1 + |recorded value|; it is infinite
    /// where one of the two is not a number.
    ///
    /// # Errors
    /// A sentence, if the race cannot be run as far as it was recorded.
    pub fn error(&self) -> Result<f64, String> {
        let experiment = self.experiment()?;
        let paths = simulate(&experiment);
        let short = || format!("record {} does not go as far as recorded", self.id);
        let path = paths.first().ok_or_else(short)?;
        let columns = [
            (&path.x, &self.x),
            (&path.y, &self.y),
            (&path.loss, &self.loss),
        ];
        let mut worst: f64 = 0.0;
        for (ours, recorded) in columns {
            for (&step, &there) in self.steps.iter().zip(recorded) {
                let here = ours.get(step).ok_or_else(short)?;
                let error = (here - there).abs() / (1.0 + there.abs());
                worst = worst.max(if error.is_nan() { f64::INFINITY } else { error });
            }
        }
        Ok(worst)
    }
}

/// The rule of a record; a wrapper's `inner` and Muon's `vectors` are rules with parameters of their
/// own.
fn optimizer_of(rule: &str, parameters: &Value) -> Result<OptimizerChoice, String> {
    let mut parameters = parameters.clone();
    for field in ["inner", "vectors"] {
        if let Some(held) = parameters.get_mut(field) {
            let name = held.get("rule").and_then(Value::as_str).unwrap_or_default();
            let inner = optimizer_of(name, held.get("parameters").unwrap_or(&Value::Null))?;
            *held = serde_json::to_value(inner).map_err(|why| why.to_string())?;
        }
    }
    serde_json::from_value(json!({ rule: parameters })).map_err(|why| format!("{rule}: {why}"))
}

fn schedule_of(mut fields: Map<String, Value>) -> Result<Schedule, String> {
    let name = fields.remove("name").unwrap_or_default();
    let name = name.as_str().unwrap_or_default();
    serde_json::from_value(json!({ name: fields })).map_err(|why| format!("{name}: {why}"))
}
