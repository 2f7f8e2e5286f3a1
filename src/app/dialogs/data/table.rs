//! The first rows, and how many of all are used.

use egui::{Align, Layout, RichText, Ui};

use super::draft::{Draft, Kind};
use super::rows;
use super::sample::{Fitted, Sample};
use crate::app::desk::Desk;
use crate::app::dialogs::sheet;
use crate::app::widgets::link_text;
use crate::number::count;
use crate::text::brief;
use crate::view::theme::{caption, strong};

/// Shows the first rows or those left out, and one sentence about all of them.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, draft: &mut Draft, sample: &Sample, gaps: &mut bool) {
    let shows_gaps = *gaps && !sample.left_out.is_empty();
    let is_sheet = sheet::is_sheet(ui);
    ui.horizontal(|ui| {
        let title = if shows_gaps {
            "Rows left out"
        } else {
            "First rows"
        };
        ui.label(caption(title).color(desk.colors.dim));
        if !is_sheet {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                hint(ui, desk, draft);
            });
        }
    });
    if is_sheet {
        hint(ui, desk, draft);
    }
    rows::show(ui, desk, draft, sample, shows_gaps);
    ui.add_space(6.0);
    let Ok(fitted) = &sample.outcome else {
        return;
    };
    used(ui, desk, sample, fitted, gaps);
    if let Some(classes) = classes(fitted) {
        let classes = RichText::new(classes).size(12.0).color(desk.colors.dim);
        ui.add(egui::Label::new(classes).truncate());
    } else if let Some(source) = &fitted.source {
        let columns = RichText::new(source.columns()).size(12.0);
        let columns = egui::Label::new(columns.color(desk.colors.dim)).truncate();
        ui.add(columns);
    }
}

/// Says how to change what a column is used for.
fn hint(ui: &mut Ui, desk: &Desk<'_>, draft: &Draft) {
    let hint = match (draft.kind, draft.set()) {
        (Kind::Border, Some(_)) => return,
        (Kind::Network, _) => "click a column's head to use it as a feature or as the target",
        _ => "click a column's head to choose its role",
    };
    ui.label(RichText::new(hint).size(11.0).color(desk.colors.dim));
}

/// Says how many rows are used and why others are not.
fn used(ui: &mut Ui, desk: &Desk<'_>, sample: &Sample, fitted: &Fitted, gaps: &mut bool) {
    let shows_gaps = *gaps && !sample.left_out.is_empty();
    let all = sample.reading.rows;
    let used = all - fitted.rows_left_out();
    ui.horizontal_wrapped(|ui| {
        let said = format!("{} of {} rows are used.", count(used), count(all));
        ui.label(strong(said).color(desk.colors.text));
        for gap in fitted.source.iter().flat_map(|source| &source.left_out) {
            ui.label(RichText::new(gap.to_string()).color(desk.colors.dim));
        }
        if !sample.left_out.is_empty() {
            let text = if shows_gaps {
                "show the first rows"
            } else {
                "show them"
            };
            if sheet::is_sheet(ui) {
                // As high as a finger, it gets a line of its own.
                ui.end_row();
            }
            // Separate ids, as otherwise a frame of two passes would toggle it twice.
            let link = ui.push_id(text, |ui| link_text(ui, text, desk.colors.accent));
            if link.inner.clicked() {
                *gaps = !shows_gaps;
            }
        }
    });
}

/// Returns the classes of a network with their numbers of rows.
fn classes(fitted: &Fitted) -> Option<String> {
    let opened = fitted.surface.open();
    let data = &opened.network()?.data;
    let classes = data.classes.iter().zip(&data.rows_of_class);
    let classes: Vec<String> = classes
        .map(|(class, [train, test])| format!("{} ({})", brief(class), count(train + test)))
        .collect();
    (!classes.is_empty()).then(|| format!("{} classes: {}", classes.len(), classes.join(", ")))
}
