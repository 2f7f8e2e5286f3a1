//! The history: what was done, in plain words, each step a click away.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Button, PopupCloseBehavior, RichText, ScrollArea, Sense, Ui, vec2};

use crate::app::action::DocumentAction;
use crate::app::desk::Desk;
use crate::app::widgets::name;
use crate::view::icon::Icon;
use crate::view::theme::caption;
use crate::view::theme::touch::target_size;

const WIDTH: f32 = 298.0;

/// Shows the button that opens the list.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let button = Button::new("")
        .min_size(target_size(ui, vec2(28.0, 28.0)))
        .sense(Sense::click());
    let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let (response, _) = MenuButton::from_button(button)
        .config(config)
        .ui(ui, |ui| list(ui, desk));
    let color = ui.style().interact(&response).text_color();
    Icon::Clock.paint(ui.painter(), response.rect, color);
    name(ui, &response, "History");
    response.on_hover_text("What was done");
}

/// Shows the list.
pub fn list(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.set_width(WIDTH);
    let title = match desk.letters() {
        Some([_, letter]) => format!("History of {letter}"),
        None => "History".to_owned(),
    };
    ui.label(caption(&title).color(desk.colors.dim));
    let document = desk.document;
    let position = document.position();
    let steps: Vec<String> = document.steps_done().map(str::to_owned).collect();
    let height = ui.ctx().content_rect().height() - 120.0;
    let scroll = ScrollArea::vertical()
        .max_height(height)
        .stick_to_bottom(true);
    scroll.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let opened = std::iter::once("As opened");
        let steps = opened.chain(steps.iter().map(|step| &**step));
        for (index, step) in steps.enumerate() {
            let color = if index > position {
                desk.colors.dim.gamma_multiply(0.5)
            } else {
                desk.colors.text
            };
            let text = RichText::new(step).color(color);
            let button = Button::selectable(index == position, text).truncate();
            let size = vec2(WIDTH - 8.0, 26.0);
            if ui.add_sized(size, button).clicked() {
                desk.act(DocumentAction::GoTo(index));
            }
        }
    });
}
