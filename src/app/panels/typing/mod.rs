//! What the editors of a formula and of a rule have in common: the field, the sliders, the headings.

mod field;
mod mistake;
mod sliders;
mod words;

use egui::{Align, Label, Layout, RichText, Ui, vec2};

use crate::app::desk::Desk;
use crate::view::theme::{CAPTION, caption};

pub use field::{Field, show};
pub use mistake::{Mended, Stays, explain};
pub use sliders::{Change, Row, row};
pub use words::{Words, words};

/// The margin at both sides of an editor.
pub const MARGIN: i8 = 16;
/// The gap between two groups.
pub const GAP: f32 = 14.0;

/// The width of an editor in a window with room for it.
const WIDTH: f32 = 420.0;
/// The least width.
const NARROWEST: f32 = 300.0;
/// The width of everything beside it in a window that is just wide enough: the strip of racers, the
/// scene, and the numbers.
const BESIDE: f32 = 724.0;

/// Returns the width of an editor in a window of this width.
#[must_use]
pub fn width(window: f32) -> f32 {
    (window - BESIDE).clamp(NARROWEST, WIDTH)
}

/// Shows the caption of a group, and a remark at its right.
pub fn group(ui: &mut Ui, desk: &Desk<'_>, title: &str, remark: &str) {
    let size = vec2(ui.available_width(), 18.0);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.label(caption(title).color(desk.colors.dim));
        if remark.is_empty() {
            return;
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let text = RichText::new(remark).size(CAPTION).color(desk.colors.dim);
            ui.add(Label::new(text).truncate());
        });
    });
}
