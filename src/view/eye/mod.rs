//! The eye: how points of the plane come into the picture, and back.

mod frame;
mod laid;
mod orbit;
mod seen;

use std::sync::Arc;

use egui::{Pos2, Rect, Vec2, vec2};

use crate::plane::Window;
use crate::preset::Viewpoint;
use crate::sampling::Relief;

pub use frame::Frame;
pub use orbit::Orbit;

/// Where the scene is seen from. Every layer is drawn through it. What is kept from an earlier
/// frame is stale as soon as it differs.
#[derive(Clone, Debug, PartialEq)]
pub enum Eye {
    /// From above: the plane is the picture.
    Above(Frame),
    /// From anywhere above the floor: the surface is a landscape.
    Orbit(Orbit),
}

/// A part of a line in the picture that is either seen or hidden behind the surface.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Its points.
    pub points: Vec<Pos2>,
    /// Whether the surface hides it.
    pub hidden: bool,
}

impl Eye {
    /// The eye above a window of the plane, which fills `rect`.
    #[must_use]
    pub fn above(window: Window, rect: Rect) -> Self {
        Self::Above(Frame::new(window, rect))
    }

    /// The eye at a viewpoint around a field of heights, in the picture `rect`. From right above
    /// without a zoom, that is the picture of the contours if the field has its shape.
    #[must_use]
    pub fn orbit(relief: &Arc<Relief>, viewpoint: &Viewpoint, rect: Rect) -> Self {
        let projection = viewpoint.projection;
        let above = Viewpoint {
            projection,
            ..Viewpoint::ABOVE
        };
        let own = f64::from(rect.aspect_ratio());
        let fills = (orbit::shape(&relief.window(), rect) / own - 1.0).abs() < 1e-3;
        if *viewpoint == above && fills {
            return Self::above(relief.window(), rect);
        }
        Self::Orbit(Orbit::new(relief, viewpoint, rect))
    }

    /// The picture's rectangle on screen.
    #[must_use]
    pub fn rect(&self) -> Rect {
        match self {
            Self::Above(frame) => frame.rect,
            Self::Orbit(orbit) => orbit.rect(),
        }
    }

    /// The part of the plane in the picture.
    #[must_use]
    pub fn window(&self) -> Window {
        match self {
            Self::Above(frame) => frame.window,
            Self::Orbit(orbit) => orbit.window(),
        }
    }

    /// The place of a point of the plane in the picture.
    #[must_use]
    pub fn spot(&self, at: [f64; 2]) -> Pos2 {
        match self {
            Self::Above(frame) => frame.to_screen(at),
            Self::Orbit(orbit) => orbit.spot(at),
        }
    }

    /// The point of the plane at a place in the picture; `None` where the surface is not seen.
    #[must_use]
    pub fn pick(&self, at: Pos2) -> Option<[f64; 2]> {
        match self {
            Self::Above(frame) => Some(frame.to_plane(at)),
            Self::Orbit(orbit) => orbit.pick(at),
        }
    }

    /// Whether a point of the plane is in the picture, be it hidden or not.
    #[must_use]
    pub fn contains(&self, at: [f64; 2]) -> bool {
        match self {
            Self::Above(frame) => frame.rect.contains(frame.to_screen(at)),
            Self::Orbit(orbit) => {
                orbit.window().contains(at) && orbit.rect().contains(orbit.spot(at))
            }
        }
    }

    /// Whether the surface hides its own point over a point of the plane.
    #[must_use]
    pub fn hides(&self, at: [f64; 2]) -> bool {
        match self {
            Self::Above(_) => false,
            Self::Orbit(orbit) => orbit.hides(at),
        }
    }

    /// A line of the plane in the picture, along the surface, cut where it becomes hidden or
    /// visible. Points closer on screen than `close` to the one before are left out, except for
    /// the last.
    #[must_use]
    pub fn lay(&self, points: impl IntoIterator<Item = [f64; 2]>, close: f32) -> Vec<Run> {
        let points = points.into_iter();
        match self {
            Self::Above(frame) => {
                let spots = points.map(|at| frame.to_screen(at));
                let points = apart(spots, close);
                vec![Run {
                    points,
                    hidden: false,
                }]
            }
            Self::Orbit(orbit) => orbit.lay(points, close),
        }
    }

    /// Direction and length in the picture of a small vector of the plane that begins at a point.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the screen is as exact as f32"
    )]
    pub fn vector(&self, from: [f64; 2], [x, y]: [f64; 2]) -> Vec2 {
        // A renderer need not cope with more.
        let limit = |length: f64| length.clamp(-1e7, 1e7) as f32;
        match self {
            Self::Above(frame) => {
                let [x_unit, y_unit] = frame.unit();
                vec2(limit(x / x_unit), limit(-y / y_unit))
            }
            Self::Orbit(orbit) => orbit.vector(from, [x, y]),
        }
    }

    /// The size of a point on screen in units of x and y, in the middle of the picture.
    #[must_use]
    pub fn unit(&self) -> [f64; 2] {
        match self {
            Self::Above(frame) => frame.unit(),
            Self::Orbit(orbit) => orbit.unit(),
        }
    }

    /// The eye after the scene has been dragged by a distance on screen: a plane moves, a landscape
    /// turns.
    #[must_use]
    pub fn drag(&self, by: Vec2) -> Self {
        match self {
            Self::Above(frame) => {
                let [x_unit, y_unit] = frame.unit();
                let [left, up] = [-f64::from(by.x) * x_unit, f64::from(by.y) * y_unit];
                Self::above(frame.window.moved(left, up), frame.rect)
            }
            Self::Orbit(orbit) => {
                let viewpoint = orbit.viewpoint().dragged(f64::from(by.x), f64::from(by.y));
                Self::Orbit(Orbit::new(orbit.relief(), &viewpoint, orbit.rect()))
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
            Self::Orbit(orbit) => Self::Orbit(orbit.enlarged(part, rect)),
        }
    }

    /// Whether something of this part of the plane may lie in a rectangle on screen.
    #[must_use]
    pub fn may_show(&self, part: &Window, rect: Rect) -> bool {
        match self {
            Self::Above(frame) => frame.rect_of(part).intersects(rect),
            Self::Orbit(orbit) => orbit.may_show(part, rect),
        }
    }
}

/// The spots without those closer than `close` to the one kept before, except for the last.
fn apart(spots: impl Iterator<Item = Pos2>, close: f32) -> Vec<Pos2> {
    let mut kept: Vec<Pos2> = Vec::with_capacity(spots.size_hint().0);
    let mut left_out = None;
    for spot in spots {
        let is_close = |before: &Pos2| (spot - *before).length_sq() < close * close;
        if kept.last().is_some_and(is_close) {
            left_out = Some(spot);
        } else {
            kept.push(spot);
            left_out = None;
        }
    }
    kept.extend(left_out);
    kept
}

/// All that decides where a mesh of lines lies on screen, and which of its parts are seen.
#[derive(Clone, Debug, PartialEq)]
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
        assert_eq!(eye().pick(pos2(200.0, 100.0)), Some([-1.0, 0.75]));
    }

    #[test]
    fn what_is_dragged_follows_the_hand() {
        let by = vec2(40.0, -30.0);
        let held = eye().pick(pos2(300.0, 150.0)).unwrap();
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
            let spot = closer.spot(eye().pick(corner).unwrap());
            assert!((spot - there).length() < 1e-3, "{spot}");
        }
        assert_eq!(closer.rect(), rect);
    }
}
