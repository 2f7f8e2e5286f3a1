//! A racer's card: one row and, when it is open, its hyper-parameters.

use egui::{
    Align, Button, Frame, Layout, Margin, Response, RichText, Role, Sense, Stroke, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

use super::racer_details;
use crate::app::action::DocumentAction;
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::app::document::ids::RacerId;
use crate::app::widgets::icon_button;
use crate::experiment::Racer;
use crate::export::code;
use crate::view::icon::Icon;
use crate::view::theme::strong;
use crate::view::{RacerLook, number};

/// Shows the card. The response covers the whole card, which can be clicked and dragged.
pub fn show(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    id: RacerId,
    name: &str,
    colors: RacerLook,
) -> Response {
    let document = desk.document;
    let Some(racer) = document.lineup().racer(id) else {
        return ui.allocate_response(vec2(0.0, 0.0), Sense::hover());
    };
    let open = document.selected() == Some(id);
    let border = if open {
        desk.colors.accent
    } else {
        desk.colors.line
    };
    let frame = Frame::new()
        .fill(desk.colors.card)
        .stroke(Stroke::new(1.0, border))
        .corner_radius(6)
        .inner_margin(Margin::symmetric(10, 0));
    ui.scope_builder(
        UiBuilder::new()
            .sense(Sense::click_and_drag())
            .id_salt(("racer", id)),
        |ui| {
            let shown = frame.show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                row(ui, desk, id, name, colors, racer, open);
                if open {
                    racer_details::show(ui, desk, id, name, racer);
                }
            });
            let response = ui.response();
            response.widget_info(|| {
                WidgetInfo::selected(Role::ListItem, true, open, format!("Racer {name}"))
            });
            if response.clicked() {
                desk.act(DocumentAction::Select((!open).then_some(id)));
            }
            response.context_menu(|ui| actions(ui, desk, id, name));
            response.with_new_rect(shown.response.rect)
        },
    )
    .inner
}

fn row(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    id: RacerId,
    name: &str,
    colors: RacerLook,
    racer: &Racer,
    open: bool,
) {
    let size = vec2(ui.available_width(), 34.0);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(26.0, 26.0), Sense::hover());
        let painter = ui.painter();
        let middle = rect.center();
        let line = [pos2(rect.left(), middle.y), pos2(rect.right(), middle.y)];
        painter.line_segment(line, Stroke::new(2.2, colors.color));
        let rim = Stroke::new(1.4, desk.colors.card);
        painter.extend(colors.marker.filled(middle, 11.0, colors.color, rim));
        ui.add_space(2.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            eye(ui, desk, id, name, racer.appearance.visible);
            let solo = desk.document.solo();
            if solo == Some(id) {
                ui.label(RichText::new("alone").size(11.0).color(desk.colors.accent));
            }
            if open {
                let menu = |ui: &mut Ui| icon_button(ui, Icon::More, vec2(26.0, 26.0), "More");
                let button = menu(ui);
                egui::Popup::menu(&button).show(|ui| actions(ui, desk, id, name));
            } else {
                let rate = rate_of(racer, desk.step_of(id)).unwrap_or_default();
                ui.label(RichText::new(rate).monospace().color(desk.colors.dim));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let color = if racer.appearance.visible {
                    desk.colors.text
                } else {
                    desk.colors.dim
                };
                let text = if open {
                    strong(name)
                } else {
                    RichText::new(name)
                };
                let text = text.color(color);
                ui.add(egui::Label::new(text).truncate().selectable(false));
            });
        });
    });
}

fn eye(ui: &mut Ui, desk: &mut Desk<'_>, id: RacerId, name: &str, visible: bool) {
    let (icon, verb) = if visible {
        (Icon::Eye, "Hide")
    } else {
        (Icon::EyeClosed, "Show")
    };
    let label = format!("{verb} {name}");
    let response = icon_button(ui, icon, vec2(26.0, 26.0), &label);
    if response
        .on_hover_text(format!("{label}; it keeps racing"))
        .clicked()
    {
        desk.change(Change::Visible(id, !visible));
    }
}

/// The menu of a racer.
fn actions(ui: &mut Ui, desk: &mut Desk<'_>, id: RacerId, name: &str) {
    let racers = desk.document.lineup().ids().len();
    let index = desk.document.lineup().index_of(id).unwrap_or_default();
    let alone = if desk.document.solo() == Some(id) {
        "Show all racers"
    } else {
        "Show only this racer"
    };
    let mut item = |ui: &mut Ui, text: &str, enabled: bool, action: DocumentAction| {
        if ui.add_enabled(enabled, Button::new(text)).clicked() {
            desk.act(action);
            ui.close();
        }
    };
    ui.set_min_width(160.0);
    item(ui, alone, true, DocumentAction::Solo(id));
    item(ui, "Duplicate", true, Change::Duplicate(id).into());
    let up = Change::Reorder(id, index.saturating_sub(1));
    item(ui, "Move up", index > 0, up.into());
    let down = Change::Reorder(id, index + 1);
    item(ui, "Move down", index + 1 < racers, down.into());
    ui.separator();
    for library in code::Framework::ALL {
        let text = format!("Copy as {}", library.label());
        item(
            ui,
            &text,
            true,
            DocumentAction::CopyCode(Some(id), *library),
        );
    }
    ui.separator();
    item(
        ui,
        &format!("Remove {name}"),
        true,
        Change::Remove(id).into(),
    );
}

/// Returns the learning rate at a step, as in "rate 0.1", or the parameter that takes its place;
/// `None` if the rule has neither.
fn rate_of(racer: &Racer, step: usize) -> Option<String> {
    let rule = racer.plan.optimizer.rule();
    let index = rule.rate()?;
    let word = match rule.parameter(index)?.symbol {
        "η" => "rate",
        word => word,
    };
    let value = racer.plan.number_at(index, step)?;
    Some(format!("{word} {}", number::short(value)))
}
