//! Whether and where a point of the plane is seen, and the look of what is hidden.

use egui::{Painter, Pos2};

use crate::view::eye::Eye;

/// The opacity of what the surface hides.
pub(super) const FAINT: f32 = 0.28;
/// The width of lines that the surface hides.
pub(super) const THIN: f32 = 1.4;

/// The place of a point in the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Seen {
    /// Its place.
    pub at: Pos2,
    /// Whether it lies behind the surface.
    pub hidden: bool,
}

/// The place of a point of the plane; `None` beside a landscape, where it stands on nothing.
pub(super) fn stands_at(eye: &Eye, point: [f64; 2]) -> Option<Pos2> {
    let stands = match eye {
        Eye::Above(_) => true,
        Eye::Orbit(_) => eye.window().contains(point),
    };
    stands.then(|| eye.spot(point))
}

/// Where a point of the plane is seen, if it stands on anything, and whether it is hidden there.
pub(super) fn seen(eye: &Eye, point: [f64; 2]) -> Option<Seen> {
    let at = stands_at(eye, point)?;
    Some(Seen {
        at,
        hidden: eye.hides(point),
    })
}

/// A painter for what is hidden or not: faint if it is.
pub(super) fn veiled(painter: &Painter, hidden: bool) -> Painter {
    let mut painter = painter.clone();
    if hidden {
        painter.multiply_opacity(FAINT);
    }
    painter
}
