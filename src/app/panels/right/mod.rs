//! The right panel: chart, leaderboard, and the selected racer explained.

pub mod charts;
mod confusion;
pub mod curves;
mod equations;
mod inspector;
mod leaderboard;
mod numbers;
mod of_network;
mod sensitivity;
mod slice;
mod sliders;
mod symmetry;
mod theory;
mod weights;

use egui::{Frame, Margin, Stroke, Ui};

use crate::app::desk::Desk;

/// Shows the panel.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    unless_secret(ui, desk, numbers::show);
}

/// Shows the chart and the leaderboard alone.
pub fn chart(ui: &mut Ui, desk: &mut Desk<'_>) {
    unless_secret(ui, desk, numbers::chart);
}

/// Shows the chart over all of the room.
pub fn chart_alone(ui: &mut Ui, desk: &mut Desk<'_>) {
    unless_secret(ui, desk, numbers::chart_alone);
}

/// Shows the selected racer's step alone.
pub fn step(ui: &mut Ui, desk: &mut Desk<'_>) {
    unless_secret(ui, desk, numbers::step);
}

/// Shows what would give away the answer of some games.
fn unless_secret(ui: &mut Ui, desk: &mut Desk<'_>, show: fn(&mut Ui, &mut Desk<'_>)) {
    let game = desk.workspace.game.as_ref();
    if game.is_some_and(|game| game.hides_race() || game.hides_names()) {
        ui.centered_and_justified(|ui| {
            let text = "Chart and leaderboard come back when you reveal.";
            ui.label(egui::RichText::new(text).color(desk.colors.dim));
        });
    } else {
        show(ui, desk);
    }
}

/// Returns the frame of a card.
fn card(desk: &Desk<'_>) -> Frame {
    Frame::new()
        .fill(desk.colors.card)
        .stroke(Stroke::new(1.0, desk.colors.line))
        .corner_radius(6)
        .inner_margin(Margin::symmetric(12, 8))
}
