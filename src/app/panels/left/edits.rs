//! A racer's edits: changes during the race.

use egui::{Ui, vec2};

use crate::app::controls::{Card, rows};
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::app::widgets::icon_button;
use crate::experiment::{Edit, Racer};
use crate::view::icon::Icon;
use crate::view::number;

/// Shows each edit on a row of its own, with a button that removes it.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>) {
    for edit in &card.racer.plan.edits {
        let text = told(card.racer, edit);
        let mut removed = false;
        rows::row(ui, desk.colors, &text, "A change during the race", |ui| {
            let label = format!("Remove the edit {text}");
            let button = icon_button(ui, Icon::Cross, vec2(24.0, 24.0), &label);
            removed = button.on_hover_text("Remove this edit").clicked();
        });
        if removed {
            desk.change(Change::RemoveEdit {
                racer: card.id,
                step: edit.step,
                parameter: edit.parameter.clone(),
            });
        }
    }
}

/// Returns an edit in words.
fn told(racer: &Racer, edit: &Edit) -> String {
    let rule = racer.plan.optimizer.rule();
    let found = rule.find(&edit.parameter).and_then(|it| rule.parameter(it));
    let label = found.map_or_else(|| edit.parameter.clone(), |it| it.label());
    let (step, value) = (number::count(edit.step), number::short(edit.value));
    format!("from step {step}: {label} = {value}")
}
