//! The area of a chart's lines.

use egui::{Align2, Painter, Pos2, Rect, Stroke, lerp, pos2, remap, vec2};

use super::axis::{self, Mark};
use super::{BELOW, BESIDE, REACH, Scale, font};
use crate::view::Colors;

/// The area of the lines, and what it shows.
pub struct Plot {
    pub frame: Rect,
    /// The start of the horizontal axis.
    pub start: f64,
    /// The end of the horizontal axis.
    pub end: f64,
    /// The lowest and highest point of the vertical axis.
    pub bounds: [f64; 2],
    /// The numbers on the vertical axis.
    pub up: Vec<Mark>,
}

impl Plot {
    /// The part of `rect` in which lines are drawn, beside and above the numbers of the axes, with
    /// the ends of the horizontal and of the vertical axis.
    pub fn within(
        painter: &Painter,
        rect: Rect,
        colors: &Colors,
        scale: Scale,
        [[start, end], bounds]: [[f64; 2]; 2],
    ) -> Self {
        let [top, bottom] = [rect.top() + REACH, rect.bottom() - BELOW];
        let bottom = bottom.max(top + 1.0);
        let per_point = (bounds[1] - bounds[0]) / f64::from(bottom - top);
        let up = axis::up(scale, bounds, 19.0 * per_point);
        let width = |mark: &Mark| {
            let galley = painter.layout_no_wrap(mark.text.clone(), font(), colors.dim);
            galley.size().x
        };
        let left = rect.left() + up.iter().map(width).fold(BESIDE, f32::max) + 6.0;
        let right = (rect.right() - REACH - 1.0).max(left + 1.0);
        Self {
            frame: Rect::from_min_max(pos2(left, top), pos2(right, bottom)),
            start,
            end,
            bounds,
            up,
        }
    }

    /// Paints the grid and the numbers of both axes; `along` are those of the horizontal one.
    pub fn paint_axes(&self, painter: &Painter, rect: Rect, colors: &Colors, along: &[Mark]) {
        let frame = self.frame;
        let grid = Stroke::new(1.0, colors.line);
        let text = |at: Pos2, align: Align2, mark: &Mark| {
            let galley = painter.layout_no_wrap(mark.text.clone(), font(), colors.dim);
            let mut place = align.anchor_size(at, galley.size());
            place = place.translate(vec2((rect.right() - place.right()).min(0.0), 0.0));
            painter.galley(place.min, galley, colors.dim);
        };
        for mark in &self.up {
            let y = self.y(mark.at);
            painter.hline(frame.x_range(), y, grid);
            text(pos2(frame.left() - 5.0, y), Align2::RIGHT_CENTER, mark);
        }
        for mark in along {
            let x = self.x(mark.at);
            painter.vline(x, frame.y_range(), grid);
            text(pos2(x, frame.bottom() + 4.0), Align2::CENTER_TOP, mark);
        }
    }

    pub fn x(&self, x: f64) -> f32 {
        lerp(
            self.frame.x_range(),
            share((x - self.start) / (self.end - self.start)),
        )
    }

    pub fn y(&self, height: f64) -> f32 {
        let [low, high] = self.bounds;
        let share = share((height - low) / (high - low));
        lerp(self.frame.bottom()..=self.frame.top(), share)
    }

    pub fn at(&self, [x, height]: [f64; 2]) -> Pos2 {
        pos2(self.x(x), self.y(height))
    }

    /// The position on the horizontal axis.
    pub fn along(&self, x: f32) -> f64 {
        let frame = self.frame;
        let share = f64::from(remap(
            x.clamp(frame.left(), frame.right()),
            frame.x_range(),
            0.0..=1.0,
        ));
        self.start + share * (self.end - self.start)
    }
}

/// A share of the chart; what is far outside is only just outside.
#[expect(clippy::cast_possible_truncation, reason = "a share of a picture")]
fn share(share: f64) -> f32 {
    share.clamp(-10.0, 10.0) as f32
}
