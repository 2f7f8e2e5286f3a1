//! A racer's learning rate in two words.

use egui::text::{LayoutJob, TextFormat};
use egui::{FontId, Label, TextStyle, Ui};

use super::Card;
use crate::app::desk::Desk;
use crate::view::number;

/// Shows the learning rate at the playhead, as in "rate 0.1", or the parameter that takes its place;
/// nothing if the rule has neither.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, card: Card<'_>) {
    let rule = card.racer.plan.optimizer.rule();
    let parameter = rule
        .rate()
        .and_then(|index| Some((index, rule.parameter(index)?)));
    let Some((index, parameter)) = parameter else {
        return;
    };
    let step = desk.step_of(card.id);
    let value = card.racer.plan.number_at(index, step).unwrap_or_default();
    let color = desk.colors.dim;
    let format = |font| TextFormat::simple(font, color);
    let mut text = LayoutJob::default();
    let word = format!("{} ", parameter.short_label());
    text.append(&word, 0.0, format(FontId::proportional(11.5)));
    let number = TextStyle::Monospace.resolve(ui.style());
    let value = number::short(value);
    text.append(&value, 0.0, format(number));
    ui.add(Label::new(text).selectable(false));
}
