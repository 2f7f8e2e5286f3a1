//! The dialog that asks under which name a rule or a surface is kept.

use egui::{Align, Key, Layout, RichText, TextEdit, Ui, WidgetInfo};

use crate::app::action::{AppAction, table};
use crate::app::desk::Desk;
use crate::app::settings::library::Entry;
use crate::app::widgets::primary;

/// A rule or a surface, and the name that is being typed.
#[derive(Debug)]
pub struct KeepDialog {
    entry: Entry,
    name: String,
    /// Whether the name has had the focus.
    focused: bool,
}

impl KeepDialog {
    /// Starts with the name of the entry.
    #[must_use]
    pub fn of(entry: &Entry) -> Self {
        Self {
            entry: entry.clone(),
            name: entry.name().to_owned(),
            focused: false,
        }
    }

    /// Shows the dialog.
    pub fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let kind = self.entry.kind();
        ui.heading(format!("Keep the {kind} in your library"));
        ui.add_space(4.0);
        let field = TextEdit::singleline(&mut self.name)
            .hint_text("a name")
            .desired_width(f32::INFINITY);
        let response = ui.add(field);
        let name = self.name.clone();
        response.widget_info(|| WidgetInfo {
            label: Some("Name in the library".to_owned()),
            ..WidgetInfo::text_edit(true, &name, &name, "a name")
        });
        if !self.focused {
            response.request_focus();
            self.focused = true;
        }
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let renamed = self.entry.named(&self.name);
        let is_named = !self.name.trim().is_empty();
        let known = desk.workspace.settings.library.in_place_of(&renamed);
        let is_taken = known.is_some_and(|known| *known != renamed);
        if is_taken {
            let text = format!(
                "There is another {kind} of this name. Keep this one under another name, or replace it."
            );
            ui.label(RichText::new(text).color(desk.colors.error));
        } else {
            let text = "It can then be chosen in every race. Races that use it carry it with them.";
            ui.label(RichText::new(text).color(desk.colors.dim));
        }
        ui.add_space(8.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let verb = if is_taken { "Replace" } else { "Keep" };
            let is_clicked = ui.add_enabled(is_named, primary(desk, verb)).clicked();
            if ui.button("Cancel").clicked() {
                desk.perform(&table::help::DISMISS);
            }
            // Enter never replaces anything.
            if is_named && (is_clicked || (entered && !is_taken)) {
                desk.send(AppAction::KeepAnyway(Box::new(renamed.clone())));
            }
        });
    }
}
