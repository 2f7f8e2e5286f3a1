//! Lines of equal loss.

mod crossings;
mod fade;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub use fade::crowding;

use super::Tones;
use crossings::{Crossing, NONE};

/// The lines of equal loss of a surface, at equally spaced tones.
///
/// Computed by marching squares on the tones, for all levels in one pass over the cells.
/// Interpolating tones rather than losses along the cells' edges halves the mean error of the lines
/// on Beale and Rosenbrock, because the tone is closer to linear where the loss rises steeply.
/// Cells with a non-finite corner are skipped, so a line is either closed or ends at the border or
/// at such a hole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IsoLines {
    steps: u16,
    points: Vec<[f32; 2]>,
    opacity: Vec<f32>,
    spans: Vec<Span>,
}

/// The range in which the points of a line are stored.
#[derive(Clone, Debug, PartialEq)]
struct Span {
    level: u16,
    points: Range<usize>,
    closed: bool,
}

/// A line of equal loss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IsoLine<'a> {
    /// The tone of the line, in 0…1.
    pub level: f64,
    /// At least two points, no two consecutive ones equal, as fractions of the window's width and
    /// height: (0, 0) is the corner with the smallest x and y, (1, 1) the one with the largest.
    pub points: &'a [[f32; 2]],
    /// The opacity of each point, in 0…1, which keeps lines from crowding; to be multiplied by the
    /// common opacity of all lines.
    pub opacity: &'a [f32],
    /// Whether the last point is joined to the first one (which is not repeated).
    pub closed: bool,
}

impl IsoLines {
    /// The lines at the tones 1/steps, 2/steps … (steps − 1)/steps.
    ///
    /// `pixels` is the size at which the window is shown. Where lines would be closer than 5
    /// pixels, every other line fades out, then every other one of the rest, and so on.
    #[must_use]
    pub fn of(tones: &Tones, steps: u16, pixels: [f64; 2]) -> Self {
        let mut crossings = crossings::find(tones, steps, pixels);
        let mut lines = Self {
            steps,
            points: Vec::with_capacity(crossings.len()),
            opacity: Vec::with_capacity(crossings.len()),
            spans: Vec::new(),
        };
        // First the open lines, each from one of its ends; what remains are the closed ones.
        for start in 0..crossings.len() {
            if matches!(crossings[start].neighbours, [next, NONE] if next != NONE) {
                lines.follow(&mut crossings, start);
            }
        }
        for start in 0..crossings.len() {
            if crossings[start].neighbours[0] != NONE {
                lines.follow(&mut crossings, start);
            }
        }
        lines
    }

    /// The lines, in no particular order.
    #[must_use]
    pub fn lines(&self) -> impl ExactSizeIterator<Item = IsoLine<'_>> {
        self.spans.iter().map(|span| IsoLine {
            level: f64::from(span.level) / f64::from(self.steps),
            points: &self.points[span.points.clone()],
            opacity: &self.opacity[span.points.clone()],
            closed: span.closed,
        })
    }

    /// Adds the line through the crossing `start`, unless it has already been followed.
    fn follow(&mut self, crossings: &mut [Crossing], start: usize) {
        if crossings[start].followed {
            return;
        }
        let level = crossings[start].level;
        let first = self.points.len();
        let mut previous = NONE;
        let mut current = start;
        let closed = loop {
            let crossing = &mut crossings[current];
            crossing.followed = true;
            self.push(first, crossing);
            let [one, other] = crossing.neighbours;
            let next = if one == previous { other } else { one };
            if next == NONE {
                break false;
            }
            if next as usize == start {
                break true;
            }
            (previous, current) = (current as u32, next as usize);
        };
        self.finish(first, level, closed);
    }

    /// Adds a point to the line that starts at `first`, unless it equals the previous point: a line
    /// through a node crosses several edges there.
    fn push(&mut self, first: usize, crossing: &Crossing) {
        if self.points[first..].last() != Some(&crossing.point) {
            self.points.push(crossing.point);
            self.opacity.push(crossing.opacity);
        }
    }

    /// Ends the line that starts at `first`, or discards it if it is a single point.
    fn finish(&mut self, first: usize, level: u16, closed: bool) {
        let mut end = self.points.len();
        if closed && end - first > 1 && self.points.get(first) == self.points.last() {
            end -= 1;
        }
        if end - first < 2 {
            end = first;
        } else {
            self.spans.push(Span {
                level,
                points: first..end,
                closed,
            });
        }
        self.points.truncate(end);
        self.opacity.truncate(end);
    }
}
