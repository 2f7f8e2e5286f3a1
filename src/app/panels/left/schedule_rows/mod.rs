//! A racer's schedule: its type, its parameters, and the resulting learning rate.

mod curve;
mod kinds;
mod lists;
mod settings;

use egui::Ui;

use crate::app::controls::{Card, rows};
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use settings::Scope;

/// Shows the rows.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>) {
    let plan = &card.racer.plan;
    let mut schedule = plan.schedule.clone();
    let rows = desk.document.race.surface().rows();
    let scope = Scope {
        label: "Schedule".to_owned(),
        eta: plan.optimizer.rule().learning_rate().unwrap_or(1.0),
        per_epoch: plan.batch.steps_per_epoch(rows),
        has_data: rows > 0,
    };
    let help = "How the learning rate changes over the steps";
    rows::row(ui, desk.colors, "schedule", help, |ui| {
        kinds::menu(ui, desk.colors, &scope, true, &mut schedule);
    });
    settings::show(ui, desk.colors, &scope, &mut schedule);
    lists::show(ui, desk.colors, &scope, &mut schedule);
    if schedule != plan.schedule && !desk.memory.just_escaped(ui.ctx()) {
        desk.change(Change::Schedule(card.id, schedule));
    }
    curve::show(ui, desk, card, scope.per_epoch);
}
