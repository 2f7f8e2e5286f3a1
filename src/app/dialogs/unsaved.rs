//! The dialog about unsaved changes.

use egui::{Align, Layout, Ui};

use crate::app::action::{AppAction, table};
use crate::app::desk::Desk;
use crate::app::widgets::primary;
use crate::app::workspace::Next;

/// Asks whether changes may be lost by a command.
pub fn show(ui: &mut Ui, then: &Next, desk: &mut Desk<'_>) {
    ui.heading("Unsaved changes");
    let title = &desk.document.experiment().title;
    let unsaved = desk
        .workspace
        .documents()
        .iter()
        .filter(|it| it.is_unsaved());
    let others = match then {
        Next::Quit => unsaved.count().saturating_sub(1),
        _ => 0,
    };
    ui.label(match others {
        0 => format!("“{title}” has unsaved changes."),
        1 => format!("“{title}” and another tab have unsaved changes."),
        others => format!("“{title}” and {others} other tabs have unsaved changes."),
    });
    ui.add_space(8.0);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let verb = match then {
            Next::Quit => "Quit without saving",
            _ => "Discard and continue",
        };
        if ui.add(primary(desk, "Save…")).clicked() {
            desk.perform(&table::file::SAVE);
        }
        if ui.button("Cancel").clicked() {
            desk.perform(&table::help::DISMISS);
        }
        if ui.button(verb).clicked() {
            desk.send(AppAction::Discard);
        }
    });
}
