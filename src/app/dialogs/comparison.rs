//! The dialog that asks which race to compare with.

use egui::containers::menu::MenuButton;
use egui::{Align, Button, Layout, RichText, Ui, vec2};

use super::path_field::PathField;
use super::sheet;
use crate::app::action::{AppAction, table};
use crate::app::desk::Desk;
use crate::app::ports::files;
use crate::app::widgets::{long_menu, name, primary};
use crate::app::workspace::{Comparison, Opening};
use crate::preset::BUILT_IN;
use crate::view::theme::touch::target;

/// Asks for a second race: one that is open, a copy, a built-in one or a file.
#[derive(Debug, Default)]
pub struct ComparisonDialog {
    file: PathField,
}

/// The height of a button over the whole width.
const BUTTON: f32 = 32.0;
/// The height of the field for a file in a sheet.
const FILE: f32 = 52.0;

impl ComparisonDialog {
    /// Shows the dialog.
    pub fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        ui.heading("Compare two races");
        let active = desk.workspace.active();
        let others = desk.workspace.documents().iter();
        let others: Vec<_> = others.filter(|it| it.id() != active.id()).collect();
        let text = if others.is_empty() {
            format!("Open a second race to compare with “{}”:", active.title())
        } else {
            format!("Compare “{}” with:", active.title())
        };
        ui.label(RichText::new(text).color(desk.colors.dim));
        ui.add_space(4.0);
        sheet::body(ui, FILE + sheet::BUTTONS, |ui| {
            for other in others {
                if wide(ui, &format!("“{}”", other.title())) {
                    let comparison = Comparison::new(other.id(), active.id());
                    desk.send(AppAction::Compare(Some(comparison)));
                }
            }
            if wide(ui, "A copy of itself, to be changed") {
                desk.send(AppAction::CompareWithCopy);
            }
            built_in(ui, desk);
        });
        self.file(ui, desk);
    }

    /// A file, and the buttons of the dialog.
    fn file(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let hint = if files::ARE_NAMES {
            "or a preset file"
        } else {
            "or a preset file, by its path"
        };
        let label = "Path of the preset file to compare with";
        let response = self.file.show(ui, files::For::Opening, label, hint);
        let is_confirmed = PathField::is_confirmed(&response, ui);
        ui.add_space(4.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let is_named = !self.file.is_empty();
            let open = primary(desk, "Open and compare");
            let is_clicked = ui.add_enabled(is_named, open).clicked();
            if ui.button("Cancel").clicked() {
                desk.perform(&table::help::DISMISS);
            }
            if (is_clicked || is_confirmed) && is_named {
                let file = Opening::File(self.file.path());
                desk.send(AppAction::CompareWith(file));
            }
        });
    }
}

/// The menu of built-in races.
fn built_in(ui: &mut Ui, desk: &mut Desk<'_>) {
    let text = "A built-in race";
    let size = vec2(ui.available_width(), target(ui, BUTTON));
    let button = Button::new(text).right_text("▾").min_size(size);
    let (response, _) = MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_min_width(size.x - 24.0);
        long_menu(ui, |ui| {
            for race in BUILT_IN {
                if ui.button(race.title().unwrap_or(race.name)).clicked() {
                    let opening = Opening::BuiltIn(race.name);
                    desk.send(AppAction::CompareWith(opening));
                    ui.close();
                }
            }
        });
    });
    name(ui, &response, text);
}

/// Shows a button over the whole width and returns whether it was clicked.
fn wide(ui: &mut Ui, text: &str) -> bool {
    let size = vec2(ui.available_width(), target(ui, BUTTON));
    ui.add(Button::new(text).truncate().min_size(size))
        .clicked()
}
