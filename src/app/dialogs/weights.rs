//! The dialog that saves the weights of the selected racer at the playhead.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use egui::{Align, Layout, ProgressBar, RichText, Ui};

use super::path_field::PathField;
use crate::app::action::{AppAction, table};
use crate::app::desk::Desk;
use crate::app::document::Document;
use crate::app::ports::files;
use crate::app::widgets::primary;
use crate::app::worker::{Answer, Worker};
use crate::app::workspace::Notice;
use crate::engine::{Signal, drive};
use crate::experiment::Plan;
use crate::export::WeightsFormat;
use crate::file::replace_with;
use crate::simulation::{Trajectory, WeightsJob};
use crate::surface::Surface;

/// Asks for a file for the weights of a racer after some step.
pub struct WeightsDialog {
    file: PathField,
    /// The racer, and the step after which it has these weights.
    about: String,
    wanted: Option<Wanted>,
    job: Option<Worker<Result<(), String>>>,
    failure: Option<String>,
}

impl fmt::Debug for WeightsDialog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WeightsDialog")
            .field("about", &self.about)
            .finish_non_exhaustive()
    }
}

/// The weights that are wanted.
#[derive(Clone)]
struct Wanted {
    surface: Arc<dyn Surface>,
    plan: Plan,
    path: Arc<Trajectory>,
    start: [f64; 2],
    seed: u64,
    step: usize,
}

impl WeightsDialog {
    /// Creates a dialog for the weights that the document shows.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let wanted = Wanted::of(document);
        let selected = document.selected();
        let racer = selected.and_then(|id| document.lineup().title_of(id));
        let about = match (&wanted, racer) {
            (Some(wanted), Some(racer)) => format!("{racer}, after step {}", wanted.step),
            _ => String::new(),
        };
        Self {
            file: PathField::new("weights.csv"),
            about,
            wanted,
            job: None,
            failure: None,
        }
    }

    /// Shows the dialog.
    pub fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        self.listen(desk);
        ui.heading("Save the weights");
        ui.label(&self.about);
        ui.add_space(4.0);
        let hint = "a .csv or .npy file";
        let what = files::For::Exporting("csv");
        let response = self
            .file
            .show(ui, what, "Path of the file for the weights", hint);
        let is_confirmed = PathField::is_confirmed(&response, ui);
        let note = if self.file.path().exists() {
            "A file of that name exists; it will be replaced."
        } else if files::ARE_NAMES {
            "One number a line, or an array if the name ends in .npy; among the browser's downloads."
        } else {
            "One number a line, or an array if the name ends in .npy."
        };
        ui.label(RichText::new(note).size(12.0).color(desk.colors.dim));
        if let Some(failure) = &self.failure {
            ui.colored_label(desk.colors.error, failure);
        }
        ui.add_space(4.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some(job) = &self.job {
                #[expect(clippy::cast_possible_truncation, reason = "a fraction")]
                ui.add(ProgressBar::new(job.progress() as f32));
                return;
            }
            let is_ready = !self.file.is_empty() && self.wanted.is_some();
            let save = ui.add_enabled(is_ready, primary(desk, "Save"));
            if ui.button("Cancel").clicked() {
                desk.perform(&table::help::DISMISS);
            }
            if is_ready && (is_confirmed || save.clicked()) {
                self.begin(ui);
            }
        });
    }

    fn begin(&mut self, ui: &Ui) {
        let Some(wanted) = self.wanted.clone() else {
            return;
        };
        self.failure = None;
        let (path, ctx) = (self.file.path(), ui.ctx().clone());
        self.job = Some(Worker::ask(
            "saving",
            async move |signal| wanted.save(&path, signal).await,
            move || ctx.request_repaint(),
        ));
    }

    /// Takes over the result. Success closes the dialog.
    fn listen(&mut self, desk: &mut Desk<'_>) {
        let result = match self.job.as_ref().map(Worker::poll) {
            None | Some(Answer::Working) => return,
            Some(Answer::Done(result)) => result,
            Some(Answer::Failed(report)) => Err(report.to_string()),
        };
        self.job = None;
        match result {
            Ok(()) => {
                desk.perform(&table::help::DISMISS);
                let path = self.file.path();
                let text = if files::ARE_NAMES {
                    format!("{} is among your downloads", path.display())
                } else {
                    format!("Saved the weights to {}", path.display())
                };
                desk.send(AppAction::Notify(Notice::success(text)));
            }
            Err(failure) => self.failure = Some(failure),
        }
    }
}

impl Wanted {
    /// The weights of the selected racer at the playhead or, if it has ended before, at its end.
    fn of(document: &Document) -> Option<Self> {
        let race = &document.race;
        let id = document.selected()?;
        let path = race.path_of(id)?;
        let racer = race.lineup().racer(id)?;
        race.surface().network()?;
        Some(Self {
            surface: Arc::clone(race.surface()),
            plan: racer.plan.clone(),
            path: Arc::clone(path),
            start: race.start(),
            seed: race.experiment().seed,
            step: document.clock().step_of(path).min(path.last_step()),
        })
    }

    async fn save(&self, file: &Path, signal: &Signal) -> Result<(), String> {
        let Self {
            surface,
            plan,
            path,
            start,
            seed,
            step,
        } = self;
        let job = WeightsJob::new(surface, plan, *start, Some(path), *step, *seed);
        let job = job.map_err(|fault| fault.to_string())?;
        let work = (*step as u64).saturating_mul(1 + surface.cost() as u64);
        signal.expect(work);
        let weights = drive(job, work, signal).await.flatten();
        let weights = weights.ok_or("The racer does not get there")?;
        replace_with(file, |to| WeightsFormat::of(file).write(to, &weights))
            .map_err(|cause| format!("{} cannot be written: {cause}", file.display()))
    }
}
