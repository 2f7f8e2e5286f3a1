//! The open part of a racer's card. What matters most comes first; a button shows the rest below it.

use egui::{Align2, FontId, RichText, Ui, vec2};

use super::{
    batch_rows, edits, form_menu, group_rows, identity, own_rule, rule_menu, schedule_rows,
};
use crate::app::action::DocumentAction;
use crate::app::controls::rows::{self, quiet};
use crate::app::controls::weight::by_weight;
use crate::app::controls::{Card, from_here, parameter_row};
use crate::app::desk::Desk;
use crate::app::widgets::name;
use crate::view::theme::blend;

/// The gap between rows.
const GAP: f32 = 4.0;

/// Shows the open part.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>) {
    ui.spacing_mut().item_spacing.y = GAP;
    let has_rows = desk.document.race.surface().rows() > 0;
    let [first, others] = by_weight(card.racer.plan.optimizer.rule());
    rule_menu::inner(ui, desk, card);
    for index in first {
        parameter_row::show(ui, desk, card, index);
    }
    rule_menu::remarks(ui, desk, card);
    if has_rows {
        batch_rows::batch(ui, desk, card);
    }
    from_here::show(ui, desk, card);
    edits::show(ui, desk, card);
    if card.racer.plan.optimizer.own_rule().is_some() {
        own_rule::show(ui, desk, card);
    } else {
        form_menu::show(ui, desk, card);
    }
    if !desk.document.expanded {
        group_rows::remark(ui, desk, card);
    }
    more(ui, desk, card, &others);
    if !desk.document.expanded {
        return;
    }
    for index in others {
        parameter_row::show(ui, desk, card, index);
    }
    schedule_rows::show(ui, desk, card);
    if !has_rows {
        batch_rows::noise(ui, desk, card);
    }
    identity::show(ui, desk, card);
    // Each group has an optimizer of its own, which is not to be taken for the racer's.
    group_rows::show(ui, desk, card);
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
    if group_rows::exist(desk) {
        labels.push(group_rows::TITLE.to_owned());
    }
    let text = if is_open {
        "less".to_owned()
    } else {
        format!("{} more: {}", labels.len() + 1, some_of(&labels))
    };
    let size = vec2(ui.available_width(), rows::height(ui));
    let button = quiet(
        RichText::new(&text)
            .size(rows::remark_size(ui))
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
    let font = FontId::proportional(rows::remark_size(ui));
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
