//! What can be done with the rule as a whole.

use egui::containers::menu::MenuButton;
use egui::{Button, Ui};

use crate::app::action::{AppAction, DocumentAction};
use crate::app::desk::Desk;
use crate::app::document::ids::RacerId;
use crate::app::settings::library::Entry;
use crate::app::widgets::name;
use crate::export::code::Framework;
use crate::optimizer::OwnRule;

/// Shows the buttons.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, racer: RacerId, rule: &OwnRule) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        if ui.button("Keep in my library").clicked() {
            let entry = Entry::of_rule(rule.clone());
            desk.send(AppAction::Keep(Box::new(entry)));
        }
        code(ui, desk, racer);
        back(ui, desk, racer);
    });
}

/// The menu of the libraries for which the racer is copied as a script.
fn code(ui: &mut Ui, desk: &mut Desk<'_>, racer: RacerId) {
    let text = "Export as code…";
    let (response, _) = MenuButton::from_button(Button::new(text)).ui(ui, |ui| {
        for framework in Framework::ALL {
            let copy = format!("Copy as {}", framework.label());
            if ui.button(copy).clicked() {
                desk.act(DocumentAction::CopyCode(Some(racer), *framework));
                ui.close();
            }
        }
    });
    name(ui, &response, text);
}

/// The button that gives the racer its former rule back.
fn back(ui: &mut Ui, desk: &mut Desk<'_>, racer: RacerId) {
    let Some(original) = desk.document.original_of(racer) else {
        return;
    };
    let text = format!("Back to {}", original.rule().title());
    let button = ui.button(&text);
    let help =
        "The racer follows the rule again of which this is a copy; undo brings the copy back";
    if button.on_hover_text(help).clicked() {
        desk.act(DocumentAction::RevertRule);
    }
}
