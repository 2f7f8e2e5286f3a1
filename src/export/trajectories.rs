//! Exports trajectories as CSV and JSON.

use std::io::{self, Write};
use std::sync::Arc;

use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

use crate::engine::{Signal, drive};
use crate::experiment::{Experiment, Racer};
use crate::number::not_finite;
use crate::objective::Objective;
use crate::optimizer::Silent;
use crate::simulation::{Course, HorizonJob, Keep, PathJob, Shadow, Start, Trajectory};
use crate::surface::Surface;
use crate::surface::data::Source;

/// Writes one row per racer and step: `racer,optimizer,step,x,y,loss`; step 0 is the start. On a
/// loss over data, `rows_seen,epoch` follow: the number of rows used by all gradients so far, and
/// the same as a multiple of all rows; if the data are standardized, `slope,intercept` describe the
/// line or border in the units of the data. The next column, `decided_by_rounding`, is `true` from
/// the step on at which rounding decides the path; it is empty where that is not known, as
/// comparing more steps would take too long. If there are several seeds, every racer has its rows for
/// each of them, with the last column `seed`. Numbers are in the shortest form that parses back to
/// the same `f64`; non-finite ones are `inf`, `-inf` or `nan`.
///
/// Rows are written as their steps are computed, so even the longest race takes no memory.
///
/// # Errors
/// Returns an error if writing to `to` fails or if a rule cannot race on this surface.
pub fn write_csv(to: &mut dyn Write, experiment: &Experiment) -> io::Result<()> {
    write_csv_until(to, experiment, &Signal::default())
}

/// The same, unless `signal` stops it. It counts the steps of all racers.
///
/// # Errors
/// Returns the errors of [`write_csv`], or one if it is stopped.
pub fn write_csv_until(
    to: &mut dyn Write,
    experiment: &Experiment,
    signal: &Signal,
) -> io::Result<()> {
    let runs = experiment.racers.len() * experiment.seeds;
    signal.expect(runs.saturating_mul(experiment.steps) as u64);
    let mut csv = csv::Writer::from_writer(to);
    let surface = experiment.open_surface();
    let mut header = vec!["racer", "optimizer", "step", "x", "y", "loss"];
    if surface.rows() > 0 {
        header.extend(["rows_seen", "epoch"]);
    }
    if is_standardized(&*surface) {
        header.extend(["slope", "intercept"]);
    }
    header.push("decided_by_rounding");
    if experiment.seeds > 1 {
        header.push("seed");
    }
    csv.write_record(header).map_err(cause)?;
    for (name, racer) in experiment.names().iter().zip(&experiment.racers) {
        for seed in experiment.all_seeds() {
            write_path(&mut csv, experiment, &surface, (name, racer), seed, signal)?;
        }
    }
    csv.flush()
}

/// Writes the rows of one racer with one seed.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
fn write_path<W: Write>(
    csv: &mut csv::Writer<W>,
    experiment: &Experiment,
    surface: &Arc<dyn Surface>,
    (name, racer): (&str, &Racer),
    seed: u64,
    signal: &Signal,
) -> io::Result<()> {
    let start = Start::At(&experiment.start);
    let objective = Arc::clone(surface) as Arc<dyn Objective>;
    let begun = Course::begin(&objective, &racer.plan, start, seed);
    let mut course = begun.map_err(io::Error::other)?;
    let shadow = Shadow::of(surface, &racer.plan, experiment.start, seed);
    let mut shadow = shadow.map_err(io::Error::other)?;
    let optimizer = racer.plan.optimizer.rule().about().name;
    let rows = objective.rows();
    let seed_column = (experiment.seeds > 1).then_some(seed);
    let mut rows_seen = 0;
    loop {
        let at = [0, 1].map(|axis| course.at().get(axis).copied().unwrap_or(f64::NAN));
        let [x, y] = at.map(Number);
        let own = in_own_units(&**surface, at).map(|own| own.map(Number));
        let own = own.as_ref().map_or(&[][..], |own| own);
        let step = course.step();
        let point = (name, optimizer, step, x, y, Number(course.loss()));
        let decided = shadow.decides();
        let is_last = step == experiment.steps;
        let next = (!is_last).then(|| course.next(&mut Silent)).flatten();
        if !is_last {
            shadow.follow(next.as_ref().map(|_| course.at()));
        }
        let decided = match next {
            Some(_) => decided,
            // The racer has ended: if its shadow goes on, rounding has decided that.
            None => decided.map(|decided| decided || shadow.horizon().is_past(step)),
        };
        if rows > 0 {
            let epoch = rows_seen as f64 / rows as f64;
            csv.serialize((
                point,
                rows_seen,
                epoch,
                own,
                decided,
                seed_column.as_slice(),
            ))
        } else {
            csv.serialize((point, decided, seed_column.as_slice()))
        }
        .map_err(cause)?;
        let Some(next) = next else {
            signal.advance((experiment.steps - step) as u64);
            return Ok(());
        };
        go_on(signal)?;
        rows_seen += next.rows;
        signal.advance(1);
    }
}

/// # Errors
/// Returns an error if the export has been cancelled.
fn go_on(signal: &Signal) -> io::Result<()> {
    if signal.is_stopped() {
        return Err(io::Error::other("stopped"));
    }
    Ok(())
}

fn is_standardized(surface: &dyn Surface) -> bool {
    surface
        .data()
        .is_some_and(|data| data.standardized.is_some())
}

/// The slope and intercept of a model's line or border, in the units of its data; `None` if the
/// data are not standardized.
fn in_own_units(surface: &dyn Surface, at: [f64; 2]) -> Option<[f64; 2]> {
    let line = surface.data()?.in_own_units(&surface.prediction(at)?)?;
    Some(line.slope_and_intercept())
}

/// The underlying I/O error: a closed pipe must stay recognizable as such.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(cause) => cause,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A number in a file; a non-finite one is written as a word, in quotation marks in JSON, which has
/// no such numbers.
#[derive(Clone, Copy)]
struct Number(f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match not_finite(self.0) {
            Some(word) => serializer.serialize_str(word),
            None => serializer.serialize_f64(self.0),
        }
    }
}

/// A list of numbers in a file.
struct Numbers<'a>(&'a [f64]);

impl Serialize for Numbers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().copied().map(Number))
    }
}

/// Writes a list of racers, each with its hyper-parameters, its final status, the step from which
/// rounding decides its path (`null` if it never does), and its path.
/// Non-finite numbers are the strings `"inf"`, `"-inf"` and `"nan"`. For data from a table, each
/// racer has an entry on how the table was read, and if the data are standardized, the slope and
/// intercept of the line or border in the units of the data. If there are several seeds, every racer
/// has an entry for each of them, with its `seed`.
///
/// # Errors
/// Returns an error if writing to `to` fails.
pub fn write_json(to: &mut dyn Write, experiment: &Experiment) -> io::Result<()> {
    write_json_until(to, experiment, &Signal::default())
}

/// The same, unless `signal` stops it. It counts the evaluations of the loss.
///
/// # Errors
/// Returns an error if writing to `to` fails or if it is stopped.
pub fn write_json_until(
    to: &mut dyn Write,
    experiment: &Experiment,
    signal: &Signal,
) -> io::Result<()> {
    #[derive(Serialize)]
    struct Entry<'a> {
        racer: &'a str,
        optimizer: &'static str,
        parameters: serde_json::Value,
        /// Only if there are several.
        #[serde(skip_serializing_if = "Option::is_none")]
        seed: Option<u64>,
        status: &'static str,
        status_step: Option<usize>,
        /// Only of a step that is undefined.
        #[serde(skip_serializing_if = "Option::is_none")]
        status_reason: Option<String>,
        decided_by_rounding: Option<usize>,
        /// Only if not all steps are compared, as that would take too long.
        #[serde(skip_serializing_if = "Option::is_none")]
        rounding_checked_to: Option<usize>,
        x: Numbers<'a>,
        y: Numbers<'a>,
        loss: Numbers<'a>,
        /// Only for losses over data.
        #[serde(skip_serializing_if = "<[u64]>::is_empty")]
        rows_seen: &'a [u64],
        /// Only for standardized data.
        #[serde(skip_serializing_if = "Option::is_none")]
        slope: Option<Vec<Number>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        intercept: Option<Vec<Number>>,
        /// Only for data from a table.
        #[serde(skip_serializing_if = "Option::is_none")]
        data: Option<&'a Source>,
    }

    let surface = experiment.open_surface();
    let work = experiment.steps as u64 * (1 + surface.cost() as u64);
    let names = experiment.names();
    let racers = names.iter().zip(&experiment.racers);
    let runs = racers.flat_map(|it| experiment.all_seeds().map(move |seed| (it, seed)));
    let count = names.len() * experiment.seeds;
    // Once for the path, and once for its shadow.
    signal.expect(work.saturating_mul(2 * count as u64));
    let mut writer = serde_json::Serializer::new(&mut *to);
    let mut list = writer.serialize_seq(Some(count))?;
    for ((name, racer), seed) in runs {
        // Only one path is in memory at a time.
        let job = PathJob::new(experiment, &surface, &racer.plan, seed, Keep::default());
        let path = job.ok().and_then(|job| drive(job, work, signal));
        go_on(signal)?;
        let path = path.unwrap_or_default();
        let (start, steps) = (experiment.start, path.last_step());
        let job = HorizonJob::new(&surface, &racer.plan, start, experiment.steps, seed);
        let horizon = job.ok().and_then(|job| drive(job, work, signal));
        go_on(signal)?;
        let horizon = horizon.unwrap_or_default();
        let is_cut_short = horizon.decided_from.is_none() && horizon.checked < steps;
        let rule = racer.plan.optimizer.rule();
        let (slope, intercept) = own_units(&*surface, &path).unzip();
        list.serialize_element(&Entry {
            racer: name,
            optimizer: rule.about().name,
            parameters: rule.to_json()?,
            seed: (experiment.seeds > 1).then_some(seed),
            status: path.status().word(),
            status_step: path.status().step(),
            status_reason: path.undefined(&racer.plan, surface.axes()),
            decided_by_rounding: horizon.decided_from,
            rounding_checked_to: is_cut_short.then_some(horizon.checked),
            x: Numbers(&path.x),
            y: Numbers(&path.y),
            loss: Numbers(&path.loss),
            rows_seen: &path.rows_seen,
            slope,
            intercept,
            data: surface.data().and_then(|data| data.source.as_ref()),
        })?;
    }
    SerializeSeq::end(list)?;
    writeln!(to)
}

/// The slopes and the intercepts at all points of a path, in the units of the data.
fn own_units(surface: &dyn Surface, path: &Trajectory) -> Option<(Vec<Number>, Vec<Number>)> {
    let points = path.x.iter().zip(&path.y);
    let own: Option<Vec<[f64; 2]>> = points
        .map(|(&x, &y)| in_own_units(surface, [x, y]))
        .collect();
    Some(own?.into_iter().map(|own| own.map(Number).into()).unzip())
}
