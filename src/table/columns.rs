//! The columns of a table, determined from their names and content.

use csv::StringRecord;

use super::reading::{Column, ColumnKind};
use super::survey::{ColumnSurvey, Survey};

/// The start of the name that pandas gives to unnamed columns when it reads them.
const UNNAMED: &str = "Unnamed: ";

/// Returns the columns of a text. `names` comes from the header, in which the first or the last
/// column may be missing.
pub(super) fn of_text(names: Option<&StringRecord>, survey: &Survey) -> Vec<Column> {
    let width = survey.columns.len().max(names.map_or(0, StringRecord::len));
    let shift = names.map_or(0, |names| left_out_in_front(names, survey));
    let empty = ColumnSurvey::default();
    let mut columns: Vec<Column> = (0..width)
        .map(|index| {
            let name = index
                .checked_sub(shift)
                .and_then(|position| names?.get(position))
                .filter(|name| !name.is_empty() && !name.starts_with(UNNAMED));
            let survey = survey.columns.get(index).unwrap_or(&empty);
            Column {
                name: name.map_or_else(|| numbered(index), str::to_owned),
                is_named: name.is_some(),
                kind: kind(survey),
                counts_rows: survey.counts_rows(),
            }
        })
        .collect();
    while columns
        .last()
        .is_some_and(|last| !last.is_named && last.kind == ColumnKind::Empty)
    {
        columns.pop();
    }
    if let [first, rest @ ..] = &mut columns[..]
        && !first.is_named
        && rest.iter().any(|column| column.is_named)
    {
        first.kind = ColumnKind::RowNames;
    }
    columns
}

/// Returns the columns of an array.
pub(super) fn of_numbers(values: &[f64], width: usize) -> Vec<Column> {
    let rows = values.len().checked_div(width).unwrap_or(0);
    let counts = |index: usize, from: f64| {
        let column = values.iter().skip(index).step_by(width.max(1));
        let mut expected = from;
        rows >= 3
            && column.into_iter().all(|&value| {
                let right = value == expected;
                expected += 1.0;
                right
            })
    };
    (0..width)
        .map(|index| Column {
            name: numbered(index),
            is_named: false,
            kind: ColumnKind::Numbers,
            counts_rows: counts(index, 0.0) || counts(index, 1.0),
        })
        .collect()
}

/// Returns the name of an unnamed column.
pub(super) fn numbered(index: usize) -> String {
    format!("column {}", index + 1)
}

/// Returns the index of the column with this number as its name, or `None` for other names.
pub(super) fn of_number(name: &str) -> Option<usize> {
    let number: usize = name.strip_prefix("column ")?.parse().ok()?;
    number.checked_sub(1)
}

/// Returns 1 if the header has one name less because the row names on the left have none, as R
/// writes it, and 0 if it is complete or short because the rows end with a separator.
fn left_out_in_front(names: &StringRecord, survey: &Survey) -> usize {
    let is_short = names.len() + 1 == survey.columns.len();
    let ends_empty = survey.columns.last().is_some_and(ColumnSurvey::is_empty);
    usize::from(is_short && !ends_empty)
}

fn kind(survey: &ColumnSurvey) -> ColumnKind {
    if survey.is_empty() {
        ColumnKind::Empty
    } else if survey.is_numeric() {
        ColumnKind::Numbers
    } else {
        ColumnKind::Text
    }
}
