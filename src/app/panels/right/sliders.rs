//! The selected racer's sliders, while the racers are folded to a strip.

use egui::{Align, Label, Layout, RichText, Ui};

use super::card;
use crate::app::controls::weight::by_weight;
use crate::app::controls::{Card, from_here, parameter_row, rate};
use crate::app::desk::Desk;
use crate::app::workspace::Racers;
use crate::view::racer_looks;
use crate::view::theme::caption;

/// Why the sliders stand here.
const REASON: &str = "With the racers folded to the strip, the selected one’s sliders stand here.";

/// Shows the sliders that matter most, if their own panel is folded to a strip.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    // The editor of a rule has them all.
    if desk.workspace.edits_selected_rule() {
        return;
    }
    // A game hides the racers' cards.
    if desk.workspace.racers() != Racers::Strip || desk.workspace.game.is_some() {
        return;
    }
    let document = desk.document;
    let names = document.experiment().titles();
    let looks = racer_looks(document.experiment(), desk.colors);
    let selected = Card::all(document, &names, looks).find(|it| document.selected() == Some(it.id));
    if let Some(racer) = selected {
        ui.push_id(("sliders", racer.id), |ui| sliders(ui, desk, racer));
    }
    ui.add_space(4.0);
    let text = RichText::new(REASON).size(11.0).color(desk.colors.dim);
    ui.add(Label::new(text).wrap());
    ui.add_space(8.0);
}

fn sliders(ui: &mut Ui, desk: &mut Desk<'_>, racer: Card<'_>) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            rate::show(ui, desk, racer);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(caption(racer.name).color(desk.colors.dim)).truncate());
            });
        });
    });
    card(desk).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        let [first, _] = by_weight(racer.racer.plan.optimizer.rule());
        for index in first {
            parameter_row::show(ui, desk, racer, index);
        }
        // Where it is off, it can be switched on in the panel.
        if desk.document.from_here {
            from_here::show(ui, desk, racer);
        }
    });
}
