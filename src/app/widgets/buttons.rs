//! Icon buttons, and buttons for commands.

use egui::{Color32, Response, Role, Sense, StrokeKind, Ui, Vec2, WidgetInfo};

use crate::app::command::Command;
use crate::app::desk::Desk;
use crate::view::icon::Icon;

/// A frameless icon button. `label` is its accessible name.
pub fn icon_button(ui: &mut Ui, icon: Icon, size: Vec2, label: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), label));
    let visuals = ui.style().interact(&response);
    if response.hovered() || response.has_focus() {
        ui.painter()
            .rect_filled(rect, visuals.corner_radius, visuals.weak_bg_fill);
    }
    let color = if !ui.is_enabled() {
        ui.visuals().weak_text_color().gamma_multiply(0.5)
    } else if response.hovered() {
        visuals.text_color()
    } else {
        ui.visuals().weak_text_color()
    };
    icon.paint(ui.painter(), rect, color);
    response
}

/// An icon that toggles on and off.
pub fn icon_toggle(ui: &mut Ui, icon: Icon, on: bool, size: Vec2, label: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), on, label));
    let visuals = ui.style().interact(&response);
    if response.hovered() || response.has_focus() {
        ui.painter()
            .rect_filled(rect, visuals.corner_radius, visuals.weak_bg_fill);
    }
    let color = if on {
        ui.visuals().hyperlink_color
    } else {
        ui.visuals().weak_text_color().gamma_multiply(0.8)
    };
    icon.paint(ui.painter(), rect, color);
    response
}

/// A framed button for a command, which provides its label, shortcut and reason for being disabled.
pub fn command_button(ui: &mut Ui, desk: &mut Desk<'_>, icon: Icon, command: Command) -> Response {
    let hindrance = command.hindrance(desk.state);
    let size = Vec2::splat(28.0);
    let (rect, response) = ui
        .add_enabled_ui(hindrance.is_none(), |ui| {
            let (rect, response) = ui.allocate_exact_size(size, Sense::click());
            response.widget_info(|| {
                WidgetInfo::labeled(Role::Button, ui.is_enabled(), command.label())
            });
            let visuals = ui.style().interact(&response);
            ui.painter().rect(
                rect,
                visuals.corner_radius,
                visuals.weak_bg_fill,
                visuals.bg_stroke,
                StrokeKind::Inside,
            );
            let color = if ui.is_enabled() {
                visuals.text_color()
            } else {
                ui.visuals().weak_text_color().gamma_multiply(0.6)
            };
            icon.paint(ui.painter(), rect, color);
            (rect, response)
        })
        .inner;
    let _ = rect;
    let response = response
        .on_hover_text(command.tooltip(ui.ctx()))
        .on_disabled_hover_text(hindrance.unwrap_or_default());
    if response.clicked() {
        desk.send(command);
    }
    response
}

/// Clickable text in the accent colour.
pub fn link_text(ui: &mut Ui, text: &str, color: Color32) -> Response {
    let rich = egui::RichText::new(text).size(12.0).color(color);
    let label = egui::Label::new(rich)
        .sense(Sense::click())
        .selectable(false);
    let response = ui.add(label);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, text));
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// Creates the main button of a dialog.
pub fn primary(desk: &Desk<'_>, text: &str) -> egui::Button<'static> {
    egui::Button::new(egui::RichText::new(text.to_owned()).color(desk.colors.on_accent))
        .fill(desk.colors.accent)
}
