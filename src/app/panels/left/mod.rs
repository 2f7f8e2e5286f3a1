//! The left panel: the racers, or the current game.

mod batch_rows;
mod games;
mod lesson;
mod parameter_row;
mod racer_card;
mod racer_details;
mod racers;
mod rule_menu;
mod schedule_rows;

use egui::Ui;

use crate::app::desk::Desk;

pub use racers::strip;

/// Shows the racers or the current game.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    match desk.workspace.game.clone() {
        Some(game) => games::show(ui, desk, &game),
        None => racers::show(ui, desk),
    }
}
