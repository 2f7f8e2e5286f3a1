//! What a file holds, as far as the dialog shows it.

use std::path::Path;

use super::draft::Draft;
use crate::surface::data::{Source, table};
use crate::table::{Cell, Reading, Row, Table, Value};

/// This many rows are shown.
pub const ROWS: usize = 9;
/// More labels than this are no classes.
const LABELS: usize = 12;
/// The labels are looked for in this many rows.
const LOOKED_AT: usize = 10_000;

/// What a file holds.
#[derive(Clone, Debug)]
pub struct Sample {
    /// How it was understood.
    pub reading: Reading,
    /// Its first rows.
    pub rows: Vec<SampleRow>,
    /// The first rows that are left out.
    pub left_out: Vec<SampleRow>,
    /// The labels that occur, if classes are told apart and there are few.
    pub labels: Vec<String>,
    /// Where the data come from, or why there are none.
    pub outcome: Result<Source, String>,
}

/// A row as it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleRow {
    /// Its line.
    pub line: u64,
    /// Its cells, and whether each says nothing.
    pub cells: Vec<(String, bool)>,
    /// Whether the row is left out.
    pub is_left_out: bool,
}

impl Sample {
    /// Reads what the draft asks for, with files named relative to `folder`.
    ///
    /// # Errors
    /// If the file is no table, in one sentence.
    pub fn of(draft: &Draft, folder: Option<&Path>) -> Result<Self, String> {
        let table = table(&draft.file(), folder, &draft.wanted()).map_err(|it| it.to_string())?;
        let mut surface = draft.surface();
        let outcome = match surface.load(folder) {
            Ok(()) => {
                let source = surface.open().data().and_then(|data| data.source.clone());
                source.ok_or_else(|| "these data come from no table".to_owned())
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

    /// The columns that are used, in the order of their roles.
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

/// The labels in the column that is asked for, or in the last.
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
