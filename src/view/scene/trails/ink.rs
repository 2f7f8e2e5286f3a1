//! Remembers where a trail has left ink, so that a dense tangle is drawn with few lines.
//!
//! A cell of the grid is less than half as wide as a trail, so that it counts as inked once the
//! middle of a line has crossed it.

use egui::{Pos2, Rect};

use super::grid::{Crossed, Grid};

/// The difference in age, out of [`OLDEST`], above which ink is drawn over with its newer colour.
const AGE: u8 = 10;
/// The part of a line that has to be that old, as its inverse.
const OLD_PART: usize = 4;
/// A gap in the ink that is shorter, in cells, is closed by the width of the lines around it.
const GAP: usize = 2;
/// Lines shorter than this, in cells, close every gap: they may be all there is of a trail that
/// creeps.
const SHORT: usize = 8;
/// The width in cells around the rectangle, which the rims of lines at its edges cross.
const AROUND: f32 = 8.0;
/// The largest rectangle that is searched for a gap, in cells.
const LARGEST: usize = 4096;

/// How much of the race was over when a line last crossed a square, in six bits, and above these
/// how many rims did.
type Cell = u8;
/// The age of ink at the end of a race.
const OLDEST: Cell = 0b11_1111;
/// The age of a cell without ink.
const BLANK: Cell = 0;
/// One rim.
const RIM: Cell = OLDEST + 1;
/// Rims over which another one makes no difference.
const DARK: Cell = 2 * RIM;

/// The ink of one trail, cell by cell.
#[derive(Clone, Debug)]
pub(super) struct Ink {
    grid: Grid,
    cells: Vec<Cell>,
}

/// What is seen of a line.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Seen {
    /// The parts that leave visible ink.
    pub lines: Vec<Vec<Pos2>>,
    /// The parts of these whose rim is seen.
    pub rims: Vec<Vec<Pos2>>,
}

impl Ink {
    /// No ink yet.
    pub fn none(rect: Rect) -> Self {
        let grid = Grid::new(rect.expand(AROUND));
        let cells = vec![BLANK; grid.cells()];
        Self { grid, cells }
    }

    /// The memory that it takes, in bytes.
    pub fn bytes(&self) -> usize {
        size_of_val(self.cells.as_slice())
    }

    /// What is seen of a line inside the rectangle, which leaves its ink from now on. `progress`
    /// says how much of the race is over, from 0 to 1, and `rim` how far the middle of the line's
    /// rim is from that of the line.
    pub fn leave(&mut self, points: &[Pos2], progress: f32, rim: f32) -> Seen {
        let now = age(progress);
        let mut seen = Seen::default();
        let [mut line, mut rims] = [false; 2];
        for pair in points.windows(2) {
            let ends = [pair[0], pair[1]];
            let [line_before, rims_before] = [line, rims];
            let crossed = self.grid.crossed(ends);
            line = self.is_visible(crossed, now);
            rims = false;
            if line {
                let sides = sides(ends, rim).map(|side| self.grid.crossed(side));
                rims = sides.iter().any(|&side| self.has_gap(side, is_light));
                if rims {
                    join(&mut seen.rims, ends, rims_before);
                    for side in sides {
                        self.mark(side, rimmed);
                    }
                }
                join(&mut seen.lines, ends, line_before);
                self.mark(crossed, |cell| cell & !OLDEST | now);
            }
        }
        seen
    }

    /// Whether no line inside this rectangle would be visible, as far as can be said quickly.
    pub fn is_full(&self, rect: Rect, progress: f32) -> bool {
        let now = age(progress);
        self.grid.inside(rect, LARGEST).is_some_and(|mut rows| {
            rows.all(|row| {
                let cells = self.cells.get(row);
                cells.is_some_and(|cells| cells.iter().all(|&cell| !is_old(cell, now)))
            })
        })
    }

    fn is_visible(&self, crossed: Crossed, now: Cell) -> bool {
        let every = every(crossed);
        let (mut looked, mut old) = (0, 0);
        for index in (0..crossed.len()).step_by(every) {
            let cell = self.cell(crossed, index);
            if is_blank(cell) && self.is_bare_around(crossed, index, every, is_blank) {
                return true;
            }
            looked += 1;
            old += usize::from(is_old(cell, now));
        }
        old * OLD_PART >= looked
    }

    /// Whether something drawn along these cells would be seen where they are bare.
    fn has_gap(&self, crossed: Crossed, is_bare: fn(Cell) -> bool) -> bool {
        let every = every(crossed);
        (0..crossed.len()).step_by(every).any(|index| {
            is_bare(self.cell(crossed, index))
                && self.is_bare_around(crossed, index, every, is_bare)
        })
    }

    /// Whether a bare cell belongs to a gap that has to be closed.
    fn is_bare_around(
        &self,
        crossed: Crossed,
        index: usize,
        every: usize,
        is_bare: fn(Cell) -> bool,
    ) -> bool {
        let mut around = [index.checked_sub(1), Some(index + 1)]
            .into_iter()
            .flatten();
        every == 1
            || around.any(|index| index < crossed.len() && is_bare(self.cell(crossed, index)))
    }

    /// A cell; outside the grid, nothing is seen.
    fn cell(&self, crossed: Crossed, index: usize) -> Cell {
        let cell = self.cells.get(crossed.at(index));
        cell.copied().unwrap_or(Cell::MAX)
    }

    fn mark(&mut self, crossed: Crossed, change: impl Fn(Cell) -> Cell) {
        for index in crossed.iter() {
            if let Some(cell) = self.cells.get_mut(index) {
                *cell = change(*cell);
            }
        }
    }
}

/// The distance of the cells of a line that have to be looked at so that no gap is missed.
const fn every(crossed: Crossed) -> usize {
    if crossed.len() < SHORT { 1 } else { GAP }
}

/// The lines on both sides of a line, at a distance.
fn sides([from, to]: [Pos2; 2], distance: f32) -> [[Pos2; 2]; 2] {
    let aside = (to - from).normalized().rot90() * distance;
    [aside, -aside].map(|aside| [from + aside, to + aside])
}

/// Adds a line to the last of some parts, or as a part of its own.
fn join(parts: &mut Vec<Vec<Pos2>>, ends: [Pos2; 2], joined: bool) {
    match parts.last_mut() {
        Some(part) if joined => part.push(ends[1]),
        _ => parts.push(ends.to_vec()),
    }
}

const fn is_blank(cell: Cell) -> bool {
    cell & OLDEST == BLANK
}

/// Whether there is no ink in a cell, or only ink of another colour than is drawn now.
const fn is_old(cell: Cell, now: Cell) -> bool {
    is_blank(cell) || now.saturating_sub(cell & OLDEST) > AGE
}

/// Whether a rim would be seen in a cell.
const fn is_light(cell: Cell) -> bool {
    is_blank(cell) && cell < DARK
}

/// The same cell with one more rim.
const fn rimmed(cell: Cell) -> Cell {
    if cell < DARK { cell + RIM } else { cell }
}

/// The age of ink that is left now.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a small number"
)]
fn age(progress: f32) -> Cell {
    1 + (progress.clamp(0.0, 1.0) * f32::from(OLDEST - 1)) as Cell
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    const RECT: Rect = Rect::from_min_max(pos2(10.0, 10.0), pos2(110.0, 110.0));

    fn lines(ink: &mut Ink, points: &[Pos2], progress: f32) -> Vec<Vec<Pos2>> {
        ink.leave(points, progress, 1.5).lines
    }

    fn row(y: f32) -> [Pos2; 2] {
        [pos2(20.5, y), pos2(90.5, y)]
    }

    #[test]
    fn steps_back_and_forth_are_drawn_once() {
        let line = [
            pos2(20.5, 20.5),
            pos2(20.6, 90.5),
            pos2(20.7, 20.5),
            pos2(20.8, 80.5),
            pos2(50.5, 80.5),
        ];
        let mut ink = Ink::none(RECT);
        assert_eq!(
            lines(&mut ink, &line, 0.5),
            [line[..2].to_vec(), line[3..].to_vec()]
        );
        assert!(lines(&mut ink, &line, 0.55).is_empty());
    }

    #[test]
    fn old_ink_is_drawn_over_in_the_newer_colour() {
        let line = [pos2(20.0, 20.0), pos2(90.0, 50.0)];
        let mut ink = Ink::none(RECT);
        assert_eq!(lines(&mut ink, &line, 0.1), [line]);
        assert!(lines(&mut ink, &line, 0.2).is_empty());
        assert_eq!(lines(&mut ink, &line, 0.4), [line]);
        assert!(lines(&mut ink, &line, 0.5).is_empty());
    }

    #[test]
    fn a_line_beside_another_one_is_drawn() {
        let mut ink = Ink::none(RECT);
        assert_eq!(lines(&mut ink, &row(20.5), 0.5), [row(20.5)]);
        assert_eq!(lines(&mut ink, &row(21.6), 0.5), [row(21.6)]);
        assert!(lines(&mut ink, &row(20.6), 0.5).is_empty());
        let longer = [pos2(20.5, 20.5), pos2(93.0, 20.5)];
        assert_eq!(lines(&mut ink, &longer, 0.5), [longer]);
        let edges = [RECT.left_top(), RECT.right_bottom()];
        assert_eq!(lines(&mut ink, &edges, 0.5), [edges]);
    }

    #[test]
    fn a_gap_that_the_lines_around_it_close_is_not_drawn() {
        let mut ink = Ink::none(RECT);
        for y in (20..50_u8).filter(|y| ![25, 40, 41].contains(y)) {
            lines(&mut ink, &row(0.5 + f32::from(y)), 0.5);
        }
        let across = |bottom| [pos2(50.5, 20.5), pos2(50.5, bottom)];
        assert!(lines(&mut ink, &across(35.5), 0.5).is_empty());
        assert_eq!(lines(&mut ink, &across(45.5), 0.5), [across(45.5)]);
        // A trail that creeps never crosses more than one blank cell.
        let creeping: Vec<Pos2> = (0..9_u8).map(|x| pos2(90.5 + f32::from(x), 20.5)).collect();
        assert_eq!(lines(&mut ink, &creeping, 0.5), [creeping]);
    }

    #[test]
    fn a_rim_below_ink_is_not_drawn() {
        let mut ink = Ink::none(RECT);
        for y in 30..70_u8 {
            let seen = ink.leave(&row(0.5 + f32::from(y)), 0.5, 1.5);
            assert_eq!(seen.lines, seen.rims, "{y}");
        }
        let inside = [pos2(30.5, 35.5), pos2(60.5, 65.5)];
        let seen = ink.leave(&inside, 1.0, 1.5);
        assert_eq!(seen.lines, [inside]);
        assert!(seen.rims.is_empty());
        let out = [pos2(30.5, 35.5), pos2(60.5, 75.5)];
        assert_eq!(ink.leave(&out, 1.0, 1.5).rims, [out]);
    }

    #[test]
    fn ink_is_full_where_every_cell_is_inked() {
        let mut ink = Ink::none(RECT);
        let rect = Rect::from_min_max(pos2(30.0, 30.0), pos2(40.0, 33.0));
        for y in [30.5, 31.5, 32.5] {
            assert!(!ink.is_full(rect, 0.5));
            lines(&mut ink, &row(y), 0.5);
        }
        assert!(!ink.is_full(rect, 0.5));
        lines(&mut ink, &row(33.5), 0.5);
        assert!(ink.is_full(rect, 0.5) && !ink.is_full(rect, 1.0));
        assert!(!ink.is_full(RECT, 0.5));
    }
}
