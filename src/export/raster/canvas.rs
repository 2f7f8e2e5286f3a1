//! The image being painted, and the part of it that may be painted on.

use std::ops::Range;

use egui::{Color32, ColorImage, Rect};

use super::lanes::{Lanes, Packed};

/// The pixels of the image, row by row.
pub(super) struct Canvas {
    size: [usize; 2],
    pixels: Vec<Packed>,
}

impl Canvas {
    /// Creates a canvas filled with one colour.
    pub fn new(size: [usize; 2], background: Color32) -> Self {
        Self {
            size,
            pixels: vec![background.into(); size[0] * size[1]],
        }
    }

    /// The pixels in `columns` of `row`; empty if they are outside the canvas.
    #[inline]
    pub fn span(&mut self, row: i32, columns: Range<i32>) -> &mut [Packed] {
        self.indices(row, &columns)
            .and_then(|indices| self.pixels.get_mut(indices))
            .unwrap_or_default()
    }

    #[inline]
    fn indices(&self, row: i32, columns: &Range<i32>) -> Option<Range<usize>> {
        let first = usize::try_from(row).ok()? * self.size[0];
        let index = |column| Some(first + usize::try_from(column).ok()?);
        Some(index(columns.start)?..index(columns.end)?)
    }

    /// Returns the finished image.
    pub fn into_image(self) -> ColorImage {
        ColorImage::new(self.size, self.pixels.into_iter().map(Into::into).collect())
    }
}

/// Blends one colour over all pixels of a span.
#[inline]
pub(super) fn lay_evenly(span: &mut [Packed], color: Lanes) {
    if color.alpha() == 255 {
        span.fill(color.pack());
    } else {
        lay(span, || color);
    }
}

/// Blends `ink` over each pixel of a span, calling it once per pixel from left to right.
#[inline]
pub(super) fn lay(span: &mut [Packed], mut ink: impl FnMut() -> Lanes) {
    for pixel in span {
        *pixel = ink().over(Lanes::unpack(*pixel)).pack();
    }
}

/// The same, faster for ink that is often fully opaque or fully transparent.
#[inline]
pub(super) fn lay_patchy(span: &mut [Packed], mut ink: impl FnMut() -> Lanes) {
    for pixel in span {
        let color = ink();
        if color.alpha() == 255 {
            *pixel = color.pack();
        } else if color != Lanes::CLEAR {
            *pixel = color.over(Lanes::unpack(*pixel)).pack();
        }
    }
}

/// The rectangle of pixels that may be painted on, always within the canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Clip {
    pub columns: Extent,
    pub rows: Extent,
}

impl Clip {
    /// Converts a clip rectangle from points to whole pixels, rounding as `egui_glow` does.
    pub fn new(rect: Rect, pixels_per_point: f32, canvas: &Canvas) -> Self {
        let [width, height] = canvas.size;
        let extent = |min: f32, max: f32, side: usize| {
            Extent::new(min * pixels_per_point, max * pixels_per_point, side)
        };
        Self {
            columns: extent(rect.min.x, rect.max.x, width),
            rows: extent(rect.min.y, rect.max.y, height),
        }
    }

    /// Whether there is nothing to paint on.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty() || self.rows.is_empty()
    }
}

/// Consecutive pixels of a row or column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Extent {
    /// Both ends are integers, stored in the form in which they are needed.
    start: f64,
    end: f64,
}

impl Extent {
    fn new(start: f32, end: f32, side: usize) -> Self {
        let side = f64::from(u32::try_from(side).unwrap_or(u32::MAX));
        let start = f64::from(start.round()).max(0.0).min(side);
        let end = f64::from(end.round()).max(start).min(side);
        Self { start, end }
    }

    fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The first pixel whose centre is at or beyond `edge`; the end if there is none.
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the lower bits hold the number"
    )]
    pub fn first_beyond(self, edge: f64) -> i32 {
        /// 1.5 · 2⁵²: at this magnitude an `f64` has no fractional bits.
        const WHOLE: f64 = 1.5 * 4_503_599_627_370_496.0;
        /// Breaks the tie if an edge passes through a centre: larger than rounding errors, but
        /// smaller than the least distance at which an edge 4096 pixels long can miss a centre.
        const LEFT: f64 = 1.0 / 4_294_967_296.0;
        // Plain comparisons are one instruction each, unlike `max` and `min`.
        let edge = if edge > self.start { edge } else { self.start };
        let edge = if edge < self.end { edge } else { self.end };
        ((edge - LEFT) + WHOLE).to_bits() as i32
    }
}
