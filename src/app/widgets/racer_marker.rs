//! A racer's marker within a line of text.

use egui::{Sense, Stroke, Ui, Vec2};

use crate::view::RacerLook;

/// Shows a racer's marker, `size` points large, in the centre of an area of size `room`.
pub fn racer_marker(ui: &mut Ui, colors: RacerLook, size: f32, room: Vec2) {
    let (area, _) = ui.allocate_exact_size(room, Sense::hover());
    let shapes = colors
        .marker
        .filled(area.center(), size, colors.color, Stroke::NONE);
    ui.painter().extend(shapes);
}
