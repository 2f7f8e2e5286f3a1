//! Losses over data.

use super::counterpart::Lack;
use super::dialect::Dialect;
use super::layout::filled;
use super::python::{number, string};
use super::table::{self, Columns};
use crate::file::DataFile;
use crate::surface::data::BuiltIn;
use crate::surface::{Dataset, SurfaceChoice};
use crate::text::one_line;

/// The largest number of rows written into a script.
const MOST: usize = 500;

const TOO_MANY: Lack = "Slalom made the data, and more than 500 rows are too many to be written \
                        here";
/// The reason why a script cannot read data that came with a link or a picture.
const UNSAVED: Lack = "its data came with a link or a picture, and more than 500 rows are too many \
                       to be written here; save the race first, and its data are saved beside it";
/// The reason why a race over data that are not loaded has no script.
pub(super) const NONE: Lack = "its data are not loaded";

/// The parts of a model, as a script names them.
pub(super) struct Sketch<'a> {
    /// A description of the loss.
    pub(super) about: &'static str,
    pub(super) parameters: [&'static str; 2],
    /// The columns of the data.
    columns: &'static [&'static str],
    /// The expression that computes the model's output from its parameters.
    outputs: &'static str,
    /// λ
    l2: f64,
    file: Option<&'a DataFile>,
    positive: Option<&'a str>,
    standardize: bool,
}

impl<'a> Sketch<'a> {
    /// The sketch of a loss over data; `None` for other surfaces.
    pub(super) fn of(surface: &'a SurfaceChoice) -> Option<Self> {
        let in_file = |data: &'a DataFile| BuiltIn::named(data).is_none().then_some(data);
        match surface {
            SurfaceChoice::LinearRegression(model) => Some(Self {
                about: "The mean squared error of the line w * input + b",
                parameters: ["w", "b"],
                columns: &["inputs", "targets"],
                outputs: "predictions = w * inputs[rows] + b",
                l2: model.l2,
                file: in_file(&model.data),
                positive: None,
                standardize: model.standardize,
            }),
            SurfaceChoice::LogisticRegression(model) => Some(Self {
                about: "The mean cross-entropy of a logistic model",
                parameters: ["w1", "w2"],
                columns: &["x1", "x2", "labels"],
                outputs: "logits = w1 * x1[rows] + w2 * x2[rows]",
                l2: model.l2,
                file: model.data.as_ref().and_then(in_file),
                positive: model.positive.as_deref(),
                standardize: model.standardize,
            }),
            _ => None,
        }
    }

    fn is_classification(&self) -> bool {
        self.columns.len() > 2
    }

    /// The reason why no script can include these data, if there is one.
    pub(super) fn lack(&self, data: &Dataset) -> Option<Lack> {
        match self.file {
            _ if data.is_empty() => Some(NONE),
            _ if data.len() <= MOST => None,
            None => Some(TOO_MANY),
            Some(file) => file.is_carried().then_some(UNSAVED),
        }
    }

    /// The function body up to the returned loss; `[rows]` marks where a batch is selected.
    pub(super) fn body(&self, dialect: &dyn Dialect) -> String {
        let error = if self.is_classification() {
            dialect.cross_entropy()
        } else {
            dialect.squared_error()
        };
        let [first, second] = self.parameters;
        let penalty = match self.l2 {
            0.0 => String::new(),
            l2 => format!(" + {} / 2 * ({first}**2 + {second}**2)", number(l2)),
        };
        format!("{}\nreturn {error}{penalty}\n", self.outputs)
    }

    /// The code that makes an array of each column; a small data set is written out, a large one is
    /// read from its file.
    pub(super) fn definition(&self, data: &Dataset, dialect: &dyn Dialect) -> String {
        let columns = self.columns.join(", ");
        let arrays = format!("{columns} = {}(data).T\n", dialect.array());
        let rows = match (self.file, &data.source) {
            (Some(file), Some(source)) if data.len() > MOST => {
                let read = table::read(file, source, &columns_of(data), &self.row());
                format!("{read}{arrays}{}", self.standardized())
            }
            _ => written(data) + &arrays,
        };
        rows + &self.own_units(data)
    }

    /// The columns that a row of the file is read into.
    fn row(&self) -> Columns {
        let numbers = match (self.is_classification(), self.positive) {
            (false, _) => "{}(x), {}(y)".to_owned(),
            (true, None) => "{}(x1), {}(x2), {}(label)".to_owned(),
            (true, Some(positive)) => {
                format!("{{}}(x1), {{}}(x2), float(label == {})", string(positive))
            }
        };
        Columns {
            names: if self.is_classification() {
                "x1, x2, label"
            } else {
                "x, y"
            },
            numbers,
        }
    }

    /// A comment that gives the line or border in the units of the data, if the data are
    /// standardized.
    fn own_units(&self, data: &Dataset) -> String {
        let Some([[mean_x, spread_x], [mean_y, spread_y]]) = data.standardized else {
            return String::new();
        };
        let [mean_x, spread_x, mean_y, spread_y] = [mean_x, spread_x, mean_y, spread_y].map(number);
        let (what, slope, offset) = if self.is_classification() {
            ("the border", "-w1 / w2", "")
        } else {
            ("the line", "w", "b * {spread_y} + ")
        };
        let offset = offset.replace("{spread_y}", &spread_y);
        let [x, y] = &data.columns;
        format!(
            "# The parameters are in standard deviations. In the units of the data, {what} is
#   {} = slope * {} + intercept
#   slope = {slope} * {spread_y} / {spread_x}
#   intercept = {offset}{mean_y} - slope * {mean_x}
",
            one_line(y),
            one_line(x)
        )
    }

    fn standardized(&self) -> String {
        let line =
            |name: &&str| format!("{name} = ({name} - {name}.mean()) / {name}.std(correction=0)\n");
        let numbers = self.columns.iter().take(2).filter(|_| self.standardize);
        numbers.map(line).collect()
    }
}

/// The rows, written out as a list.
fn written(data: &Dataset) -> String {
    let label = |row: usize| {
        let labels = data.labels.as_ref()?;
        labels
            .of
            .get(row)
            .map(|&is_one| f64::from(u8::from(is_one)))
    };
    let rows = data.x.iter().zip(&data.y).enumerate();
    let rows = rows.map(|(row, (&x, &y))| {
        let cells = [Some(x), Some(y), label(row)];
        let cells: Vec<String> = cells.into_iter().flatten().map(number).collect();
        format!("({})", cells.join(", "))
    });
    let standardized = data.standardized.map_or("", |_| ", standardized");
    format!(
        "# {} rows of {}{standardized}: {}.\ndata = {}\n",
        data.len(),
        one_line(&data.name),
        columns_of(data),
        filled(rows)
    )
}

/// A human-readable list of the columns.
fn columns_of(data: &Dataset) -> String {
    let mut columns = data.columns.to_vec();
    if let Some(labels) = &data.labels {
        columns.push(format!("whether {} is {}", labels.column, labels.positive));
    }
    one_line(&columns.join(", "))
}
