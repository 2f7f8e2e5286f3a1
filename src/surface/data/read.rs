//! Converts a table to the rows that a model fits.

use std::path::Path;

use super::path::whole;
use super::{BuiltIn, DataError, Dataset, Labels};
use crate::surface::source::{Chosen, LeftOut, Source, Used};
use crate::table::{Cell, DecimalMark, Row, Table, Value, Wanted};
use crate::text::brief;

/// The largest absolute value; larger ones would overflow in a sum of squares.
const LARGEST: f64 = 1e100;

/// Opens a file relative to `folder`, or the built-in data set with this name.
///
/// # Errors
/// Returns an error if there is none, or if it is not a table.
pub fn table(data: &Path, folder: Option<&Path>, wanted: &Wanted) -> Result<Table, DataError> {
    if let Some(set) = BuiltIn::named(data) {
        return Ok(Table::read(set.name, set.text.into(), wanted)?);
    }
    Table::open(&whole(data, folder)?, wanted).map_err(DataError::of_file)
}

/// Opens the table of a model, provided that it can be read in only one way.
pub(super) fn open(data: &Path, wanted: &Wanted) -> Result<Table, DataError> {
    // Loading a model has made the path absolute.
    let table = table(data, None, wanted)?;
    table.settled()?;
    Ok(table)
}

/// The columns used by a model: those named in the preset, and defaults for the rest.
pub(super) struct Choice<'a> {
    table: &'a Table,
    /// The columns that may contain data.
    columns: Vec<usize>,
    needed: usize,
    used: Vec<Used>,
}

impl<'a> Choice<'a> {
    /// # Errors
    /// Returns an error if there are fewer columns than `needed`.
    pub(super) fn of(table: &'a Table, needed: usize) -> Result<Self, DataError> {
        let columns = table.data_columns();
        if columns.len() < needed {
            return Err(DataError::TooNarrow {
                file: table.reading().file.clone(),
                found: columns.len(),
                needed,
            });
        }
        Ok(Self {
            table,
            columns,
            needed,
            used: Vec::new(),
        })
    }

    /// Uses the column with this name for `field`, or the default if there is no name.
    ///
    /// # Errors
    /// Returns an error if there is no such column, or if the default may contain just row numbers.
    pub(super) fn add(
        &mut self,
        field: &'static str,
        name: Option<&str>,
        usual: Chosen,
    ) -> Result<(), DataError> {
        let (column, chosen) = match name {
            Some(name) => (named(self.table, field, name)?, Chosen::Named),
            None => (self.usual(field, usual)?, usual),
        };
        let columns = &self.table.reading().columns;
        self.used.push(Used {
            field,
            column,
            name: columns
                .get(column)
                .map_or_else(String::new, |it| it.name.clone()),
            chosen,
        });
        Ok(())
    }

    fn usual(&self, field: &'static str, usual: Chosen) -> Result<usize, DataError> {
        let columns = &self.columns;
        let column = match usual {
            Chosen::Second => columns.get(1),
            Chosen::Last => columns.last(),
            Chosen::First | Chosen::Named => columns.first(),
        };
        let column = column.copied().unwrap_or_default();
        let about = self.table.reading().columns.get(column);
        let may_count = about.is_some_and(|about| !about.is_named && about.counts_rows);
        // If there is no other column to use, the choice is clear.
        if may_count && columns.len() > self.needed {
            return Err(DataError::RowNumbers {
                file: self.table.reading().file.clone(),
                field,
                column: column + 1,
            });
        }
        Ok(column)
    }

    /// Returns the rows that have values in all columns. With labels, these are in the last column,
    /// and `positive` is the label of class 1; without it, labels must be 0 or 1.
    ///
    /// # Errors
    /// Returns an error if a cell is not a number, there are no rows, or only one class.
    pub(super) fn dataset(self, labels: Labelled<'_>) -> Result<Dataset, DataError> {
        let numbers: Vec<usize> = self.used.iter().take(2).map(|used| used.column).collect();
        let mut reader = Reader {
            table: self.table,
            mark: self.table.decimal_of(&numbers)?,
            used: &self.used,
            left_out: Vec::new(),
            is_plain: true,
        };
        let mut data = Dataset {
            name: self.table.reading().file.clone(),
            columns: [0, 1].map(|it| self.used.get(it).map_or("", |used| &*used.name).to_owned()),
            ..Dataset::default()
        };
        let mut classes = Vec::new();
        for row in self.table.rows() {
            if reader.leaves_out(&row) {
                continue;
            }
            data.x.push(reader.number(&row, 0)?);
            data.y.push(reader.number(&row, 1)?);
            if let Labelled::By(positive) = labels {
                classes.push(reader.class(&row, positive)?);
            }
        }
        let (left_out, is_plain) = (reader.left_out, reader.is_plain);
        let source = Source {
            reading: self.table.reading().clone(),
            used: self.used,
            left_out,
            is_plain,
        };
        if data.is_empty() {
            return Err(no_row(&source));
        }
        if let Labelled::By(positive) = labels {
            data.labels = Some(two_classes(&source, positive, classes)?);
        }
        data.source = Some(source);
        Ok(data)
    }
}

/// Whether rows have classes, and the label of class 1.
#[derive(Clone, Copy, Debug)]
pub(super) enum Labelled<'a> {
    No,
    By(Option<&'a str>),
}

/// Returns the column with this name, or the one meant by `column 3`.
fn named(table: &Table, field: &'static str, name: &str) -> Result<usize, DataError> {
    const MOST: usize = 12;
    let columns = &table.reading().columns;
    let mut same = (0..columns.len()).filter(|&index| columns[index].name == name);
    match (same.next(), same.next()) {
        (Some(column), None) => return Ok(column),
        (Some(first), Some(second)) => {
            return Err(DataError::TwoColumns {
                file: table.reading().file.clone(),
                field,
                column: brief(name),
                numbers: [first + 1, second + 1],
            });
        }
        _ => {}
    }
    if let Some(column) = table.numbered(name) {
        return Ok(column);
    }
    let known = columns.iter().take(MOST).map(|column| brief(&column.name));
    let mut known = known.collect::<Vec<_>>().join(", ");
    if columns.len() > MOST {
        known.push_str(" …");
    }
    Err(DataError::NoColumn {
        file: table.reading().file.clone(),
        field,
        column: brief(name),
        known,
    })
}

/// Reads the columns in use, row by row.
struct Reader<'a> {
    table: &'a Table,
    mark: DecimalMark,
    used: &'a [Used],
    left_out: Vec<LeftOut>,
    is_plain: bool,
}

impl Reader<'_> {
    /// Returns whether a row lacks a value in use or has an infinite one. Such rows are counted.
    fn leaves_out(&mut self, row: &Row<'_>) -> bool {
        let gap = self
            .used
            .iter()
            .find_map(|used| match row.cell(used.column).value(self.mark) {
                Value::Missing => Some((used, false)),
                Value::Infinite(_) => Some((used, true)),
                _ => None,
            });
        let Some((used, infinite)) = gap else {
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

    fn number(&mut self, row: &Row<'_>, index: usize) -> Result<f64, DataError> {
        let Some(used) = self.used.get(index) else {
            return Err(DataError::Missing);
        };
        let cell = row.cell(used.column);
        self.is_plain &= cell.is_plain();
        match cell.value(self.mark) {
            Value::Number(number) if number.abs() <= LARGEST => Ok(number),
            Value::Number(_) => Err(self.wrong(row, used, "between -1e100 and 1e100".to_owned())),
            _ => Err(self.wrong(row, used, self.a_number(cell))),
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

    fn class(&self, row: &Row<'_>, positive: Option<&str>) -> Result<bool, DataError> {
        let Some(used) = self.used.last() else {
            return Err(DataError::Missing);
        };
        let cell = row.cell(used.column);
        match (positive, cell.value(self.mark)) {
            (Some(positive), _) => Ok(cell.text() == positive),
            (None, Value::Number(0.0)) => Ok(false),
            (None, Value::Number(1.0)) => Ok(true),
            (None, _) => {
                let wanted = "0 or 1; with positive you can say which label counts as 1";
                Err(self.wrong(row, used, wanted.to_owned()))
            }
        }
    }

    fn wrong(&self, row: &Row<'_>, used: &Used, wanted: String) -> DataError {
        DataError::Cell {
            file: self.table.reading().file.clone(),
            line: row.line,
            column: brief(&used.name),
            text: brief(&row.cell(used.column).text()),
            wanted,
        }
    }
}

fn no_row(source: &Source) -> DataError {
    let columns: Vec<String> = source.used.iter().map(|used| brief(&used.name)).collect();
    DataError::Empty {
        file: source.reading.file.clone(),
        columns: columns.join(", "),
    }
}

fn two_classes(
    source: &Source,
    positive: Option<&str>,
    classes: Vec<bool>,
) -> Result<Labels, DataError> {
    let file = source.reading.file.clone();
    let column = source.used.last().map_or("", |used| &*used.name);
    match (positive, classes.contains(&true), classes.contains(&false)) {
        (_, true, true) => Ok(Labels {
            column: column.to_owned(),
            positive: positive.unwrap_or("1").to_owned(),
            of: classes,
        }),
        (Some(positive), false, _) => Err(DataError::NoPositive {
            file,
            column: brief(column),
            positive: brief(positive),
        }),
        _ => Err(DataError::OneClass {
            file,
            column: brief(column),
        }),
    }
}
