//! The parts of the window. A panel reads the state and sends commands; it never changes anything
//! itself.

mod batch_rows;
mod charts;
pub mod data;
mod equations;
mod games;
mod history;
mod inspector;
mod leaderboard;
mod lesson;
pub mod notice;
pub mod numbers;
mod parameter_row;
mod racer_card;
mod racer_details;
pub mod racers;
mod rule_menu;
pub mod scene;
mod schedule_rows;
mod shape_menu;
mod symmetry;
pub mod tabs;
pub mod timeline;
pub mod top_bar;

use egui::{Ui, UiBuilder};

use super::desk::Desk;

/// Shows the racers or the current game.
pub fn left(ui: &mut Ui, desk: &mut Desk<'_>) {
    match desk.state.game.clone() {
        Some(game) => games::show(ui, desk, &game),
        None => racers::show(ui, desk),
    }
}

/// Shows chart, leaderboard and inspector, unless they would give away the answer of a game.
pub fn right(ui: &mut Ui, desk: &mut Desk<'_>) {
    let game = desk.state.game.as_ref();
    if game.is_some_and(|game| game.hides_race() || game.hides_names()) {
        ui.centered_and_justified(|ui| {
            let text = "Chart and leaderboard come back when you reveal.";
            ui.label(egui::RichText::new(text).color(desk.colors.dim));
        });
    } else {
        numbers::show(ui, desk);
    }
}

/// Shows the scene and, if the surface has data, the data: to the right of the scene if there is
/// enough width, otherwise below it.
pub fn centre(ui: &mut Ui, desk: &mut Desk<'_>) {
    /// The gap between scene and data.
    const GAP: f32 = 10.0;
    let has_data = desk.state.document().race.surface().rows() > 0;
    if !has_data || !desk.state.settings.data {
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
