//! Rays through a field of heights.

use super::Relief;

/// The sizes of the blocks of cells that are skipped together where a ray passes above all of them,
/// the smallest first: the binary logarithms of their sides.
const BLOCKS: [u32; 5] = [1, 2, 3, 4, 5];

/// The highest node of every block of cells, for each size of blocks.
#[derive(Clone, Debug)]
pub(super) struct Peaks([Level; BLOCKS.len()]);

/// The highest nodes of blocks of one size.
#[derive(Clone, Debug)]
struct Level {
    /// The binary logarithm of the side of a block.
    log: u32,
    columns: usize,
    peaks: Vec<f32>,
}

impl Peaks {
    pub fn of(heights: &[f32], columns: usize, rows: usize) -> Self {
        Self(BLOCKS.map(|log| {
            let size = 1 << log;
            let blocks = [columns, rows].map(|nodes| nodes.saturating_sub(1).div_ceil(size));
            let mut peaks = Vec::with_capacity(blocks[0] * blocks[1]);
            for up in 0..blocks[1] {
                for across in 0..blocks[0] {
                    let (from, to) = (across * size, ((across + 1) * size + 1).min(columns));
                    let last = ((up + 1) * size + 1).min(rows);
                    let nodes = (up * size..last)
                        .flat_map(|row| &heights[row * columns + from..row * columns + to]);
                    peaks.push(nodes.copied().fold(f32::NEG_INFINITY, f32::max));
                }
            }
            Level {
                log,
                columns: blocks[0],
                peaks,
            }
        }))
    }
}

impl Level {
    fn peak(&self, column: usize, row: usize) -> f64 {
        f64::from(self.peaks[(row >> self.log) * self.columns + (column >> self.log)])
    }
}

/// A straight line: from + t · way, in fractions [u, v] of the field and heights h.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ray {
    /// The point at t = 0.
    pub from: [f64; 3],
    /// The direction.
    pub way: [f64; 3],
}

impl Ray {
    /// The point at t.
    #[must_use]
    pub fn at(&self, t: f64) -> [f64; 3] {
        [0, 1, 2].map(|axis| self.from[axis] + t * self.way[axis])
    }

    /// The part between two t that leads over the field or below it (Liang & Barsky 1984).
    #[must_use]
    pub fn over_field(&self, [start, end]: [f64; 2]) -> Option<[f64; 2]> {
        let (mut from, mut to) = (start, end);
        for axis in 0..2 {
            let (at, way) = (self.from[axis], self.way[axis]);
            if way == 0.0 {
                if !(0.0..=1.0).contains(&at) {
                    return None;
                }
                continue;
            }
            let [one, other] = [-at / way, (1.0 - at) / way];
            from = from.max(one.min(other));
            to = to.min(one.max(other));
        }
        (from <= to).then_some([from, to])
    }
}

impl Relief {
    /// Whether nothing of the field lies above a ray from t = `start` on, as far as it leads.
    #[must_use]
    pub fn is_clear(&self, ray: &Ray, start: f64) -> bool {
        // Above all heights, nothing is in the way.
        let top = if ray.way[2] > 0.0 {
            (1.0 - ray.from[2]) / ray.way[2]
        } else {
            f64::INFINITY
        };
        self.crossing(ray, [start, top], Side::Above).is_none()
    }

    /// Where a ray that leads down first meets the field, be it from above or, after it has come in
    /// from the side or through a hole, from below: the t.
    #[must_use]
    pub fn first_hit(&self, ray: &Ray) -> Option<f64> {
        let [at, way] = [ray.from[2], ray.way[2]];
        let [top, floor] = if way < 0.0 {
            [(1.0 - at) / way, -at / way]
        } else {
            [f64::NEG_INFINITY, f64::INFINITY]
        };
        // A touch more, so that a floor of height 0 is met.
        let margin = 1e-9 * (1.0 + (floor - top).abs().min(1e9));
        self.crossing(ray, [top - margin, floor + margin], Side::Unknown)
    }

    /// The first t between two others at which a ray crosses the field, if it begins on this side.
    fn crossing(&self, ray: &Ray, [start, end]: [f64; 2], begins: Side) -> Option<f64> {
        let [columns, rows] = self.cells();
        if columns * rows == 0 {
            return None;
        }
        let [from, to] = ray.over_field([start, end])?;
        let mut side = begins;
        let cells = [columns, rows];
        let [x, y] = [Axis::new(ray, 0, cells), Axis::new(ray, 1, cells)];
        let mut t = from;
        let [mut column, mut row] = [x.cell(t), y.cell(t)];
        // Where a block could be skipped, a larger one is tried next, and a smaller one where it
        // could not (Tevs, Ihrke & Seidel 2008); 0 is a cell.
        let mut size = 0_usize;
        while t < to {
            let level = size.checked_sub(1).map(|size| &self.peaks.0[size]);
            let log = level.map_or(0, |level| level.log);
            let ends = [x.leaves(column, log), y.leaves(row, log)];
            let end = ends[0].min(ends[1]).min(to).max(t);
            if let Some(level) = level {
                let peak = level.peak(column, row);
                if height(ray, t).min(height(ray, end)) <= peak {
                    size -= 1;
                    continue;
                }
                side = if peak > f64::NEG_INFINITY {
                    Side::Above
                } else {
                    // Nothing but a hole.
                    Side::Unknown
                };
            } else if let Some(found) = self.crossing_in(ray, [column, row], [t, end], &mut side) {
                return Some(found);
            }
            if end >= to {
                return None;
            }
            // Leaving by one side, so that rounding cannot keep the ray in the block.
            [column, row] = if ends[0] <= ends[1] {
                [x.next(column, log)?, y.onward(row, end)]
            } else {
                [x.onward(column, end), y.next(row, log)?]
            };
            t = end;
            size = (size + 1).min(BLOCKS.len());
        }
        None
    }

    /// The same within one cell, which the ray enters and leaves on a side. On each of its two
    /// triangles, the height above the field is linear along the ray.
    fn crossing_in(
        &self,
        ray: &Ray,
        [column, row]: [usize; 2],
        [from, to]: [f64; 2],
        side: &mut Side,
    ) -> Option<f64> {
        let [columns, rows] = self.cells().map(|count| count as f64);
        let [a, b, c, d] = self.corners(column, row).map(f64::from);
        let at = |t: f64| {
            let [u, v, h] = ray.at(t);
            (u * columns - column as f64, v * rows - row as f64, h)
        };
        let above = |t: f64, lower: bool| {
            let (x, y, h) = at(t);
            if lower {
                h - (a + x * (b - a) + y * (d - b))
            } else {
                h - (a + y * (c - a) + x * (d - c))
            }
        };
        let (x0, y0, _) = at(from);
        let (x1, y1, _) = at(to);
        let [before, after] = [y0 - x0, y1 - x1];
        let diagonal = from + (to - from) * before / (before - after);
        let parts = if before * after < 0.0 {
            [Some([from, diagonal]), Some([diagonal, to])]
        } else {
            [Some([from, to]), None]
        };
        for [start, end] in parts.into_iter().flatten() {
            let (x, y, _) = at(f64::midpoint(start, end));
            let [first, last] = [start, end].map(|t| above(t, y <= x));
            let [enters, leaves] = [first, last].map(Side::of);
            if *side != Side::Unknown && enters != Side::Unknown && enters != *side {
                return Some(start);
            }
            if enters != leaves && leaves != Side::Unknown {
                return Some(start + (end - start) * first / (first - last));
            }
            *side = leaves;
        }
        None
    }
}

/// The side of the field on which a point is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Above,
    Below,
    /// Not known: there is a hole.
    Unknown,
}

impl Side {
    /// The side of a point at this height above the field.
    fn of(above: f64) -> Self {
        if above.is_nan() {
            Self::Unknown
        } else if above < 0.0 {
            Self::Below
        } else {
            Self::Above
        }
    }
}

fn height(ray: &Ray, t: f64) -> f64 {
    ray.from[2] + t * ray.way[2]
}

/// The cells that a ray crosses along one axis.
#[derive(Clone, Copy, Debug)]
struct Axis {
    /// In cells.
    from: f64,
    way: f64,
    /// 1 / way
    per_cell: f64,
    count: usize,
}

impl Axis {
    fn new(ray: &Ray, axis: usize, cells: [usize; 2]) -> Self {
        let count = cells[axis];
        let way = ray.way[axis] * count as f64;
        Self {
            from: ray.from[axis] * count as f64,
            way,
            per_cell: way.recip(),
            count,
        }
    }

    fn cell(&self, t: f64) -> usize {
        ((self.from + t * self.way).max(0.0) as usize).min(self.count - 1)
    }

    /// The cell at t, but none before the one that the ray was in: rounding must not send it back.
    fn onward(&self, cell: usize, t: f64) -> usize {
        if self.way > 0.0 {
            self.cell(t).max(cell)
        } else {
            self.cell(t).min(cell)
        }
    }

    /// The t at which the ray leaves the block of a cell, given the logarithm of its side.
    fn leaves(&self, cell: usize, log: u32) -> f64 {
        let first = (cell >> log) << log;
        let edge = if self.way > 0.0 {
            (first + (1 << log)).min(self.count)
        } else {
            first
        };
        if self.way == 0.0 {
            f64::INFINITY
        } else {
            (edge as f64 - self.from) * self.per_cell
        }
    }

    /// The first cell of the next block on the way; `None` beyond the last.
    fn next(&self, cell: usize, log: u32) -> Option<usize> {
        let first = (cell >> log) << log;
        if self.way > 0.0 {
            Some(first + (1 << log)).filter(|cell| *cell < self.count)
        } else {
            first.checked_sub(1)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::plane::Window;
    use crate::sampling::relief::Heights;
    use crate::sampling::{Relief, Sampled};
    use crate::surface::{Himmelblau, Surface};

    fn relief() -> Relief {
        let sampled = Sampled::new(&Himmelblau, Himmelblau.window(), [53, 38], [300.0, 200.0]);
        Relief::of(&sampled, 200, Heights::Compressed, None)
    }

    /// The first t at which the ray changes sides, by many small steps.
    fn slowly(relief: &Relief, ray: &Ray, [from, to]: [f64; 2]) -> Option<f64> {
        const STEPS: u32 = 40_000;
        (0..=STEPS)
            .map(|step| from + (to - from) * f64::from(step) / f64::from(STEPS))
            .find(|t| {
                let above = |t: f64| {
                    let [u, v, h] = ray.at(t);
                    h >= relief.height([u, v])
                };
                let is_over = |t: f64| {
                    let [u, v, _] = ray.at(t);
                    !relief.height([u, v]).is_nan()
                };
                is_over(*t) && above(*t) != above(from)
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn rays_meet_the_field_where_small_steps_do(
            u in 0.0..1.0_f64, v in 0.0..1.0_f64, h in 0.0..1.2_f64,
            turn in 0.0..std::f64::consts::TAU, rise in -1.0..0.8_f64,
        ) {
            let relief = relief();
            let ray = Ray { from: [u, v, h], way: [turn.cos(), turn.sin(), rise] };
            let begins = Side::of(h - relief.height([u, v]));
            let quick = relief.crossing(&ray, [0.0, 2.0], begins);
            let slow = slowly(&relief, &ray, [0.0, 2.0]);
            match (quick, slow) {
                (Some(quick), Some(slow)) => prop_assert!((quick - slow).abs() < 2e-3),
                (None, None) => {}
                // A ridge may be touched between two small steps.
                (Some(quick), None) => {
                    let [u, v, h] = ray.at(quick + 1e-6);
                    prop_assert!((relief.height([u, v]) - h).abs() < 1e-3);
                }
                (None, Some(slow)) => {
                    let [u, v, h] = ray.at(slow);
                    prop_assert!((relief.height([u, v]) - h).abs() < 1e-9);
                }
            }
        }
    }

    #[test]
    fn a_ray_straight_down_hits_what_is_below_it() {
        let relief = relief();
        let [u, v] = [0.37, 0.61];
        let ray = Ray {
            from: [u, v, 2.0],
            way: [0.0, 0.0, -1.0],
        };
        let hit = ray.at(relief.first_hit(&ray).unwrap());
        assert!((hit[2] - relief.height([u, v])).abs() < 1e-9);
    }

    #[test]
    fn a_window_of_one_cell_has_rays_too() {
        let sampled = Sampled::new(&Himmelblau, Window::square(1.0), [2, 2], [9.0, 9.0]);
        let relief = Relief::of(&sampled, 200, Heights::Linear, None);
        let ray = Ray {
            from: [0.5, 0.5, 2.0],
            way: [0.1, 0.1, -1.0],
        };
        assert!(relief.first_hit(&ray).is_some());
    }
}
