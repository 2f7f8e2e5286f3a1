//! Export: a preview, the options of `slalom render`, and a worker that does the export.

mod kind;
mod options;
mod preview;
mod work;

use std::path::Path;
use std::time::Duration;

use egui::{Align, Context, Layout, ProgressBar, RichText, Ui, vec2};

use super::path_field::PathField;
use super::sheet;
use crate::app::action::{AppAction, table};
use crate::app::desk::Desk;
use crate::app::document::Document;
use crate::app::ports::{clipboard, files};
use crate::app::widgets::primary;
use crate::app::workspace::Notice;
use crate::export::film::{self, Timing};
use crate::export::{ExportError, FigureOptions, Format, Paper, Studio, Theme};
use kind::Kind;
use preview::Preview;
use work::{Job, Work, fitted};

/// The label of the switch for what is in a picture besides pixels.
const CARRIES: &str = "The file carries the race and its data, and opens again in Slalom";

/// The height of the line that says what is wrong, or what will happen.
const LINE: f32 = 34.0;

/// The export dialog.
pub struct ExportDialog {
    file: PathField,
    kind: Kind,
    options: FigureOptions,
    /// The size of a page, for a paper.
    paper: Paper,
    timing: Timing,
    whole_surface: bool,
    /// Whether a picture carries its experiment.
    carries: bool,
    preview: Preview,
    job: Option<Job>,
    /// Why the last export failed.
    failure: Option<String>,
}

impl std::fmt::Debug for ExportDialog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ExportDialog")
            .field("file", &self.file)
            .finish_non_exhaustive()
    }
}

impl ExportDialog {
    /// Creates the dialog with default options for the current picture of a document.
    #[must_use]
    pub fn of(document: &Document, dark: bool) -> Self {
        Self::new(&document.file_name("png"), document.step(), dark)
    }

    fn new(file: &str, step: usize, dark: bool) -> Self {
        Self {
            file: PathField::new(file),
            kind: Kind::ALL[0],
            options: FigureOptions {
                theme: if dark { Theme::Dark } else { Theme::Light },
                ..FigureOptions::default()
            },
            paper: Paper {
                inches: [3.5, 2.5],
                font_size: 8.0,
            },
            timing: Timing {
                step: Some(step),
                ..Timing::default()
            },
            whole_surface: false,
            carries: true,
            preview: Preview::default(),
            job: None,
            failure: None,
        }
    }

    fn is_still(&self) -> bool {
        self.kind.format().is_some_and(Format::is_still)
    }

    /// The options of the figure; a page for a paper has its own size.
    fn figure(&self) -> Result<FigureOptions, ExportError> {
        match self.kind {
            Kind::Picture(Format::Pdf) => self.options.on(self.paper),
            _ => Ok(self.options),
        }
    }

    /// Shows the dialog.
    pub fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        ui.heading("Export");
        ui.add_space(4.0);
        self.listen(desk);
        let is_busy = self.job.is_some();
        sheet::body(ui, LINE + 6.0 + sheet::BUTTONS, |ui| {
            ui.add_enabled_ui(!is_busy, |ui| {
                if sheet::is_sheet(ui) {
                    self.preview(ui, desk);
                    self.options(ui, desk);
                } else {
                    ui.horizontal_top(|ui| {
                        self.preview(ui, desk);
                        ui.vertical(|ui| self.options(ui, desk));
                    });
                }
                ui.add_space(6.0);
                self.file_row(ui);
                ui.add_enabled_ui(self.kind.format().is_some(), |ui| {
                    ui.checkbox(&mut self.carries, CARRIES);
                });
            });
        });
        let steps = desk.document.experiment().steps;
        let hindrance = self.hindrance(steps);
        self.line(ui, desk, hindrance.as_deref());
        ui.add_space(6.0);
        self.buttons(ui, desk, hindrance.is_some());
    }

    /// Returns the reason why nothing can be exported with these options, as one sentence.
    fn hindrance(&self, steps: usize) -> Option<String> {
        if self.file.is_empty() {
            return Some("Type the name of a file.".to_owned());
        }
        let kind = Kind::of(&self.file.path());
        if !kind.is_some_and(|kind| Kind::offered(files::ARE_NAMES).any(|it| it == kind)) {
            let endings: Vec<&str> = Kind::offered(files::ARE_NAMES).map(Kind::ending).collect();
            let endings = endings.join(", ");
            return Some(format!("The file name must end in one of {endings}."));
        }
        let format = self.kind.format()?;
        let timing = fitted(self.timing, format, steps);
        let possible = self
            .figure()
            .and_then(|figure| film::check(format, steps, &figure, &timing));
        possible.err().map(|error| error.to_string())
    }

    fn file_row(&mut self, ui: &mut Ui) {
        let what = files::For::Exporting(self.kind.ending());
        let hint = "the file to write";
        self.file.show(ui, what, "Path of the exported file", hint);
        // A typed extension chooses the type; an unknown one is told below.
        if let Some(kind) = Kind::of(&self.file.path()) {
            self.kind = kind;
        }
    }

    /// Chooses a type, whose extension replaces that of the file.
    fn choose(&mut self, kind: Kind) {
        self.kind = kind;
        let path = self.file.path().with_extension(kind.ending());
        self.file.text = path.display().to_string();
        self.failure = None;
    }

    /// One line, always there so that nothing moves: what is wrong, or what will happen.
    fn line(&self, ui: &mut Ui, desk: &Desk<'_>, hindrance: Option<&str>) {
        let path = self.file.path();
        let wrong = hindrance.or(self.failure.as_deref());
        let missing = self.preview.missing_letters();
        let (text, color) = match wrong {
            Some(wrong) => (wrong.to_owned(), desk.colors.error),
            None if !missing.is_empty() => (without_font(missing), desk.colors.text),
            None => (note(&path).to_owned(), desk.colors.dim),
        };
        let size = vec2(ui.available_width(), LINE);
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Min), |ui| {
            ui.set_min_size(size);
            let text = RichText::new(text).size(12.0).color(color);
            ui.add(egui::Label::new(text).wrap());
        });
    }

    fn buttons(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, is_hindered: bool) {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some(job) = self.job.take() {
                if ui.button("Cancel the export").clicked() {
                    job.cancel();
                    let text = "The export was cancelled; nothing was written";
                    desk.send(AppAction::Notify(Notice::success(text)));
                } else {
                    progress(ui, &job, self.kind.format().is_none());
                    self.job = Some(job);
                }
                return;
            }
            let export = ui.add_enabled(!is_hindered, primary(desk, "Export"));
            if export.clicked() {
                self.begin(ui.ctx(), desk);
            }
            if ui.button("Close").clicked() {
                desk.perform(&table::help::DISMISS);
            }
            if self.kind.format().is_some() && ui.button("Copy picture").clicked() {
                self.copy(ui.ctx(), desk);
            }
        });
    }

    /// Copies the picture to the clipboard.
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    fn copy(&mut self, ctx: &Context, desk: &mut Desk<'_>) {
        let preset = desk.document.preset();
        let step = self.timing.step.unwrap_or(preset.experiment.steps);
        match self.figure().and_then(|figure| Studio::new(preset, figure)) {
            Ok(mut studio) => {
                clipboard::copy_picture(ctx, studio.picture(step as f64));
                let text = "Copied the picture to the clipboard";
                desk.send(AppAction::Notify(Notice::success(text)));
            }
            Err(error) => self.failure = Some(error.to_string()),
        }
    }

    fn begin(&mut self, ctx: &Context, desk: &Desk<'_>) {
        self.failure = None;
        let options = match self.figure() {
            Ok(figure) => figure,
            Err(error) => {
                self.failure = Some(error.to_string());
                return;
            }
        };
        let work = Work {
            path: self.file.path(),
            kind: self.kind,
            preset: desk.document.preset(),
            options,
            timing: self.timing,
            carries: self.carries,
        };
        self.job = Some(Job::begin(work, ctx.clone()));
    }

    /// Takes over the result of an export. One that has succeeded closes the dialog.
    fn listen(&mut self, desk: &mut Desk<'_>) {
        let Some(result) = self.job.as_ref().and_then(Job::result) else {
            return;
        };
        self.job = None;
        match result {
            Ok(remark) => {
                desk.perform(&table::help::DISMISS);
                let file = self.file.path();
                let done = if files::ARE_NAMES {
                    format!("{} is among your downloads", file.display())
                } else {
                    format!("Exported to {}", file.display())
                };
                let text = match &*remark {
                    "" => done,
                    remark => format!("{done}. {remark}"),
                };
                desk.send(AppAction::Notify(Notice::success(text)));
            }
            Err(failure) => self.failure = Some(failure),
        }
    }
}

/// What becomes of letters that no font has.
fn without_font(letters: &str) -> String {
    let letters = crate::text::brief(letters);
    let fonts = if files::ARE_NAMES {
        "No font of this page"
    } else {
        "No font on this computer"
    };
    format!("{fonts} has “{letters}”; a box stands for each of these letters.")
}

/// Returns what is worth knowing about the file before it is written.
fn note(path: &Path) -> &'static str {
    if files::ARE_NAMES {
        "It will be among the browser's downloads. Only Slalom on the desktop writes MP4, WebM and PDF."
    } else if path.exists() {
        "A file of that name exists; it will be replaced."
    } else if path.is_relative() {
        "In the folder where Slalom was started."
    } else {
        ""
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

#[cfg(test)]
mod tests {
    use super::*;

    fn dialog(ending: &str) -> ExportDialog {
        let mut dialog = ExportDialog::new("race.png", 3, true);
        dialog.choose(Kind::of(&Path::new("race").with_extension(ending)).unwrap());
        dialog
    }

    #[test]
    fn usual_options_are_no_hindrance() {
        for kind in Kind::ALL {
            // This also holds if the step shown in the window is beyond the end of the race.
            assert_eq!(dialog(kind.ending()).hindrance(2), None, "{kind:?}");
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
    fn a_file_of_no_type_and_no_name_is_told() {
        let mut dialog = dialog("png");
        for (name, expected) in [
            ("race.doc", "must end in"),
            ("race", "must end in"),
            ("  ", "Type"),
        ] {
            dialog.file.text = name.to_owned();
            let said = dialog.hindrance(200).unwrap();
            assert!(said.contains(expected), "{said}");
        }
    }

    #[test]
    fn numbers_have_no_size() {
        let mut numbers = dialog("csv");
        numbers.options.scale = 800.0;
        assert_eq!(numbers.hindrance(200), None);
    }
}
