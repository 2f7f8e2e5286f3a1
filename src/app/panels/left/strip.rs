//! The panel folded to a strip of markers, in a narrow window or beside two pictures.

use egui::{
    Margin, Role, ScrollArea, Sense, Stroke, Ui, Vec2, WidgetInfo, scroll_area::ScrollBarVisibility,
};

use super::add_menu;
use crate::app::action::{DocumentAction, table};
use crate::app::controls::Card;
use crate::app::desk::Desk;
use crate::app::widgets::{entry_icon, focus_ring, icon_button};
use crate::view::icon::Icon;
use crate::view::racer_looks;
use crate::view::theme::touch::{is_for_fingers, target_size};

/// The width of the strip.
pub const STRIP: f32 = 48.0;
/// The size of a marker's field.
const FIELD: Vec2 = Vec2::splat(28.0);

/// Returns the margin of the strip, whose markers fingers have to hit.
pub fn margin(ui: &Ui) -> Margin {
    let sides = if is_for_fingers(ui.style()) { 2 } else { 10 };
    Margin::symmetric(sides, 10)
}

/// Shows the racers' markers: a click selects a racer, a double click opens the panel at its card. A
/// lesson or a game has one button instead, or in addition, that opens it.
pub fn strip(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.spacing_mut().item_spacing.y = 4.0;
    entry_icon(ui, desk, &table::view::LEFT, FIELD);
    if openers(ui, desk) {
        let scroll = ScrollArea::vertical();
        all(ui, desk, scroll, Look::Square);
    }
}

/// Shows the same side by side, for fingers.
pub fn markers(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        if openers(ui, desk) {
            let scroll = ScrollArea::horizontal();
            all(ui, desk, scroll, Look::Round);
        }
    });
}

/// Shows what opens a lesson or a game, and returns whether markers stand beside it.
fn openers(ui: &mut Ui, desk: &mut Desk<'_>) -> bool {
    if desk.workspace.game.is_some() {
        // The markers could give the answer away.
        opener(ui, desk, Icon::Game, "Open the game");
        return false;
    }
    if desk.document.lesson().is_some() {
        opener(ui, desk, Icon::Tour, "Open the lesson");
    }
    true
}

fn all(ui: &mut Ui, desk: &mut Desk<'_>, scroll: ScrollArea, look: Look) {
    let document = desk.document;
    let names = document.experiment().titles();
    let looks = racer_looks(document.experiment(), desk.colors);
    let scroll = scroll
        .id_salt((document.id(), "strip"))
        .scroll_bar_visibility(ScrollBarVisibility::AlwaysHidden);
    scroll.show(ui, |ui| {
        for card in Card::all(document, &names, looks) {
            marker(ui, desk, card, look);
        }
        add_menu::plus(ui, desk, target_size(ui, FIELD));
    });
}

/// How the selected racer is marked.
#[derive(Clone, Copy, PartialEq)]
enum Look {
    /// By a frame.
    Square,
    /// By a ring around a larger marker.
    Round,
}

fn opener(ui: &mut Ui, desk: &mut Desk<'_>, icon: Icon, label: &str) {
    let button = icon_button(ui, icon, FIELD, label).on_hover_text(label);
    if button.clicked() {
        desk.perform(&table::view::LEFT);
    }
}

fn marker(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>, look: Look) {
    let size = target_size(ui, FIELD);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let (radius, marker) = match look {
        Look::Square => (6.0, 11.0),
        Look::Round => (size.x / 2.0, 14.0),
    };
    let is_selected = desk.document.selected() == Some(card.id);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_selected, card.name));
    if is_selected || response.hovered() {
        ui.painter().rect_filled(rect, radius, desk.colors.card);
    }
    if is_selected {
        let frame = Stroke::new(1.0, desk.colors.accent);
        let inside = egui::StrokeKind::Inside;
        ui.painter().rect_stroke(rect, radius, frame, inside);
    }
    let (middle, color) = (rect.center(), card.color(desk));
    let rim = Stroke::new(1.2, desk.colors.rim);
    ui.painter()
        .extend(card.look.marker.filled(middle, marker, color, rim));
    focus_ring(ui, &response);
    if response.double_clicked() {
        desk.act(DocumentAction::Select(Some(card.id)));
        desk.perform(&table::view::LEFT);
    } else if response.clicked() {
        desk.act(DocumentAction::Select(Some(card.id)));
    }
    response.on_hover_text(format!("{}; double click to open its card", card.name));
}
