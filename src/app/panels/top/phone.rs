//! The bar at the top of a phone: the menu, the race, undo, and what else concerns it.

use egui::containers::menu::MenuButton;
use egui::{Align2, Button, FontId, Response, Ui, Vec2, pos2, vec2};

use super::{history, menu, tabs};
use crate::app::action::{AppAction, table};
use crate::app::desk::Desk;
use crate::app::widgets::{entry_icon, entry_item, long_menu, name};
use crate::preset::BUILT_IN;
use crate::view::fonts;
use crate::view::icon::Icon;
use crate::view::theme::touch::{self, TARGET};

/// The height of the bar.
pub const HEIGHT: f32 = 52.0;
/// The width of the menus.
const WIDTH: f32 = 320.0;

/// Shows the bar. Everything stands in the order in which Tab visits it.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.spacing_mut().item_spacing.x = 4.0;
    ui.horizontal_centered(|ui| {
        let button = menu::opened_by(ui, desk, square());
        paint(ui, &button, Icon::Menu);
        let room = ui.available_width() - 2.0 * (TARGET + 4.0);
        title(ui, desk, room);
        entry_icon(ui, desk, &table::edit::UNDO, Vec2::splat(TARGET));
        more(ui, desk);
    });
}

/// A button for an icon.
fn square() -> Button<'static> {
    Button::new("").frame(false).min_size(Vec2::splat(TARGET))
}

fn paint(ui: &Ui, response: &Response, icon: Icon) {
    let color = ui.style().interact(response).text_color();
    icon.paint_scaled(ui.painter(), response.rect, color, touch::scale(ui));
}

/// The title of the race, which opens the menu of tabs.
fn title(ui: &mut Ui, desk: &mut Desk<'_>, room: f32) {
    const SIZE: f32 = 16.0;
    /// The space for what stands after the title.
    const AFTER: f32 = 28.0;
    let button = Button::new("")
        .frame(false)
        .min_size(vec2(room.max(TARGET), TARGET));
    let (response, _) = MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_width(WIDTH);
        long_menu(ui, |ui| races(ui, desk));
    });
    let document = desk.document;
    let painter = ui.painter_at(response.rect);
    let font = FontId::new(SIZE, fonts::strong_family());
    let color = desk.colors.text;
    let layout = |text: &str| painter.layout_no_wrap(text.to_owned(), font.clone(), color);
    let width = response.rect.width() - AFTER;
    let text = tabs::shortened(document.title(), width, |text| layout(text).size().x);
    let galley = layout(&text);
    let (middle, left) = (response.rect.center().y, response.rect.left() + 4.0);
    let end = left + galley.size().x;
    painter.galley(pos2(left, middle - galley.size().y / 2.0), galley, color);
    let sign = if document.is_changed() {
        "• ▾"
    } else {
        "▾"
    };
    let font = FontId::proportional(12.0);
    let at = pos2(end + 6.0, middle);
    painter.text(at, Align2::LEFT_CENTER, sign, font, desk.colors.dim);
    let unsaved = if document.is_changed() {
        ", unsaved"
    } else {
        ""
    };
    name(
        ui,
        &response,
        &format!("Race: {}{unsaved}", document.title()),
    );
}

/// The tabs, and the races that come with the program.
fn races(ui: &mut Ui, desk: &mut Desk<'_>) {
    let active = desk.workspace.active().id();
    for document in desk.workspace.documents() {
        let mark = if document.is_changed() { " •" } else { "" };
        let text = format!("{}{mark}", document.title());
        let item = Button::selectable(document.id() == active, text).truncate();
        if ui
            .add_sized(vec2(ui.available_width(), TARGET), item)
            .clicked()
        {
            desk.send(AppAction::Show(document.id()));
            ui.close();
        }
    }
    ui.separator();
    for entry in [
        &table::tabs::NEW,
        &table::tabs::CLOSE,
        &table::edit::DESCRIBE,
    ] {
        entry_item(ui, desk, entry);
    }
    ui.separator();
    menu::submenu(ui, "Built-in races", |ui| {
        ui.set_width(WIDTH);
        long_menu(ui, |ui| menu::built_in(ui, desk, BUILT_IN));
    });
}

/// What has no button of its own.
fn more(ui: &mut Ui, desk: &mut Desk<'_>) {
    let (response, _) = MenuButton::from_button(square()).ui(ui, |ui| {
        ui.set_width(WIDTH);
        long_menu(ui, |ui| {
            entry_item(ui, desk, &table::edit::REDO);
            menu::submenu(ui, "History", |ui| history::list(ui, desk));
            ui.separator();
            for entry in [&table::file::SHARE, &table::file::EXPORT] {
                entry_item(ui, desk, entry);
            }
            ui.separator();
            for entry in [
                &table::help::PALETTE,
                &table::view::THEME,
                &table::help::KEYS,
                &table::file::SETTINGS,
            ] {
                entry_item(ui, desk, entry);
            }
        });
    });
    paint(ui, &response, Icon::More);
    name(ui, &response, "More");
}
