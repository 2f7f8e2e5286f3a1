//! The source of the rows of a data set.

use std::fmt;

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::table::{ColumnKind, Reading};
use crate::text::{brief, counted, one_line};

/// The table from which rows were read, and which parts of it are used.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// How the table was interpreted.
    pub reading: Reading,
    /// The columns that are used: two numeric ones, then the labels.
    pub used: Vec<Used>,
    /// The rows that are left out, one entry per reason.
    pub left_out: Vec<LeftOut>,
    /// Whether all numbers that are used are written as in programs, without thousands separators
    /// and with a decimal point.
    pub is_plain: bool,
}

/// A column that is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Used {
    /// Its purpose: the field of the preset that can name it.
    pub field: &'static str,
    /// Its index in a row.
    pub column: usize,
    /// Its name.
    pub name: String,
    /// Why this column was chosen.
    pub chosen: Chosen,
}

/// Why a column was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// The preset names it.
    Named,
    /// It is the first column that contains data.
    First,
    /// It is the second column that contains data.
    Second,
    /// It is the last column.
    Last,
    /// It is numeric, and none is named.
    Numeric,
}

impl fmt::Display for Chosen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Named => "named in the preset",
            Self::First => "the first column",
            Self::Second => "the second column",
            Self::Last => "the last column",
            Self::Numeric => "numeric",
        })
    }
}

/// Rows that are left out for the same reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The index of the column in which a value is missing.
    pub column: usize,
    /// The name of the column.
    pub name: String,
    /// The contents of that cell in the first such row.
    pub cell: String,
    /// Whether the value is infinite rather than missing.
    pub infinite: bool,
    /// The number of rows.
    pub rows: usize,
    /// The line of the first such row.
    pub first_line: u64,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = if self.infinite { "infinite" } else { "missing" };
        let lines = if self.rows == 1 {
            "on line"
        } else {
            "first on line"
        };
        let name = brief(&self.name);
        write!(
            f,
            "{name} is {why} in {} ({lines} {}",
            counted(self.rows, "row"),
            self.first_line
        )?;
        if !self.cell.is_empty() {
            write!(f, ": {}", self.cell)?;
        }
        f.write_str(")")
    }
}

impl Source {
    /// The number of rows that are left out.
    #[must_use]
    pub fn rows_left_out(&self) -> usize {
        self.left_out.iter().map(|it| it.rows).sum()
    }

    /// How many rows are used, and why others are left out: "8 rows used, 2 rows left out: …".
    #[must_use]
    pub fn rows(&self) -> String {
        let left_out = self.rows_left_out();
        let used = counted(self.reading.rows - left_out, "row");
        if left_out == 0 {
            return format!("{used} used");
        }
        let why: Vec<String> = self.left_out.iter().map(ToString::to_string).collect();
        let rows = if left_out == 1 { "row" } else { "rows" };
        format!(
            "{used} used, {left_out} {rows} left out: {}",
            why.join("; ")
        )
    }

    /// Which columns are used, and why: "x is area (the first column)", "features are area, age
    /// (numeric)".
    #[must_use]
    pub fn columns(&self) -> String {
        let groups = self
            .used
            .chunk_by(|one, next| one.field == next.field && one.chosen == next.chosen);
        let mut said = groups.map(|group| self.group(group)).collect::<Vec<_>>();
        said = vec![said.join(", ")];
        if let Some(name) = self.row_names() {
            said.push(format!(
                "{name} is not used: it has no name and contains row names"
            ));
        }
        if self.used.iter().any(|used| used.chosen == Chosen::Numeric) {
            said.extend(self.not_chosen());
        }
        said.join("; ")
    }

    /// What is said of neighbouring columns with the same purpose.
    fn group(&self, group: &[Used]) -> String {
        let Some(Used { field, chosen, .. }) = group.first() else {
            return String::new();
        };
        let mut why = chosen.to_string();
        let counts = group.iter().any(|used| {
            let column = self.reading.columns.get(used.column);
            column.is_some_and(|it| !it.is_named && it.counts_rows)
        });
        if counts {
            why += ", which looks like row numbers";
        }
        let are = match (group.len(), field.strip_suffix('s')) {
            (1, Some(one)) => format!("{one} is"),
            (1, None) => format!("{field} is"),
            _ => format!("{field} are"),
        };
        let names = listed(group.iter().map(|used| &*used.name));
        format!("{are} {names} ({why})")
    }

    /// Why other columns of data are not used, where all numeric ones could have been.
    fn not_chosen(&self) -> Option<String> {
        let is_used = |index| self.used.iter().any(|used| used.column == index);
        let columns = self.reading.columns.iter().enumerate();
        let others: Vec<String> = columns
            .filter(|(index, column)| !is_used(*index) && !column.names_rows())
            .map(|(_, column)| {
                let why = match column.kind {
                    ColumnKind::Numbers => "row numbers".to_owned(),
                    other => other.to_string(),
                };
                format!("{} ({why})", brief(&column.name))
            })
            .collect();
        let names = listed(others.iter().map(String::as_str));
        (!others.is_empty()).then(|| format!("not used: {names}"))
    }

    /// The column of row names, if there is one and it is skipped.
    fn row_names(&self) -> Option<&str> {
        let is_used = |index| self.used.iter().any(|used| used.column == index);
        let mut columns = self.reading.columns.iter().enumerate();
        let (_, column) = columns.find(|(index, it)| it.names_rows() && !is_used(*index))?;
        Some(&column.name)
    }

    /// A description, line by line, of how the data were interpreted.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = self.reading.lines();
        for line in [self.columns(), self.rows()] {
            lines.push(one_line(&format!("{}: {line}", self.reading.file)));
        }
        lines
    }
}

/// Lists names, unless they are too many.
fn listed<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    const MOST: usize = 12;
    let more = match names.len() {
        count if count > MOST => format!(" and {} more", count - MOST),
        _ => String::new(),
    };
    let names: Vec<String> = names.take(MOST).map(brief).collect();
    names.join(", ") + &more
}

impl Serialize for Source {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_struct("Source", 5)?;
        map.serialize_field("table", &self.reading)?;
        map.serialize_field("used", &self.used)?;
        map.serialize_field("rows_used", &(self.reading.rows - self.rows_left_out()))?;
        map.serialize_field("rows_left_out", &self.rows_left_out())?;
        map.serialize_field("left_out", &self.left_out)?;
        map.end()
    }
}

impl Serialize for Used {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_struct("Used", 4)?;
        map.serialize_field("field", self.field)?;
        map.serialize_field("column", &(self.column + 1))?;
        map.serialize_field("name", &self.name)?;
        map.serialize_field("why", &self.chosen.to_string())?;
        map.end()
    }
}

impl Serialize for LeftOut {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_struct("LeftOut", 4)?;
        map.serialize_field("column", &self.name)?;
        map.serialize_field("why", if self.infinite { "infinite" } else { "missing" })?;
        map.serialize_field("rows", &self.rows)?;
        map.serialize_field("first_line", &self.first_line)?;
        map.end()
    }
}
