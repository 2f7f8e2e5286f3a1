//! Finds the squares of a grid that a line crosses.

use std::ops::Range;

use egui::{Pos2, Rect};

/// A rectangle on screen, divided into square cells of one point.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    corner: Pos2,
    columns: usize,
    rows: usize,
}

impl Grid {
    pub fn new(rect: Rect) -> Self {
        let [columns, rows] = [rect.width(), rect.height()].map(|side| whole(side) + 2);
        Self {
            corner: rect.min,
            columns,
            rows,
        }
    }

    /// The number of cells.
    pub fn cells(&self) -> usize {
        self.columns.saturating_mul(self.rows)
    }

    /// The cells that a line crosses.
    pub fn crossed(&self, [from, to]: [Pos2; 2]) -> Crossed {
        let from = from - self.corner;
        let way = to - self.corner - from;
        let steps = whole(way.abs().max_elem().ceil()).max(1);
        Crossed {
            x: Walk::new(from.x, way.x, steps),
            y: Walk::new(from.y, way.y, steps),
            columns: self.columns,
            cells: steps + 1,
        }
    }

    /// The cells of a rectangle, if there are at most `most`, row by row.
    pub fn inside(
        &self,
        rect: Rect,
        most: usize,
    ) -> Option<impl Iterator<Item = Range<usize>> + use<>> {
        let [first, last] = [rect.min, rect.max].map(|corner| corner - self.corner);
        let [columns, rows] = [0, 1].map(|axis| whole(first[axis])..whole(last[axis]) + 1);
        let width = self.columns;
        (columns.len().saturating_mul(rows.len()) <= most)
            .then(|| rows.map(move |row| row * width + columns.start..row * width + columns.end))
    }
}

/// The cells that a line crosses, of which some are met more than once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Crossed {
    x: Walk,
    y: Walk,
    columns: usize,
    cells: usize,
}

impl Crossed {
    /// Their number.
    pub const fn len(&self) -> usize {
        self.cells
    }

    /// One of them, which may lie outside the grid if an end of the line does.
    pub fn at(&self, index: usize) -> usize {
        self.y.at(index) * self.columns + self.x.at(index)
    }

    /// All of them.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        (0..self.cells).map(move |index| self.at(index))
    }
}

/// Equal steps from cell to cell, in whole numbers: a tangle takes millions of them.
#[derive(Clone, Copy, Debug)]
struct Walk {
    /// In parts of a cell, as is the step.
    from: i64,
    step: i64,
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "numbers of cells on a screen"
)]
impl Walk {
    /// The number of bits after the point.
    const PARTS: i32 = 20;

    fn new(from: f32, way: f32, steps: usize) -> Self {
        let parts = |cells: f32| (cells * (1 << Self::PARTS) as f32) as i64;
        Self {
            from: parts(from),
            step: parts(way) / steps as i64,
        }
    }

    fn at(self, step: usize) -> usize {
        ((self.from + self.step * step as i64) >> Self::PARTS).max(0) as usize
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of cells on a screen"
)]
fn whole(number: f32) -> usize {
    number.max(0.0) as usize
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    fn grid() -> Grid {
        Grid::new(Rect::from_min_max(pos2(10.0, 20.0), pos2(18.0, 30.0)))
    }

    #[test]
    fn a_line_crosses_the_cells_between_its_ends() {
        let crossed = grid().crossed([pos2(11.5, 20.5), pos2(13.5, 21.6)]);
        assert_eq!(crossed.iter().collect::<Vec<_>>(), [1, 12, 13]);
        let back = grid().crossed([pos2(13.5, 21.6), pos2(11.5, 20.5)]);
        assert_eq!(back.iter().collect::<Vec<_>>(), [13, 12, 1]);
        let point = grid().crossed([pos2(10.2, 21.2); 2]);
        assert!(point.iter().all(|cell| cell == 10));
    }

    #[test]
    fn a_line_to_an_edge_stays_in_the_grid() {
        let crossed = grid().crossed([pos2(10.0, 20.0), pos2(18.0, 30.0)]);
        assert!(crossed.iter().all(|cell| cell < grid().cells()));
        let beyond = grid().crossed([pos2(11.5, 21.5), pos2(-90.0, -90.0)]);
        assert!(beyond.iter().all(|cell| cell <= 11));
        assert_eq!(beyond.iter().last(), Some(0));
    }

    #[test]
    fn the_cells_of_a_rectangle_are_found_row_by_row() {
        let rect = Rect::from_min_max(pos2(11.5, 20.5), pos2(13.5, 21.5));
        let rows = grid().inside(rect, 6).map(Iterator::collect::<Vec<_>>);
        assert_eq!(rows, Some(vec![1..4, 11..14]));
        assert!(grid().inside(rect, 5).is_none());
    }
}
