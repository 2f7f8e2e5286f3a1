//! Icon buttons, and buttons and menu items for entries of the table of actions.

use egui::{
    Button, Color32, Response, RichText, Role, Sense, StrokeKind, TextWrapMode, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};

use crate::app::action::Entry;
use crate::app::desk::Desk;
use crate::view::icon::Icon;
use crate::view::theme::touch::{self, target, target_size};

/// The size of a button with an icon.
pub const BUTTON: Vec2 = Vec2::splat(28.0);

/// A frameless icon button. `label` is its accessible name.
pub fn icon_button(ui: &mut Ui, icon: Icon, size: Vec2, label: &str) -> Response {
    let size = target_size(ui, size);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), label));
    let visuals = ui.style().interact(&response);
    if response.hovered() {
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
    icon.paint_scaled(ui.painter(), rect, color, touch::scale(ui));
    response
}

/// An icon that toggles on and off.
pub fn icon_toggle(ui: &mut Ui, icon: Icon, on: bool, size: Vec2, label: &str) -> Response {
    let size = target_size(ui, size);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), on, label));
    let visuals = ui.style().interact(&response);
    if response.hovered() {
        ui.painter()
            .rect_filled(rect, visuals.corner_radius, visuals.weak_bg_fill);
    }
    let color = if on {
        ui.visuals().hyperlink_color
    } else {
        ui.visuals().weak_text_color().gamma_multiply(0.8)
    };
    icon.paint_scaled(ui.painter(), rect, color, touch::scale(ui));
    response
}

/// Marks a widget that has the keyboard's focus, which must not look like the pointer's hover. The
/// window does this for all widgets.
pub fn focus_ring(ui: &Ui, response: &Response) {
    let visible = response.interact_rect;
    if response.has_focus() && visible.is_positive() {
        let ring = egui::Stroke::new(1.5, ui.visuals().hyperlink_color);
        ui.painter()
            .clone()
            .with_layer_id(response.layer_id)
            .rect_stroke(visible.shrink(1.0), 5.0, ring, StrokeKind::Inside);
    }
}

/// A framed button with the icon of an entry, which provides its label, tooltip and reason for
/// being disabled.
pub fn entry_button(ui: &mut Ui, desk: &mut Desk<'_>, entry: &'static Entry) -> Response {
    entry_button_with(ui, desk, entry, entry.icon)
}

/// A framed button for an entry with another icon.
pub fn entry_button_with(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    entry: &'static Entry,
    icon: Icon,
) -> Response {
    let hindrance = entry.hindrance(desk.workspace, desk.document);
    let is_on = entry.is_on(desk.workspace, desk.document);
    let response = ui
        .add_enabled_ui(hindrance.is_none(), |ui| {
            let (rect, response) = ui.allocate_exact_size(target_size(ui, BUTTON), Sense::click());
            response.widget_info(|| info(ui.is_enabled(), entry, is_on));
            let visuals = ui.style().interact(&response);
            ui.painter().rect(
                rect,
                visuals.corner_radius,
                visuals.weak_bg_fill,
                visuals.bg_stroke,
                StrokeKind::Inside,
            );
            let color = match (ui.is_enabled(), is_on) {
                (false, _) => ui.visuals().weak_text_color().gamma_multiply(0.6),
                (true, Some(true)) => ui.visuals().hyperlink_color,
                (true, _) => visuals.text_color(),
            };
            icon.paint(ui.painter(), rect, color);
            response
        })
        .inner;
    finish(ui, desk, entry, response)
}

/// A framed button for an entry with a text of its own.
pub fn entry_text_button(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    entry: &'static Entry,
    text: &str,
) -> Response {
    let hindrance = entry.hindrance(desk.workspace, desk.document);
    let is_on = entry.is_on(desk.workspace, desk.document);
    let button = Button::new(text.to_owned()).min_size(target_size(ui, BUTTON));
    let response = ui.add_enabled(hindrance.is_none(), button);
    response.widget_info(|| info(ui.is_enabled(), entry, is_on));
    finish(ui, desk, entry, response)
}

/// A frameless icon button for an entry.
pub fn entry_icon(ui: &mut Ui, desk: &mut Desk<'_>, entry: &'static Entry, size: Vec2) -> Response {
    let hindrance = entry.hindrance(desk.workspace, desk.document);
    let is_on = entry.is_on(desk.workspace, desk.document);
    let response = ui
        .add_enabled_ui(hindrance.is_none(), |ui| match is_on {
            Some(on) => icon_toggle(ui, entry.icon, on, size, entry.label),
            None => icon_button(ui, entry.icon, size, entry.label),
        })
        .inner;
    finish(ui, desk, entry, response)
}

/// An item of a menu for an entry, with its icon, its keys, and a mark if it is switched on.
pub fn entry_item(ui: &mut Ui, desk: &mut Desk<'_>, entry: &'static Entry) -> Response {
    let is_on = entry.is_on(desk.workspace, desk.document);
    let hindrance = entry.hindrance(desk.workspace, desk.document);
    let keys = entry.keys_in_words(ui.ctx()).into_iter().next();
    // Where there are fingers, there is hardly a keyboard, and no room.
    let keys = keys.filter(|_| !touch::is_for_fingers(ui.style()));
    let keys = RichText::new(keys.unwrap_or_default()).size(11.0);
    let button = Button::new(format!("        {}", entry.label))
        .truncate()
        .shortcut_text(keys)
        .min_size(vec2(ui.available_width(), target(ui, 26.0)))
        .selected(is_on == Some(true));
    let response = ui.add_enabled(hindrance.is_none(), button);
    response.widget_info(|| info(ui.is_enabled(), entry, is_on));
    let strength = if hindrance.is_some() { 0.5 } else { 1.0 };
    let color = match is_on {
        Some(true) => ui.visuals().hyperlink_color,
        _ => ui.visuals().weak_text_color(),
    };
    let middle = pos2(response.rect.left() + 20.0, response.rect.center().y);
    let area = egui::Rect::from_center_size(middle, Vec2::splat(16.0));
    entry
        .icon
        .paint(ui.painter(), area, color.gamma_multiply(strength));
    let response = response.on_disabled_hover_text(hindrance.unwrap_or_default());
    if response.clicked() {
        desk.perform(entry);
        // Outside of a menu, there is nothing to close.
        let mut around = ui.stack().iter();
        if around.any(|it| it.kind().is_some_and(|kind| kind.is_area())) {
            ui.close();
        }
    }
    response
}

fn info(enabled: bool, entry: &Entry, is_on: Option<bool>) -> WidgetInfo {
    match is_on {
        Some(on) => WidgetInfo::selected(Role::Button, enabled, on, entry.label),
        None => WidgetInfo::labeled(Role::Button, enabled, entry.label),
    }
}

/// Adds the tooltip, and performs the entry on a click.
fn finish(ui: &Ui, desk: &mut Desk<'_>, entry: &'static Entry, response: Response) -> Response {
    let hindrance = entry.hindrance(desk.workspace, desk.document);
    let response = response
        .on_hover_text(entry.tooltip(ui.ctx()))
        .on_disabled_hover_text(hindrance.unwrap_or_default());
    if response.clicked() {
        desk.perform(entry);
    }
    response
}

/// Clickable text in the accent colour.
pub fn link_text(ui: &mut Ui, text: &str, color: Color32) -> Response {
    let rich = RichText::new(text).size(touch::text(ui, 12.0)).color(color);
    let response = if touch::is_for_fingers(ui.style()) {
        let size = Vec2::splat(touch::TARGET);
        let link = Button::new(rich).frame(false).min_size(size);
        ui.add(link.wrap_mode(TextWrapMode::Extend))
    } else {
        // In a text of several lines, it is not divided between two of them.
        let label = egui::Label::new(rich);
        ui.add(label.sense(Sense::click()).selectable(false).extend())
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text));
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// Creates the main button of a dialog.
pub fn primary(desk: &Desk<'_>, text: &str) -> Button<'static> {
    Button::new(RichText::new(text.to_owned()).color(desk.colors.on_accent))
        .fill(desk.colors.accent)
}
