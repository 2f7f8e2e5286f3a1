//! The options of an export.

use egui::{ComboBox, DragValue, Grid, Role, Ui, WidgetInfo};

use super::ExportDialog;
use super::kind::Kind;
use crate::app::desk::Desk;
use crate::app::ports::files;
use crate::export::{Format, Theme, View};

/// What is in a file of numbers.
const NUMBERS: &str = if files::ARE_NAMES {
    "Every step of every racer:\nposition, loss, gradient, status."
} else {
    "Every step of every racer,\nas `slalom run` writes it."
};

impl ExportDialog {
    /// Shows the options.
    pub(super) fn options(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        self.kinds(ui);
        if self.kind.format().is_none() {
            ui.label(NUMBERS);
            return;
        }
        self.numbers(ui);
        self.parts(ui, desk);
        self.options.view = if self.whole_surface {
            View::Surface
        } else {
            View::Paths
        };
    }

    fn kinds(&mut self, ui: &mut Ui) {
        let mut chosen = self.kind;
        let response = ComboBox::from_id_salt("export kind")
            .width(210.0)
            .selected_text(self.kind.label())
            .show_ui(ui, |ui| {
                for kind in Kind::offered(files::ARE_NAMES) {
                    ui.selectable_value(&mut chosen, kind, kind.label());
                }
            })
            .response;
        response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Export as"));
        if chosen != self.kind {
            self.choose(chosen);
        }
    }

    fn numbers(&mut self, ui: &mut Ui) {
        Grid::new("export")
            .num_columns(2)
            .spacing([10.0, 6.0])
            .show(ui, |ui| {
                if self.kind == Kind::Picture(Format::Pdf) {
                    self.paper(ui);
                } else {
                    self.pixels(ui);
                }
                ui.label("colours");
                ui.horizontal(|ui| {
                    for (theme, label) in [
                        (Theme::Dark, "dark"),
                        (Theme::Light, "light"),
                        (Theme::Radford, "Radford"),
                    ] {
                        ui.selectable_value(&mut self.options.theme, theme, label);
                    }
                });
                ui.end_row();
                if self.is_still() {
                    ui.label("step");
                    let mut step = self.timing.step.unwrap_or_default();
                    number(ui, &mut step, 0..=1_000_000, "Step");
                    self.timing.step = Some(step);
                    ui.end_row();
                    ui.allocate_space(egui::Vec2::ZERO);
                    ui.checkbox(&mut self.options.transparent, "transparent");
                    ui.end_row();
                } else {
                    self.options.transparent = false;
                    ui.label("frames/s");
                    name(
                        &ui.add(DragValue::new(&mut self.timing.fps).range(1..=100)),
                        "Frames per second",
                    );
                    ui.end_row();
                    ui.label("steps/frame");
                    let steps = DragValue::new(&mut self.timing.steps_per_frame)
                        .range(0.1..=1000.0)
                        .speed(0.02);
                    name(&ui.add(steps), "Steps per frame");
                    ui.end_row();
                }
            });
    }

    /// The size of a picture, as rows of a grid.
    fn pixels(&mut self, ui: &mut Ui) {
        ui.label("size");
        ui.horizontal(|ui| {
            let [width, height] = &mut self.options.size;
            number(ui, width, 64..=8192, "Width");
            ui.label("×");
            number(ui, height, 64..=8192, "Height");
        });
        ui.end_row();
        ui.label("scale");
        let scale = DragValue::new(&mut self.options.scale)
            .range(0.25..=8.0)
            .speed(0.02)
            .suffix("×");
        name(&ui.add(scale), "Scale");
        ui.end_row();
    }

    /// The size of a page, as rows of a grid.
    fn paper(&mut self, ui: &mut Ui) {
        ui.label("size");
        ui.horizontal(|ui| {
            let [width, height] = &mut self.paper.inches;
            for (side, label, between) in [(width, "Width", "×"), (height, "Height", "in")] {
                let side = DragValue::new(side).range(1.0..=40.0).speed(0.01);
                let side = ui.add(side.min_decimals(1).max_decimals(2));
                name(&side, &format!("{label} in inches"));
                ui.label(between);
            }
        });
        ui.end_row();
        ui.label("font size");
        let size = DragValue::new(&mut self.paper.font_size);
        let size = ui.add(size.range(4.0..=24.0).speed(0.05).suffix(" pt"));
        name(&size, "Font size in points");
        ui.end_row();
    }

    fn parts(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        let parts = &mut self.options.parts;
        let has_network = desk.document.race.surface().network().is_some();
        Grid::new("parts")
            .num_columns(2)
            .spacing([14.0, 4.0])
            .show(ui, |ui| {
                ui.checkbox(&mut parts.title, "title");
                ui.checkbox(&mut parts.legend, "legend");
                ui.end_row();
                ui.checkbox(&mut parts.caption, "hyper-parameters");
                ui.checkbox(&mut parts.axes, "axes");
                ui.end_row();
                ui.checkbox(&mut parts.chart, "loss chart");
                ui.checkbox(&mut parts.lens, "lens");
                ui.end_row();
                ui.checkbox(&mut parts.leaderboard, "leaderboard");
                ui.checkbox(&mut self.whole_surface, "whole surface");
                ui.end_row();
                if has_network {
                    let shown = parts
                        .predictions
                        .get_or_insert(desk.document.view.shows_data());
                    ui.checkbox(shown, "predictions");
                    ui.end_row();
                }
            });
    }
}

fn number(ui: &mut Ui, value: &mut usize, range: std::ops::RangeInclusive<usize>, label: &str) {
    name(&ui.add(DragValue::new(value).range(range)), label);
}

fn name(response: &egui::Response, label: &str) {
    response.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, label));
}
