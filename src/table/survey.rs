//! A pass over all cells of a table that determines the content of its columns and its decimal
//! marks.

use csv::StringRecord;

use super::cell::{DecimalMark, Marks, is_missing, marks};

/// A cell that determines the format, and its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// The line, counted from 1.
    pub line: u64,
    /// The content of the cell.
    pub cell: String,
}

/// Statistics on the cells of a column.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ColumnSurvey {
    pub(super) missing: usize,
    pub(super) numbers: usize,
    pub(super) texts: usize,
    /// The number of numbers that contain a mark.
    pub(super) marked: usize,
    /// The number of numbers with a certain decimal point, and with a certain decimal comma.
    pub(super) decided: [usize; 2],
    /// The first number with a decimal point, and the first with a decimal comma.
    pub(super) only: [Option<Sighting>; 2],
    /// The first number that can have either.
    pub(super) either: Option<Sighting>,
    counting: Counting,
}

/// Whether a column contains row numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Counting {
    #[default]
    NotBegun,
    /// All numbers so far are consecutive.
    Run {
        first: u64,
        last: u64,
    },
    No,
}

impl ColumnSurvey {
    fn look(&mut self, line: u64, cell: &str) {
        self.count(cell);
        if is_missing(cell) {
            self.missing += 1;
            return;
        }
        let marks = marks(cell);
        if marks == Marks::NoNumber {
            self.texts += 1;
            return;
        }
        self.numbers += 1;
        let seen = match marks {
            Marks::Only(mark) => {
                let index = usize::from(mark == DecimalMark::Comma);
                self.decided[index] += 1;
                &mut self.only[index]
            }
            Marks::Either => &mut self.either,
            Marks::None | Marks::NoNumber => return,
        };
        self.marked += 1;
        if seen.as_ref().is_none_or(|seen| line < seen.line) {
            *seen = Some(Sighting {
                line,
                cell: cell.to_owned(),
            });
        }
    }

    fn count(&mut self, cell: &str) {
        if self.counting == Counting::No {
            return;
        }
        self.counting = match (self.counting, whole(cell)) {
            (Counting::NotBegun, Some(first)) => Counting::Run { first, last: first },
            (Counting::Run { first, last }, Some(number))
                if last.checked_add(1) == Some(number) =>
            {
                Counting::Run {
                    first,
                    last: number,
                }
            }
            _ => Counting::No,
        };
    }

    /// Whether the column contains at least three row numbers, starting at 0 or 1.
    pub(super) fn counts_rows(&self) -> bool {
        matches!(self.counting, Counting::Run { first: 0 | 1, last } if last >= 2)
            && self.numbers >= 3
    }

    /// Whether the row numbers continue those of the cell above.
    pub(super) fn counts_on_from(&self, above: &str) -> bool {
        let next = above
            .parse()
            .ok()
            .and_then(|number: u64| number.checked_add(1));
        matches!(self.counting, Counting::Run { first, .. } if Some(first) == next)
    }

    /// Adds a cell above all others.
    fn look_above(&mut self, line: u64, cell: &str) {
        let below = std::mem::take(&mut self.counting);
        self.look(line, cell);
        self.counting = match (self.counting, below) {
            (run, Counting::NotBegun) => run,
            (Counting::Run { first: above, .. }, Counting::Run { first, last })
                if above.checked_add(1) == Some(first) =>
            {
                Counting::Run { first: above, last }
            }
            _ => Counting::No,
        };
    }

    /// Whether all cells are missing.
    pub(super) fn is_empty(&self) -> bool {
        self.numbers == 0 && self.texts == 0
    }

    /// Whether the column contains only numbers.
    pub(super) fn is_numeric(&self) -> bool {
        self.numbers > 0 && self.texts == 0
    }

    /// Whether all numbers have fractions or groups of thousands.
    pub(super) fn is_fractional(&self) -> bool {
        self.is_numeric() && self.marked == self.numbers
    }
}

/// Parses an integer, which may be written as `2.0`.
fn whole(cell: &str) -> Option<u64> {
    if let Ok(number) = cell.parse() {
        return Some(number);
    }
    let number: f64 = cell.replace(',', ".").parse().ok()?;
    let is_whole = number.fract() == 0.0 && (0.0..1e15).contains(&number);
    is_whole.then(|| format!("{number}").parse().ok())?
}

/// A survey of some records.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Survey {
    pub(super) columns: Vec<ColumnSurvey>,
    pub(super) rows: usize,
}

impl Survey {
    pub(super) fn look(&mut self, line: u64, record: &StringRecord) {
        if self.columns.len() < record.len() {
            self.columns
                .resize_with(record.len(), ColumnSurvey::default);
        }
        for (column, cell) in self.columns.iter_mut().zip(record) {
            column.look(line, cell);
        }
        self.rows += 1;
    }

    /// Adds the first record, once it is known to be a row.
    pub(super) fn look_above(&mut self, line: u64, record: &StringRecord) {
        if self.columns.len() < record.len() {
            self.columns
                .resize_with(record.len(), ColumnSurvey::default);
        }
        for (column, cell) in self.columns.iter_mut().zip(record) {
            column.look_above(line, cell);
        }
        self.rows += 1;
    }

    /// The fraction of the cells that are missing or numbers, all with the same decimal mark.
    #[expect(clippy::cast_precision_loss, reason = "cells are fewer than 2^53")]
    pub(super) fn numeric_share(&self) -> f64 {
        let sum = |of: fn(&ColumnSurvey) -> usize| self.columns.iter().map(of).sum::<usize>();
        let cells = sum(|it| it.missing + it.numbers + it.texts);
        // With either decimal mark, the numbers with the other one are invalid.
        let lost = sum(|it| it.decided[0]).min(sum(|it| it.decided[1]));
        let numbers = sum(|it| it.missing + it.numbers) - lost;
        numbers as f64 / cells.max(1) as f64
    }

    /// Returns the first number that can have only this decimal mark.
    pub(super) fn sighting(&self, mark: DecimalMark) -> Option<&Sighting> {
        let index = usize::from(mark == DecimalMark::Comma);
        let seen = self.columns.iter().filter_map(|it| it.only[index].as_ref());
        seen.min_by_key(|sighting| sighting.line)
    }

    /// Returns the first number that can have either mark.
    pub(super) fn either(&self) -> Option<&Sighting> {
        let seen = self.columns.iter().filter_map(|it| it.either.as_ref());
        seen.min_by_key(|sighting| sighting.line)
    }
}
