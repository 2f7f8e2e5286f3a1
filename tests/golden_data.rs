//! Reference runs of other libraries over data, with given rows for every step, are reproduced,
//! both through the crate and through a preset file and `slalom run`.
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "rows are few"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use serde_json::{Value, json};
use slalom::experiment::{Batch, Experiment, Racer};
use slalom::optimizer::OptimizerChoice;
use slalom::simulation::{HorizonJob, Job, simulate};
use slalom::surface::SurfaceChoice;

/// A reference run; see `tests/golden/README.md`.
#[derive(Deserialize)]
struct Golden {
    surface: String,
    data: String,
    rows_per_step: Option<Vec<Vec<u32>>>,
    rule: String,
    parameters: Value,
    start: [f64; 2],
    x: Vec<f64>,
    y: Vec<f64>,
    loss: Vec<f64>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/data")
}

fn records() -> Vec<Golden> {
    let text = fs::read_to_string(folder().join("trajectories.jsonl")).unwrap();
    let records: Vec<Golden> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(records.len(), 18);
    records
}

impl Golden {
    fn optimizer(&self) -> OptimizerChoice {
        serde_json::from_value(json!({ &self.rule: &self.parameters })).unwrap()
    }

    fn steps(&self) -> usize {
        self.x.len() - 1
    }

    fn experiment(&self) -> Experiment {
        let surface = json!({ &self.surface: { "data": &self.data } });
        let mut surface: SurfaceChoice = serde_json::from_value(surface).unwrap();
        surface.load(Some(&folder())).unwrap();
        let mut racer = Racer::new(self.optimizer());
        if let Some(rows) = &self.rows_per_step {
            racer.plan.batch = Batch::Rows(rows.clone());
        }
        Experiment {
            surface,
            start: self.start,
            steps: self.steps(),
            racers: vec![racer],
            ..Experiment::default()
        }
    }

    /// The preset as a person would write it.
    fn preset(&self) -> String {
        let mut optimizer = ron::to_string(&self.optimizer()).unwrap();
        // `ron` adds a pair of parentheses around the parameters of a variant.
        optimizer = optimizer.replacen("((", "(", 1).replacen("))", ")", 1);
        let batch = match &self.rows_per_step {
            Some(rows) => format!(", batch: Rows({rows:?})"),
            None => String::new(),
        };
        let mut text = String::from("(version: 1, ");
        write!(
            text,
            "surface: {}(data: {:?}), start: {:?}, steps: {}, racers: [(optimizer: \
             {optimizer}{batch})])",
            self.surface,
            self.data,
            (self.start[0], self.start[1]),
            self.steps()
        )
        .unwrap();
        text
    }

    fn assert_equal(&self, step: usize, ours: [f64; 3]) {
        let golden = [self.x[step], self.y[step], self.loss[step]];
        for (ours, golden) in ours.into_iter().zip(golden) {
            assert!(
                (ours - golden).abs() <= 1e-9 * (1.0 + golden.abs()),
                "{} {} at {step}: {ours} {golden}",
                self.data,
                self.rule
            );
        }
    }
}

#[test]
fn runs_over_data_are_those_of_the_libraries() {
    for golden in records() {
        let experiment = golden.experiment();
        experiment.check().unwrap();
        let path = simulate(&experiment).remove(0);
        assert_eq!(path.last_step(), golden.steps());
        for step in 0..=golden.steps() {
            let [x, y] = path.at(step);
            golden.assert_equal(step, [x, y, path.loss_at(step)]);
        }
    }
}

/// Runs on which libraries agree to nine digits are not decided by rounding.
#[test]
fn rounding_decides_none_of_them() {
    for golden in records() {
        let experiment = golden.experiment();
        let (surface, plan) = (experiment.open_surface(), &experiment.racers[0].plan);
        let (start, steps) = (experiment.start, experiment.steps);
        let job = HorizonJob::new(&surface, plan, start, steps, 0).unwrap();
        let horizon = job.finish();
        assert_eq!(
            horizon.decided_from, None,
            "{} {}",
            golden.data, golden.rule
        );
        assert_eq!(horizon.checked, steps, "{} {}", golden.data, golden.rule);
    }
}

#[test]
fn so_are_those_of_preset_files_beside_their_data() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["linear.csv", "logistic.csv"] {
        fs::copy(self::folder().join(name), folder.path().join(name)).unwrap();
    }
    let preset = folder.path().join("race.ron");
    for golden in records() {
        fs::write(&preset, golden.preset()).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_slalom"))
            .args(["run".as_ref(), preset.as_os_str()])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        let mut csv = csv::Reader::from_reader(&*output.stdout);
        let header = csv.headers().unwrap().iter().collect::<Vec<_>>().join(",");
        assert!(header.starts_with("racer,optimizer,step,x,y,loss,rows_seen,epoch"));
        let rows: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), golden.steps() + 1);
        for (step, row) in rows.iter().enumerate() {
            assert_eq!(row[2], step.to_string());
            let batch = golden
                .rows_per_step
                .as_ref()
                .map_or(100, |rows| rows[0].len());
            assert_eq!(row[6], (step * batch).to_string());
            let epoch: f64 = row[7].parse().unwrap();
            assert_eq!(epoch, (step * batch) as f64 / 100.0);
            golden.assert_equal(step, [3, 4, 5].map(|column| row[column].parse().unwrap()));
        }
    }
}
