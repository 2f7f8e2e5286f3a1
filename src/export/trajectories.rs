//! Trajectories as CSV and JSON.

use std::io::{self, Write};

use serde::Serialize;

use crate::experiment::{Experiment, Trajectory};

/// One row per racer and step: `racer,optimizer,step,x,y,loss`; step 0 is the start. On a loss over
/// data, `rows_seen,epoch` follow: how many rows the gradients up to there were taken over, and how
/// often that is all of them. Numbers are in the shortest form that reads back to the same `f64`.
///
/// # Errors
/// Whatever `to` answers.
pub fn write_csv(
    to: &mut dyn Write,
    experiment: &Experiment,
    paths: &[Trajectory],
) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(to);
    let over_data = experiment.surface.open().rows() > 0;
    let mut header = vec!["racer", "optimizer", "step", "x", "y", "loss"];
    if over_data {
        header.extend(["rows_seen", "epoch"]);
    }
    csv.write_record(header).map_err(cause)?;
    let racers = experiment.names().into_iter().zip(&experiment.racers);
    for ((name, racer), path) in racers.zip(paths) {
        let optimizer = racer.optimizer.rule().about().name;
        for step in 0..path.len() {
            let [x, y] = path.at(step);
            let point = (&name, optimizer, step, x, y, path.loss_at(step));
            if over_data {
                let seen = path.rows_seen.get(step).copied().unwrap_or_default();
                csv.serialize((point, seen, path.epochs_at(step)))
            } else {
                csv.serialize(point)
            }
            .map_err(cause)?;
        }
    }
    csv.flush()
}

/// What the writer below answered: a closed pipe must stay recognisable.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(cause) => cause,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A list of racers, each with its hyper-parameters, what became of it, and its path. A loss that
/// is not finite is `null`.
///
/// # Errors
/// Whatever `to` answers.
pub fn write_json(
    to: &mut dyn Write,
    experiment: &Experiment,
    paths: &[Trajectory],
) -> io::Result<()> {
    #[derive(Serialize)]
    struct Entry<'a> {
        racer: String,
        optimizer: &'static str,
        parameters: serde_json::Value,
        status: &'static str,
        status_step: Option<usize>,
        x: &'a [f64],
        y: &'a [f64],
        loss: &'a [f64],
        /// Only over data.
        #[serde(skip_serializing_if = "<[u64]>::is_empty")]
        rows_seen: &'a [u64],
    }

    let mut racers = Vec::with_capacity(paths.len());
    let named = experiment.names().into_iter().zip(&experiment.racers);
    for ((name, racer), path) in named.zip(paths) {
        let rule = racer.optimizer.rule();
        racers.push(Entry {
            racer: name,
            optimizer: rule.about().name,
            parameters: rule.to_json()?,
            status: path.status().word(),
            status_step: path.status().step(),
            x: &path.x,
            y: &path.y,
            loss: &path.loss,
            rows_seen: &path.rows_seen,
        });
    }
    serde_json::to_writer(&mut *to, &racers)?;
    writeln!(to)
}
