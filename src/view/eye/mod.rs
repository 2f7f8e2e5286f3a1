//! The eye: how points of the plane come into the picture, and back.

mod frame;

use egui::{Pos2, Rect, Vec2, vec2};

use crate::plane::Window;

pub use frame::Frame;

/// Where the scene is seen from. Every layer is drawn through it. What is kept from an earlier
/// frame is stale as soon as it differs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Eye {
    /// From above: the plane is the picture.
    Above(Frame),
}

impl Eye {
    /// The eye above a window of the plane, which fills `rect`.
    #[must_use]
    pub fn above(window: Window, rect: Rect) -> Self {
        Self::Above(Frame::new(window, rect))
    }

    /// The picture's rectangle on screen.
    #[must_use]
    pub fn rect(&self) -> Rect {
        match self {
            Self::Above(frame) => frame.rect,
        }
    }

    /// The part of the plane in the picture.
    #[must_use]
    pub fn window(&self) -> Window {
        match self {
            Self::Above(frame) => frame.window,
        }
    }

    /// The place of a point of the plane in the picture.
    #[must_use]
    pub fn spot(&self, at: [f64; 2]) -> Pos2 {
        match self {
            Self::Above(frame) => frame.to_screen(at),
        }
    }

    /// The point of the plane at a place in the picture.
    #[must_use]
    pub fn pick(&self, at: Pos2) -> [f64; 2] {
        match self {
            Self::Above(frame) => frame.to_plane(at),
        }
    }

    /// Direction and length in the picture of a small vector of the plane that begins at a point.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the screen is as exact as f32"
    )]
    pub fn vector(&self, _from: [f64; 2], [x, y]: [f64; 2]) -> Vec2 {
        // A renderer need not cope with more.
        let limit = |length: f64| length.clamp(-1e7, 1e7) as f32;
        match self {
            Self::Above(frame) => {
                let [x_unit, y_unit] = frame.unit();
                vec2(limit(x / x_unit), limit(-y / y_unit))
            }
        }
    }

    /// The size of a point on screen in units of x and y, in the middle of the picture.
    #[must_use]
    pub fn unit(&self) -> [f64; 2] {
        match self {
            Self::Above(frame) => frame.unit(),
        }
    }

    /// The eye after the scene has been dragged by a distance on screen.
    #[must_use]
    pub fn drag(&self, by: Vec2) -> Self {
        match self {
            Self::Above(frame) => {
                let [x_unit, y_unit] = frame.unit();
                let [left, up] = [-f64::from(by.x) * x_unit, f64::from(by.y) * y_unit];
                Self::above(frame.window.moved(left, up), frame.rect)
            }
        }
    }

    /// The eye that shows a part of this picture as large as `rect`.
    #[must_use]
    pub fn enlarged(&self, part: Rect, rect: Rect) -> Self {
        match self {
            Self::Above(frame) => {
                let [x0, y1] = frame.to_plane(part.min);
                let [x1, y0] = frame.to_plane(part.max);
                Self::above(Window::new([x0, x1], [y0, y1]), rect)
            }
        }
    }

    /// Whether something of this part of the plane may lie in a rectangle on screen.
    #[must_use]
    pub fn may_show(&self, part: &Window, rect: Rect) -> bool {
        match self {
            Self::Above(frame) => frame.rect_of(part).intersects(rect),
        }
    }
}

/// All that decides where a mesh of lines lies on screen, and which of its parts are seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sight {
    /// The eye.
    pub eye: Eye,
    /// The rectangle outside of which nothing is seen.
    pub clip: Rect,
    /// The size of a pixel, which is the width of a line's soft edge.
    pub pixels_per_point: f32,
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    fn eye() -> Eye {
        let rect = Rect::from_min_max(pos2(100.0, 50.0), pos2(500.0, 250.0));
        Eye::above(Window::new([-2.0, 2.0], [0.0, 1.0]), rect)
    }

    #[test]
    fn what_is_picked_lies_at_the_spot() {
        assert_eq!(eye().spot([-1.0, 0.75]), pos2(200.0, 100.0));
        assert_eq!(eye().pick(pos2(200.0, 100.0)), [-1.0, 0.75]);
    }

    #[test]
    fn what_is_dragged_follows_the_hand() {
        let by = vec2(40.0, -30.0);
        let held = eye().pick(pos2(300.0, 150.0));
        let now = eye().drag(by).spot(held);
        assert!((now - pos2(340.0, 120.0)).length() < 1e-3, "{now}");
    }

    #[test]
    fn a_vector_leads_from_spot_to_spot() {
        let (from, by) = ([0.5, 0.25], [0.25, -0.125]);
        let to = [from[0] + by[0], from[1] + by[1]];
        let led = eye().spot(from) + eye().vector(from, by);
        assert_eq!(led, eye().spot(to));
    }

    #[test]
    fn the_enlarged_part_fills_its_rectangle() {
        let part = Rect::from_min_max(pos2(200.0, 100.0), pos2(300.0, 150.0));
        let rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(200.0, 100.0));
        let closer = eye().enlarged(part, rect);
        for (corner, there) in [(part.min, rect.min), (part.max, rect.max)] {
            let spot = closer.spot(eye().pick(corner));
            assert!((spot - there).length() < 1e-3, "{spot}");
        }
        assert_eq!(closer.rect(), rect);
    }
}
