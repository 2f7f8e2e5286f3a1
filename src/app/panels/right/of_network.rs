//! What the chart of a network can show: loss or accuracy, and what else there is to measure.

use egui::{Label, RichText, Ui};

use crate::analysis::Quantity;
use crate::app::action::DocumentAction;
use crate::app::desk::Desk;
use crate::app::widgets::{Segment, segments};

/// The quantities of the segments.
const CHOICES: [(Quantity, &str); 2] = [
    (Quantity::Loss, "Loss"),
    (Quantity::TrainAccuracy, "Accuracy"),
];

/// The width of the segments, which leaves room for the legend.
const WIDTH: f32 = 118.0;

/// Shows the switch between loss and accuracy.
pub fn chooser(ui: &mut Ui, desk: &mut Desk<'_>, quantity: Quantity) {
    let surface = desk.document.race.surface();
    let choices = CHOICES.map(|(choice, title)| {
        let exists = choice.exists_on(&**surface);
        let hindrance = (!exists).then_some("A regression has no classes that could be right");
        Segment::new(title, choice == quantity)
            .help(choice.help())
            .unless(hindrance)
    });
    if let Some(chosen) = segments(ui, desk.colors, Some(WIDTH), &choices) {
        desk.act(DocumentAction::Chart(CHOICES[chosen].0));
    }
}

/// Tells the lines over training rows from those over test rows, or what else is shown.
pub fn legend(ui: &mut Ui, desk: &Desk<'_>, quantity: Quantity) {
    let surface = desk.document.race.surface();
    let on_test_rows = quantity.on_test_rows();
    let text = match on_test_rows {
        Some(it) if it.exists_on(&**surface) => "train —, test ···",
        Some(_) => "",
        None => quantity.label(),
    };
    let text = RichText::new(text).size(11.0).color(desk.colors.dim);
    let help = match on_test_rows {
        Some(_) => {
            "Solid over the rows it learns from; dotted over the rows that are only used to test, \
             for the selected racer"
        }
        None => quantity.help(),
    };
    ui.add(Label::new(text).truncate()).on_hover_text(help);
}

/// Lists what else the chart can show.
pub fn others(ui: &mut Ui, desk: &mut Desk<'_>, quantity: Quantity) {
    ui.separator();
    ui.label(RichText::new("chart of").size(11.0).color(desk.colors.dim));
    let surface = desk.document.race.surface();
    let has_segment = |it: &Quantity| CHOICES.iter().any(|(choice, _)| choice == it);
    let others = Quantity::ALL
        .into_iter()
        .filter(|it| !has_segment(it) && it.exists_on(&**surface));
    for choice in others {
        let item = ui.selectable_label(choice == quantity, choice.label());
        if item.on_hover_text(choice.help()).clicked() {
            desk.act(DocumentAction::Chart(choice));
            ui.close();
        }
    }
}
