//! The dialog about unsaved changes.

use egui::{Align, Layout, Ui};

use crate::app::command::Command;
use crate::app::desk::Desk;
use crate::app::widgets::primary;

/// Asks whether changes may be lost by a command.
pub fn show(ui: &mut Ui, then: &Command, desk: &mut Desk<'_>) {
    ui.heading("Unsaved changes");
    ui.label(format!(
        "“{}” has unsaved changes.",
        desk.state.document().experiment().title
    ));
    ui.add_space(8.0);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let verb = match then {
            Command::Quit => "Quit without saving",
            _ => "Discard and continue",
        };
        if ui.add(primary(desk, verb)).clicked() {
            desk.send(Command::Discard);
        }
        if ui.button("Save…").clicked() {
            desk.send(Command::Save);
        }
        if ui.button("Cancel").clicked() {
            desk.send(Command::Dismiss);
        }
    });
}
