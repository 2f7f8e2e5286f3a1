//! The dialog for choosing data and the model to fit to them.
//!
//! It shows the detected format next to the first rows as written, and lets every guess be
//! corrected. The race behind the dialog follows every choice, on trial until it is kept.

mod draft;
mod field;
mod generated;
mod model;
mod network;
mod picture;
mod roles;
mod rows;
mod sample;
mod source;
mod table;
mod training;
mod understood;

use std::path::Path;

use egui::{
    Align, Button, Frame, Layout, Margin, Rect, RichText, ScrollArea, Stroke, Ui, UiBuilder, vec2,
};

use super::path_field::PathField;
use super::sheet;
use crate::app::action::{DocumentAction, table as actions};
use crate::app::desk::Desk;
use crate::app::widgets::{icon_button, primary};
use crate::app::worker::Background;
use crate::surface::SurfaceChoice;
use crate::surface::data::BuiltIn;
use crate::view::Colors;
use crate::view::icon::Icon;
use crate::view::theme::strong;
use draft::{Draft, Kind};
use sample::Sample;

/// The maximum size of the dialog.
pub const WIDTH: f32 = 1040.0;
const HEIGHT: f32 = 672.0;
/// The space that it leaves around itself.
const AROUND: f32 = 48.0;
/// The heights of its title and of the row of buttons.
const TITLE: f32 = 48.0;
const BUTTONS: f32 = 56.0;
/// The width of the left column, and the height of the lower part.
const LEFT: f32 = 322.0;
const LOWER: f32 = 166.0;
/// The space on both sides of the content.
const PADDING: i8 = 20;
/// The width of the settings beside the picture of the network.
const SETTINGS: f32 = 348.0;
/// The width below which everything stands below each other.
const NARROW: f32 = 720.0;
/// The size of a file that is read within a frame, in bytes.
const IN_FRAME: u64 = 100_000;

/// The dialog for choosing data and the model to fit to them.
#[derive(Debug)]
pub struct DataDialog {
    file: PathField,
    draft: Draft,
    /// The data or the error, with the draft as it was completed while reading.
    read: Background<Draft, (Draft, Result<Sample, String>)>,
    /// The draft that the race shows.
    shown: Option<Draft>,
    /// Whether to show the rows left out instead of the first rows.
    shows_gaps: bool,
    /// Whether to show the settings that are needed less often.
    more: training::More,
}

impl DataDialog {
    /// Creates the dialog for a file and the model of a surface, if it has one.
    #[must_use]
    pub fn of(path: &Path, surface: &SurfaceChoice) -> Self {
        let draft = Draft::of_surface(surface).unwrap_or_default();
        Self::with(draft.with_file(path), None)
    }

    /// Creates the dialog for the data and the model of a surface, if it has any.
    #[must_use]
    pub fn of_surface(surface: &SurfaceChoice) -> Self {
        let draft = Draft::of_surface(surface);
        Self::with(draft.clone().unwrap_or_default(), draft)
    }

    fn with(draft: Draft, shown: Option<Draft>) -> Self {
        Self {
            file: PathField::new(draft.path.clone()),
            draft,
            read: Background::new("reading", IN_FRAME),
            shown,
            shows_gaps: false,
            more: training::More::default(),
        }
    }

    /// Shows the dialog.
    pub fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        self.refresh(ui, desk);
        let is_sheet = sheet::is_sheet(ui);
        let around = if is_sheet { sheet::ABOVE } else { AROUND };
        let room = ui.ctx().content_rect().height() - around;
        let most = if is_sheet { room } else { room.min(HEIGHT) };
        let height = most - TITLE - BUTTONS;
        ui.spacing_mut().item_spacing.y = 0.0;
        self.title(ui, desk);
        rule(ui, desk);
        let body = ScrollArea::vertical()
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, false]);
        body.show(ui, |ui| {
            if is_narrow(ui) {
                self.stacked(ui, desk);
                return;
            }
            let upper = (height - LOWER).max(0.0);
            columns(ui, desk.colors, upper, |ui, is_left| {
                if is_left {
                    self.data(ui, desk);
                } else {
                    self.table(ui, desk);
                }
            });
            rule(ui, desk);
            columns(ui, desk.colors, LOWER - 1.0, |ui, is_left| {
                if is_left {
                    self.model(ui, desk);
                } else {
                    self.training(ui, desk);
                }
            });
        });
        rule(ui, desk);
        self.buttons(ui, desk);
    }

    /// Shows all parts below each other.
    fn stacked(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        section(ui, |ui| self.data(ui, desk));
        rule(ui, desk);
        section(ui, |ui| self.table(ui, desk));
        rule(ui, desk);
        section(ui, |ui| self.model(ui, desk));
        rule(ui, desk);
        section(ui, |ui| self.training(ui, desk));
    }

    fn title(&self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let title = match self.draft.kind {
            Kind::Network => "Data and network",
            Kind::Line | Kind::Border => "Data and model",
        };
        bar(ui, TITLE, Layout::left_to_right(Align::Center), |ui| {
            ui.label(strong(title).size(15.0).color(desk.colors.text));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if icon_button(ui, Icon::Cross, vec2(24.0, 24.0), "Close").clicked() {
                    cancel(desk);
                }
            });
        });
    }

    /// Reads the data again if the draft has changed, beside the frames if they are many, and shows
    /// the race on them.
    fn refresh(&mut self, ui: &Ui, desk: &mut Desk<'_>) {
        if self.draft.is_empty() {
            return;
        }
        let folder = desk.document.source.folder().map(Path::to_owned);
        let (wake, mut draft) = (ui.ctx().clone(), self.draft.clone());
        self.read.update(
            self.draft.clone(),
            cost(&self.draft),
            move || wake.request_repaint(),
            async move |_| {
                draft.find(folder.as_deref());
                read(draft, folder.as_deref())
            },
        );
        self.complete();
        self.follow(desk);
        if self.read.progress().is_some() {
            ui.ctx()
                .request_repaint_after(std::time::Duration::from_millis(50));
        }
    }

    /// Takes over what was chosen while reading. It is part of the draft from then on.
    fn complete(&mut self) {
        if let Some((draft, _)) = self.read.get()
            && self.read.key() == Some(&self.draft)
            && *draft != self.draft
        {
            let draft = draft.clone();
            self.read.rename(draft.clone());
            // It was not chosen by hand, so it is no change of what the race shows.
            if self.shown.as_ref() == Some(&self.draft) {
                self.shown = Some(draft.clone());
            }
            self.draft = draft;
            self.shows_gaps = false;
        }
    }

    /// Shows the race on the data as they are chosen, if that is possible.
    fn follow(&mut self, desk: &mut Desk<'_>) {
        if self.shown.as_ref() == Some(&self.draft) || self.read.key() != Some(&self.draft) {
            return;
        }
        if let Some(fitted) = self.sample().and_then(|it| it.outcome.as_ref().ok()) {
            let surface = fitted.surface.clone();
            desk.act(DocumentAction::TrySurface(surface));
            self.shown = Some(self.draft.clone());
        }
    }

    /// Returns what was found in the data, once they are read.
    fn found(&self) -> Option<&Result<Sample, String>> {
        let (draft, found) = self.read.get().filter(|_| !self.draft.is_empty())?;
        // While other choices take effect, the rows stay.
        (draft.path == self.draft.path).then_some(found)
    }

    fn sample(&self) -> Option<&Sample> {
        self.found()?.as_ref().ok()
    }

    /// Returns what is wrong with the data or the choices.
    fn fault(&self) -> Option<&str> {
        match self.found()? {
            Err(fault) => Some(fault),
            Ok(sample) => sample.outcome.as_ref().err().map(|fault| &**fault),
        }
    }

    /// The data, and how they were understood.
    fn data(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        ui.spacing_mut().item_spacing.y = 2.0;
        source::show(ui, desk, &mut self.file, &mut self.draft);
        let found = self.found().cloned();
        let sample = found.as_ref().and_then(|it| it.as_ref().ok());
        source::about(ui, desk, &self.draft, sample);
        ui.add_space(12.0);
        if self.draft.set().is_some() {
            source::settings(ui, desk, &mut self.draft);
        } else if found.is_some() {
            understood::show(ui, desk, &mut self.draft, sample);
        }
    }

    /// The first rows and the roles of the columns.
    fn table(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        if self.read.progress().is_some() && self.found().is_none() {
            ui.label(RichText::new("Reading the data …").color(desk.colors.dim));
            return;
        }
        match self.found().cloned() {
            Some(Ok(sample)) => {
                table::show(ui, desk, &mut self.draft, &sample, &mut self.shows_gaps);
            }
            Some(Err(fault)) => {
                ui.label(RichText::new(fault).color(desk.colors.error));
            }
            None => {
                let hint = "The first rows of the data will appear here.";
                ui.label(RichText::new(hint).color(desk.colors.dim));
            }
        }
    }

    fn model(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        model::kinds(ui, desk, &mut self.draft);
        ui.add_space(4.0);
        let sample = self.sample().cloned();
        let opened = sample.as_ref().and_then(Sample::surface);
        if self.draft.kind == Kind::Network {
            let learner = opened.as_ref().and_then(|it| it.network());
            let found = learner.map(|it| &*it.perceptron);
            network::show(ui, desk, &mut self.draft.network, found);
        } else {
            model::small(ui, desk, &mut self.draft, sample.as_ref());
        }
    }

    fn training(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        if self.draft.kind != Kind::Network {
            model::fitting(ui, desk, &mut self.draft);
            return;
        }
        let opened = self.sample().and_then(Sample::surface);
        let found = opened.as_ref().and_then(|it| it.network());
        let (network, more) = (&mut self.draft.network, &mut self.more);
        let mut settings = |ui: &mut Ui, desk: &mut Desk<'_>| {
            field::heading(ui, desk.colors, "Training");
            training::show(ui, desk, network, found, more);
        };
        if is_narrow(ui) {
            settings(ui, desk);
            if let Some(learner) = found {
                ui.add_space(8.0);
                picture::show(ui, desk, &learner.perceptron);
            }
            return;
        }
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(SETTINGS);
                settings(ui, desk);
            });
            ui.vertical(|ui| {
                if let Some(learner) = found {
                    picture::show(ui, desk, &learner.perceptron);
                }
            });
        });
    }

    fn buttons(&self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let layout = Layout::right_to_left(Align::Center);
        bar(ui, BUTTONS, layout, |ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            let is_sound = self.sample().is_some_and(|sample| sample.outcome.is_ok())
                && self.read.key() == Some(&self.draft);
            let done = ui.add_enabled(is_sound, primary(desk, "Done").min_size(vec2(54.0, 30.0)));
            let why = self.fault().unwrap_or("Choose data first");
            if done.on_disabled_hover_text(why).clicked() {
                desk.act(DocumentAction::KeepSurface);
                desk.perform(&actions::help::DISMISS);
            }
            if ui
                .add(Button::new("Cancel").min_size(vec2(66.0, 30.0)))
                .clicked()
            {
                cancel(desk);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let dim = |text: &str| RichText::new(text).color(desk.colors.dim);
                // A fault of the whole file is shown in place of its rows.
                let text = match self.fault().filter(|_| self.sample().is_some()) {
                    Some(fault) => RichText::new(fault).color(desk.colors.error),
                    // A sheet covers it.
                    None if sheet::is_sheet(ui) => dim("Cancel takes back every choice."),
                    None => dim(
                        "The race behind this dialog follows every choice; Cancel takes them all \
                         back.",
                    ),
                };
                ui.add(egui::Label::new(text.size(12.0)).wrap());
            });
        });
    }
}

/// Reads the data of a draft, and completes it by what they contain.
fn read(mut draft: Draft, folder: Option<&Path>) -> (Draft, Result<Sample, String>) {
    let mut sample = Sample::of(&draft, folder);
    let completions: [fn(&mut Draft, &Sample); 2] = [complete_columns, complete_loss];
    for complete in completions {
        let Ok(found) = &sample else {
            break;
        };
        let before = draft.surface();
        complete(&mut draft, found);
        if draft.surface() != before {
            sample = Sample::of(&draft, folder);
        }
    }
    if draft.kind == Kind::Network && sample.is_ok() {
        draft.guesses = false;
    }
    (draft, sample)
}

fn complete_columns(draft: &mut Draft, found: &Sample) {
    draft.guess_target(&found.reading);
    if found.outcome.is_err() {
        draft.use_numbers(&found.reading);
    }
}

fn complete_loss(draft: &mut Draft, found: &Sample) {
    if let Some(learner) = found.surface().as_ref().and_then(|it| it.network()) {
        draft.guess_loss(&learner.perceptron.training().targets);
    }
}

/// Closes the dialog without keeping anything.
fn cancel(desk: &mut Desk<'_>) {
    desk.act(DocumentAction::RevertSurface);
    desk.perform(&actions::help::DISMISS);
}

/// Returns the size of the data in bytes, roughly.
fn cost(draft: &Draft) -> u64 {
    /// The size of a generated row.
    const ROW: u64 = 100;
    match (draft.set(), BuiltIn::named(&draft.file())) {
        (Some(_), _) => ROW * draft.points.rows as u64,
        (None, Some(set)) => set.text.len() as u64,
        (None, None) => draft.file().size(),
    }
}

/// Shows content over the whole width at a fixed height.
fn bar(ui: &mut Ui, height: f32, layout: Layout, add: impl FnOnce(&mut Ui)) {
    let size = vec2(ui.available_width(), height - 1.0);
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    let inside = rect.shrink2(vec2(f32::from(PADDING), 0.0));
    add(&mut ui.new_child(UiBuilder::new().max_rect(inside).layout(layout)));
}

/// Draws a line over the whole width.
fn rule(ui: &mut Ui, desk: &Desk<'_>) {
    let size = vec2(ui.available_width(), 1.0);
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    ui.painter().rect_filled(rect, 0, desk.colors.line);
}

/// Returns whether there is no room for columns beside each other.
fn is_narrow(ui: &Ui) -> bool {
    ui.available_width() < NARROW
}

/// Shows a part of the dialog over the whole width.
fn section(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let frame = Frame::new().inner_margin(Margin::symmetric(16, 12));
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
        ui.set_width(ui.available_width());
        ui.vertical(add);
    });
}

/// Shows a narrow column on the left and a wide one on the right, with a line between them. They
/// are at least this high.
fn columns(ui: &mut Ui, colors: &Colors, height: f32, mut add: impl FnMut(&mut Ui, bool)) {
    let shown = ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let whole = ui.available_width();
        for (width, is_left) in [(LEFT, true), (whole - LEFT, false)] {
            let margin = Margin {
                left: if is_left { PADDING } else { 16 },
                right: if is_left { 14 } else { PADDING },
                top: 14,
                bottom: 12,
            };
            let frame = Frame::new().inner_margin(margin);
            ui.push_id(is_left, |ui| {
                frame.show(ui, |ui| {
                    ui.set_width(width - margin.sum().x);
                    ui.set_min_height(height - margin.sum().y);
                    ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
                        add(ui, is_left);
                    });
                });
            });
        }
    });
    let rect: Rect = shown.response.rect;
    let line = Stroke::new(1.0, colors.line);
    ui.painter().vline(rect.left() + LEFT, rect.y_range(), line);
}
