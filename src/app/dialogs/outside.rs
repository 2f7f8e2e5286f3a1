//! The dialog about a preset that reads data outside of its folder.

use egui::{Align, Label, Layout, Ui};

use crate::app::action::{AppAction, table};
use crate::app::desk::Desk;
use crate::app::widgets::primary;

/// Asks whether a preset may read data outside of its folder. `what` says which, in one sentence.
pub fn show(ui: &mut Ui, what: &str, desk: &mut Desk<'_>) {
    ui.heading("Data outside of the preset's folder");
    ui.add(Label::new(what).wrap());
    ui.add_space(4.0);
    ui.label(
        "Allow it only if you know who made the preset: what it reads may be seen in pictures and \
         links that you make of it.",
    );
    ui.add_space(8.0);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if ui.add(primary(desk, "Cancel")).clicked() {
            desk.perform(&table::help::DISMISS);
        }
        if ui.button("Allow").clicked() {
            desk.send(AppAction::Allow);
        }
    });
}
