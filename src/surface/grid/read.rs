//! Finds the nodes of a grid in a table.

use super::lattice::{distinct, ends};
use super::{GridError, Layout, Nodes};
use crate::number;
use crate::plane::Window;
use crate::surface::data::DataError;
use crate::surface::typed_error::check_window;
use crate::table::{Cell, ColumnKind, DecimalMark, Row, Table, Value};
use crate::text::brief;

/// The window of a matrix without coordinates: what scripts measure that go one unit along each of
/// two directions (Li et al. 2018).
const UNIT: Window = Window::square(1.0);

/// The maximum number of nodes.
const MOST: usize = 4_000_000;

/// The names of a list's third column.
const LOSSES: [&str; 8] = [
    "loss",
    "train_loss",
    "test_loss",
    "value",
    "z",
    "f",
    "error",
    "cost",
];

/// Returns the nodes in a table, and how they were written.
///
/// # Errors
/// What is wrong with them, or with the window in which they are to lie.
pub(super) fn nodes(table: &Table, window: Option<Window>) -> Result<(Nodes, Layout), DataError> {
    if let Some(window) = &window {
        check_window(window)?;
    }
    let sheet = Sheet::new(table)?;
    let (nodes, layout) = if let Some(list) = sheet.list()? {
        (list, Layout::List)
    } else if let Some(pivot) = sheet.pivot()? {
        (pivot, Layout::Pivot)
    } else {
        (sheet.matrix(window.unwrap_or(UNIT))?, Layout::Matrix)
    };
    let file = || sheet.file.to_owned();
    if layout != Layout::Matrix && window.is_some_and(|window| window != nodes.window) {
        let (x, y) = (nodes.window.x, nodes.window.y);
        return Err(DataError::Grid(GridError::TwoWindows {
            file: file(),
            x: x.map(number::short),
            y: y.map(number::short),
        }));
    }
    if !nodes.losses.iter().any(|loss| loss.is_finite()) {
        return Err(DataError::Grid(GridError::Nowhere { file: file() }));
    }
    Ok((nodes, layout))
}

/// Returns whether a table of which nothing is said is a landscape rather than data: it has
/// coordinates, or looks like a picture made of numbers.
#[must_use]
pub fn is_landscape(table: &Table) -> bool {
    /// Fewer rows or columns may be anything.
    const FEWEST: usize = 8;
    /// Data are longer than they are wide.
    const LONGEST: usize = 4;
    let Ok(sheet) = Sheet::new(table) else {
        return false;
    };
    let reading = table.reading();
    let above = sheet.above().or_else(|| sheet.in_first_row());
    if sheet.is_named_list() || above.is_some_and(|xs| xs.len() >= FEWEST) {
        return true;
    }
    let (columns, rows) = (sheet.columns.len(), reading.rows);
    reading
        .columns
        .iter()
        .all(|it| !it.is_named && it.kind == ColumnKind::Numbers)
        && columns.min(rows) >= FEWEST
        && columns.max(rows) <= LONGEST * columns.min(rows)
}

/// A table of numbers.
struct Sheet<'a> {
    table: &'a Table,
    file: &'a str,
    /// The indices of the columns that hold data.
    columns: Vec<usize>,
    mark: DecimalMark,
}

impl<'a> Sheet<'a> {
    fn new(table: &'a Table) -> Result<Self, DataError> {
        let columns = table.data_columns();
        let mark = table.decimal_of(&columns)?;
        Ok(Self {
            table,
            file: &table.reading().file,
            columns,
            mark,
        })
    }

    /// Returns the number in a cell; NaN if it is missing.
    fn number(&self, row: &Row<'_>, column: usize) -> Result<f64, GridError> {
        let cell: Cell<'_> = row.cell(column);
        match cell.value(self.mark) {
            Value::Number(number) | Value::Infinite(number) => Ok(number),
            Value::Missing => Ok(f64::NAN),
            Value::Text => {
                let names = &self.table.reading().columns;
                let name = names.get(column).map_or("", |it| &it.name);
                Err(GridError::NoNumber {
                    file: self.file.to_owned(),
                    line: row.line,
                    column: brief(name),
                    text: brief(&cell.text()),
                })
            }
        }
    }

    /// Returns whether the third of three columns has the name of a loss.
    fn is_named_list(&self) -> bool {
        let names = &self.table.reading().columns;
        let [_, _, loss] = self.columns[..] else {
            return false;
        };
        let third = names.get(loss).filter(|it| it.is_named);
        third.is_some_and(|it| LOSSES.contains(&&*it.name.to_lowercase()))
    }

    /// Returns the nodes in a list of x, y and loss; `None` if the table is none.
    fn list(&self) -> Result<Option<Nodes>, GridError> {
        let [x, y, loss] = self.columns[..] else {
            return Ok(None);
        };
        let rows: Vec<(u64, [f64; 3])> = self
            .table
            .rows()
            .map(|row| {
                let [x, y, loss] = [x, y, loss].map(|column| self.number(&row, column));
                Ok((row.line, [x?, y?, loss?]))
            })
            .collect::<Result<_, GridError>>()?;
        let values = |axis: usize| distinct(rows.iter().map(|(_, row)| row[axis]));
        let (xs, ys) = (values(0), values(1));
        // A matrix of three columns is a list only if its rows are just the nodes of a grid.
        let is_grid = xs.len().checked_mul(ys.len()) == Some(rows.len()) && rows.len() > 3;
        if !self.is_named_list() && !is_grid {
            return Ok(None);
        }
        self.check_size(xs.len(), ys.len())?;
        let window = Window::new(ends(&xs, "x", self.file)?, ends(&ys, "y", self.file)?);
        let mut losses = vec![None; xs.len() * ys.len()];
        for &(line, [x, y, loss]) in &rows {
            let column = xs.partition_point(|it| it.total_cmp(&x).is_lt());
            let row = ys.partition_point(|it| it.total_cmp(&y).is_lt());
            match losses.get_mut(row * xs.len() + column) {
                Some(node @ None) => *node = Some(loss),
                _ => {
                    return Err(GridError::Twice {
                        file: self.file.to_owned(),
                        x: number::short(x),
                        y: number::short(y),
                        line,
                    });
                }
            }
        }
        let missing = losses.iter().filter(|loss| loss.is_none()).count();
        if missing > 0 {
            return Err(GridError::Gaps {
                file: self.file.to_owned(),
                rows: rows.len(),
                columns: xs.len(),
                lines: ys.len(),
                missing,
            });
        }
        Ok(Some(Nodes {
            window,
            columns: xs.len(),
            rows: ys.len(),
            losses: losses.into_iter().flatten().collect(),
        }))
    }

    /// Returns the nodes in a matrix with x above and y on the left; `None` if it has none.
    fn pivot(&self) -> Result<Option<Nodes>, GridError> {
        let (xs, is_row) = match (self.above(), self.in_first_row()) {
            (Some(xs), _) => (xs, false),
            (None, Some(xs)) => (xs, true),
            (None, None) => return Ok(None),
        };
        let mut ys = Vec::new();
        let mut losses = Vec::new();
        for row in self.table.rows().skip(usize::from(is_row)) {
            ys.push(self.number(&row, 0)?);
            for column in 1..=xs.len() {
                losses.push(self.number(&row, column)?);
            }
            self.check_count(losses.len())?;
        }
        self.check_size(xs.len(), ys.len())?;
        let (xs, x_falls) = rising(xs);
        let (ys, y_falls) = rising(ys);
        if x_falls {
            for row in losses.chunks_mut(xs.len()) {
                row.reverse();
            }
        }
        if y_falls {
            let rows = losses.chunks(xs.len()).rev();
            losses = rows.flatten().copied().collect();
        }
        Ok(Some(Nodes {
            window: Window::new(ends(&xs, "x", self.file)?, ends(&ys, "y", self.file)?),
            columns: xs.len(),
            rows: ys.len(),
            losses,
        }))
    }

    /// Returns the values of x in the header of a matrix, whose first column has no name.
    fn above(&self) -> Option<Vec<f64>> {
        let columns = &self.table.reading().columns;
        let (first, others) = columns.split_first()?;
        if first.is_named && !first.names_rows() {
            return None;
        }
        let number = |name: &str| number::parse(name).filter(|it| it.is_finite());
        let named = |it: &crate::table::Column| it.is_named.then(|| number(&it.name)).flatten();
        others.iter().map(named).collect()
    }

    /// Returns the values of x in the first row of a matrix: the corner alone is empty.
    fn in_first_row(&self) -> Option<Vec<f64>> {
        let mut rows = self.table.rows();
        let first = rows.next()?;
        let is_missing = |row: &Row<'_>| row.cell(0).value(self.mark) == Value::Missing;
        if !is_missing(&first) || rows.any(|row| is_missing(&row)) {
            return None;
        }
        let width = self.table.reading().columns.len();
        let number = |column| match first.cell(column).value(self.mark) {
            Value::Number(number) => Some(number),
            _ => None,
        };
        (1..width).map(number).collect()
    }

    /// Returns the nodes of a matrix, which lie in a window.
    fn matrix(&self, window: Window) -> Result<Nodes, GridError> {
        let mut losses = Vec::new();
        let mut rows = 0;
        for row in self.table.rows() {
            rows += 1;
            for &column in &self.columns {
                losses.push(self.number(&row, column)?);
            }
            self.check_count(losses.len())?;
        }
        self.check_size(self.columns.len(), rows)?;
        Ok(Nodes {
            window,
            columns: self.columns.len(),
            rows,
            losses,
        })
    }

    fn check_size(&self, columns: usize, rows: usize) -> Result<(), GridError> {
        if columns < 2 || rows < 2 {
            return Err(GridError::TooSmall {
                file: self.file.to_owned(),
                columns,
                rows,
            });
        }
        self.check_count(columns.saturating_mul(rows))
    }

    fn check_count(&self, nodes: usize) -> Result<(), GridError> {
        if nodes <= MOST {
            return Ok(());
        }
        Err(GridError::TooLarge {
            file: self.file.to_owned(),
            nodes: number::count(nodes),
            most: number::count(MOST),
        })
    }
}

/// Returns values from the smallest to the largest, and whether they were written the other way
/// round.
fn rising(mut values: Vec<f64>) -> (Vec<f64>, bool) {
    let falls = values.first() > values.last();
    if falls {
        values.reverse();
    }
    (values, falls)
}
