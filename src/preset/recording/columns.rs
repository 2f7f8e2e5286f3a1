//! Which columns of a recorded path hold its steps, coordinates and racers.

use super::Recording;
use crate::experiment::Experiment;
use crate::table::{Cell, DecimalMark, Reading, Row, Table, Value};
use crate::text::brief;

/// The recognized names of the step column, in order of preference.
const STEPS: [&str; 9] = [
    "step",
    "steps",
    "iteration",
    "iterations",
    "iter",
    "epoch",
    "epochs",
    "t",
    "k",
];

/// The recognized names of the two coordinates, in order of preference.
const COORDINATES: [[&str; 2]; 10] = [
    ["x", "y"],
    ["x1", "x2"],
    ["x0", "x1"],
    ["w", "b"],
    ["w1", "w2"],
    ["w0", "w1"],
    ["theta_1", "theta_2"],
    ["theta_0", "theta_1"],
    ["theta1", "theta2"],
    ["theta0", "theta1"],
];

/// The indices of the columns in use.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    pub(super) racer: Option<usize>,
    /// `None` if each row is a step.
    pub(super) step: Option<usize>,
    pub(super) coordinates: [usize; 2],
}

impl Columns {
    pub(super) fn of(table: &Table) -> Result<Self, String> {
        let reading = table.reading();
        let data = table.data_columns();
        if reading.columns.iter().any(|column| column.is_named) {
            return Self::named(reading);
        }
        match data[..] {
            [x, y] => Ok(Self {
                racer: None,
                step: None,
                coordinates: [x, y],
            }),
            [step, x, y, ..] => Ok(Self {
                racer: None,
                step: Some(step),
                coordinates: [x, y],
            }),
            _ => Err("a path needs columns for step, x and y".to_owned()),
        }
    }

    fn named(reading: &Reading) -> Result<Self, String> {
        let column = |name: &str| {
            let mut columns = reading.columns.iter();
            columns.position(|it| it.is_named && it.name.eq_ignore_ascii_case(name))
        };
        let pair = |names: [&str; 2]| Some([column(names[0])?, column(names[1])?]);
        let coordinates = COORDINATES.into_iter().find_map(pair);
        let coordinates = coordinates.ok_or_else(|| {
            let missing = if column("x").is_some() { "y" } else { "x" };
            format!("there is no column {missing}; a path needs columns for step, x and y")
        })?;
        let is_index = |it: &crate::table::Column| it.names_rows() && it.counts_rows;
        let index = || reading.columns.iter().position(is_index);
        Ok(Self {
            racer: column("racer").or_else(|| column("optimizer")),
            step: STEPS.into_iter().find_map(column).or_else(index),
            coordinates,
        })
    }

    /// Appends the position in a row to a path.
    pub(super) fn add(
        &self,
        path: &mut Recording,
        row: &Row<'_>,
        mark: DecimalMark,
    ) -> Result<(), String> {
        let step = self.step(row, mark, path)?;
        let last = path.diverged.or(path.points.last().map(|(step, _)| *step));
        if let Some(before) = last
            && before >= step
        {
            return Err(format!(
                "step {step} comes after step {before}; steps must increase"
            ));
        }
        let [x, y] = self.coordinates;
        let position = [("x", x), ("y", y)].map(|(name, it)| coordinate(row.cell(it), name, mark));
        let [x, y] = position;
        match (x?, y?, path.diverged) {
            (Some(x), Some(y), None) => path.points.push((step, [x, y])),
            (Some(_), Some(_), Some(end)) => {
                return Err(format!(
                    "the position is finite again after it was not at step {end}"
                ));
            }
            (_, _, None) => path.diverged = Some(step),
            (_, _, Some(_)) => {}
        }
        Ok(())
    }

    fn step(&self, row: &Row<'_>, mark: DecimalMark, path: &Recording) -> Result<usize, String> {
        let Some(column) = self.step else {
            return Ok(path.diverged.map_or(path.points.len(), |end| end + 1));
        };
        let cell = row.cell(column);
        let number = match cell.value(mark) {
            Value::Number(number) if number >= 0.0 && number.fract() == 0.0 => number,
            _ => {
                let text = brief(&cell.text());
                return Err(format!("the step is {text:?}, not a whole number"));
            }
        };
        // No race has more steps than this.
        let most = Experiment::MOST_STEPS;
        let step = format!("{number}")
            .parse()
            .ok()
            .filter(|&step| step <= most);
        step.ok_or_else(|| format!("step {number} exceeds the maximum of {most} steps"))
    }

    /// Returns a description of the columns in use.
    pub(super) fn said(&self, reading: &Reading) -> String {
        let name = |index: usize| reading.columns.get(index).map_or("", |it| &*it.name);
        let [x, y] = self.coordinates.map(|it| brief(name(it)));
        let step = match self.step {
            Some(step) => format!("step is {}", brief(name(step))),
            None => "each row is a step".to_owned(),
        };
        let racer = self.racer.map_or_else(String::new, |racer| {
            format!(", racer is {}", brief(name(racer)))
        });
        format!("{step}, x is {x}, y is {y}{racer}")
    }
}

/// Returns a coordinate, or `None` if it is not finite.
fn coordinate(cell: Cell<'_>, name: &str, mark: DecimalMark) -> Result<Option<f64>, String> {
    match cell.value(mark) {
        Value::Number(number) => Ok(Some(number)),
        Value::Infinite(_) | Value::Missing => Ok(None),
        Value::Text => Err(format!("{name} is {:?}, not a number", brief(&cell.text()))),
    }
}
