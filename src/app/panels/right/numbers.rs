//! The right panel: chart, leaderboard, sliders, symmetry lab and inspector.

use egui::{ScrollArea, Ui};

use super::{charts, inspector, leaderboard, sliders, symmetry};
use crate::app::desk::Desk;

/// Shows the panel.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let height = ui.available_height();
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        charts::show(ui, desk, (height * 0.2).clamp(130.0, 240.0));
        ui.add_space(4.0);
        leaderboard::show(ui, desk);
        ui.add_space(6.0);
        sliders::show(ui, desk);
        symmetry::show(ui, desk);
        inspector::show(ui, desk);
    });
}
