//! The dialog that asks for a preset file to open or to save to.

use egui::{Align, Layout, RichText, Ui};

use super::path_field::PathField;
use crate::app::action::{AppAction, table};
use crate::app::desk::Desk;
use crate::app::document::Document;
use crate::app::ports::files;
use crate::app::widgets::primary;

/// Asks for a file, typed as a path or chosen in the system's file dialog.
#[derive(Debug)]
pub struct PathDialog {
    is_saving: bool,
    file: PathField,
}

impl PathDialog {
    /// Creates a dialog that asks for a file to open.
    #[must_use]
    pub fn open() -> Self {
        Self {
            is_saving: false,
            file: PathField::default(),
        }
    }

    /// Creates a dialog that asks for a file to save to.
    #[must_use]
    pub fn save(document: &Document) -> Self {
        let known = document
            .source
            .path()
            .map(|path| path.display().to_string());
        Self {
            is_saving: true,
            file: PathField::new(known.unwrap_or_else(|| document.file_name("ron"))),
        }
    }

    /// Shows the dialog.
    pub fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let (title, verb, what, hint) = if self.is_saving {
            (
                "Save the preset as",
                "Save",
                files::For::Saving,
                "path of a .ron file",
            )
        } else {
            let hint = if files::ARE_NAMES {
                "choose a preset, a picture made by Slalom, or a table"
            } else {
                "a preset, a picture made by Slalom, or a table"
            };
            ("Open a file", "Open", files::For::Opening, hint)
        };
        ui.heading(title);
        ui.add_space(4.0);
        // Where files have no paths, nothing but the browser's dialog can find one.
        let is_chosen = files::ARE_NAMES && !self.is_saving && self.file.ask_first(ui, what);
        let response = self.file.show(ui, what, "Path of the preset file", hint);
        let mut is_confirmed = is_chosen || PathField::is_confirmed(&response, ui);
        if self.is_saving && self.file.path().exists() {
            let note = "A file of that name exists; it will be replaced.";
            ui.label(RichText::new(note).size(12.0).color(desk.colors.dim));
        }
        ui.add_space(4.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let is_named = !self.file.is_empty();
            is_confirmed |= ui.add_enabled(is_named, primary(desk, verb)).clicked();
            if ui.button("Cancel").clicked() {
                desk.perform(&table::help::DISMISS);
            }
            if is_confirmed && is_named {
                let path = self.file.path();
                desk.send(if self.is_saving {
                    AppAction::SaveTo(path)
                } else {
                    AppAction::OpenFile(path)
                });
            }
        });
    }
}
