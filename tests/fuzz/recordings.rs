//! Recorded paths.

use std::path::Path;

use slalom::experiment::Experiment;
use slalom::preset::{Recordings, recordings};
use slalom::table::{Table, Wanted};

use crate::engine::{Answer, Kind, VALID, of_error};

pub const RECORDINGS: Kind = Kind {
    name: "recordings",
    share: 4,
    words: &[
        "step",
        "x",
        "y",
        "racer",
        "optimizer",
        "epoch",
        "w",
        "b",
        "nan",
        "inf",
        "\n",
    ],
    more: Vec::new,
    read,
};

fn read(input: &[u8]) -> Answer {
    let table = match Table::read("path.csv", input.to_vec(), &Wanted::default()) {
        Ok(table) => table,
        Err(error) => return Ok(of_error(&error)),
    };
    match recordings(Path::new("path.csv"), &table) {
        Ok(found) => check(&found),
        Err(error) => Ok(of_error(&error)),
    }
}

fn check(found: &Recordings) -> Answer {
    for path in &found.recordings {
        let steps = path.points.windows(2).all(|pair| pair[0].0 < pair[1].0);
        let numbers = path.points.iter().all(|(step, at)| {
            *step <= Experiment::MOST_STEPS && at.iter().all(|it| it.is_finite())
        });
        if !steps || !numbers || path.points.is_empty() {
            return Err(format!("a path that cannot be: {path:?}"));
        }
    }
    if found.lines().iter().any(|line| line.contains('\n')) {
        return Err(format!("a line with two: {:?}", found.lines()));
    }
    let count = found.recordings.len().min(3);
    let diverged = found.recordings.iter().any(|it| it.diverged.is_some());
    Ok(format!("{VALID}: {count} {diverged} {}", found.columns))
}

#[test]
fn recorded_paths_are_read_or_refused() {
    RECORDINGS.hunt();
}
