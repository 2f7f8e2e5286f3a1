//! Reads the columns in use, row by row.

use super::DataError;
use crate::surface::source::{LeftOut, Source, Used};
use crate::table::{Cell, DecimalMark, Row, Table, Value};
use crate::text::brief;

/// The largest absolute value; larger ones would overflow in a sum of squares.
const LARGEST: f64 = 1e100;

/// Reads the columns in use, row by row. `index` is that of a column among those.
pub(in crate::surface) struct Reader<'a> {
    table: &'a Table,
    mark: DecimalMark,
    used: Vec<Used>,
    left_out: Vec<LeftOut>,
    rows: usize,
    is_plain: bool,
}

impl<'a> Reader<'a> {
    /// Begins to read. `numbers` are the columns of the table that must be numbers.
    ///
    /// # Errors
    /// Returns an error if their decimal mark is ambiguous.
    pub(in crate::surface) fn new(
        table: &'a Table,
        used: Vec<Used>,
        numbers: &[usize],
    ) -> Result<Self, DataError> {
        Ok(Self {
            table,
            mark: table.decimal_of(numbers)?,
            used,
            left_out: Vec::new(),
            rows: 0,
            is_plain: true,
        })
    }

    /// Returns the name of a column.
    pub(in crate::surface) fn name(&self, index: usize) -> &str {
        self.used.get(index).map_or("", |used| &*used.name)
    }

    /// Returns the decimal mark of the numbers.
    pub(in crate::surface) fn mark(&self) -> DecimalMark {
        self.mark
    }

    /// Returns whether a row lacks a value in use or has an infinite one. Such rows are counted.
    pub(in crate::surface) fn leaves_out(&mut self, row: &Row<'_>) -> bool {
        let gap = self
            .used
            .iter()
            .find_map(|used| match row.cell(used.column).value(self.mark) {
                Value::Missing => Some((used, false)),
                Value::Infinite(_) => Some((used, true)),
                _ => None,
            });
        let Some((used, infinite)) = gap else {
            self.rows += 1;
            return false;
        };
        let same = |it: &&mut LeftOut| it.column == used.column && it.infinite == infinite;
        match self.left_out.iter_mut().find(same) {
            Some(known) => known.rows += 1,
            None => self.left_out.push(LeftOut {
                column: used.column,
                name: used.name.clone(),
                cell: brief(&row.cell(used.column).text()),
                infinite,
                rows: 1,
                first_line: row.line,
            }),
        }
        true
    }

    /// Returns the value of a cell.
    pub(in crate::surface) fn value(&self, row: &Row<'_>, index: usize) -> Value {
        let used = self.used.get(index);
        used.map_or(Value::Missing, |used| {
            row.cell(used.column).value(self.mark)
        })
    }

    /// Returns the text of a cell.
    pub(in crate::surface) fn text(&self, row: &Row<'_>, index: usize) -> String {
        let used = self.used.get(index);
        used.map_or_else(String::new, |used| row.cell(used.column).text())
    }

    /// Returns the number in a cell.
    ///
    /// # Errors
    /// Returns an error if it is not a number or too large.
    pub(in crate::surface) fn number(
        &mut self,
        row: &Row<'_>,
        index: usize,
    ) -> Result<f64, DataError> {
        let Some(used) = self.used.get(index) else {
            return Err(DataError::Missing);
        };
        let cell = row.cell(used.column);
        self.is_plain &= cell.is_plain();
        match cell.value(self.mark) {
            Value::Number(number) if number.abs() <= LARGEST => Ok(number),
            Value::Number(_) => Err(self.wrong(row, index, "between -1e100 and 1e100")),
            _ => Err(self.wrong(row, index, &self.a_number(cell))),
        }
    }

    /// Returns what a cell that is not a number should be.
    fn a_number(&self, cell: Cell<'_>) -> String {
        let other = match self.mark {
            DecimalMark::Point => DecimalMark::Comma,
            DecimalMark::Comma => DecimalMark::Point,
        };
        match cell.value(other) {
            Value::Number(_) => format!("a number with a decimal {}", self.mark),
            _ => "a number".to_owned(),
        }
    }

    /// Returns the error that a cell is not what is wanted.
    pub(in crate::surface) fn wrong(&self, row: &Row<'_>, index: usize, wanted: &str) -> DataError {
        DataError::Cell {
            file: self.table.reading().file.clone(),
            line: row.line,
            column: brief(self.name(index)),
            text: brief(&self.text(row, index)),
            wanted: wanted.to_owned(),
        }
    }

    /// Returns what was read and what was left out, once all rows have been read.
    ///
    /// # Errors
    /// Returns an error if no row has all values.
    pub(in crate::surface) fn source(self) -> Result<Source, DataError> {
        if self.rows == 0 {
            let columns: Vec<String> = self.used.iter().map(|used| brief(&used.name)).collect();
            return Err(DataError::Empty {
                file: self.table.reading().file.clone(),
                columns: columns.join(", "),
            });
        }
        Ok(Source {
            reading: self.table.reading().clone(),
            used: self.used,
            left_out: self.left_out,
            is_plain: self.is_plain,
        })
    }
}
