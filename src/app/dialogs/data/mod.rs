//! The dialog for choosing a data file and the model to fit.
//!
//! It shows the detected format next to the file's first rows as written, and lets every guess be
//! corrected. The choices form a draft until the model is fitted.

mod draft;
mod rows;
mod sample;
mod understood;

use std::path::Path;

use egui::{Align, ComboBox, Layout, RichText, Role, ScrollArea, Ui, WidgetInfo};

use super::path_field::PathField;
use crate::app::action::{DocumentAction, table};
use crate::app::desk::Desk;
use crate::app::ports::files;
use crate::app::widgets::link_text;
use crate::app::widgets::primary;
use crate::app::worker::Background;
use crate::surface::SurfaceChoice;
use crate::view::theme::caption;
use draft::Draft;
use sample::Sample;

/// The maximum width of the dialog.
pub const WIDTH: f32 = 1000.0;
const LEFT: f32 = 290.0;
const HEIGHT: f32 = 480.0;
/// The size of a file that is read within a frame, in bytes.
const IN_FRAME: u64 = 1_000_000;

/// The dialog for choosing a data file and the model to fit.
#[derive(Debug)]
pub struct DataDialog {
    file: PathField,
    draft: Draft,
    /// The content of the file or the error, with the draft as it was completed while reading.
    read: Background<Draft, (Draft, Result<Sample, String>)>,
    /// Whether to show the rows left out instead of the first rows.
    shows_gaps: bool,
}

impl DataDialog {
    /// Creates the dialog for a file.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        Self::with(Draft::of_file(path))
    }

    /// Creates the dialog for the file behind a surface, if there is one.
    #[must_use]
    pub fn of_surface(surface: &SurfaceChoice) -> Self {
        Self::with(Draft::of_surface(surface).unwrap_or_default())
    }

    fn with(draft: Draft) -> Self {
        Self {
            file: PathField::new(draft.path.clone()),
            draft,
            read: Background::new("reading", IN_FRAME),
            shows_gaps: false,
        }
    }

    /// Shows the dialog.
    pub fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        ui.heading("Fit a model to data");
        ui.add_space(6.0);
        self.refresh(ui, desk);
        // The full height from the first frame on, so that nothing moves under the pointer.
        let height = (ui.ctx().content_rect().height() - 150.0).min(HEIGHT);
        let body = ScrollArea::vertical()
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, false]);
        body.show(ui, |ui| {
            ui.horizontal_top(|ui| {
                ui.vertical(|ui| {
                    ui.set_width(LEFT);
                    ui.spacing_mut().item_spacing.y = 5.0;
                    self.left(ui, desk);
                });
                ui.add_space(14.0);
                ui.vertical(|ui| {
                    ui.set_width(ui.available_width());
                    self.right(ui, desk);
                });
            });
        });
        ui.add_space(8.0);
        self.bottom(ui, desk);
    }

    /// Reads the file again if the draft has changed: beside the frames if it is large.
    fn refresh(&mut self, ui: &Ui, desk: &Desk<'_>) {
        if self.draft.path.trim().is_empty() {
            return;
        }
        let folder = desk.document.source.folder().map(Path::to_owned);
        let (wake, mut draft) = (ui.ctx().clone(), self.draft.clone());
        let cost = std::fs::metadata(self.draft.file()).map_or(0, |about| about.len());
        self.read.update(
            self.draft.clone(),
            cost,
            move || wake.request_repaint(),
            move |_| {
                draft.find(folder.as_deref());
                let sample = Sample::of(&draft, folder.as_deref());
                match &sample {
                    Ok(found) if found.outcome.is_err() && draft.use_numbers(&found.reading) => {
                        let sample = Sample::of(&draft, folder.as_deref());
                        (draft, sample)
                    }
                    _ => (draft, sample),
                }
            },
        );
        if let Some((draft, _)) = self.read.get()
            && self.read.key() == Some(&self.draft)
            && *draft != self.draft
        {
            // What was chosen while reading is part of the draft from now on.
            let draft = draft.clone();
            self.read.rename(draft.clone());
            self.draft = draft;
            self.shows_gaps = false;
        }
        if self.read.progress().is_some() {
            ui.ctx()
                .request_repaint_after(std::time::Duration::from_millis(50));
        }
    }

    /// Returns what was found in the file, once it is read.
    fn found(&self) -> Option<&Result<Sample, String>> {
        let is_named = !self.draft.path.trim().is_empty();
        let (_, found) = self.read.get().filter(|_| is_named)?;
        Some(found)
    }

    fn sample(&self) -> Option<&Sample> {
        self.found()?.as_ref().ok()
    }

    /// Returns what is wrong with the file or the choices.
    fn fault(&self) -> Option<&str> {
        match self.found()? {
            Err(fault) => Some(fault),
            Ok(sample) => sample.outcome.as_ref().err().map(|fault| &**fault),
        }
    }

    fn left(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let hint = "a file, or iris, penguins, line";
        self.file.show(ui, files::For::Data, "Data file", hint);
        if self.file.text != self.draft.path {
            // Another file is read in its own way.
            self.draft = Draft {
                path: self.file.text.clone(),
                classes: self.draft.classes,
                ..Draft::default()
            };
        }
        let hint = RichText::new("CSV, TSV, text or NPY; or drop a file on the window");
        ui.label(hint.size(11.0).color(desk.colors.dim));
        ui.add_space(8.0);
        if let Some(found) = self.read.get().map(|(_, found)| found) {
            let reading = found.as_ref().ok().map(|sample| &sample.reading);
            understood::show(ui, desk, &mut self.draft, reading);
            ui.add_space(8.0);
        }
        ui.label(caption("Model").color(desk.colors.dim));
        ui.radio_value(&mut self.draft.classes, false, "a straight line")
            .on_hover_text("Linear regression: y = w·x + b, mean squared error");
        ui.radio_value(
            &mut self.draft.classes,
            true,
            "a border between two classes",
        )
        .on_hover_text("Logistic regression: σ(w₁x₁ + w₂x₂), cross-entropy");
        if self.draft.classes {
            self.positive(ui);
        }
        ui.checkbox(&mut self.draft.standardize, "standardize the columns")
            .on_hover_text("Shifts and scales each column to mean 0 and standard deviation 1");
    }

    /// The choice of the label of class 1.
    fn positive(&mut self, ui: &mut Ui) {
        let labels = self
            .sample()
            .map(|it| it.labels.clone())
            .unwrap_or_default();
        let shown = match &self.draft.positive {
            Some(label) => label.clone(),
            None => "1, and class 0 is 0".to_owned(),
        };
        ui.horizontal(|ui| {
            ui.label("class 1 is");
            let response = ComboBox::from_id_salt("positive")
                .selected_text(&shown)
                .show_ui(ui, |ui| {
                    for label in labels {
                        let chosen = self.draft.positive.as_ref() == Some(&label);
                        if ui.selectable_label(chosen, &label).clicked() {
                            self.draft.positive = Some(label);
                        }
                    }
                });
            let accessible = format!("Label of class 1: {shown}");
            response
                .response
                .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &accessible));
        });
    }

    fn right(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        if self.read.progress().is_some() {
            ui.label(RichText::new("Reading the file …").color(desk.colors.dim));
            return;
        }
        let found = self.read.get().map(|(_, found)| found);
        let sample = match found.filter(|_| !self.draft.path.trim().is_empty()) {
            Some(Ok(sample)) => sample,
            Some(Err(fault)) => {
                ui.label(RichText::new(fault).color(desk.colors.error));
                return;
            }
            None => {
                let hint = "The first rows of the file will appear here.";
                ui.label(RichText::new(hint).color(desk.colors.dim));
                return;
            }
        };
        let shows_gaps = self.shows_gaps && !sample.left_out.is_empty();
        ui.horizontal(|ui| {
            let title = if shows_gaps {
                "Rows left out"
            } else {
                "First rows"
            };
            ui.label(caption(title).color(desk.colors.dim));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let hint = RichText::new("click a column header to choose its role");
                ui.label(hint.size(11.0).color(desk.colors.dim));
            });
        });
        rows::show(ui, desk, &mut self.draft, sample, shows_gaps);
        ui.add_space(4.0);
        let Ok(source) = &sample.outcome else {
            return;
        };
        let used = sample.reading.rows - source.rows_left_out();
        ui.horizontal_wrapped(|ui| {
            let said = format!("{used} of {} rows are used.", sample.reading.rows);
            ui.label(RichText::new(said).strong());
            for gap in &source.left_out {
                ui.label(RichText::new(gap.to_string()).color(desk.colors.dim));
            }
            if !sample.left_out.is_empty() {
                let text = if shows_gaps {
                    "show the first rows"
                } else {
                    "show them"
                };
                // Separate ids, as otherwise a frame of two passes would toggle it twice.
                let link = ui.push_id(text, |ui| link_text(ui, text, desk.colors.accent));
                if link.inner.clicked() {
                    self.shows_gaps = !shows_gaps;
                }
            }
        });
        ui.label(
            RichText::new(source.columns())
                .size(12.0)
                .color(desk.colors.dim),
        );
    }

    fn bottom(&self, ui: &mut Ui, desk: &mut Desk<'_>) {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let is_sound = self.sample().is_some_and(|sample| sample.outcome.is_ok());
            let fit = ui.add_enabled(is_sound, primary(desk, "Fit"));
            let why = self.fault().unwrap_or("Choose a file first");
            if fit.on_disabled_hover_text(why).clicked() {
                desk.act(DocumentAction::UseSurface(self.draft.surface()));
            }
            if ui.button("Cancel").clicked() {
                desk.perform(&table::help::DISMISS);
            }
            // A fault of the whole file is shown in place of its rows.
            if let Some(fault) = self.fault().filter(|_| self.sample().is_some()) {
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let fault = RichText::new(fault).size(12.0).color(desk.colors.error);
                    ui.add(egui::Label::new(fault).wrap());
                });
            }
        });
    }
}
