//! The dialog that asks which race to compare with.

use egui::{Align, Button, Layout, RichText, Ui, vec2};

use crate::app::action::{AppAction, table};
use crate::app::desk::Desk;
use crate::app::workspace::Comparison;

/// Shows the dialog.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.heading("Compare two races");
    ui.add_space(4.0);
    let active = desk.workspace.active().id();
    let others = desk.workspace.documents().iter();
    let others: Vec<_> = others.filter(|it| it.id() != active).collect();
    if others.is_empty() {
        let text = "Open a second race to compare, or compare this one with a copy of itself that you \
                    change.";
        ui.label(RichText::new(text).color(desk.colors.dim));
    }
    let width = ui.available_width();
    for other in others {
        let button = Button::new(format!("with “{}”", other.title())).min_size(vec2(width, 32.0));
        if ui.add(button).clicked() {
            let comparison = Comparison::new(other.id(), active);
            desk.send(AppAction::Compare(Some(comparison)));
        }
    }
    let copy = Button::new("with a copy of itself, to be changed").min_size(vec2(width, 32.0));
    if ui.add(copy).clicked() {
        desk.send(AppAction::CompareWithCopy);
    }
    ui.add_space(8.0);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if ui.button("Cancel").clicked() {
            desk.perform(&table::help::DISMISS);
        }
        if ui.button("Open a file…").clicked() {
            desk.perform(&table::file::OPEN);
        }
    });
}
