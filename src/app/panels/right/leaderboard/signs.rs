//! The signs beside a racer's name.

use egui::{Align2, Color32, Painter, Pos2, Rect, Stroke, vec2};

use crate::app::desk::Desk;
use crate::optimizer::Family;
use crate::simulation::Status;
use crate::view::fonts;
use crate::view::icon::Icon;

/// Paints a sign of a status, unless the racer is running.
pub fn sign(painter: &Painter, desk: &Desk<'_>, status: Status, at: Pos2) {
    let area = Rect::from_center_size(at, vec2(12.0, 12.0));
    let (good, bad, dim) = (
        desk.colors.family(Family::Squares),
        desk.colors.error,
        desk.colors.dim,
    );
    match status {
        Status::Converged(_) => Icon::Check.paint(painter, area, good),
        Status::Stuck(_) => Icon::Pause.paint(painter, area.shrink(1.0), dim),
        Status::Far => Icon::Arrow.paint(painter, area, dim),
        Status::Diverged(_) => Icon::Warning.paint(painter, area, bad),
        Status::Undefined(_) => {
            let font = fonts::numbers(10.0);
            painter.text(at, Align2::CENTER_CENTER, "0/0", font, bad);
        }
        _ => {}
    }
}

/// Paints the sign of a path that rounding decides: it is dashed, as the trail is.
pub fn dashes(painter: &Painter, at: Pos2, color: Color32) {
    let stroke = Stroke::new(1.5, color);
    for left in [-6.0, -1.5, 3.0] {
        painter.hline(at.x + left..=at.x + left + 3.0, at.y, stroke);
    }
}
