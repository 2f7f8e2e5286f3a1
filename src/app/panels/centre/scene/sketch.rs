//! The path that is sketched to predict a race.

use egui::{Stroke, Ui};

use crate::app::desk::Desk;
use crate::view::eye::Eye;

/// Paints the sketch as a line of chalk on the surface.
pub fn paint(ui: &Ui, desk: &Desk<'_>, eye: &Eye, sketch: &[[f64; 2]]) {
    let painter = ui.painter().with_clip_rect(eye.rect());
    for run in eye.lay(sketch.iter().copied(), 0.0) {
        let strength = if run.hidden { 0.25 } else { 0.8 };
        let color = desk.colors.text.gamma_multiply(strength);
        painter.line(run.points, Stroke::new(2.0, color));
    }
}
