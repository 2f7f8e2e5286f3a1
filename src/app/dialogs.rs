//! The dialogs: choosing a path, unsaved changes, export, data, and help.

use std::path::PathBuf;
use std::sync::mpsc::Receiver;

use egui::{Align, Context, Grid, Layout, Modal, RichText, TextEdit, Ui};

use super::Document;
use super::command::Command;
use super::data_dialog::{self, DataDialog};
use super::export_dialog::ExportDialog;
use super::file_dialog;
use super::panels::Desk;
use crate::view::theme::caption;

/// A modal dialog.
#[derive(Debug)]
pub enum Dialog {
    /// Asks for a file.
    Path(PathDialog),
    /// Asks what to do with unsaved changes.
    Unsaved {
        /// The command that would discard them.
        then: Box<Command>,
    },
    /// Asks how to export a picture, a clip or numbers.
    Export(Box<ExportDialog>),
    /// Asks for a data file and a model.
    Data(Box<DataDialog>),
    /// Shows keys and gestures.
    Help,
}

/// Asks for a file, typed as a path or chosen in the system's file dialog.
#[derive(Debug)]
pub struct PathDialog {
    saving: bool,
    path: String,
    browsing: Option<Receiver<Option<PathBuf>>>,
}

impl Dialog {
    /// Creates a dialog that asks for a file to open.
    #[must_use]
    pub fn open() -> Self {
        Self::Path(PathDialog {
            saving: false,
            path: String::new(),
            browsing: None,
        })
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
        let path = document.path.as_ref();
        Self::Path(PathDialog {
            saving: true,
            path: path.map_or_else(suggested, |path| path.display().to_string()),
            browsing: None,
        })
    }
}

/// Shows the open dialog, if any.
pub fn show(ctx: &Context, dialog: &mut Option<Dialog>, desk: &mut Desk<'_>) {
    let Some(open) = dialog else {
        return;
    };
    let id = egui::Id::unique("dialog");
    let frame = egui::Frame::popup(&ctx.global_style()).inner_margin(16);
    let modal = Modal::new(id).frame(frame).show(ctx, |ui| {
        let width: f32 = match open {
            Dialog::Export(_) | Dialog::Help => 680.0,
            Dialog::Data(_) => data_dialog::WIDTH,
            _ => 460.0,
        };
        ui.set_width(width.min(ui.ctx().content_rect().width() - 48.0));
        match open {
            Dialog::Path(path) => path.show(ui, desk),
            Dialog::Unsaved { then } => unsaved(ui, then, desk),
            Dialog::Export(export) => export.show(ui, desk),
            Dialog::Data(data) => data.show(ui, desk),
            Dialog::Help => help(ui, desk),
        }
    });
    if modal.should_close() {
        desk.send(Command::Dismiss);
    }
}

impl PathDialog {
    fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
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
            let can_browse = file_dialog::exists() && self.browsing.is_none();
            let browse = ui.add_enabled(can_browse, egui::Button::new("Browse…"));
            if browse
                .on_disabled_hover_text("This desktop offers no file dialog; type the path")
                .clicked()
            {
                let what = if self.saving {
                    file_dialog::For::Saving
                } else {
                    file_dialog::For::Opening
                };
                self.browsing = Some(file_dialog::ask(what, ui.ctx().clone()));
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
                desk.send(Command::Dismiss);
            }
            if confirmed && named {
                let path = PathBuf::from(self.path.trim());
                desk.send(if self.saving {
                    Command::SaveTo(path)
                } else {
                    Command::OpenFile(path)
                });
            }
        });
    }
}

pub(super) fn primary(desk: &Desk<'_>, text: &str) -> egui::Button<'static> {
    egui::Button::new(RichText::new(text.to_owned()).color(desk.colors.on_accent))
        .fill(desk.colors.accent)
}

fn unsaved(ui: &mut Ui, then: &Command, desk: &mut Desk<'_>) {
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

/// The shortcuts of all commands, in two columns.
fn keys(ui: &mut Ui) {
    let rows: Vec<(String, &str)> = Command::PLAIN
        .iter()
        .map(|command| {
            let keys: Vec<String> = command
                .shortcuts()
                .iter()
                .map(|shortcut| ui.ctx().format_shortcut(shortcut))
                .collect();
            (keys.join("  or  "), command.label())
        })
        .filter(|(keys, _)| !keys.is_empty())
        .collect();
    let half = rows.len().div_ceil(2);
    ui.columns(2, |columns| {
        for (column, (ui, rows)) in columns.iter_mut().zip(rows.chunks(half)).enumerate() {
            Grid::new(("keys", column))
                .num_columns(2)
                .spacing([16.0, 4.0])
                .show(ui, |ui| {
                    for (keys, label) in rows {
                        ui.label(RichText::new(keys).monospace());
                        ui.label(*label);
                        ui.end_row();
                    }
                });
        }
    });
}

fn help(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.heading("Keys and gestures");
    ui.add_space(4.0);
    let height = ui.ctx().content_rect().height() - 180.0;
    egui::ScrollArea::vertical()
        .max_height(height)
        .min_scrolled_height(height)
        .show(ui, |ui| {
            ui.label(caption("Keys").color(desk.colors.dim));
            keys(ui);
            ui.add_space(8.0);
            ui.label(caption("On the surface").color(desk.colors.dim));
            gestures(
                ui,
                "gestures",
                &[
                    ("click", "start the race there"),
                    ("drag the ring", "move the start; the paths follow"),
                    ("click a trail", "select its racer and go to that step"),
                    ("drag", "move the view"),
                    ("wheel", "zoom at the pointer"),
                    ("double click", "fit the view to the paths"),
                ],
            );
            ui.add_space(8.0);
            ui.label(caption("On sliders").color(desk.colors.dim));
            gestures(
                ui,
                "sliders",
                &[
                    ("wheel", "nudge the value"),
                    ("Shift + drag", "adjust it finely"),
                    ("double click", "reset to the published value"),
                    ("click the number", "type it: 0.001 and 1e-3 both work"),
                ],
            );
        });
    ui.add_space(8.0);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if ui.add(primary(desk, "Close")).clicked() {
            desk.send(Command::Dismiss);
        }
    });
}

/// A table of pointer gestures.
fn gestures(ui: &mut Ui, id: &str, rows: &[(&str, &str)]) {
    Grid::new(id)
        .num_columns(2)
        .spacing([24.0, 4.0])
        .show(ui, |ui| {
            for &(gesture, effect) in rows {
                ui.label(RichText::new(gesture).monospace());
                ui.label(effect);
                ui.end_row();
            }
        });
}
