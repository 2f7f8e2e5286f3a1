//! The dialogs: choosing a path, unsaved changes, export, data, and help.

mod data;
mod export;
mod help;
mod palette;
mod path;
mod unsaved;

use egui::{Align2, Context, Frame, Id, Modal, Ui};

use super::command::Command;
use super::desk::Desk;
use super::workspace::{Asked, State};
use data::DataDialog;
use export::ExportDialog;
use palette::Palette;
use path::PathDialog;

/// The dialog that shows what the user is asked, with what has been entered so far.
#[derive(Debug, Default)]
pub struct Dialogs {
    open: Option<(Asked, Dialog)>,
    /// The titles of the last entries of the palette that were used.
    recent: Vec<String>,
}

/// A modal dialog.
#[derive(Debug)]
enum Dialog {
    Path(PathDialog),
    Unsaved(Command),
    Export(Box<ExportDialog>),
    Data(Box<DataDialog>),
    Palette(Palette),
    Help,
}

impl Dialogs {
    /// Shows the dialog for what is asked, if anything is.
    pub fn show(&mut self, ctx: &Context, desk: &mut Desk<'_>) {
        let Some(asked) = &desk.state.asked else {
            self.open = None;
            return;
        };
        if self.open.as_ref().is_none_or(|(open, _)| open != asked) {
            self.open = Some((asked.clone(), Dialog::of(asked, desk.state)));
        }
        let Self { open, recent } = self;
        let Some((_, dialog)) = open else {
            return;
        };
        let frame = Frame::popup(&ctx.global_style()).inner_margin(16);
        // One id each, since egui remembers the size of what is shown under an id.
        let id = Id::unique(dialog.name());
        let mut modal = Modal::new(id).frame(frame);
        if let Dialog::Palette(_) = dialog {
            // Its upper edge stays where it is, however much is found.
            let area = Modal::default_area(id).anchor(Align2::CENTER_TOP, [0.0, palette::TOP]);
            modal = modal.area(area);
        }
        let modal = modal.show(ctx, |ui| {
            let room = ui.ctx().content_rect().width() - 48.0;
            ui.set_width(dialog.width().min(room));
            dialog.show(ui, recent, desk);
        });
        if modal.should_close() {
            desk.send(Command::Dismiss);
        }
    }
}

impl Dialog {
    fn of(asked: &Asked, state: &State) -> Self {
        let document = state.document();
        match asked {
            Asked::Open => Self::Path(PathDialog::open()),
            Asked::Save => Self::Path(PathDialog::save(document)),
            Asked::Unsaved { then } => Self::Unsaved((**then).clone()),
            Asked::Export => {
                let is_dark = state.settings.theme != egui::ThemePreference::Light;
                Self::Export(Box::new(ExportDialog::new(document.step(), is_dark)))
            }
            Asked::Data(Some(path)) => Self::Data(Box::new(DataDialog::of(path))),
            Asked::Data(None) => {
                let surface = &document.experiment().surface;
                Self::Data(Box::new(DataDialog::of_surface(surface)))
            }
            Asked::Palette => Self::Palette(Palette::default()),
            Asked::Help => Self::Help,
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Path(_) => "path dialog",
            Self::Unsaved(_) => "dialog about unsaved changes",
            Self::Export(_) => "export dialog",
            Self::Data(_) => "data dialog",
            Self::Palette(_) => "palette",
            Self::Help => "help dialog",
        }
    }

    fn width(&self) -> f32 {
        match self {
            Self::Path(_) | Self::Unsaved(_) => 460.0,
            Self::Export(_) | Self::Help => 680.0,
            Self::Data(_) => data::WIDTH,
            Self::Palette(_) => palette::WIDTH,
        }
    }

    fn show(&mut self, ui: &mut Ui, recent: &mut Vec<String>, desk: &mut Desk<'_>) {
        match self {
            Self::Path(path) => path.show(ui, desk),
            Self::Unsaved(then) => unsaved::show(ui, then, desk),
            Self::Export(export) => export.show(ui, desk),
            Self::Data(data) => data.show(ui, desk),
            Self::Palette(palette) => palette.show(ui, recent, desk),
            Self::Help => help::show(ui, desk),
        }
    }
}
