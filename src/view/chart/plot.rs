//! The area of a chart's lines.

use egui::{Pos2, Rect, lerp, pos2, remap};

use super::axis::Mark;

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
