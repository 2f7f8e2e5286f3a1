//! The centre: the scene with the bar above it, and the data beside it.

pub mod bar;
mod data;
mod scene;
mod shape_menu;

use egui::{Ui, UiBuilder};

use crate::app::desk::Desk;

/// The gap between scene and data.
const GAP: f32 = 10.0;

/// Shows the bar and, below it, the scene. The data stand to the right of the scene if there is
/// enough width, otherwise below it.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    if !desk.workspace.settings.presenter {
        bar::show(ui, desk);
    }
    pictures(ui, desk);
}

/// Shows the scene, and the data if there are any.
pub fn pictures(ui: &mut Ui, desk: &mut Desk<'_>) {
    let has_data = desk.document.race.surface().rows() > 0;
    if !has_data || !desk.document.view.shows_data() {
        scene::show(ui, desk);
        return;
    }
    let whole = ui.available_rect_before_wrap();
    let (left, right) = if whole.width() > 1.25 * whole.height() {
        let (left, right) = whole.split_left_right_at_fraction(0.55);
        (left.with_max_x(left.right() - GAP), right)
    } else {
        let (top, bottom) = whole.split_top_bottom_at_fraction(0.58);
        (top.with_max_y(top.bottom() - GAP), bottom)
    };
    ui.scope_builder(UiBuilder::new().max_rect(left), |ui| scene::show(ui, desk));
    ui.scope_builder(UiBuilder::new().max_rect(right), |ui| data::show(ui, desk));
}
