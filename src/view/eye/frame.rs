//! Converts between the plane and the screen.

use egui::{Pos2, Rect, pos2};

use crate::plane::Window;

/// A window of the plane, mapped to a rectangle on screen; y points up in the plane and down on
/// screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// The visible part of the plane.
    pub window: Window,
    /// Its rectangle on screen.
    pub rect: Rect,
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the screen is as exact as f32, and infinities stay infinite"
)]
impl Frame {
    /// Maps `window` onto all of `rect`.
    #[must_use]
    pub fn new(window: Window, rect: Rect) -> Self {
        Self { window, rect }
    }

    /// Converts a point of the plane to the screen.
    #[must_use]
    pub fn to_screen(&self, [x, y]: [f64; 2]) -> Pos2 {
        let across = (x - self.window.x[0]) / self.window.width();
        let up = (y - self.window.y[0]) / self.window.height();
        // Far outside, accuracy does not matter, but huge coordinates may break a renderer.
        let limit = |fraction: f64| fraction.clamp(-1e4, 1e4) as f32;
        pos2(
            self.rect.left() + limit(across) * self.rect.width(),
            self.rect.bottom() - limit(up) * self.rect.height(),
        )
    }

    /// Converts a position on screen to the plane.
    #[must_use]
    pub fn to_plane(&self, at: Pos2) -> [f64; 2] {
        let across = f64::from((at.x - self.rect.left()) / self.rect.width());
        let up = f64::from((self.rect.bottom() - at.y) / self.rect.height());
        [
            self.window.x[0] + across * self.window.width(),
            self.window.y[0] + up * self.window.height(),
        ]
    }

    /// The rectangle on screen that shows a part of the plane.
    #[must_use]
    pub fn rect_of(&self, window: &Window) -> Rect {
        Rect::from_two_pos(
            self.to_screen([window.x[0], window.y[0]]),
            self.to_screen([window.x[1], window.y[1]]),
        )
    }

    /// The size of a point on screen in units of x and y.
    #[must_use]
    pub fn unit(&self) -> [f64; 2] {
        [
            self.window.width() / f64::from(self.rect.width()),
            self.window.height() / f64::from(self.rect.height()),
        ]
    }
}
