//! A landscape that was measured elsewhere: the losses, and how they were written.

use crate::number;
use crate::plane::Window;
use crate::table::Reading;

/// The losses of a landscape, and how they were read.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The losses.
    pub nodes: Nodes,
    /// How they are written.
    pub layout: Layout,
    /// How the file was read.
    pub reading: Reading,
}

impl Measured {
    /// Returns a description, line by line, of how the file was understood.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.reading.storage()];
        lines.extend(self.layout.lines(&self.nodes));
        lines
    }
}

/// Losses at the nodes of a regular grid, at least two along each axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Nodes {
    /// The positions of the outermost nodes.
    pub window: Window,
    /// The number of nodes along x.
    pub columns: usize,
    /// The number of nodes along y.
    pub rows: usize,
    /// The losses, row by row, with x increasing within a row and y from row to row. NaN and
    /// infinities are holes.
    pub losses: Vec<f64>,
}

impl Nodes {
    /// Returns the loss at a node, which may lie one beyond the edge: there, the parabola through the
    /// three nearest nodes goes on, or the line through two. NaN further out, and
    /// where the loss is not finite.
    #[must_use]
    pub fn beyond(&self, column: isize, row: isize) -> f64 {
        extended(row, self.rows, |row| {
            extended(column, self.columns, |column| self.at(column, row))
        })
    }

    fn at(&self, column: usize, row: usize) -> f64 {
        let index = row * self.columns + column;
        let loss = self.losses.get(index).filter(|loss| loss.is_finite());
        loss.copied().unwrap_or(f64::NAN)
    }

    /// Returns the positions of the nodes, and their losses.
    pub fn all(&self) -> impl Iterator<Item = ([f64; 2], f64)> + '_ {
        let losses = self.losses.iter().enumerate();
        losses.map(|(index, &loss)| {
            let x = between(self.window.x, index % self.columns, self.columns);
            let y = between(self.window.y, index / self.columns, self.rows);
            ([x, y], loss)
        })
    }
}

/// Returns the position of a node on a range.
#[expect(
    clippy::cast_precision_loss,
    reason = "there are far fewer than 2^53 nodes"
)]
fn between([from, to]: [f64; 2], index: usize, count: usize) -> f64 {
    let part = index as f64 / (count - 1) as f64;
    from + (to - from) * part
}

/// Returns the value at an index from −1 to `count` of a series that goes from 0 to `count − 1`.
fn extended(index: isize, count: usize, value: impl Fn(usize) -> f64) -> f64 {
    let parabola = |near: f64, next: f64, far: f64| 3.0 * near - 3.0 * next + far;
    let line = |near: f64, next: f64| 2.0 * near - next;
    match (usize::try_from(index), count) {
        (Ok(index), count) if index < count => value(index),
        (Ok(2), 2) => line(value(1), value(0)),
        (Ok(index), count) if index == count => {
            parabola(value(count - 1), value(count - 2), value(count - 3))
        }
        (Err(_), 2) if index == -1 => line(value(0), value(1)),
        (Err(_), _) if index == -1 => parabola(value(0), value(1), value(2)),
        _ => f64::NAN,
    }
}

/// How the nodes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A matrix without coordinates.
    Matrix,
    /// A matrix with x above and y on the left.
    Pivot,
    /// A list of x, y and loss.
    List,
}

impl Layout {
    /// Returns a description, line by line, of nodes that were written so.
    #[must_use]
    pub fn lines(self, nodes: &Nodes) -> Vec<String> {
        let how = match self {
            Self::Matrix => "a matrix of losses: x from column to column, y from row to row",
            Self::Pivot => "a matrix of losses, with x above it and y on the left",
            Self::List => "a list of x, y and loss",
        };
        let [x, y] = [nodes.window.x, nodes.window.y].map(|ends| ends.map(number::short));
        let holes = nodes.losses.iter().filter(|it| !it.is_finite()).count();
        let mut lines = vec![
            how.to_owned(),
            format!(
                "{} x {} losses: x from {} to {}, y from {} to {}",
                nodes.columns, nodes.rows, x[0], x[1], y[0], y[1]
            ),
        ];
        if holes > 0 {
            lines.push(format!(
                "{} of the losses are not finite: nothing is drawn there",
                number::count(holes)
            ));
        }
        lines
    }
}
