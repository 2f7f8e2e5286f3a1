//! What can be typed in a formula.

use egui::{FontId, Popup, RichText, Ui, vec2};

use crate::app::controls::rows;
use crate::app::desk::Desk;
use crate::app::widgets::icon_button;
use crate::expression::Function;
use crate::view::icon::Icon;
use crate::view::theme::caption;

/// The width of the list.
const WIDTH: f32 = 400.0;

/// What the language has besides functions.
const WORDS: &[(&str, &str)] = &[
    ("Numbers", "2   .5   1e-3   pi   e"),
    ("Signs", "+  -  *  /  ^   ( )   |x|   2x   x²   √x"),
    (
        "Definitions",
        "u = y - x^2 in a line of its own, before the formula",
    ),
    ("Cases", "if(x < 1, x^2, 2x - 1)"),
    ("Sums", "sum(i, 1, 5, cos(i*x))"),
    ("Parameters", "any other name, such as a, k_1 or α"),
];

/// Shows the button that opens the list.
pub fn button(ui: &mut Ui, desk: &Desk<'_>) {
    let label = "What can be typed";
    let button = icon_button(ui, Icon::Tour, vec2(28.0, 28.0), label).on_hover_text(label);
    Popup::menu(&button).show(|ui| {
        ui.set_width(WIDTH);
        ui.spacing_mut().item_spacing.y = 2.0;
        for (title, examples) in WORDS {
            ui.label(caption(title).color(desk.colors.dim));
            ui.label(RichText::new(*examples).font(FontId::monospace(12.0)));
            ui.add_space(4.0);
        }
        ui.label(caption("Functions").color(desk.colors.dim));
        let names = Function::names(false);
        ui.label(RichText::new(names.join("  ")).font(FontId::monospace(12.0)));
        ui.add_space(4.0);
        rows::remark(ui, desk.colors, "Over x and y; the last line is the loss.");
    });
}
