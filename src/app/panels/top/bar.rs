//! The top bar: the program's name and menu, the tabs, and what concerns the whole window.

use egui::{Button, RichText, Ui, vec2};

use super::{history, menu, tabs};
use crate::app::action::table::{self, Entry};
use crate::app::desk::Desk;
use crate::app::widgets::{entry_button, entry_button_with, entry_text_button, name};
use crate::view::icon::Icon;
use crate::view::theme::touch::target;

/// The width of the window from which buttons have texts rather than icons.
const ROOMY: f32 = 1060.0;
/// The width of the search button.
const SEARCH: f32 = 134.0;
const GAP: f32 = 6.0;

/// Shows the bar. Everything stands in the order in which Tab visits it.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let roomy = ui.available_width() > ROOMY;
    ui.spacing_mut().item_spacing.x = GAP;
    ui.horizontal_centered(|ui| {
        menu::show(ui, desk);
        let right = right_width(ui, roomy);
        let room = (ui.available_width() - right - GAP).max(tabs::NARROWEST);
        tabs::show(ui, desk, room);
        ui.add_space((ui.available_width() - right).max(0.0));
        search_button(ui, desk, roomy);
        entry_button(ui, desk, &table::edit::UNDO);
        entry_button(ui, desk, &table::edit::REDO);
        history::show(ui, desk);
        if roomy {
            entry_text_button(ui, desk, &table::file::SHARE, SHARE);
            entry_text_button(ui, desk, &table::file::EXPORT, EXPORT);
        } else {
            entry_button(ui, desk, &table::file::SHARE);
            entry_button(ui, desk, &table::file::EXPORT);
        }
        entry_button(ui, desk, &table::help::KEYS);
        let theme = if desk.colors.dark {
            Icon::Moon
        } else {
            Icon::Sun
        };
        entry_button_with(ui, desk, &table::view::THEME, theme);
    });
}

const SHARE: &str = "Share";
const EXPORT: &str = "Export…";

/// Returns the width of everything to the right of the tabs.
fn right_width(ui: &Ui, roomy: bool) -> f32 {
    let icon = target(ui, 28.0) + GAP;
    if roomy {
        let texts = [SHARE, EXPORT].map(|text| text_width(ui, text) + GAP);
        SEARCH + GAP + 5.0 * icon + texts.iter().sum::<f32>()
    } else {
        8.0 * icon
    }
}

/// Returns the width of a button with a text.
fn text_width(ui: &Ui, text: &str) -> f32 {
    let font = egui::TextStyle::Button.resolve(ui.style());
    let galley = ui
        .painter()
        .layout_no_wrap(text.to_owned(), font, egui::Color32::WHITE);
    galley.size().x + 2.0 * ui.spacing().button_padding.x
}

/// Shows the button that opens the palette, which looks like a field if there is room.
fn search_button(ui: &mut Ui, desk: &mut Desk<'_>, roomy: bool) {
    let palette: &'static Entry = &table::help::PALETTE;
    if !roomy {
        entry_button(ui, desk, palette);
        return;
    }
    let keys = palette.keys_in_words(ui.ctx());
    let keys = keys
        .first()
        .map_or(String::new(), |keys| keys.replace('+', " "));
    let text = RichText::new("      Search").color(desk.colors.dim);
    let button = Button::new(text)
        .right_text(RichText::new(keys).size(11.0).color(desk.colors.dim))
        .fill(desk.colors.window)
        .min_size(vec2(SEARCH, 28.0));
    let response = ui.add_sized(vec2(SEARCH, 28.0), button);
    let at = egui::Rect::from_center_size(
        response.rect.left_center() + vec2(16.0, 0.0),
        vec2(14.0, 14.0),
    );
    Icon::Search.paint(ui.painter(), at, desk.colors.dim);
    name(ui, &response, palette.label);
    if response.clicked() {
        desk.perform(palette);
    }
}
