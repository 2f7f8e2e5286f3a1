//! A racer's name, optimizer and colour.

use egui::{Color32, Role, TextEdit, Ui, WidgetInfo};

use super::rule_menu;
use crate::app::controls::{Card, rows};
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::experiment::Color;

/// The width of the controls.
const WIDTH: f32 = 160.0;
/// The width of the colour and the gap beside it.
const SWATCH: f32 = 34.0;

/// Shows the rows.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>) {
    let optimizer = &card.racer.plan.optimizer;
    let mut chosen = None;
    let provides = desk.document.race.surface().provides();
    let help = "The rule that it follows";
    let rules = rule_menu::rules(desk);
    rows::row(ui, desk.colors, "optimizer", help, |ui| {
        chosen = rule_menu::rule_menu(
            ui,
            "rule",
            "Optimizer",
            &rules,
            optimizer,
            |choice| choice.refusal(provides),
            WIDTH,
        );
    });
    if let Some(chosen) = chosen {
        desk.change(Change::Optimizer(card.id, chosen));
    }
    rows::row(ui, desk.colors, "name", NAME, |ui| {
        color(ui, desk, card);
        name(ui, desk, card);
    });
}

const NAME: &str = "The racer's name; leave it empty to use the rule's";
const COLOR: &str = "The racer's colour; right-click to reset it";

fn name(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>) {
    let title = card.racer.plan.optimizer.rule().title();
    let mut name = card.racer.appearance.name.clone().unwrap_or_default();
    let field = TextEdit::singleline(&mut name)
        .hint_text(title)
        .desired_width(WIDTH - SWATCH);
    let response = ui.add(field);
    let label = format!("Name of {}", card.name);
    response.widget_info(|| WidgetInfo {
        label: Some(label.clone()),
        ..WidgetInfo::text_edit(true, &name, &name, title)
    });
    if response.on_hover_text(NAME).changed() {
        // A name of spaces alone would leave the card without one.
        let name = Some(name).filter(|name| !name.trim().is_empty());
        desk.change(Change::Name(card.id, name));
    }
}

fn color(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>) {
    let [red, green, blue, _]: [u8; 4] = Color32::to_array(&card.look.color);
    let mut rgb = [red, green, blue];
    let response = ui.color_edit_button_srgb(&mut rgb).on_hover_text(COLOR);
    let label = format!("Colour of {}", card.name);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    if response.changed() {
        desk.change(Change::Color(card.id, Some(Color(rgb))));
    }
    if response.secondary_clicked() {
        desk.change(Change::Color(card.id, None));
    }
}
