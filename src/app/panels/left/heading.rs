//! The heading of the racers: which parameters are linked, and the multiplier of all rates.

use egui::{
    Align, Button, Color32, DragValue, Label, Layout, RichText, Role, Sense, Stroke, Ui, Vec2,
    WidgetInfo,
};

use crate::app::action::table;
use crate::app::controls::links;
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::app::widgets::focus_ring;
use crate::view::number;
use crate::view::theme::touch::{TARGET, is_for_fingers, target};
use crate::view::theme::{CAPTION, caption};

/// Shows the heading.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let size = egui::vec2(ui.available_width(), target(ui, 24.0));
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.add(Label::new(caption("Racers").color(desk.colors.dim)).selectable(false));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            multiplier(ui, desk);
            let text = RichText::new("all rates").size(12.0).color(desk.colors.dim);
            ui.add(Label::new(text).selectable(false));
            ui.add_space(8.0);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| linked(ui, desk));
        });
    });
}

/// Shows which parameters are linked. A click ends all links.
fn linked(ui: &mut Ui, desk: &mut Desk<'_>) {
    let Some(said) = links::summary(desk.document) else {
        return;
    };
    let text = RichText::new(&said).size(CAPTION).color(desk.colors.accent);
    let response = if is_for_fingers(ui.style()) {
        let link = Button::new(text).frame(false).truncate();
        ui.add(link.min_size(Vec2::splat(TARGET)))
    } else {
        let label = Label::new(text).truncate().selectable(false);
        ui.add(label.sense(Sense::click()))
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &said));
    focus_ring(ui, &response);
    let unlink = table::edit::UNLINK.tooltip(ui.ctx());
    let response = response
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .on_hover_text(format!(
            "{}\nClick: {unlink}",
            links::explanation(desk.document)
        ));
    if response.clicked() {
        desk.perform(&table::edit::UNLINK);
    }
}

fn multiplier(ui: &mut Ui, desk: &mut Desk<'_>) {
    let scale = desk.document.rate_scale();
    let mut wanted = scale;
    let field = DragValue::new(&mut wanted)
        .range(1e-6..=1e6)
        .speed(scale * 0.01)
        .update_while_editing(false)
        .custom_formatter(|value, _| format!("×{}", number::short(value)))
        .custom_parser(|text| number::parse(text.trim_start_matches('×')));
    let response = ui
        .scope(|ui| {
            let visuals = &mut ui.visuals_mut().widgets.inactive;
            visuals.weak_bg_fill = Color32::TRANSPARENT;
            visuals.bg_stroke = Stroke::NONE;
            visuals.fg_stroke.color = desk.colors.dim;
            ui.spacing_mut().button_padding.x = 4.0;
            ui.add(field)
        })
        .inner
        .on_hover_text(
            "Multiplies every learning rate; drag it, or click to type. Double-click to reset it to ×1",
        );
    response.widget_info(|| WidgetInfo {
        label: Some("All rates, multiplier".into()),
        value: Some(scale),
        ..WidgetInfo::new(Role::SpinButton)
    });
    if response.double_clicked() {
        wanted = 1.0;
    }
    let changed = wanted.to_bits() != scale.to_bits() && !desk.memory.just_escaped(ui.ctx());
    if changed && wanted > 0.0 {
        desk.change(Change::ScaleRates(wanted));
    }
}
