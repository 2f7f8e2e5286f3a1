//! The choice of a model, and the settings of the small ones.

use egui::{RichText, Ui};

use super::draft::{Draft, Kind};
use super::field::{check, choice, heading, number, row};
use super::sample::Sample;
use crate::app::desk::Desk;
use crate::app::dialogs::sheet;
use crate::app::widgets::{Segment, segments};
use crate::view::number::short;
use crate::view::theme::caption;

/// Shows the kinds of models.
pub fn kinds(ui: &mut Ui, desk: &Desk<'_>, draft: &mut Draft) {
    let all = Kind::ALL.map(|it| Segment::new(it.label(), it == draft.kind).help(it.help()));
    let title = caption("Model").color(desk.colors.dim);
    let chosen = if sheet::is_sheet(ui) {
        ui.label(title);
        segments(ui, desk.colors, Some(ui.available_width()), &all)
    } else {
        let row = ui.horizontal(|ui| {
            ui.label(title);
            ui.add_space(8.0);
            segments(ui, desk.colors, None, &all)
        });
        row.inner
    };
    if let Some(kind) = chosen.and_then(|it| Kind::ALL.get(it)) {
        draft.kind = *kind;
    }
}

/// Shows what a model of two parameters is and which class is class 1.
pub fn small(ui: &mut Ui, desk: &Desk<'_>, draft: &mut Draft, sample: Option<&Sample>) {
    if draft.kind == Kind::Border {
        ui.label(RichText::new("A straight border between two classes.").color(desk.colors.dim));
        if draft.set().is_none() {
            positive(ui, desk, draft, sample);
        }
    } else {
        ui.label(RichText::new("A straight line through the points.").color(desk.colors.dim));
    }
}

/// Shows how a model of two parameters is fitted.
pub fn fitting(ui: &mut Ui, desk: &Desk<'_>, draft: &mut Draft) {
    heading(ui, desk.colors, "Fitting");
    let help = "Shifts and scales each column to mean 0 and standard deviation 1";
    check(ui, &mut draft.standardize, "standardize the columns", help);
    row(ui, desk.colors, "L2 penalty", |ui| {
        let label = "Strength of the L2 penalty";
        number(ui, desk, label, &mut draft.l2, |field| {
            field
                .range(0.0..=1e3)
                .speed(1e-4)
                .custom_formatter(|it, _| short(it))
        })
        .on_hover_text("λ in λ/2 ‖θ‖², which is added to the loss");
    });
}

/// The choice of the label of class 1.
fn positive(ui: &mut Ui, desk: &Desk<'_>, draft: &mut Draft, sample: Option<&Sample>) {
    let labels = sample.map(|it| it.labels.clone()).unwrap_or_default();
    let shown = match &draft.positive {
        Some(label) => label.clone(),
        None => "1, and class 0 is 0".to_owned(),
    };
    let choices: Vec<_> = labels.into_iter().map(|it| (it.clone(), it)).collect();
    row(ui, desk.colors, "class 1 is", |ui| {
        let now = (draft.positive.as_ref(), &*shown);
        let width = ui.available_width();
        if let Some(label) = choice(ui, "Label of class 1", width, now, &choices) {
            draft.positive = Some(label);
        }
    });
}
