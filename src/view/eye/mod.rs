//! The eye: how points of the plane come into the picture.

mod frame;

use egui::{Pos2, Rect};

use crate::plane::Window;

pub use frame::Frame;

/// Where the scene is seen from. What is drawn through it and kept is stale as soon as it differs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Eye {
    /// From above: the plane is the picture.
    Above(Frame),
}

impl Eye {
    /// The place of a point of the plane in the picture.
    #[must_use]
    pub fn to_screen(&self, at: [f64; 2]) -> Pos2 {
        match self {
            Self::Above(frame) => frame.to_screen(at),
        }
    }

    /// Whether something of this part of the plane may lie in a rectangle on screen.
    #[must_use]
    pub fn may_show(&self, part: &Window, rect: Rect) -> bool {
        match self {
            Self::Above(frame) => frame.rect_of(part).intersects(rect),
        }
    }

    /// The picture's rectangle on screen.
    #[must_use]
    pub fn rect(&self) -> Rect {
        match self {
            Self::Above(frame) => frame.rect,
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
