//! Rules that keep a second position keep the one that the libraries keep: averages, slow weights, and
//! the point at which the gradient is asked.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value as Json;
use slalom::experiment::Experiment;
use slalom::optimizer::NoteId;
use slalom::selftest::{Record, TOLERANCE};
use slalom::simulation::{anatomy, simulate_racer};
use slalom::surface::Surface;

/// Where a recorded second position is among the notes of a rule, and whether it is noted by the step
/// that follows the recorded one.
struct Second {
    rule: &'static str,
    column: &'static str,
    note: &'static str,
    is_next: bool,
    records: usize,
}

const ALL: [Second; 4] = [
    Second {
        rule: "Lookahead",
        column: "slow",
        note: "slow",
        is_next: false,
        records: 9,
    },
    Second {
        rule: "ScheduleFreeSgd",
        column: "gradient",
        note: "y",
        is_next: true,
        records: 9,
    },
    Second {
        rule: "ScheduleFreeAdamW",
        column: "gradient",
        note: "y",
        is_next: true,
        records: 9,
    },
    Second {
        rule: "Asgd",
        column: "average",
        note: "a",
        is_next: false,
        records: 9,
    },
];

/// Returns the numbers in a column of a record.
fn column(record: &Json, name: &str) -> Vec<f64> {
    let numbers = record[name].as_array().unwrap().iter();
    numbers.map(|number| number.as_f64().unwrap()).collect()
}

#[test]
fn second_positions_are_those_of_the_libraries() {
    for second in ALL {
        let Second {
            rule, column: name, ..
        } = second;
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{rule}.jsonl"));
        let text = fs::read_to_string(path).unwrap();
        assert_eq!(text.lines().count(), second.records, "{rule}");
        for line in text.lines() {
            let record: Record = serde_json::from_str(line).unwrap();
            let recorded: Json = serde_json::from_str(line).unwrap();
            let steps = column(&recorded, "steps");
            let there = ["x", "y"].map(|axis| column(&recorded, &format!("{name}_{axis}")));
            let Experiment {
                start,
                steps: last,
                racers,
                ..
            } = record.experiment().unwrap();
            let plan = &racers[0].plan;
            let surface: Arc<dyn Surface> = record.surface.open();
            let raced = simulate_racer(&surface, plan, start, last, 0);
            let notes = plan.optimizer.rule().notes();
            let id = notes
                .iter()
                .position(|note| note.name == second.note)
                .unwrap();
            let id = NoteId::try_from(id).unwrap();
            let mut compared = 0;
            for (index, step) in steps.iter().enumerate() {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "they are whole numbers"
                )]
                let step = *step as usize;
                let by = if second.is_next {
                    Some(step)
                } else {
                    step.checked_sub(1)
                };
                let Some(by) = by.filter(|by| *by < last) else {
                    continue;
                };
                let noted = anatomy(&surface, plan, &raced, by, 0).unwrap().notes;
                let here = noted.vector(id).unwrap();
                for (here, there) in here.iter().zip([there[0][index], there[1][index]]) {
                    let error = (here - there).abs() / (1.0 + there.abs());
                    assert!(
                        error <= TOLERANCE,
                        "{rule} {} at step {step}: {error:e}",
                        record.id
                    );
                }
                compared += 1;
            }
            assert!(compared + 1 >= steps.len(), "{rule} {}", record.id);
        }
    }
}
