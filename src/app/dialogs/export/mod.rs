//! Export: a preview, the options of `slalom render`, and a worker thread that does the export.

mod preview;
mod work;

use std::path::{Path, PathBuf};
use std::time::Duration;

use egui::{
    Align, ComboBox, Context, DragValue, Grid, Layout, ProgressBar, RichText, TextEdit, Ui, vec2,
};

use crate::app::command::Command;
use crate::app::desk::Desk;
use crate::app::ports::clipboard;
use crate::app::widgets::primary;
use crate::app::workspace::Notice;
use crate::export::film::{self, Timing};
use crate::export::{FigureOptions, Format, Studio, Theme, View};
use preview::Preview;
use work::{Job, Work, fitted};

/// The file types that can be exported, by extension.
const KINDS: [(&str, &str); 8] = [
    ("png", "picture (PNG)"),
    ("svg", "vector picture (SVG)"),
    ("gif", "clip (GIF)"),
    ("apng", "true-colour clip (APNG)"),
    ("mp4", "video (MP4, needs ffmpeg)"),
    ("webm", "video (WebM, needs ffmpeg)"),
    ("csv", "numbers (CSV)"),
    ("json", "numbers (JSON)"),
];

/// The maximum size of the preview, in points.
const PREVIEW: [f32; 2] = [420.0, 300.0];

/// The export dialog.
pub struct ExportDialog {
    kind: usize,
    path: String,
    options: FigureOptions,
    timing: Timing,
    whole_surface: bool,
    preview: Preview,
    job: Option<Job>,
}

impl std::fmt::Debug for ExportDialog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ExportDialog")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl ExportDialog {
    /// Creates the dialog with default options for the current picture.
    #[must_use]
    pub fn new(step: usize, dark: bool) -> Self {
        Self {
            kind: 0,
            path: "race.png".into(),
            options: FigureOptions {
                theme: if dark { Theme::Dark } else { Theme::Light },
                ..FigureOptions::default()
            },
            timing: Timing {
                step: Some(step),
                ..Timing::default()
            },
            whole_surface: false,
            preview: Preview::default(),
            job: None,
        }
    }

    fn ending(&self) -> &'static str {
        KINDS[self.kind.min(KINDS.len() - 1)].0
    }

    fn is_numbers(&self) -> bool {
        matches!(self.ending(), "csv" | "json")
    }

    fn is_still(&self) -> bool {
        matches!(self.ending(), "png" | "svg")
    }

    /// Shows the dialog.
    pub fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        ui.heading("Export");
        ui.add_space(4.0);
        self.options.view = if self.whole_surface {
            View::Surface
        } else {
            View::Paths
        };
        let busy = self.listen(desk);
        ui.add_enabled_ui(!busy, |ui| {
            ui.horizontal_top(|ui| {
                self.preview(ui, desk);
                ui.vertical(|ui| self.settings(ui));
            });
            ui.add_space(6.0);
            self.path_row(ui);
        });
        let steps = desk.state.document().experiment().steps;
        let hindrance = self.hindrance(steps);
        if let Some(sentence) = &hindrance {
            ui.label(RichText::new(sentence).color(desk.colors.error));
        }
        ui.add_space(8.0);
        self.buttons(ui, desk, busy, hindrance.is_some());
    }

    /// Returns the reason why nothing can be exported with these options, as one sentence.
    fn hindrance(&self, steps: usize) -> Option<String> {
        if self.is_numbers() {
            return None;
        }
        // The export itself reports a path with an unknown extension.
        let format = Format::of(Path::new(self.path.trim())).ok()?;
        let timing = fitted(self.timing, format, steps);
        let possible = film::check(format, steps, &self.options, &timing);
        possible.err().map(|error| error.to_string())
    }

    fn settings(&mut self, ui: &mut Ui) {
        let before = self.ending();
        ComboBox::from_id_salt("export kind")
            .width(210.0)
            .selected_text(KINDS[self.kind].1)
            .show_index(ui, &mut self.kind, KINDS.len(), |kind| KINDS[kind].1)
            .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Export as"));
        if before != self.ending() {
            let path = PathBuf::from(self.path.trim()).with_extension(self.ending());
            self.path = path.display().to_string();
        }
        if self.is_numbers() {
            ui.label("Every step of every racer,\nas `slalom run` writes it.");
            return;
        }
        Grid::new("export")
            .num_columns(2)
            .spacing([10.0, 6.0])
            .show(ui, |ui| {
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
        let parts = &mut self.options.parts;
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
            });
    }

    /// Shows a scaled-down preview of the figure.
    #[expect(clippy::cast_precision_loss, reason = "no picture is 2^23 pixels wide")]
    fn preview(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        let [width, height] = self.options.size.map(|side| side.max(64) as f32);
        let shrink = (PREVIEW[0] / width).min(PREVIEW[1] / height);
        let size = vec2(width, height) * shrink;
        let (space, _) = ui.allocate_exact_size(vec2(PREVIEW[0], size.y), egui::Sense::hover());
        if self.is_numbers() {
            return;
        }
        // Rendered at the preview's size in pixels on this screen.
        let options = FigureOptions {
            scale: (shrink * ui.ctx().pixels_per_point()).max(64.0 / width.min(height)),
            ..self.options
        };
        let longest = ui.input(|input| input.max_texture_side);
        let fits = |pixels: [usize; 2]| pixels.iter().all(|&side| side <= longest);
        if !options.pixels().is_ok_and(fits) {
            ui.put(
                space,
                egui::Label::new("The picture is too long for a preview."),
            );
            return;
        }
        let preset = desk.state.document().preset();
        let step = self.timing.step.unwrap_or(preset.experiment.steps);
        self.preview.update(ui, preset, options, step);
        self.preview.show(ui, space, size);
    }

    fn path_row(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            ui.label("file");
            let field = TextEdit::singleline(&mut self.path).desired_width(ui.available_width());
            name(&ui.add(field), "Path of the exported file");
        });
        let path = PathBuf::from(self.path.trim());
        let note = if path.exists() {
            "A file of that name exists; it will be replaced.".to_owned()
        } else if path.is_relative() {
            "In the folder where Slalom was started.".to_owned()
        } else {
            String::new()
        };
        ui.label(RichText::new(note).size(11.0).weak());
    }

    fn buttons(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, busy: bool, hindered: bool) {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some(job) = self.job.take() {
                if ui.button("Cancel the export").clicked() {
                    job.cancel();
                    desk.send(Command::Notify(Notice {
                        text: "The export was cancelled; nothing was written".into(),
                        error: false,
                    }));
                } else {
                    progress(ui, &job, self.is_numbers());
                    self.job = Some(job);
                }
                return;
            }
            let named = !self.path.trim().is_empty();
            if ui
                .add_enabled(named && !busy && !hindered, primary(desk, "Export"))
                .clicked()
            {
                self.begin(ui.ctx(), desk);
            }
            if ui.button("Close").clicked() {
                desk.send(Command::Dismiss);
            }
            if !self.is_numbers() && ui.button("Copy picture").clicked() {
                self.copy(ui.ctx(), desk);
            }
        });
    }

    /// Copies the picture to the clipboard.
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    fn copy(&self, ctx: &Context, desk: &mut Desk<'_>) {
        let preset = desk.state.document().preset();
        let step = self.timing.step.unwrap_or(preset.experiment.steps);
        match Studio::new(preset, self.options) {
            Ok(mut studio) => {
                clipboard::copy_picture(ctx, studio.picture(step as f64));
                desk.send(Command::Notify(Notice {
                    text: "Copied the picture to the clipboard".into(),
                    error: false,
                }));
            }
            Err(error) => desk.send(Command::Notify(Notice {
                text: error.to_string(),
                error: true,
            })),
        }
    }

    fn begin(&mut self, ctx: &Context, desk: &Desk<'_>) {
        let work = Work {
            path: PathBuf::from(self.path.trim()),
            preset: desk.state.document().preset(),
            options: self.options,
            timing: self.timing,
            numbers: self.is_numbers().then(|| self.ending()),
        };
        self.job = Some(Job::begin(work, ctx.clone()));
    }

    /// Handles the worker's messages and returns whether it is still running.
    fn listen(&mut self, desk: &mut Desk<'_>) -> bool {
        let Some(job) = &self.job else {
            return false;
        };
        let Some(result) = job.result() else {
            return true;
        };
        self.job = None;
        let notice = match result {
            Ok(()) => Notice {
                text: format!("Exported to {}", self.path.trim()),
                error: false,
            },
            Err(text) => Notice { text, error: true },
        };
        desk.send(Command::Notify(notice));
        false
    }
}

/// Shows how far an export is: pictures are counted in frames, numbers in parts of the whole.
#[expect(clippy::cast_possible_truncation, reason = "a share is a small number")]
fn progress(ui: &mut Ui, job: &Job, is_numbers: bool) {
    let bar = ProgressBar::new(job.progress() as f32);
    let bar = match job.count() {
        [_, 0] => bar.text("Preparing"),
        _ if is_numbers => bar.show_percentage(),
        [done, all] => bar.text(format!("{done} / {all}")),
    };
    ui.add(bar);
    ui.ctx().request_repaint_after(Duration::from_millis(100));
}

fn number(ui: &mut Ui, value: &mut usize, range: std::ops::RangeInclusive<usize>, label: &str) {
    name(&ui.add(DragValue::new(value).range(range)), label);
}

fn name(response: &egui::Response, label: &str) {
    let role = if label.starts_with("Path") {
        egui::Role::TextInput
    } else {
        egui::Role::SpinButton
    };
    response.widget_info(|| egui::WidgetInfo::labeled(role, true, label));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialog(ending: &str) -> ExportDialog {
        let mut dialog = ExportDialog::new(3, true);
        dialog.path = format!("race.{ending}");
        dialog
    }

    #[test]
    fn usual_options_are_no_hindrance() {
        for ending in ["png", "svg", "gif", "apng", "mp4"] {
            // This also holds if the step shown in the window is beyond the end of the race.
            assert_eq!(dialog(ending).hindrance(2), None, "{ending}");
        }
    }

    #[test]
    fn what_cannot_be_made_is_said_before_it_is_begun() {
        let mut large = dialog("png");
        large.options.size = [8192, 64];
        large.options.scale = 8.0;
        let said = large.hindrance(200).unwrap();
        assert!(said.contains("65536x512"), "{said}");

        let mut long = dialog("gif");
        assert_eq!(long.hindrance(90_000), None);
        long.timing.steps_per_frame = 0.1;
        let said = long.hindrance(90_000).unwrap();
        assert!(said.contains("900001 frames"), "{said}");
        long.timing.steps_per_frame = 1.0;
        long.options.scale = 4.0;
        let said = long.hindrance(90_000).unwrap();
        assert!(said.contains("3200x2400"), "{said}");
    }

    #[test]
    fn numbers_have_no_size() {
        let mut numbers = dialog("csv");
        numbers.kind = KINDS
            .iter()
            .position(|(ending, _)| *ending == "csv")
            .unwrap();
        numbers.options.scale = 800.0;
        assert_eq!(numbers.hindrance(200), None);
    }
}
