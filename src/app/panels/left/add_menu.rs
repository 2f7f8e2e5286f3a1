//! The menu that adds a racer.

use egui::containers::menu::MenuButton;
use egui::{Button, RichText, Ui, Vec2, vec2};

use crate::app::action::table;
use crate::app::controls::rows;
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::app::widgets::{entry_item, long_menu, name};
use crate::optimizer::{OptimizerChoice, OwnRule};
use crate::view::theme::caption;

/// How a racer is added from a script.
const PASTE: &str =
    "Or copy a constructor from a script for Keras, PyTorch or Optax, and paste it here.";

/// Shows the button, and a sentence if there are no racers.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    if desk.document.lineup().ids().is_empty() {
        let text = "Add an optimizer, and its path is drawn at once.";
        rows::remark(ui, desk.colors, text);
    }
    let button = Button::new(RichText::new("+  add a racer").color(desk.colors.dim))
        .min_size(vec2(ui.available_width(), 32.0));
    menu(ui, desk, button);
}

/// Shows the button as a plus sign.
pub fn plus(ui: &mut Ui, desk: &mut Desk<'_>, size: Vec2) {
    let sign = RichText::new("+").size(16.0).color(desk.colors.dim);
    menu(ui, desk, rows::quiet(sign).min_size(size));
}

/// Shows a button with the menu of all rules.
fn menu(ui: &mut Ui, desk: &mut Desk<'_>, button: Button<'_>) {
    let (response, _) = MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_width(240.0);
        let provides = desk.document.race.surface().provides();
        long_menu(ui, |ui| {
            for optimizer in OptimizerChoice::all() {
                let about = optimizer.rule().about();
                let item = Button::new(about.title).min_size(vec2(ui.available_width(), 0.0));
                let refusal = optimizer.refusal(provides);
                let response = ui.add_enabled(refusal.is_none(), item);
                let response = response.on_hover_text(about.idea);
                if let Some(refusal) = refusal {
                    response.on_disabled_hover_text(refusal);
                } else if response.clicked() {
                    desk.change(Change::add(optimizer.clone()));
                }
            }
            ui.separator();
            kept(ui, desk);
            entry_item(ui, desk, &table::edit::NEW_RULE);
            rows::remark(ui, desk.colors, PASTE);
        });
    });
    name(ui, &response, "Add a racer");
    response.on_hover_text(PASTE);
}

/// The rules in the library.
fn kept(ui: &mut Ui, desk: &mut Desk<'_>) {
    let rules: Vec<OwnRule> = desk.workspace.settings.library.rules().cloned().collect();
    if rules.is_empty() {
        return;
    }
    ui.label(caption("My rules").color(desk.colors.dim));
    for rule in rules {
        let item = Button::new(rule.title()).truncate();
        let item = item.min_size(vec2(ui.available_width(), 0.0));
        if ui.add(item).on_hover_text(rule.text()).clicked() {
            desk.change(Change::add(OptimizerChoice::Rule(rule)));
        }
    }
    entry_item(ui, desk, &table::edit::LIBRARY);
}
