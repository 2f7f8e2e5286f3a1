//! The part of the data that the dialog shows.

use std::path::Path;

use super::draft::{Draft, Kind};
use super::generated::Set;
use crate::number::precise;
use crate::surface::data::{Source, table};
use crate::surface::{Learner, Surface, SurfaceChoice};
use crate::table::{Cell, Column, ColumnKind, Reading, Row, Table, Value};

/// The number of rows shown.
pub const ROWS: usize = 9;
/// The maximum number of labels; with more, the column is not offered as classes.
const LABELS: usize = 12;
/// The number of rows searched for labels and missing values.
const LOOKED_AT: usize = 10_000;

/// The part of the data that the dialog shows.
#[derive(Clone, Debug)]
pub struct Sample {
    /// How the file was read.
    pub reading: Reading,
    /// The first rows.
    pub rows: Vec<SampleRow>,
    /// The first rows that were left out.
    pub left_out: Vec<SampleRow>,
    /// The labels that occur, if they are needed and there are few of them.
    pub labels: Vec<String>,
    /// The missing values.
    pub missing: Missing,
    /// The size of the file in bytes.
    pub bytes: u64,
    /// The model, or the reason why there is none.
    pub outcome: Result<Fitted, String>,
}

/// A model whose data are loaded.
#[derive(Clone, Debug)]
pub struct Fitted {
    /// Its loss.
    pub surface: SurfaceChoice,
    /// The columns in use, each with the index of its role.
    pub used: Vec<(usize, usize)>,
    /// The table that the data come from, if any.
    pub source: Option<Source>,
}

/// A row as written.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleRow {
    /// The line number.
    pub line: u64,
    /// The cells, and whether each of them is empty or a marker of a missing value.
    pub cells: Vec<(String, bool)>,
    /// Whether the row is left out.
    pub is_left_out: bool,
}

/// The missing values of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    /// What stands in their place; empty for an empty cell.
    pub signs: Vec<String>,
    /// The number of cells.
    pub cells: usize,
    /// Whether only the first rows were searched.
    pub is_partial: bool,
}

impl Sample {
    /// Reads or generates the data of a draft, relative to `folder`.
    ///
    /// # Errors
    /// If there is no table, as one sentence.
    pub fn of(draft: &Draft, folder: Option<&Path>) -> Result<Self, String> {
        match draft.set() {
            Some(set) => Self::of_set(draft, set),
            None => Self::of_table(draft, folder),
        }
    }

    fn of_table(draft: &Draft, folder: Option<&Path>) -> Result<Self, String> {
        let table = table(&draft.file(), folder, &draft.wanted()).map_err(|it| it.to_string())?;
        let outcome = Fitted::of(draft, folder);
        let used: Vec<usize> = match &outcome {
            Ok(fitted) => fitted.used.iter().map(|(column, _)| *column).collect(),
            Err(_) => Vec::new(),
        };
        let row = |row: Row<'_>| sample_row(&table, &row, &used);
        let rows = table.rows().take(ROWS).map(row).collect();
        let has_gaps = outcome.as_ref().is_ok_and(|it| it.rows_left_out() > 0);
        let left_out = if has_gaps {
            let gaps = table.rows().map(row).filter(|row| row.is_left_out);
            gaps.take(ROWS).collect()
        } else {
            Vec::new()
        };
        let path = draft.file();
        let path = match folder {
            Some(folder) if !path.is_carried() => folder.join(path).into(),
            _ => path,
        };
        Ok(Self {
            labels: labels(&table, draft),
            missing: Missing::of(&table),
            reading: table.reading().clone(),
            rows,
            left_out,
            bytes: path.size(),
            outcome,
        })
    }

    fn of_set(draft: &Draft, set: Set) -> Result<Self, String> {
        let (data, classes) = set.rows(draft.points).map_err(|it| it.to_string())?;
        let label = data.labels.as_ref().map_or("", |labels| &*labels.column);
        let [x, y] = &data.columns;
        let kinds = [
            (&**x, ColumnKind::Numbers),
            (&**y, ColumnKind::Numbers),
            (label, ColumnKind::Text),
        ];
        let columns = kinds.map(|(name, kind)| Column {
            name: name.to_owned(),
            is_named: true,
            kind,
            counts_rows: false,
        });
        let of = data.labels.as_ref().map_or(&[][..], |labels| &labels.of);
        let rows = data.x.iter().zip(&data.y).zip(of).zip(1..);
        let rows = rows.map(|(((x, y), &is_second), line)| SampleRow {
            line,
            cells: [
                precise(*x),
                precise(*y),
                classes[usize::from(is_second)].to_owned(),
            ]
            .map(|cell| (cell, false))
            .into(),
            is_left_out: false,
        });
        Ok(Self {
            rows: rows.take(ROWS).collect(),
            reading: Reading {
                file: data.name.clone(),
                columns: columns.into(),
                rows: data.len(),
                ..Reading::default()
            },
            left_out: Vec::new(),
            labels: Vec::new(),
            missing: Missing::default(),
            bytes: 0,
            outcome: match draft.kind {
                Kind::Line => Err(format!(
                    "{} has classes and no number to predict; choose a border or a network, or \
                     other data",
                    data.name
                )),
                Kind::Border if set != Set::Moons => Err(format!(
                    "no straight border separates the classes of {}; choose a network, or other \
                     data",
                    data.name
                )),
                _ => Fitted::of(draft, None),
            },
        })
    }

    /// Returns the columns in use, each with the index of its role.
    pub fn used(&self) -> &[(usize, usize)] {
        match &self.outcome {
            Ok(fitted) => &fitted.used,
            Err(_) => &[],
        }
    }

    /// Returns the network, if that is the model.
    pub fn surface(&self) -> Option<std::sync::Arc<dyn Surface>> {
        Some(self.outcome.as_ref().ok()?.surface.open())
    }
}

impl Fitted {
    /// Loads the data of the model of a draft.
    fn of(draft: &Draft, folder: Option<&Path>) -> Result<Self, String> {
        let mut surface = draft.surface();
        surface.load(folder).map_err(|fault| fault.to_string())?;
        let opened = surface.open();
        let (used, source) = match (opened.network(), opened.data()) {
            (Some(learner), _) => (columns_of(learner), learner.data.source.clone()),
            (None, Some(data)) => match &data.source {
                Some(source) => {
                    let used = source.used.iter().zip(0..);
                    let used = used.map(|(used, role)| (used.column, role)).collect();
                    (used, Some(source.clone()))
                }
                // Generated data have all columns in the order of their roles.
                None => ((0..3).map(|column| (column, column)).collect(), None),
            },
            (None, None) => (Vec::new(), None),
        };
        Ok(Self {
            surface,
            used,
            source,
        })
    }

    /// Returns the number of rows that are left out.
    pub fn rows_left_out(&self) -> usize {
        self.source.as_ref().map_or(0, Source::rows_left_out)
    }
}

/// Returns the columns that a network uses: role 0 is a feature, role 1 the target.
fn columns_of(learner: &Learner) -> Vec<(usize, usize)> {
    if let Some(source) = &learner.data.source {
        let used = source.used.iter();
        return used
            .map(|used| (used.column, usize::from(used.field == "target")))
            .collect();
    }
    // The columns of generated data are x1, x2 and the target.
    let place = |name: &String| usize::from(name != "x1");
    let features = learner.data.features.iter().map(|name| (place(name), 0));
    features.chain([(2, 1)]).collect()
}

impl Missing {
    fn of(table: &Table) -> Self {
        const MOST: usize = 4;
        let mark = table.reading().decimal();
        let width = table.reading().columns.len();
        let mut missing = Self {
            is_partial: table.reading().rows > LOOKED_AT,
            ..Self::default()
        };
        for row in table.rows().take(LOOKED_AT) {
            for cell in (0..width).map(|column| row.cell(column)) {
                if matches!(cell.value(mark), Value::Missing) {
                    missing.cells += 1;
                    let sign = cell.text();
                    if missing.signs.len() < MOST && !missing.signs.contains(&sign) {
                        missing.signs.push(sign);
                    }
                }
            }
        }
        missing
    }
}

fn sample_row(table: &Table, row: &Row<'_>, used: &[usize]) -> SampleRow {
    let mark = table.reading().decimal();
    let says_nothing =
        |cell: Cell<'_>| matches!(cell.value(mark), Value::Missing | Value::Infinite(_));
    let columns = 0..table.reading().columns.len();
    SampleRow {
        line: row.line,
        cells: columns
            .map(|column| row.cell(column))
            .map(|cell| (cell.text(), says_nothing(cell)))
            .collect(),
        is_left_out: used.iter().any(|&column| says_nothing(row.cell(column))),
    }
}

/// Returns the labels in the chosen column or, if none is chosen, the last one.
fn labels(table: &Table, draft: &Draft) -> Vec<String> {
    if draft.kind != Kind::Border {
        return Vec::new();
    }
    let columns = &table.reading().columns;
    let named = draft.columns[2].as_ref().and_then(|name| {
        let exact = columns.iter().position(|column| column.name == *name);
        exact.or_else(|| table.numbered(name))
    });
    let Some(column) = named.or_else(|| table.data_columns().last().copied()) else {
        return Vec::new();
    };
    let mut labels: Vec<String> = Vec::new();
    for row in table.rows().take(LOOKED_AT) {
        let label = row.cell(column).text();
        if !label.is_empty() && !labels.contains(&label) {
            labels.push(label);
        }
        if labels.len() > LABELS {
            return Vec::new();
        }
    }
    labels
}
