//! The symmetry lab: the start's distance from a saddle's ridge, which racers escape, and when.

use egui::{Align, Frame, Layout, Margin, RichText, Stroke, Ui, vec2};

use crate::analysis::escape;
use crate::app::desk::Desk;
use crate::app::document::Shown;
use crate::app::document::change::Change;
use crate::app::widgets::{ValueSlider, racer_marker};
use crate::optimizer::Valid;
use crate::view::theme::caption;
use crate::view::{number, racer_looks};

/// The smallest distance on the slider; below it, the start is on the ridge.
const SMALLEST: f64 = 1e-17;

/// Shows the lab if the surface has a ridge.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let document = desk.document;
    let experiment = document.experiment();
    let Some(off) = experiment
        .shape
        .off_ridge(&experiment.surface, experiment.start)
    else {
        return;
    };
    ui.label(caption("Symmetry").color(desk.colors.dim));
    Frame::new()
        .fill(desk.colors.card)
        .stroke(Stroke::new(1.0, desk.colors.line))
        .corner_radius(6)
        .inner_margin(Margin::same(10))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 3.0;
            slider(ui, desk, off.abs());
            escapes(ui, desk, off);
        });
    ui.add_space(8.0);
}

fn slider(ui: &mut Ui, desk: &mut Desk<'_>, off: f64) {
    let size = vec2(ui.available_width(), 26.0);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        let help = "How far off the ridge the race starts; the left end is exactly on the ridge, where \
                    the slope across is 0";
        ui.add_sized(
            vec2(84.0, 22.0),
            egui::Label::new("off the ridge").selectable(false),
        )
        .on_hover_text(help);
        let moved = ValueSlider::new("Distance from the ridge", off, [SMALLEST, 1.0], true)
            .reset(Some(0.0))
            .valid(Valid::NonNegative)
            .show(ui, &mut desk.memory.sliders);
        if let Some(distance) = moved {
            let distance = if distance <= SMALLEST { 0.0 } else { distance };
            desk.change(Change::OffRidge(distance));
        }
    });
}

/// Shows which racers leave the surface's window along the descending direction, and when.
fn escapes(ui: &mut Ui, desk: &Desk<'_>, off: f64) {
    let document = desk.document;
    let race = document.race.experiment();
    let names = race.titles();
    let looks = racer_looks(race, desk.colors);
    let mut rows: Vec<(Shown<'_>, Option<usize>)> = document
        .shown()
        .map(|shown| (shown, escape(shown.path, race)))
        .collect();
    rows.sort_by_key(|(_, step)| step.unwrap_or(usize::MAX));
    for (shown, step) in rows {
        ui.horizontal(|ui| {
            racer_marker(ui, looks[shown.index], 8.0, vec2(12.0, 16.0));
            ui.label(RichText::new(&names[shown.index]).size(12.0));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let text = match step {
                    Some(step) => format!("away at step {}", number::count(step)),
                    None => "stays".to_owned(),
                };
                let gone = step.is_some_and(|step| step <= desk.step_of(shown.id));
                let color = if gone {
                    desk.colors.text
                } else {
                    desk.colors.dim
                };
                ui.label(RichText::new(text).size(12.0).color(color));
            });
        });
    }
    if off == 0.0 {
        let text = "Exactly on the ridge nothing pushes across it: whoever leaves all the same was \
                    carried off by rounding, not by the slope.";
        ui.label(RichText::new(text).size(11.5).color(desk.colors.dim));
    }
}
