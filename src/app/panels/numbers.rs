//! The right panel: loss chart, leaderboard, the selected racer's step explained.

use egui::{Align, Layout, RichText, ScrollArea, Ui};

use super::{Desk, inspector, leaderboard};
use crate::view::chart::{Chart, ChartLine, Scale, Series};
use crate::view::racer_looks;
use crate::view::theme::caption;

/// The chart's lines, made anew only when the paths change.
#[derive(Debug, Default)]
pub struct ChartCache {
    version: Option<u64>,
    series: Vec<Series>,
}

/// Shows the panel.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        chart(ui, desk);
        ui.add_space(10.0);
        leaderboard::show(ui, desk);
        ui.add_space(12.0);
        inspector::show(ui, desk);
    });
}

fn chart(ui: &mut Ui, desk: &mut Desk<'_>) {
    let scale = Scale::of(desk.state.document().race.minima());
    ui.horizontal(|ui| {
        ui.label(caption("Loss").color(desk.look.dim));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let (kind, help) = match scale {
                Scale::Log { floor } if floor != 0.0 => {
                    ("above the minimum · log", "Loss minus the loss of the global minimum")
                }
                Scale::Log { .. } => ("log · by step", "Loss on a logarithmic scale"),
                Scale::SymLog | Scale::Linear => (
                    "symlog · by step",
                    "This surface has no lowest point: logarithmic on both sides of 0, linear near it",
                ),
            };
            ui.label(RichText::new(kind).size(11.0).color(desk.look.dim))
                .on_hover_text(help);
        });
    });
    let document = desk.state.document();
    let cache = &mut desk.caches.chart;
    let version = document.race.version();
    if cache.version != Some(version) {
        let paths = document.race.paths();
        cache.series = paths.iter().map(|path| Series::of(path, scale)).collect();
        cache.version = Some(version);
    }
    let experiment = document.race.experiment();
    let names = experiment.titles();
    let looks = racer_looks(experiment, desk.look);
    let lines: Vec<ChartLine<'_>> = document
        .shown()
        .map(|(place, _)| ChartLine {
            name: &names[place],
            series: &cache.series[place],
            look: looks[place],
            selected: document.selected == Some(place),
        })
        .collect();
    let answer = Chart {
        look: desk.look,
        lines: &lines,
        scale,
        steps: experiment.steps,
        playhead: document.playback.playhead,
        height: 200.0,
    }
    .show(ui);
    answer.response.widget_info(|| {
        egui::WidgetInfo::labeled(
            egui::Role::Image,
            true,
            "Loss of every racer against the step",
        )
    });
    if let Some(step) = answer.seek {
        desk.seek(step);
    }
}
