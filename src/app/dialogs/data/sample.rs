//! The part of a file that the dialog shows.

use std::path::Path;

use super::draft::Draft;
use crate::surface::data::{Source, table};
use crate::table::{Cell, Reading, Row, Table, Value};

/// The number of rows shown.
pub const ROWS: usize = 9;
/// The maximum number of labels; with more, the column is not offered as classes.
const LABELS: usize = 12;
/// The number of rows searched for labels.
const LOOKED_AT: usize = 10_000;

/// The part of a file that the dialog shows.
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
    /// The source of the data, or the reason why there are none.
    pub outcome: Result<Source, String>,
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

impl Sample {
    /// Reads the file of a draft, relative to `folder`.
    ///
    /// # Errors
    /// If the file is not a table, as one sentence.
    pub fn of(draft: &Draft, folder: Option<&Path>) -> Result<Self, String> {
        let table = table(&draft.file(), folder, &draft.wanted()).map_err(|it| it.to_string())?;
        let mut surface = draft.surface();
        let outcome = match surface.load(folder) {
            Ok(()) => {
                let source = surface.open().data().and_then(|data| data.source.clone());
                source.ok_or_else(|| "these data do not come from a table".to_owned())
            }
            Err(fault) => Err(fault.to_string()),
        };
        let used: Vec<usize> = match &outcome {
            Ok(source) => source.used.iter().map(|used| used.column).collect(),
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
        Ok(Self {
            labels: labels(&table, draft),
            reading: table.reading().clone(),
            rows,
            left_out,
            outcome,
        })
    }

    /// Returns the columns in use, in the order of their roles.
    pub fn used(&self) -> Vec<usize> {
        let outcome = self.outcome.as_ref();
        outcome.map_or_else(
            |_| Vec::new(),
            |source| source.used.iter().map(|used| used.column).collect(),
        )
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
    if !draft.classes {
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
