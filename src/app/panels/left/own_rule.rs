//! The row of a rule of one's own: what opens its editor, and what is known about it.

use egui::{RichText, Ui};

use crate::app::action::DocumentAction;
use crate::app::controls::{Card, checked, rows};
use crate::app::desk::Desk;
use crate::app::widgets::name;

const HELP: &str = "The lines of this rule are typed; they can be changed while it runs";

/// Shows the row.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>) {
    rows::row(ui, desk.colors, "rule of one’s own", HELP, |ui| {
        let text = RichText::new("edit its lines").size(rows::name_size(ui));
        let button = rows::quiet(text.color(desk.colors.accent));
        let response = ui.add(button);
        name(ui, &response, &format!("Edit the lines of {}", card.name));
        if response.on_hover_text(HELP).clicked() {
            desk.act(DocumentAction::EditRule(card.id));
        }
    });
    if let Some(compared) = checked::compared(desk, card.id) {
        rows::remark(ui, desk.colors, &compared);
    }
}
