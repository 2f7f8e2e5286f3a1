//! Remembers where a trail has left ink, so that a dense tangle is drawn with few lines.

use egui::{Pos2, Rect};

/// The side of a square that counts as inked once a line has crossed it, which is less than half
/// the width of a trail.
const CELL: f32 = 1.0;
/// The difference in age, out of [`OLDEST`], above which ink is drawn over with its newer colour.
const AGE: u8 = 40;
/// The age of ink at the end of a race.
const OLDEST: f32 = 254.0;
/// A cell without ink.
const BLANK: u8 = 0;

/// The ink of one trail, cell by cell.
#[derive(Clone, Debug)]
pub(super) struct Ink {
    rect: Rect,
    columns: usize,
    /// How much of the race was over when a cell was last drawn, row by row.
    cells: Vec<u8>,
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "numbers of cells on a screen"
)]
impl Ink {
    /// No ink yet.
    pub fn none(rect: Rect) -> Self {
        let [columns, rows] =
            [rect.width(), rect.height()].map(|side| (side / CELL).ceil().max(0.0) as usize + 1);
        Self {
            rect,
            columns,
            cells: vec![BLANK; columns.saturating_mul(rows)],
        }
    }

    /// The parts of a line inside the rectangle that leave visible ink, which they have left from
    /// now on. `progress` says how much of the race is over, from 0 to 1.
    pub fn leave(&mut self, points: &[Pos2], progress: f32) -> Vec<Vec<Pos2>> {
        let now = 1 + (progress.clamp(0.0, 1.0) * (OLDEST - 1.0)) as u8;
        let mut parts: Vec<Vec<Pos2>> = Vec::new();
        let mut joined = false;
        for pair in points.windows(2) {
            let visible = self.is_visible(pair[0], pair[1], now);
            if visible {
                self.cross(pair[0], pair[1], |cell| {
                    *cell = now;
                    false
                });
                match parts.last_mut() {
                    Some(part) if joined => part.push(pair[1]),
                    _ => parts.push(pair.to_vec()),
                }
            }
            joined = visible;
        }
        parts
    }

    fn is_visible(&mut self, from: Pos2, to: Pos2, now: u8) -> bool {
        self.cross(from, to, |cell| *cell == BLANK || now - *cell > AGE)
    }

    /// Visits the cells that a line crosses, until one of them says that this is enough.
    fn cross(&mut self, from: Pos2, to: Pos2, mut visit: impl FnMut(&mut u8) -> bool) -> bool {
        let [from, to] = [from, to].map(|at| (at - self.rect.min) / CELL);
        let way = to - from;
        let steps = way.abs().max_elem().ceil().max(1.0);
        let step = way / steps;
        (0..=steps as usize).any(|index| {
            let at = from + step * index as f32;
            let cell = at.y as usize * self.columns + at.x as usize;
            self.cells.get_mut(cell).is_some_and(&mut visit)
        })
    }
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    const RECT: Rect = Rect::from_min_max(pos2(10.0, 10.0), pos2(110.0, 110.0));

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
            ink.leave(&line, 0.5),
            [line[..2].to_vec(), line[3..].to_vec()]
        );
        assert!(ink.leave(&line, 0.55).is_empty());
    }

    #[test]
    fn old_ink_is_drawn_over_in_the_newer_colour() {
        let line = [pos2(20.0, 20.0), pos2(90.0, 50.0)];
        let mut ink = Ink::none(RECT);
        assert_eq!(ink.leave(&line, 0.1), [line]);
        assert!(ink.leave(&line, 0.2).is_empty());
        assert_eq!(ink.leave(&line, 0.4), [line]);
        assert!(ink.leave(&line, 0.5).is_empty());
    }

    #[test]
    fn a_line_beside_another_one_is_drawn() {
        let line = |y| [pos2(20.5, y), pos2(90.5, y)];
        let mut ink = Ink::none(RECT);
        assert_eq!(ink.leave(&line(20.5), 0.5), [line(20.5)]);
        assert_eq!(ink.leave(&line(21.6), 0.5), [line(21.6)]);
        assert!(ink.leave(&line(20.6), 0.5).is_empty());
        let longer = [pos2(20.5, 20.5), pos2(93.0, 20.5)];
        assert_eq!(ink.leave(&longer, 0.5), [longer]);
        let edges = [RECT.left_top(), RECT.right_bottom()];
        assert_eq!(ink.leave(&edges, 0.5), [edges]);
    }
}
