//! Determines which pixels a shape covers.
//!
//! A pixel whose centre lies on the edge between two shapes belongs to the one on the right of (or
//! below) the edge, so it is painted exactly once.

use std::ops::Range;

use egui::Pos2;

use super::canvas::Clip;

/// A vertex in pixels, snapped to the grid of 1/256 that graphics cards use.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub x: f64,
    pub y: f64,
}

impl Point {
    /// Converts a position from points to pixels.
    #[inline]
    pub fn new(position: Pos2, pixels_per_point: f64) -> Self {
        Self {
            x: snapped(f64::from(position.x) * pixels_per_point),
            y: snapped(f64::from(position.y) * pixels_per_point),
        }
    }
}

/// Rounds to the nearest multiple of 1/256.
#[inline]
fn snapped(value: f64) -> f64 {
    /// 1.5 · 2⁴⁴: at this magnitude an `f64` has 8 fractional bits.
    const COARSE: f64 = 1.5 * 17_592_186_044_416.0;
    (value + COARSE) - COARSE
}

/// A set of pixels, row by row.
pub(super) trait Region {
    /// Calls `paint` with each row and the columns that the region covers in it, within `clip`.
    fn spans(&self, clip: &Clip, paint: impl FnMut(i32, Range<i32>));
}

/// An axis-aligned rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rectangle {
    pub min: Point,
    pub max: Point,
}

impl Rectangle {
    /// The rectangle between two opposite corners.
    pub fn between(a: Point, b: Point) -> Self {
        Self {
            min: Point {
                x: a.x.min(b.x),
                y: a.y.min(b.y),
            },
            max: Point {
                x: a.x.max(b.x),
                y: a.y.max(b.y),
            },
        }
    }
}

impl Region for Rectangle {
    #[inline]
    fn spans(&self, clip: &Clip, mut paint: impl FnMut(i32, Range<i32>)) {
        let start = clip.columns.first_beyond(self.min.x);
        let end = clip.columns.first_beyond(self.max.x);
        if start < end {
            for row in clip.rows.first_beyond(self.min.y)..clip.rows.first_beyond(self.max.y) {
                paint(row, start..end);
            }
        }
    }
}

/// A triangle that spans at least one row centre and one column centre within the clip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Triangle {
    /// The corners from top to bottom.
    corners: [Point; 3],
    /// The first row at or below each corner.
    rows: [i32; 3],
}

// The triangles of smooth lines are so small (two pixels on average) that unpredictable branches
// cost more than arithmetic: hence the lookup table and the minima below.
impl Triangle {
    /// The triangle, if it may cover a pixel of `clip`: many of the thin ones that make up a smooth
    /// line don't.
    #[inline]
    pub fn new(corners: [Point; 3], clip: &Clip) -> Option<Self> {
        let [a, b, c] = corners;
        let area = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
        // Rejects triangles with zero area or with a corner that is NaN or infinite.
        if area == 0.0 || !area.is_finite() {
            return None;
        }
        let columns = [a.x.min(b.x).min(c.x), a.x.max(b.x).max(c.x)];
        let [left, right] = columns.map(|edge| clip.columns.first_beyond(edge));
        let corners = from_top_to_bottom(corners);
        let rows = corners.map(|corner| clip.rows.first_beyond(corner.y));
        #[expect(
            clippy::needless_bitwise_bool,
            reason = "one branch is foreseen more often than two"
        )]
        let empty = (left >= right) | (rows[0] >= rows[2]);
        (!empty).then_some(Self { corners, rows })
    }
}

/// The corners sorted by height.
#[inline]
fn from_top_to_bottom(corners: [Point; 3]) -> [Point; 3] {
    /// The order for each outcome of the three comparisons; two of the outcomes are contradictory.
    const ORDERS: [[usize; 3]; 8] = [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [0, 1, 2],
        [0, 1, 2],
        [2, 0, 1],
        [1, 2, 0],
        [2, 1, 0],
    ];
    let [a, b, c] = corners;
    let swaps = [b.y < a.y, c.y < b.y, c.y < a.y].map(usize::from);
    ORDERS[swaps[0] << 1 | swaps[1] | swaps[2] << 2].map(|i| corners[i])
}

impl Region for Triangle {
    #[inline]
    fn spans(&self, clip: &Clip, mut paint: impl FnMut(i32, Range<i32>)) {
        let [a, b, c] = self.corners;
        let [start, middle, end] = self.rows;
        let long = Edge::new(a, c);
        let (upper, lower) = (Edge::new(a, b), Edge::new(b, c));
        for row in start..end {
            let y = f64::from(row) + 0.5;
            let [long, upper, lower] =
                [long, upper, lower].map(|edge| clip.columns.first_beyond(edge.at(y)));
            let short = if row < middle { upper } else { lower };
            let columns = long.min(short)..long.max(short);
            if columns.start < columns.end {
                paint(row, columns);
            }
        }
    }
}

/// An edge of a triangle, always directed from top to bottom, so that triangles that share it
/// compute exactly the same values.
#[derive(Clone, Copy)]
struct Edge {
    top: Point,
    slope: f64,
}

impl Edge {
    #[inline]
    fn new(top: Point, bottom: Point) -> Self {
        Self {
            top,
            slope: (bottom.x - top.x) / (bottom.y - top.y),
        }
    }

    /// The x coordinate at height `y`.
    #[inline]
    fn at(self, y: f64) -> f64 {
        self.top.x + (y - self.top.y) * self.slope
    }
}

/// The corners of a triangle as a frame in which quantities vary linearly.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    origin: Point,
    across: Point,
    along: Point,
    inverse_area: f64,
}

impl Frame {
    /// The frame with these three corners.
    #[inline]
    pub fn new([a, b, c]: [Point; 3]) -> Self {
        let across = Point {
            x: b.x - a.x,
            y: b.y - a.y,
        };
        let along = Point {
            x: c.x - a.x,
            y: c.y - a.y,
        };
        Self {
            origin: a,
            across,
            along,
            inverse_area: 1.0 / (across.x * along.y - along.x * across.y),
        }
    }

    /// The quantity with the given values at the corners.
    #[inline]
    pub fn plane(&self, [a, b, c]: [f64; 3]) -> Plane {
        let (across, along) = ((b - a) * self.inverse_area, (c - a) * self.inverse_area);
        Plane {
            origin: self.origin,
            value: a,
            dx: across * self.along.y - along * self.across.y,
            dy: along * self.across.x - across * self.along.x,
        }
    }
}

/// A quantity that varies linearly over the image.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plane {
    origin: Point,
    value: f64,
    /// The change from a pixel to its right neighbour.
    pub dx: f64,
    /// The change from a pixel to the one below.
    pub dy: f64,
}

impl Plane {
    /// The value at the centre of a pixel.
    #[inline]
    pub fn at(&self, row: i32, column: i32) -> f64 {
        let x = f64::from(column) + 0.5 - self.origin.x;
        let y = f64::from(row) + 0.5 - self.origin.y;
        self.value + x * self.dx + y * self.dy
    }
}
