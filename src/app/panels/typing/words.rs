//! What can be typed.

use egui::{FontId, Popup, RichText, Ui, vec2};

use crate::app::controls::rows;
use crate::app::desk::Desk;
use crate::app::widgets::icon_button;
use crate::expression::Function;
use crate::view::icon::Icon;
use crate::view::theme::caption;

/// The width of the list.
const WIDTH: f32 = 400.0;

/// What can be typed in one of the editors.
pub struct Words {
    /// What the language has besides functions, with examples.
    pub examples: &'static [(&'static str, &'static str)],
    /// Whether there are functions of whole vectors.
    pub in_rule: bool,
    /// What else there is to know.
    pub remark: &'static str,
}

/// Shows the button that opens the list.
pub fn words(ui: &mut Ui, desk: &Desk<'_>, words: &Words) {
    let label = "What can be typed";
    let button = icon_button(ui, Icon::Tour, vec2(28.0, 28.0), label).on_hover_text(label);
    Popup::menu(&button).show(|ui| {
        ui.set_width(WIDTH.min(ui.ctx().content_rect().width() - 40.0));
        ui.spacing_mut().item_spacing.y = 2.0;
        for (title, examples) in words.examples {
            ui.label(caption(title).color(desk.colors.dim));
            ui.label(RichText::new(*examples).font(FontId::monospace(12.0)));
            ui.add_space(4.0);
        }
        ui.label(caption("Functions").color(desk.colors.dim));
        let names = Function::names(words.in_rule);
        ui.label(RichText::new(names.join("  ")).font(FontId::monospace(12.0)));
        ui.add_space(4.0);
        rows::remark(ui, desk.colors, words.remark);
    });
}
