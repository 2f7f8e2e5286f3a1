//! The left panel: the racers, with at most one card open.

use egui::{
    Align, Button, DragValue, Layout, Response, RichText, Role, ScrollArea, Sense, Ui, Vec2,
    WidgetInfo, vec2,
};

use super::{lesson, racer_card};
use crate::app::action::DocumentAction;
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::app::document::ids::RacerId;
use crate::app::widgets::just_escaped;
use crate::optimizer::OptimizerChoice;
use crate::view::theme::caption;
use crate::view::{number, racer_looks};

/// Shows the panel.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let is_lesson = desk.document.lesson().is_some();
    if !is_lesson {
        header(ui, desk);
        ui.add_space(2.0);
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        if is_lesson {
            lesson::show(ui, desk);
            header(ui, desk);
        }
        let document = desk.document;
        let experiment = document.experiment();
        let names = experiment.titles();
        let looks = racer_looks(experiment, desk.colors);
        let mut cards = Vec::with_capacity(names.len());
        let ids = document.lineup().ids().iter();
        for ((&id, name), look) in ids.zip(&names).zip(looks) {
            cards.push((id, racer_card::show(ui, desk, id, name, look)));
        }
        reorder(ui, desk, &cards);
        add_menu(ui, desk);
    });
}

fn header(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.horizontal(|ui| {
        ui.label(caption("Racers").color(desk.colors.dim));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let scale = desk.document.rate_scale();
            let mut wanted = scale;
            let response = ui
                .scope(|ui| {
                    let visuals = &mut ui.visuals_mut().widgets.inactive;
                    visuals.weak_bg_fill = egui::Color32::TRANSPARENT;
                    visuals.bg_stroke = egui::Stroke::NONE;
                    visuals.fg_stroke.color = desk.colors.dim;
                    ui.add(
                        DragValue::new(&mut wanted)
                            .range(1e-6..=1e6)
                            .speed(scale * 0.01)
                            .update_while_editing(false)
                            .custom_formatter(|value, _| format!("×{}", number::short(value)))
                            .custom_parser(|text| number::parse(text.trim_start_matches('×'))),
                    )
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
            let changed = wanted.to_bits() != scale.to_bits() && !just_escaped(ui);
            if changed && wanted > 0.0 {
                desk.change(Change::ScaleRates(wanted));
            }
            ui.spacing_mut().item_spacing.x = 2.0;
            ui.label(RichText::new("all rates").size(12.0).color(desk.colors.dim));
        });
    });
}

/// Moves a card that is being dragged past others.
fn reorder(ui: &Ui, desk: &mut Desk<'_>, cards: &[(RacerId, Response)]) {
    if let Some((id, _)) = cards.iter().find(|(_, card)| card.drag_started()) {
        desk.caches.carried = Some(*id);
    }
    let (held, pointer) =
        ui.input(|input| (input.pointer.any_down(), input.pointer.interact_pos()));
    desk.caches.carried = desk.caches.carried.filter(|_| held);
    let (Some(carried), Some(pointer)) = (desk.caches.carried, pointer) else {
        return;
    };
    let Some(from) = cards.iter().position(|(id, _)| *id == carried) else {
        return;
    };
    ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
    let others = cards.iter().filter(|(id, _)| *id != carried);
    let to = others
        .filter(|(_, card)| card.rect.center().y < pointer.y)
        .count();
    if to != from {
        desk.change(Change::Reorder(carried, to));
    }
}

fn add_menu(ui: &mut Ui, desk: &mut Desk<'_>) {
    let button = Button::new(RichText::new("+  add a racer").color(desk.colors.dim))
        .min_size(vec2(ui.available_width(), 32.0));
    let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_min_width(180.0);
        for optimizer in OptimizerChoice::all() {
            let about = optimizer.rule().about();
            if ui.button(about.title).on_hover_text(about.idea).clicked() {
                desk.change(Change::add(optimizer.clone()));
            }
        }
    });
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Add a racer"));
}

/// The panel in a narrow window: only markers; a click selects.
pub fn strip(ui: &mut Ui, desk: &mut Desk<'_>) {
    let document = desk.document;
    let names = document.experiment().titles();
    let looks = racer_looks(document.experiment(), desk.colors);
    let ids = document.lineup().ids().iter();
    for ((&id, name), colors) in ids.zip(&names).zip(looks) {
        let (rect, response) = ui.allocate_exact_size(Vec2::splat(28.0), Sense::click());
        let selected = document.selected() == Some(id);
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, name));
        if selected || response.hovered() {
            ui.painter().rect_filled(rect, 6.0, desk.colors.card);
        }
        let rim = egui::Stroke::new(1.2, desk.colors.rim);
        ui.painter()
            .extend(colors.marker.filled(rect.center(), 11.0, colors.color, rim));
        if response.on_hover_text(name).clicked() {
            desk.act(DocumentAction::Select(Some(id)));
        }
    }
}
