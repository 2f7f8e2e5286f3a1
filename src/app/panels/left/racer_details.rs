//! The open part of a racer's card. What matters most comes first; a button shows the rest below it.

use egui::{Align, Align2, Checkbox, FontId, Label, Layout, RichText, Role, Ui, WidgetInfo, vec2};

use super::card::Card;
use super::rows::{self, quiet};
use super::{batch_rows, edits, form_menu, identity, parameter_row, rule_menu, schedule_rows};
use crate::app::action::DocumentAction;
use crate::app::desk::Desk;
use crate::app::widgets::name;
use crate::optimizer::Rule;
use crate::view::number;
use crate::view::theme::blend;

/// The number of parameters that are always shown.
const FIRST: usize = 3;
/// The gap between rows.
const GAP: f32 = 4.0;

/// Shows the open part.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>) {
    ui.spacing_mut().item_spacing.y = GAP;
    let has_rows = desk.document.race.surface().rows() > 0;
    let order = by_weight(card.racer.plan.optimizer.rule());
    let (first, others) = order.split_at(FIRST.min(order.len()));
    rule_menu::inner(ui, desk, card);
    for &index in first {
        parameter_row::show(ui, desk, card, index);
    }
    rule_menu::remarks(ui, desk, card);
    if has_rows {
        batch_rows::batch(ui, desk, card);
    }
    from_here(ui, desk, card);
    edits::show(ui, desk, card);
    form_menu::show(ui, desk, card);
    more(ui, desk, card, others);
    if !desk.document.expanded {
        return;
    }
    for &index in others {
        parameter_row::show(ui, desk, card, index);
    }
    schedule_rows::show(ui, desk, card);
    if !has_rows {
        batch_rows::noise(ui, desk, card);
    }
    identity::show(ui, desk, card);
}

/// Returns the indices of a rule's parameters: the learning rate, then what is tuned, then details of
/// its formulation.
fn by_weight(rule: &dyn Rule) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rule.parameter_count()).collect();
    let is_tuned = |index: usize| rule.parameter(index).is_some_and(|it| it.role.is_tuned());
    order.sort_by_key(|&index| (Some(index) != rule.rate(), !is_tuned(index)));
    order
}

/// Shows the switch for changes that apply only from the playhead's step on. It is always there, so
/// that nothing moves while the race plays.
fn from_here(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>) {
    const HELP: &str = "On: a slider changes its value only from the playhead's step onwards, as an \
                        edit, and the old path stays as a ghost. Off: for the whole race";
    const AT_START: &str = "The race is at its start, where a change is one for all of it";
    const TEXT: &str = "apply sliders from step";
    let step = number::count(desk.step_of(card.id));
    let mut on = desk.document.from_here;
    // While the race plays, the start is over before it could be read.
    let is_possible = desk.step_of(card.id) > 0 || on || desk.document.playback.playing;
    let size = vec2(ui.available_width(), rows::HEIGHT);
    let left_to_right = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(size, left_to_right, |ui| {
        ui.set_min_size(size);
        ui.spacing_mut().item_spacing.x = 6.0;
        let text = RichText::new(TEXT).size(rows::NAME).color(desk.colors.dim);
        let response = ui.add_enabled(is_possible, Checkbox::new(&mut on, text));
        let label = format!("{TEXT} {step}");
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, is_possible, on, &label));
        let response = response
            .on_hover_text(HELP)
            .on_disabled_hover_text(AT_START);
        if response.changed() {
            desk.act(DocumentAction::FromHere(on));
        }
        let text = RichText::new(step).monospace().color(desk.colors.dim);
        ui.add_enabled(is_possible, Label::new(text).truncate().selectable(false));
    });
}

/// Shows the button that shows the rest of the card, and says what that is.
fn more(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>, others: &[usize]) {
    let is_open = desk.document.expanded;
    let rule = card.racer.plan.optimizer.rule();
    let labels = others.iter().filter_map(|&index| rule.parameter(index));
    let mut labels: Vec<String> = labels.map(|it| it.label()).collect();
    labels.extend(["name", "optimizer", "colour"].map(str::to_owned));
    if desk.document.race.surface().rows() == 0 {
        labels.push("noise".to_owned());
    }
    let text = if is_open {
        "less".to_owned()
    } else {
        format!("{} more: {}", labels.len() + 1, some_of(&labels))
    };
    let size = vec2(ui.available_width(), rows::HEIGHT);
    let button = quiet(
        RichText::new(&text)
            .size(rows::REMARK)
            .color(desk.colors.dim),
    )
    .fill(blend(desk.colors.card, desk.colors.text, 0.05))
    .right_text(" ")
    .truncate()
    .min_size(size);
    let response = ui.add_sized(size, button);
    name(ui, &response, &text);
    let chevron = if is_open { "▴" } else { "▾" };
    let at = response.rect.right_center() - vec2(12.0, 0.0);
    let font = FontId::proportional(rows::REMARK);
    ui.painter()
        .text(at, Align2::CENTER_CENTER, chevron, font, desk.colors.dim);
    if response
        .on_hover_text(format!("{} and the schedule", labels.join(", ")))
        .clicked()
    {
        desk.act(DocumentAction::Expand(!is_open));
    }
}

/// Returns the first few labels, as many as fit a line, and the schedule.
fn some_of(labels: &[String]) -> String {
    /// The number of letters that fit a line.
    const LETTERS: usize = 36;
    let mut text = String::new();
    for label in labels {
        if text.chars().count() + label.chars().count() + "10 more: , schedule…".len() > LETTERS {
            break;
        }
        text = text + label + ", ";
    }
    text + "schedule…"
}
