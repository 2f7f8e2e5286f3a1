//! The card of a network: its data and layers, and the ways to change them.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Align, Button, Frame, Label, Layout, RichText, Stroke, Ui, vec2};

use crate::app::action::table;
use crate::app::controls::surface_menu;
use crate::app::desk::Desk;
use crate::app::document::network_words;
use crate::app::widgets::{link_text, name};
use crate::surface::Learner;
use crate::view::theme::{CAPTION, caption};

/// The space on both sides of the content.
const MARGIN: f32 = 12.0;
/// The height of the heading.
const HEADING: f32 = 22.0;
/// The room for the link that opens the dialog.
const LINK: f32 = 60.0;

/// Shows the card, if the race is on a network.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let surface = desk.document.experiment().surface.open();
    let Some(learner) = surface.network() else {
        return;
    };
    let frame = Frame::new()
        .fill(desk.colors.card)
        .stroke(Stroke::new(1.0, desk.colors.line))
        .corner_radius(6)
        .inner_margin(vec2(MARGIN, 8.0));
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        ui.set_width(ui.available_width());
        heading(ui, desk, learner);
        let task = RichText::new(network_words::task(&learner.data));
        ui.add(Label::new(task).truncate().selectable(false));
        let numbers = RichText::new(network_words::numbers(learner)).color(desk.colors.dim);
        ui.add(Label::new(numbers).truncate().selectable(false));
    });
    ui.add_space(4.0);
}

/// The name of the network, which opens the menu of surfaces, and what opens the dialog.
fn heading(ui: &mut Ui, desk: &mut Desk<'_>, learner: &Learner) {
    let size = vec2(ui.available_width(), HEADING);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(size);
        ui.spacing_mut().button_padding.x = 0.0;
        let room = vec2(ui.available_width() - LINK, HEADING);
        let title = network_words::heading(learner);
        ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
            let text = caption(&title).color(desk.colors.dim);
            let sign = RichText::new("▾").size(CAPTION).color(desk.colors.dim);
            let button = Button::new((text, sign)).frame(false).truncate();
            let (response, _) = MenuButton::from_button(button)
                .config(MenuConfig::new())
                .ui(ui, |ui| surface_menu::items(ui, desk));
            name(ui, &response, &format!("Surface: {title}"));
            response.on_hover_text("Race on another surface");
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let link = link_text(ui, "set up…", desk.colors.accent);
            if link
                .on_hover_text("Choose the data, the layers and how they are trained")
                .clicked()
            {
                desk.perform(&table::file::FIT_DATA);
            }
        });
    });
}
