//! Lines of the plane, laid on the surface.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "numbers of cells"
)]

use egui::Pos2;

use super::{Orbit, Run};
use crate::sampling::Ray;

/// The sides of patches in cells. All of a patch is taken for hidden if its corners are, and for
/// seen if none is; if they differ, a smaller one is looked at.
const PATCHES: [usize; 2] = [4, 1];

impl Orbit {
    /// A line of the plane as it lies on the surface, cut where it disappears behind the surface,
    /// and where it leaves the field. Points closer on screen than `close` to the one before are
    /// left out, except for the last.
    pub fn lay(&self, points: impl Iterator<Item = [f64; 2]>, close: f32) -> Vec<Run> {
        let mut line = Line::new(self, close);
        let mut before: Option<[f64; 2]> = None;
        for point in points {
            let place = self.in_field(point);
            line.go(before.unwrap_or(place), place);
            before = Some(place);
        }
        line.finish()
    }

    /// The cell around a place.
    fn cell(&self, place: [f64; 2]) -> [usize; 2] {
        let cells = self.relief().cells();
        [0, 1].map(|axis| ((place[axis] * cells[axis] as f64) as usize).min(cells[axis] - 1))
    }

    /// Whether all corners of the patch of this side around a cell are hidden, or none is; `None` if
    /// they differ.
    fn hides_patch(&self, cell: [usize; 2], side: usize) -> Option<bool> {
        let cells = self.relief().cells();
        let [columns, rows] = self.relief().nodes();
        let first = cell.map(|at| at / side * side);
        let hides = |across: usize, up: usize| {
            let node = [first[0] + across, first[1] + up];
            let node = [0, 1].map(|axis| node[axis].min(cells[axis]));
            self.seen
                .hides(node[1] * columns + node[0], columns * rows, || {
                    self.hides_place([0, 1].map(|axis| node[axis] as f64 / cells[axis] as f64))
                })
        };
        let hidden = hides(0, 0);
        let others = [[side, 0], [0, side], [side, side]];
        let same = others
            .into_iter()
            .all(|[across, up]| hides(across, up) == hidden);
        same.then_some(hidden)
    }
}

/// A line that is being laid on the surface.
struct Line<'a> {
    orbit: &'a Orbit,
    close: f32,
    runs: Vec<Run>,
    last: Option<Last>,
    /// The cell that the line is in, and whether the surface hides all of it, or nothing.
    cell: Option<([usize; 2], Option<bool>)>,
}

/// The last point of a line.
#[derive(Clone, Copy)]
struct Last {
    place: [f64; 2],
    spot: Pos2,
    hidden: bool,
    /// Whether it was left out because it is close to the one before.
    is_pending: bool,
}

impl<'a> Line<'a> {
    fn new(orbit: &'a Orbit, close: f32) -> Self {
        Self {
            orbit,
            close: close.max(0.5),
            runs: Vec::new(),
            last: None,
            cell: None,
        }
    }

    /// Goes straight in the plane from one place in the field to the next.
    fn go(&mut self, from: [f64; 2], to: [f64; 2]) {
        let Some([enters, leaves]) = inside(from, to) else {
            return self.lift();
        };
        let way = [0, 1].map(|axis| to[axis] - from[axis]);
        let at = |t: f64| [0, 1].map(|axis| (from[axis] + t * way[axis]).clamp(0.0, 1.0));
        if enters > 0.0 {
            self.lift();
            self.reach(at(enters));
        }
        let cells = self.orbit.relief().cells();
        let crossed = [0, 1].map(|axis| (way[axis] * (leaves - enters)).abs() * cells[axis] as f64);
        let pieces = crossed[0].max(crossed[1]).ceil().max(1.0);
        for piece in 1..=pieces as usize {
            let t = enters + (leaves - enters) * piece as f64 / pieces;
            // The end itself, without rounding.
            self.reach(if piece as f64 == pieces && leaves >= 1.0 {
                to.map(|it| it.clamp(0.0, 1.0))
            } else {
                at(t)
            });
        }
        if leaves < 1.0 {
            self.lift();
        }
    }

    /// Ends the run: the next point begins another one.
    fn lift(&mut self) {
        self.flush();
        self.last = None;
    }

    /// Draws on to a place.
    fn reach(&mut self, place: [f64; 2]) {
        let height = self.orbit.relief().height(place);
        if height.is_nan() {
            return self.lift();
        }
        let spot = self.orbit.spot_in_box([place[0], place[1], height]);
        if let Some(last) = &mut self.last {
            let end = self.runs.last().and_then(|run| run.points.last());
            if end.is_some_and(|end| (spot - *end).length_sq() < self.close * self.close) {
                (last.place, last.spot, last.is_pending) = (place, spot, true);
                return;
            }
        }
        let hidden = self.hides(place);
        match self.last {
            Some(last) if last.hidden == hidden => self.push(spot),
            Some(last) => {
                let edge = self.edge(last, place, hidden);
                self.push(edge);
                self.begin(edge, hidden);
                self.push(spot);
            }
            None => self.begin(spot, hidden),
        }
        self.last = Some(Last {
            place,
            spot,
            hidden,
            is_pending: false,
        });
    }

    /// Whether the surface hides a place of the line.
    fn hides(&mut self, place: [f64; 2]) -> bool {
        let cell = self.orbit.cell(place);
        let (_, hidden) = match self.cell {
            Some(known) if known.0 == cell => known,
            _ => {
                let mut sides = PATCHES.into_iter();
                let hidden = sides.find_map(|side| self.orbit.hides_patch(cell, side));
                *self.cell.insert((cell, hidden))
            }
        };
        hidden.unwrap_or_else(|| self.orbit.hides_place(place))
    }

    /// Where a line appears or disappears, between a point and a place at which it is hidden or not.
    fn edge(&self, last: Last, place: [f64; 2], hidden: bool) -> Pos2 {
        /// Near enough, in points.
        const NEAR: f32 = 1.0;
        let spot = |place: [f64; 2]| {
            let height = self.orbit.height(place);
            self.orbit.spot_in_box([place[0], place[1], height])
        };
        let (mut before, mut after) = (last.place, place);
        let mut ends = [last.spot, spot(place)];
        while ends[0].distance(ends[1]) > NEAR {
            let middle = [0, 1].map(|axis| f64::midpoint(before[axis], after[axis]));
            if middle == before || middle == after {
                break;
            }
            if self.orbit.hides_place(middle) == hidden {
                (after, ends[1]) = (middle, spot(middle));
            } else {
                (before, ends[0]) = (middle, spot(middle));
            }
        }
        ends[1]
    }

    fn begin(&mut self, spot: Pos2, hidden: bool) {
        self.runs.push(Run {
            points: vec![spot],
            hidden,
        });
    }

    fn push(&mut self, spot: Pos2) {
        if let Some(run) = self.runs.last_mut() {
            run.points.push(spot);
        }
    }

    /// Draws the last point even if it is close to the one before.
    fn flush(&mut self) {
        if let Some(last) = self.last.take().filter(|last| last.is_pending) {
            self.push(last.spot);
        }
    }

    fn finish(mut self) -> Vec<Run> {
        self.flush();
        self.runs
    }
}

/// The part of a line in the field: the shares at which it enters and leaves.
fn inside(from: [f64; 2], to: [f64; 2]) -> Option<[f64; 2]> {
    let is_in = |place: [f64; 2]| place.iter().all(|it| (0.0..=1.0).contains(it));
    if is_in(from) && is_in(to) {
        return Some([0.0, 1.0]);
    }
    let ray = Ray {
        from: [from[0], from[1], 0.0],
        way: [to[0] - from[0], to[1] - from[1], 0.0],
    };
    let part = ray.over_field([0.0, 1.0])?;
    part.iter().all(|t| t.is_finite()).then_some(part)
}
