//! Converts a table to the rows that a model fits.

use std::path::Path;

use super::path::whole;
use super::reader::Reader;
use super::{BuiltIn, DataError, Dataset, Labels};
use crate::file::DataFile;
use crate::surface::source::{Chosen, Source, Used};
use crate::table::{Column, Row, Table, Value, Wanted};
use crate::text::{brief, nearest};

/// Opens a file relative to `folder`, a carried one, or the built-in data set with this name.
///
/// # Errors
/// Returns an error if there is none, or if it is not a table.
pub fn table(data: &DataFile, folder: Option<&Path>, wanted: &Wanted) -> Result<Table, DataError> {
    if let Some(set) = BuiltIn::named(data) {
        return Ok(Table::read(set.name, set.text.into(), wanted)?);
    }
    Table::of_file(&whole(data, folder)?, wanted).map_err(DataError::of_file)
}

/// Opens the table of a model, provided that it can be read in only one way.
pub(in crate::surface) fn open(data: &DataFile, wanted: &Wanted) -> Result<Table, DataError> {
    // Loading a model has made the path absolute.
    let table = table(data, None, wanted)?;
    table.settled()?;
    Ok(table)
}

/// The columns used by a model: those named in the preset, and defaults for the rest.
pub(in crate::surface) struct Choice<'a> {
    table: &'a Table,
    /// The columns that may contain data.
    columns: Vec<usize>,
    needed: usize,
    used: Vec<Used>,
}

impl<'a> Choice<'a> {
    /// # Errors
    /// Returns an error if there are fewer columns than `needed`.
    pub(in crate::surface) fn of(table: &'a Table, needed: usize) -> Result<Self, DataError> {
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
    pub(in crate::surface) fn add(
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

    /// Returns the columns that are used, in the order in which they were added.
    pub(in crate::surface) fn into_used(self) -> Vec<Used> {
        self.used
    }

    fn usual(&self, field: &'static str, usual: Chosen) -> Result<usize, DataError> {
        let columns = &self.columns;
        let column = match usual {
            Chosen::Second => columns.get(1),
            Chosen::Last => columns.last(),
            Chosen::First | Chosen::Named | Chosen::Numeric => columns.first(),
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
        let mut reader = Reader::new(self.table, self.used, &numbers)?;
        let mut data = Dataset {
            name: self.table.reading().file.clone(),
            columns: [0, 1].map(|it| reader.name(it).to_owned()),
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
                classes.push(class(&reader, &row, positive)?);
            }
        }
        let source = reader.source()?;
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

/// Returns the names of all columns or, of many, the most similar one.
fn known(columns: &[Column], name: &str) -> String {
    const MOST: usize = 12;
    let names: Vec<&str> = columns.iter().map(|column| &*column.name).collect();
    match nearest(name, &names).filter(|_| names.len() > MOST) {
        Some(near) => format!("did you mean {}?", brief(near)),
        None => {
            let known = names.iter().take(MOST).map(|name| brief(name));
            let more = if names.len() > MOST { " …" } else { "" };
            format!("it has {}{more}", known.collect::<Vec<_>>().join(", "))
        }
    }
}

/// Returns the column with this name, or the one meant by `column 3`.
fn named(table: &Table, field: &'static str, name: &str) -> Result<usize, DataError> {
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
    Err(DataError::NoColumn {
        file: table.reading().file.clone(),
        field,
        column: brief(name),
        hint: known(columns, name),
    })
}

/// Returns whether a row belongs to class 1.
fn class(reader: &Reader<'_>, row: &Row<'_>, positive: Option<&str>) -> Result<bool, DataError> {
    const LABEL: usize = 2;
    match (positive, reader.value(row, LABEL)) {
        (Some(positive), _) => Ok(reader.text(row, LABEL) == positive),
        (None, Value::Number(0.0)) => Ok(false),
        (None, Value::Number(1.0)) => Ok(true),
        (None, _) => {
            let wanted = "0 or 1; with positive you can say which label counts as 1";
            Err(reader.wrong(row, LABEL, wanted))
        }
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
