//! The dialog that asks for a preset file to open or to save to.

use std::path::PathBuf;
use std::sync::mpsc::Receiver;

use egui::{Align, Layout, RichText, TextEdit, Ui};

use crate::app::action::{AppAction, table};
use crate::app::desk::Desk;
use crate::app::document::Document;
use crate::app::ports::files;
use crate::app::widgets::primary;

/// Asks for a file, typed as a path or chosen in the system's file dialog.
#[derive(Debug)]
pub struct PathDialog {
    saving: bool,
    path: String,
    browsing: Option<Receiver<Option<PathBuf>>>,
}

impl PathDialog {
    /// Creates a dialog that asks for a file to open.
    #[must_use]
    pub fn open() -> Self {
        Self {
            saving: false,
            path: String::new(),
            browsing: None,
        }
    }

    /// Creates a dialog that asks for a file to save to.
    #[must_use]
    pub fn save(document: &Document) -> Self {
        let suggested = || {
            let title = document.experiment().title.to_lowercase();
            let letters = title.split(|letter: char| !letter.is_alphanumeric());
            let words: Vec<&str> = letters.filter(|word| !word.is_empty()).take(6).collect();
            if words.is_empty() {
                "race.ron".to_owned()
            } else {
                format!("{}.ron", words.join("-"))
            }
        };
        let path = document.source.path();
        Self {
            saving: true,
            path: path.map_or_else(suggested, |path| path.display().to_string()),
            browsing: None,
        }
    }
}

impl PathDialog {
    /// Shows the dialog.
    pub fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        if let Some(browsing) = &self.browsing
            && let Ok(picked) = browsing.try_recv()
        {
            if let Some(picked) = picked {
                self.path = picked.display().to_string();
            }
            self.browsing = None;
        }
        let title = if self.saving {
            "Save the preset as"
        } else {
            "Open a preset"
        };
        ui.heading(title);
        ui.add_space(4.0);
        let mut confirmed = false;
        ui.horizontal(|ui| {
            let width = ui.available_width() - 92.0;
            let field = TextEdit::singleline(&mut self.path)
                .hint_text(if self.saving {
                    "path of a .ron file"
                } else {
                    "a .ron preset, or a table with data or a path"
                })
                .desired_width(width);
            let response = ui.add(field);
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Path of the preset file")
            });
            if !response.has_focus() && !response.lost_focus() && self.browsing.is_none() {
                response.request_focus();
            }
            confirmed |=
                response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            let can_browse = files::exists() && self.browsing.is_none();
            let browse = ui.add_enabled(can_browse, egui::Button::new("Browse…"));
            if browse
                .on_disabled_hover_text("This desktop offers no file dialog; type the path")
                .clicked()
            {
                let what = if self.saving {
                    files::For::Saving
                } else {
                    files::For::Opening
                };
                self.browsing = Some(files::ask(what, ui.ctx().clone()));
            }
        });
        if self.saving && PathBuf::from(self.path.trim()).exists() {
            ui.label(RichText::new("A file of that name exists; it will be replaced.").weak());
        }
        ui.add_space(8.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let named = !self.path.trim().is_empty();
            let verb = if self.saving { "Save" } else { "Open" };
            confirmed |= ui.add_enabled(named, primary(desk, verb)).clicked();
            if ui.button("Cancel").clicked() {
                desk.perform(&table::help::DISMISS);
            }
            if confirmed && named {
                let path = PathBuf::from(self.path.trim());
                desk.send(if self.saving {
                    AppAction::SaveTo(path)
                } else {
                    AppAction::OpenFile(path)
                });
            }
        });
    }
}
