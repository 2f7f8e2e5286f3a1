//! Reference runs of other libraries on networks are reproduced: loss, accuracy, norm and weights.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use slalom::experiment::{Batch, Plan, Schedule};
use slalom::network::{
    Activation, Architecture, Examples, LossFunction, Perceptron, Start, Targets,
};
use slalom::objective::Objective;
use slalom::optimizer::{OptimizerChoice, Silent};
use slalom::real::norm;
use slalom::simulation::{Course, Start as CourseStart};
use slalom::table::{Cell, DecimalMark, Row, Table, Value as Number, Wanted};

/// A reference run; see `tests/golden/README.md`.
#[derive(Deserialize)]
struct Golden {
    id: u32,
    rule: String,
    parameters: Value,
    schedule: Option<Map<String, Value>>,
    data: String,
    features: Vec<String>,
    target: String,
    classes: Option<Vec<String>>,
    hidden: Vec<usize>,
    activation: Activation,
    loss_function: LossFunction,
    standardize: bool,
    standardize_target: bool,
    l2: f64,
    initial: Vec<f64>,
    rows_per_step: Option<Vec<Vec<u32>>>,
    steps: Vec<usize>,
    loss: Vec<f64>,
    accuracy: Option<Vec<f64>>,
    norm: Vec<f64>,
    weights: Map<String, Value>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/network")
}

fn records() -> Vec<Golden> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "jsonl")
        })
        .collect();
    files.sort();
    let texts = files.iter().map(|path| fs::read_to_string(path).unwrap());
    let records: Vec<Golden> = texts
        .flat_map(|text| {
            let records = text.lines().map(|line| serde_json::from_str(line).unwrap());
            records.collect::<Vec<Golden>>()
        })
        .collect();
    assert_eq!(records.len(), 74);
    records
}

/// The rule of a record; a rule that holds another has it with parameters of its own.
fn optimizer_of(rule: &str, parameters: &Value) -> Result<OptimizerChoice, serde_json::Error> {
    let mut parameters = parameters.clone();
    for field in ["inner", "vectors"] {
        if let Some(inner) = parameters.get_mut(field) {
            let held = inner["rule"].as_str().unwrap();
            *inner = serde_json::to_value(optimizer_of(held, &inner["parameters"])?)?;
        }
    }
    serde_json::from_value(json!({ rule: parameters }))
}

fn number(row: &Row<'_>, column: usize) -> Option<f64> {
    match row.cell(column).value(DecimalMark::Point) {
        Number::Number(number) => Some(number),
        _ => None,
    }
}

fn text<'a>(row: &'a Row<'_>, column: usize) -> &'a str {
    match row.cell(column) {
        Cell::Text(text) => text,
        Cell::Number(number) => panic!("{number} is no text"),
    }
}

/// Subtracts the mean and divides by the population's deviation.
#[expect(clippy::cast_precision_loss, reason = "rows are few")]
fn standardize(column: &mut [f64]) {
    let count = column.len() as f64;
    let mean = column.iter().sum::<f64>() / count;
    let variance = column.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / count;
    for number in column {
        *number = (*number - mean) / variance.sqrt();
    }
}

impl Golden {
    fn examples(&self) -> Examples {
        let path = folder().join("data").join(&self.data);
        let table = Table::open(&path, &Wanted::default()).unwrap();
        let named = |name: &String| {
            let mut columns = table.reading().columns.iter();
            columns.position(|column| column.name == *name).unwrap()
        };
        let target = named(&self.target);
        let mut columns = vec![Vec::new(); self.features.len()];
        let (mut numbers, mut classes) = (Vec::new(), Vec::new());
        for row in table.rows() {
            let features = self.features.iter().map(|name| number(&row, named(name)));
            let Some(features) = features.collect::<Option<Vec<f64>>>() else {
                continue;
            };
            match &self.classes {
                Some(known) => {
                    let label = text(&row, target);
                    let Some(class) = known.iter().position(|class| class == label) else {
                        assert!(matches!(label, "" | "NA"), "{label}");
                        continue;
                    };
                    classes.push(u32::try_from(class).unwrap());
                }
                None => match number(&row, target) {
                    Some(number) => numbers.push(number),
                    None => continue,
                },
            }
            for (column, feature) in columns.iter_mut().zip(features) {
                column.push(feature);
            }
        }
        if self.standardize {
            for column in &mut columns {
                standardize(column);
            }
        }
        if self.standardize_target {
            standardize(&mut numbers);
        }
        let rows = columns[0].len();
        Examples {
            features: (0..rows)
                .flat_map(|row| columns.iter().map(move |column| column[row]))
                .collect(),
            width: columns.len(),
            targets: match self.classes {
                Some(_) => Targets::Classes(classes),
                None => Targets::Numbers(numbers),
            },
        }
    }

    fn network(&self) -> Arc<Perceptron> {
        let architecture = Architecture {
            inputs: self.features.len(),
            hidden: self.hidden.clone(),
            outputs: match (&self.classes, self.loss_function) {
                (Some(classes), LossFunction::CategoricalCrossEntropy) => classes.len(),
                _ => 1,
            },
            activation: self.activation,
            bias: true,
        };
        let sets = [self.examples(), Examples::default()];
        let start = Start::Given(self.initial.as_slice().into());
        let network = Perceptron::new(architecture, self.loss_function, self.l2, sets, start);
        Arc::new(network.unwrap())
    }

    fn plan(&self, optimizer: OptimizerChoice) -> Plan {
        let mut plan = Plan::new(optimizer);
        if let Some(rows) = &self.rows_per_step {
            plan.batch = Batch::Rows(rows.clone());
        }
        if let Some(mut schedule) = self.schedule.clone() {
            let name = schedule.remove("name").unwrap();
            let schedule = json!({ name.as_str().unwrap(): schedule });
            plan.schedule = serde_json::from_value::<Schedule>(schedule).unwrap();
        }
        plan
    }

    fn assert_near(&self, step: usize, what: &str, ours: f64, golden: f64) {
        assert!(
            (ours - golden).abs() <= 1e-9 * (1.0 + golden.abs()),
            "{} {} at {step}: {what} {ours}, not {golden}",
            self.rule,
            self.id
        );
    }

    #[expect(clippy::cast_precision_loss, reason = "rows are few")]
    fn check(&self, optimizer: OptimizerChoice) {
        let network = self.network();
        let objective: Arc<dyn Objective> = Arc::clone(&network) as Arc<dyn Objective>;
        let plan = self.plan(optimizer);
        let mut course = Course::begin(&objective, &plan, CourseStart::Initial, 0).unwrap();
        let mut workspace = network.workspace();
        for (index, &step) in self.steps.iter().enumerate() {
            while course.step() < step {
                course.next(&mut Silent).expect("it goes on");
            }
            let at = course.at();
            self.assert_near(step, "loss", course.loss(), self.loss[index]);
            self.assert_near(step, "norm", norm(at), self.norm[index]);
            let accuracy = self.accuracy.as_ref().map(|accuracy| accuracy[index]);
            // Libraries round the share differently; the number of rows is exact.
            let right = |share: f64| (share * network.rows() as f64 * 1e6).round();
            assert_eq!(
                workspace.accuracy(at).map(right),
                accuracy.map(right),
                "{} at {step}",
                self.id
            );
            if let Some(weights) = self.weights.get(&step.to_string()) {
                let weights: Vec<f64> = serde_json::from_value(weights.clone()).unwrap();
                assert_eq!(weights.len(), at.len());
                for (ours, golden) in at.iter().zip(weights) {
                    self.assert_near(step, "weight", *ours, golden);
                }
            }
        }
    }
}

#[test]
fn runs_on_networks_are_those_of_the_libraries() {
    for golden in records() {
        match optimizer_of(&golden.rule, &golden.parameters) {
            Ok(optimizer) => golden.check(optimizer),
            Err(error) => panic!("{} {}: {error}", golden.rule, golden.id),
        }
    }
}
