//! The dialog that asks for a file of data and for what is fitted to it.
//!
//! It shows how the file was understood beside its first rows as they are written, and lets each
//! guess be corrected. What is chosen is a draft until it is fitted.

mod draft;
mod rows;
mod sample;
mod understood;

use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;

use egui::{Align, ComboBox, Layout, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo};

use super::command::Command;
use super::dialogs::primary;
use super::file_dialog;
use super::panels::Desk;
use super::widgets::link_text;
use crate::surface::SurfaceChoice;
use crate::view::theme::caption;
use draft::Draft;
use sample::Sample;

/// The widest that the dialog gets.
pub const WIDTH: f32 = 1000.0;
const LEFT: f32 = 290.0;
const HEIGHT: f32 = 480.0;

/// Asks for a file, and what is to be fitted to it.
#[derive(Debug, Default)]
pub struct DataDialog {
    draft: Draft,
    /// What was found for a draft.
    found: Option<(Draft, Result<Sample, String>)>,
    /// Whether the rows that are left out are shown instead of the first.
    shows_gaps: bool,
    browsing: Option<Receiver<Option<PathBuf>>>,
}

impl DataDialog {
    /// For this file.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        Self {
            draft: Draft::of_file(path),
            ..Self::default()
        }
    }

    /// For the file that a surface is over, if it is over one.
    #[must_use]
    pub fn of_surface(surface: &SurfaceChoice) -> Self {
        Self {
            draft: Draft::of_surface(surface).unwrap_or_default(),
            ..Self::default()
        }
    }

    /// Shows the dialog.
    pub fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        ui.heading("Fit a model to data");
        ui.add_space(6.0);
        self.look(desk);
        // As high from the first frame as it will be, so that nothing moves under the pointer.
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

    /// Reads the file again where the draft has changed.
    fn look(&mut self, desk: &Desk<'_>) {
        if let Some(browsing) = &self.browsing
            && let Ok(picked) = browsing.try_recv()
        {
            if let Some(picked) = picked {
                self.draft = Draft {
                    classes: self.draft.classes,
                    ..Draft::of_file(&picked)
                };
            }
            self.browsing = None;
        }
        let is_known = self.found.as_ref().is_some_and(|(of, _)| *of == self.draft);
        if self.draft.path.trim().is_empty() {
            self.found = None;
        } else if !is_known {
            let folder = desk.state.document().path.as_deref().and_then(Path::parent);
            let mut sample = Sample::of(&self.draft, folder);
            if let Ok(found) = &sample
                && found.outcome.is_err()
                && self.draft.use_numbers(&found.reading)
            {
                sample = Sample::of(&self.draft, folder);
            }
            self.found = Some((self.draft.clone(), sample));
            self.shows_gaps = false;
        }
    }

    fn sample(&self) -> Option<&Sample> {
        let (_, found) = self.found.as_ref()?;
        found.as_ref().ok()
    }

    /// What is wrong, if something is.
    fn fault(&self) -> Option<&str> {
        let (_, found) = self.found.as_ref()?;
        match found {
            Err(fault) => Some(fault),
            Ok(sample) => sample.outcome.as_ref().err().map(|fault| &**fault),
        }
    }

    fn left(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        ui.horizontal(|ui| {
            let field = TextEdit::singleline(&mut self.draft.path)
                .hint_text("a file, or iris, penguins, line")
                .desired_width(LEFT - 96.0);
            let response = ui.add(field);
            response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Data file"));
            let can_browse = file_dialog::exists() && self.browsing.is_none();
            let browse = ui.add_enabled(can_browse, egui::Button::new("Choose…"));
            let browse =
                browse.on_disabled_hover_text("This desktop offers no file dialog; type the path");
            if browse.clicked() {
                self.browsing = Some(file_dialog::ask(file_dialog::For::Data, ui.ctx().clone()));
            }
        });
        let hint = RichText::new("CSV, TSV, text or NPY; or drop a file on the window");
        ui.label(hint.size(11.0).color(desk.look.dim));
        ui.add_space(8.0);
        if let Some((_, found)) = &self.found {
            let reading = found.as_ref().ok().map(|sample| &sample.reading);
            understood::show(ui, desk, &mut self.draft, reading);
            ui.add_space(8.0);
        }
        ui.label(caption("Model").color(desk.look.dim));
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
            .on_hover_text("Moves and scales them to mean 0 and standard deviation 1");
    }

    /// Which label is class 1.
    fn positive(&mut self, ui: &mut Ui) {
        let labels = self
            .sample()
            .map(|it| it.labels.clone())
            .unwrap_or_default();
        let shown = match &self.draft.positive {
            Some(label) => label.clone(),
            None => "1, all others being 0".to_owned(),
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
        let sample = match &self.found {
            Some((_, Ok(sample))) => sample,
            Some((_, Err(fault))) => {
                ui.label(RichText::new(fault).color(desk.look.error));
                return;
            }
            None => {
                let hint = "The first rows of the file will stand here.";
                ui.label(RichText::new(hint).color(desk.look.dim));
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
            ui.label(caption(title).color(desk.look.dim));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let hint = RichText::new("click a column's head to say what it is used for");
                ui.label(hint.size(11.0).color(desk.look.dim));
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
                ui.label(RichText::new(gap.to_string()).color(desk.look.dim));
            }
            if !sample.left_out.is_empty() {
                let text = if shows_gaps {
                    "show the first rows"
                } else {
                    "show them"
                };
                // An id of its own, so that a frame of two passes does not turn it back.
                let link = ui.push_id(text, |ui| link_text(ui, text, desk.look.accent));
                if link.inner.clicked() {
                    self.shows_gaps = !shows_gaps;
                }
            }
        });
        ui.label(
            RichText::new(source.columns())
                .size(12.0)
                .color(desk.look.dim),
        );
    }

    fn bottom(&self, ui: &mut Ui, desk: &mut Desk<'_>) {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let is_sound = self.sample().is_some_and(|sample| sample.outcome.is_ok());
            let fit = ui.add_enabled(is_sound, primary(desk, "Fit"));
            let why = self.fault().unwrap_or("Name a file first");
            if fit.on_disabled_hover_text(why).clicked() {
                desk.send(Command::UseSurface(self.draft.surface()));
            }
            if ui.button("Cancel").clicked() {
                desk.send(Command::Dismiss);
            }
            // What is wrong with the whole file stands in place of its rows.
            if let Some(fault) = self.fault().filter(|_| self.sample().is_some()) {
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let fault = RichText::new(fault).size(12.0).color(desk.look.error);
                    ui.add(egui::Label::new(fault).wrap());
                });
            }
        });
    }
}
