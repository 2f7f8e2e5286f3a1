//! The left panel: the racers, one of them open.

use egui::{
    Align, Button, DragValue, Layout, Response, RichText, Role, ScrollArea, Sense, Ui, Vec2,
    WidgetInfo, vec2,
};

use super::{Desk, racer_card};
use crate::app::change::Change;
use crate::app::command::Command;
use crate::optimizer::OptimizerChoice;
use crate::view::theme::caption;
use crate::view::{number, racer_looks};

/// Shows the panel.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    header(ui, desk);
    ui.add_space(2.0);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        let document = desk.state.document();
        let experiment = document.experiment();
        let names = experiment.titles();
        let looks = racer_looks(experiment, desk.look);
        let mut tops = Vec::with_capacity(names.len());
        for (place, name) in names.iter().enumerate() {
            let response = racer_card::show(ui, desk, place, name, looks[place]);
            tops.push(response.rect);
            reorder(ui, desk, place, &response, &tops);
        }
        add_menu(ui, desk);
    });
}

fn header(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.horizontal(|ui| {
        ui.label(caption("Racers").color(desk.look.dim));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let scale = desk.state.document().rate_scale();
            let mut wanted = scale;
            let response = ui
                .scope(|ui| {
                    let visuals = &mut ui.visuals_mut().widgets.inactive;
                    visuals.weak_bg_fill = egui::Color32::TRANSPARENT;
                    visuals.bg_stroke = egui::Stroke::NONE;
                    visuals.fg_stroke.color = desk.look.dim;
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
                    "Multiplies every learning rate; drag, or click to type. Double click: ×1",
                );
            response.widget_info(|| WidgetInfo {
                label: Some("All rates, multiplier".into()),
                value: Some(scale),
                ..WidgetInfo::new(Role::SpinButton)
            });
            if response.double_clicked() {
                wanted = 1.0;
            }
            if wanted.to_bits() != scale.to_bits() && wanted > 0.0 {
                desk.change(Change::ScaleRates(wanted / scale));
            }
            ui.spacing_mut().item_spacing.x = 2.0;
            ui.label(RichText::new("all rates").size(12.0).color(desk.look.dim));
        });
    });
}

/// Dragging a card up or down moves the racer.
fn reorder(ui: &Ui, desk: &mut Desk<'_>, place: usize, card: &Response, above: &[egui::Rect]) {
    if !card.dragged() {
        return;
    }
    let Some(pointer) = card.interact_pointer_pos() else {
        return;
    };
    ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
    let racers = desk.state.document().experiment().racers.len();
    let before = place.checked_sub(1).and_then(|place| above.get(place));
    if before.is_some_and(|before| pointer.y < before.center().y) {
        desk.change(Change::Move {
            from: place,
            to: place - 1,
        });
    } else if pointer.y > card.rect.bottom() + 14.0 && place + 1 < racers {
        desk.change(Change::Move {
            from: place,
            to: place + 1,
        });
    }
}

fn add_menu(ui: &mut Ui, desk: &mut Desk<'_>) {
    let button = Button::new(RichText::new("+  add a racer").color(desk.look.dim))
        .min_size(vec2(ui.available_width(), 32.0));
    let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_min_width(180.0);
        for optimizer in OptimizerChoice::ALL {
            let about = optimizer.rule().about();
            if ui.button(about.title).on_hover_text(about.idea).clicked() {
                desk.change(Change::Add(*optimizer));
            }
        }
    });
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Add a racer"));
}

/// In a narrow window: the markers alone; a click selects.
pub fn strip(ui: &mut Ui, desk: &mut Desk<'_>) {
    let document = desk.state.document();
    let names = document.experiment().titles();
    let looks = racer_looks(document.experiment(), desk.look);
    for (place, (name, look)) in names.iter().zip(looks).enumerate() {
        let (rect, response) = ui.allocate_exact_size(Vec2::splat(28.0), Sense::click());
        let selected = document.selected == Some(place);
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, name));
        if selected || response.hovered() {
            ui.painter().rect_filled(rect, 6.0, desk.look.card);
        }
        let rim = egui::Stroke::new(1.2, desk.look.rim);
        ui.painter()
            .extend(look.marker.filled(rect.center(), 11.0, look.color, rim));
        if response.on_hover_text(name).clicked() {
            desk.send(Command::Select(Some(place)));
        }
    }
}
