//! A racer's card: its header and, when it is open, its hyper-parameters.

use egui::{
    Align, Frame, Label, Layout, Margin, Response, RichText, Role, Sense, Stroke, Ui, UiBuilder,
    Vec2, WidgetInfo, pos2, vec2,
};

use super::{racer_details, racer_menu};
use crate::app::action::DocumentAction;
use crate::app::controls::{Card, rate};
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::app::widgets::{finger, focus_ring, icon_button};
use crate::view::icon::Icon;
use crate::view::theme::touch::target;
use crate::view::theme::{blend, strong};

/// The height of the header.
const HEADER: f32 = 34.0;
/// The space on both sides of the content.
const MARGIN: i8 = 12;
/// The size of the buttons in the header.
const BUTTON: Vec2 = Vec2::splat(26.0);

/// Shows the card. The response is that of its header, which can be clicked and dragged, with the
/// rectangle of the whole card.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>) -> Response {
    let is_open = desk.document.selected() == Some(card.id);
    let border = if is_open {
        desk.colors.accent
    } else {
        desk.colors.line
    };
    let frame = Frame::new()
        .fill(desk.colors.card)
        .stroke(Stroke::new(1.0, border))
        .corner_radius(6);
    let shown = ui.push_id(("racer", card.id), |ui| {
        frame.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let header = header(ui, desk, card, is_open);
            if is_open {
                let margin = Margin {
                    top: 0,
                    ..Margin::same(MARGIN)
                };
                Frame::new().inner_margin(margin).show(ui, |ui| {
                    racer_details::show(ui, desk, card);
                });
            }
            header
        })
    });
    let shown = shown.inner;
    shown.inner.with_new_rect(shown.response.rect)
}

/// Shows the row that is always there. Only it opens, closes and moves the card: a click that misses
/// a slider must not close the card.
fn header(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>, is_open: bool) -> Response {
    let size = vec2(ui.available_width(), target(ui, HEADER));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    // A finger scrolls; the menu moves the card.
    finger::way(ui, &response);
    let label = format!("Racer {}", card.name);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, is_open, &label));
    if response.hovered() && !is_open {
        let fill = blend(desk.colors.card, desk.colors.text, 0.05);
        ui.painter().rect_filled(rect, 6.0, fill);
    }
    let content = UiBuilder::new()
        .max_rect(rect.shrink2(vec2(10.0, 0.0)))
        .layout(Layout::left_to_right(Align::Center));
    row(&mut ui.new_child(content), desk, card, is_open);
    focus_ring(ui, &response);
    if response.clicked() {
        desk.act(DocumentAction::Select((!is_open).then_some(card.id)));
    }
    response.context_menu(|ui| racer_menu::show(ui, desk, card));
    response
}

fn row(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>, is_open: bool) {
    marker(ui, desk, card);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        eye(ui, desk, card);
        if is_open {
            let button = icon_button(ui, Icon::More, BUTTON, "More");
            egui::Popup::menu(&button).show(|ui| racer_menu::show(ui, desk, card));
            button.on_hover_text("Show alone, duplicate, move, copy, remove");
        } else {
            rate::show(ui, desk, card);
        }
        if desk.document.solo() == Some(card.id) {
            let text = RichText::new("alone").size(11.0).color(desk.colors.accent);
            ui.add(Label::new(text).selectable(false));
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let color = if card.is_shown(desk) {
                desk.colors.text
            } else {
                desk.colors.dim
            };
            let text = if is_open {
                strong(card.name)
            } else {
                RichText::new(card.name)
            };
            ui.add(Label::new(text.color(color)).truncate().selectable(false));
        });
    });
}

fn marker(ui: &mut Ui, desk: &Desk<'_>, card: Card<'_>) {
    let (rect, _) = ui.allocate_exact_size(BUTTON, Sense::hover());
    let (middle, color) = (rect.center(), card.color(desk));
    let line = [pos2(rect.left(), middle.y), pos2(rect.right(), middle.y)];
    ui.painter().line_segment(line, Stroke::new(2.2, color));
    let rim = Stroke::new(1.4, desk.colors.card);
    ui.painter()
        .extend(card.look.marker.filled(middle, 11.0, color, rim));
}

fn eye(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>) {
    let is_visible = card.racer.appearance.visible;
    let (icon, verb) = if is_visible {
        (Icon::Eye, "Hide")
    } else {
        (Icon::EyeClosed, "Show")
    };
    let label = format!("{verb} {}", card.name);
    let response = icon_button(ui, icon, BUTTON, &label);
    if response
        .on_hover_text(format!("{label}; it keeps racing"))
        .clicked()
    {
        desk.change(Change::Visible(card.id, !is_visible));
    }
}
