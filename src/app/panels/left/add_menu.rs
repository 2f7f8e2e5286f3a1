//! The button that adds racers.

use egui::{Button, RichText, Ui, Vec2, vec2};

use crate::app::action::table;
use crate::app::controls::rows;
use crate::app::desk::Desk;
use crate::app::widgets::name;

/// How a racer is added from a script.
const PASTE: &str = "Choose from all rules. Or copy a constructor from a script for Keras, PyTorch or \
                     Optax, and paste it here.";

/// Shows the button, and a sentence if there are no racers.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    if desk.document.lineup().ids().is_empty() {
        let text = "Add an optimizer, and its path is drawn at once.";
        rows::remark(ui, desk.colors, text);
    }
    let button = Button::new(RichText::new("+  add a racer").color(desk.colors.dim))
        .min_size(vec2(ui.available_width(), 32.0));
    opener(ui, desk, button);
}

/// Shows the button as a plus sign.
pub fn plus(ui: &mut Ui, desk: &mut Desk<'_>, size: Vec2) {
    let sign = RichText::new("+").size(16.0).color(desk.colors.dim);
    opener(ui, desk, rows::quiet(sign).min_size(size));
}

/// Shows a button that opens the chooser.
fn opener(ui: &mut Ui, desk: &mut Desk<'_>, button: Button<'_>) {
    let response = ui.add(button);
    name(ui, &response, "Add a racer");
    if response.on_hover_text(PASTE).clicked() {
        desk.perform(&table::racer::ADD);
    }
}
