//! Exports trajectories as CSV and JSON.

use std::io::{self, Write};
use std::sync::Arc;

use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

use crate::engine::{Pauses, Signal, at_once, drive, pause, race_until};
use crate::experiment::{Experiment, Racer};
use crate::number::not_finite;
use crate::objective::Scores;
use crate::optimizer::Silent;
use crate::real::norm;
use crate::simulation::{Course, HorizonJob, Keep, PathJob, Shadow, Trajectory};
use crate::subspace::PlaneChoice;
use crate::surface::data::Source;
use crate::surface::{NetworkData, Surface};

/// The work between two pauses, in evaluations of a row of data or of a formula: a millisecond or two.
const SLICE: u64 = 20_000;
/// What it costs to compute and to write a row of a table.
const ROW: u64 = 60;

/// Writes one row per racer and step: `racer,optimizer,step,x,y,loss`; step 0 is the start. On a
/// loss over data, `rows_seen,epoch` follow: the number of rows used by all gradients so far, and
/// the same as a multiple of all rows; if the data are standardized, `slope,intercept` describe the
/// line or border in the units of the data. On a network, x and y are coordinates on the plane of
/// the paths, and `accuracy,test_loss,test_accuracy,norm` follow; where loss and accuracy are not
/// evaluated, cells are empty. The next column, `decided_by_rounding`, is `true` from
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
    at_once(write_csv_in_slices(to, experiment, signal))
}

/// The same in slices.
///
/// # Errors
/// Returns the errors of [`write_csv_until`].
pub async fn write_csv_in_slices(
    to: &mut dyn Write,
    experiment: &Experiment,
    signal: &Signal,
) -> io::Result<()> {
    let runs = experiment.racers.len() * experiment.seeds;
    signal.expect(runs.saturating_mul(experiment.steps) as u64);
    let mut csv = csv::Writer::from_writer(to);
    let surface = seen(experiment, signal).await?;
    let mut header = vec!["racer", "optimizer", "step", "x", "y", "loss"];
    if surface.rows() > 0 {
        header.extend(["rows_seen", "epoch"]);
    }
    if is_standardized(&*surface) {
        header.extend(["slope", "intercept"]);
    }
    if surface.network().is_some() {
        header.extend(["accuracy", "test_loss", "test_accuracy", "norm"]);
    }
    header.push("decided_by_rounding");
    if experiment.seeds > 1 {
        header.push("seed");
    }
    csv.write_record(header).map_err(cause)?;
    for (name, racer) in experiment.names().iter().zip(&experiment.racers) {
        for seed in experiment.all_seeds() {
            write_path(&mut csv, experiment, &surface, (name, racer), seed, signal).await?;
        }
    }
    csv.flush()
}

/// Writes the rows of one racer with one seed.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
async fn write_path<W: Write>(
    csv: &mut csv::Writer<W>,
    experiment: &Experiment,
    surface: &Arc<dyn Surface>,
    (name, racer): (&str, &Racer),
    seed: u64,
    signal: &Signal,
) -> io::Result<()> {
    let begun = Course::over(surface, &racer.plan, experiment.start, seed);
    let mut course = begun.map_err(io::Error::other)?;
    let shadow = Shadow::of(surface, &racer.plan, experiment.start, seed);
    let mut shadow = shadow.map_err(io::Error::other)?;
    let optimizer = racer.plan.optimizer.rule().about().name;
    let rows = surface.rows();
    let seed_column = (experiment.seeds > 1).then_some(seed);
    let mut rows_seen = 0;
    let (mut pauses, price) = (Pauses::every(SLICE), ROW + surface.cost() as u64);
    loop {
        let at = course.spot();
        let [x, y] = at.map(Number);
        let own = in_own_units(&**surface, at).map(|own| own.map(Number));
        let own = own.as_ref().map_or(&[][..], |own| own);
        let step = course.step();
        let is_due = course.is_due(step, experiment.steps);
        let loss = is_due.then(|| Number(course.loss()));
        let point = (name, optimizer, step, x, y, loss);
        let model = Scored::of(&mut course, &**surface, is_due);
        let decided = shadow.decides();
        let is_last = step == experiment.steps;
        let next = (!is_last).then(|| course.follow(&mut Silent, experiment.steps));
        let next = next.flatten();
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
                model.as_slice(),
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
        pauses.after(price).await;
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

/// The surface on which paths are seen: that of a network is its loss on the plane fitted to them.
async fn seen(experiment: &Experiment, signal: &Signal) -> io::Result<Arc<dyn Surface>> {
    let surface = experiment.open_surface();
    if surface.subspace().is_none() {
        return Ok(surface);
    }
    let raced = race_until(experiment, &PlaneChoice::Fitted, &signal.aside()).await;
    let raced = raced.ok_or_else(|| io::Error::other("stopped"))?;
    Ok(raced.surface)
}

/// What is written of a network beside its loss: accuracy, test loss, test accuracy, norm; empty
/// where there is nothing to say.
#[derive(Serialize)]
struct Scored([Option<Number>; 3], Number);

impl Scored {
    fn of(course: &mut Course, surface: &dyn Surface, is_due: bool) -> Option<Self> {
        surface.network()?;
        let scores = is_due.then(|| course.scores()).flatten();
        let known = |of: fn(&Scores) -> f64| {
            let score = scores.as_ref().map(of).filter(|score| !score.is_nan());
            score.map(Number)
        };
        let scores = [
            known(|scores| scores.accuracy),
            known(|scores| scores.test_loss),
            known(|scores| scores.test_accuracy),
        ];
        Some(Self(scores, Number(norm(course.at()))))
    }
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

/// The losses of a path, `null` where they are not evaluated.
struct Evaluated<'a>(&'a Trajectory);

impl Serialize for Evaluated<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let losses = self.0.loss.iter().copied().enumerate();
        let known = |(point, loss)| self.0.is_evaluated(point).then_some(Number(loss));
        serializer.collect_seq(losses.map(known))
    }
}

/// A score at all points of a path, `None` where it is not evaluated or says nothing; `None` for
/// an objective that is no model.
fn scored(path: &Trajectory, of: fn(&Scores) -> f64) -> Option<Vec<Option<Number>>> {
    let scores = path.scores.iter().enumerate().map(|(point, scores)| {
        let score = of(scores);
        (path.is_evaluated(point) && !score.is_nan()).then_some(Number(score))
    });
    (!path.scores.is_empty()).then(|| scores.collect())
}

/// How data were understood.
#[derive(Serialize)]
#[serde(untagged)]
enum Data<'a> {
    Table(&'a Source),
    Network(&'a NetworkData),
}

impl<'a> Data<'a> {
    fn of(surface: &'a dyn Surface) -> Option<Self> {
        match surface.network() {
            Some(learner) => Some(Self::Network(&learner.data)),
            None => surface.data()?.source.as_ref().map(Self::Table),
        }
    }
}

/// Writes a list of racers, each with its hyper-parameters, its final status, the step from which
/// rounding decides its path (`null` if it never does), and its path.
/// Non-finite numbers are the strings `"inf"`, `"-inf"` and `"nan"`. For data from a table or of a
/// network, each racer has an entry on how they were understood, and if the data are standardized, the slope and
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
    at_once(write_json_in_slices(to, experiment, signal))
}

/// The same in slices.
///
/// # Errors
/// Returns the errors of [`write_json_until`].
pub async fn write_json_in_slices(
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
        loss: Evaluated<'a>,
        /// Only for networks, like the following.
        #[serde(skip_serializing_if = "Option::is_none")]
        accuracy: Option<Vec<Option<Number>>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        test_loss: Option<Vec<Option<Number>>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        test_accuracy: Option<Vec<Option<Number>>>,
        #[serde(skip_serializing_if = "<[Number]>::is_empty")]
        norm: Vec<Number>,
        /// Only for losses over data.
        #[serde(skip_serializing_if = "<[u64]>::is_empty")]
        rows_seen: &'a [u64],
        /// Only for standardized data.
        #[serde(skip_serializing_if = "Option::is_none")]
        slope: Option<Vec<Number>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        intercept: Option<Vec<Number>>,
        /// Only for data from a table, and of a network.
        #[serde(skip_serializing_if = "Option::is_none")]
        data: Option<Data<'a>>,
    }

    let surface = seen(experiment, signal).await?;
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
        let path = match job {
            Ok(job) => drive(job, work, signal).await,
            Err(_) => None,
        };
        go_on(signal)?;
        let path = path.unwrap_or_default();
        let (start, steps) = (experiment.start, path.last_step());
        let job = HorizonJob::new(&surface, &racer.plan, start, experiment.steps, seed);
        let horizon = match job {
            Ok(job) => drive(job, work, signal).await,
            Err(_) => None,
        };
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
            loss: Evaluated(&path),
            accuracy: scored(&path, |scores| scores.accuracy),
            test_loss: scored(&path, |scores| scores.test_loss),
            test_accuracy: scored(&path, |scores| scores.test_accuracy),
            norm: path.norm.iter().copied().map(Number).collect(),
            rows_seen: &path.rows_seen,
            slope,
            intercept,
            data: Data::of(&*surface),
        })?;
        pause().await;
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
