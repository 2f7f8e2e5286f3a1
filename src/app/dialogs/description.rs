//! The dialog about the title and the notes.

use egui::{Align, Layout, RichText, Role, TextEdit, Ui, WidgetInfo};

use super::sheet;
use crate::app::action::table;
use crate::app::desk::Desk;
use crate::app::document::Document;
use crate::app::document::change::Change;
use crate::app::widgets::primary;

/// The title and the notes as they are being edited.
#[derive(Debug)]
pub struct Description {
    title: String,
    notes: String,
    /// Whether the title has had the focus.
    focused: bool,
}

impl Description {
    /// Starts with the title and the notes of a document.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        Self {
            title: document.experiment().title.clone(),
            notes: document.experiment().notes.clone(),
            focused: false,
        }
    }

    /// Shows the dialog.
    pub fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        ui.heading("Title and notes");
        ui.add_space(4.0);
        let title = TextEdit::singleline(&mut self.title)
            .hint_text("one line that says what the race shows")
            .desired_width(f32::INFINITY);
        let title = ui.add(title);
        title.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Title"));
        if !self.focused {
            title.request_focus();
            self.focused = true;
        }
        let entered = title.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let notes = TextEdit::multiline(&mut self.notes)
            .hint_text("what to look for, in a few sentences")
            .desired_rows(if sheet::is_sheet(ui) { 4 } else { 8 })
            .desired_width(f32::INFINITY);
        ui.add(notes)
            .widget_info(|| WidgetInfo::labeled(Role::MultilineTextInput, true, "Notes"));
        let hint = "**bold**, *italic* and lists are shown as such in lessons";
        ui.label(RichText::new(hint).size(11.0).color(desk.colors.dim));
        ui.add_space(8.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.add(primary(desk, "Done")).clicked() || entered {
                self.finish(desk);
            }
            if ui.button("Cancel").clicked() {
                desk.perform(&table::help::DISMISS);
            }
        });
    }

    fn finish(&self, desk: &mut Desk<'_>) {
        let before = desk.document.experiment();
        if self.title != before.title {
            desk.change(Change::Title(self.title.trim().to_owned()));
        }
        if self.notes != before.notes {
            desk.change(Change::Notes(self.notes.clone()));
        }
        desk.perform(&table::help::DISMISS);
    }
}
