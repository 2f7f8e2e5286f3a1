//! The right panel: chart, leaderboard, sliders, symmetry lab and inspector.

use egui::{RichText, ScrollArea, Ui};

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

/// Shows the chart, as high as there is room, and the leaderboard.
pub fn chart(ui: &mut Ui, desk: &mut Desk<'_>) {
    let height = ui.available_height();
    ScrollArea::vertical()
        .id_salt("chart")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            charts::show(ui, desk, (height * 0.4).clamp(130.0, 260.0));
            ui.add_space(4.0);
            leaderboard::show(ui, desk);
            ui.add_space(8.0);
        });
}

/// Shows the chart over all of the room.
pub fn chart_alone(ui: &mut Ui, desk: &mut Desk<'_>) {
    /// The height of what stands above the curves.
    const HEAD: f32 = 28.0;
    let height = (ui.available_height() - HEAD).max(60.0);
    charts::show(ui, desk, height);
}

/// Shows the selected racer's step, and the start's distance from a ridge.
pub fn step(ui: &mut Ui, desk: &mut Desk<'_>) {
    ScrollArea::vertical()
        .id_salt("step")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            if desk.document.selected().is_none() {
                let text = "Tap a racer’s marker or its row: its step is explained here.";
                ui.label(RichText::new(text).color(desk.colors.dim));
            }
            inspector::show(ui, desk);
            symmetry::show(ui, desk);
            ui.add_space(8.0);
        });
}
