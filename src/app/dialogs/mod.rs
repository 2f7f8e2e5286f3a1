//! The dialogs: choosing a path, unsaved changes, export, data, and help.

mod chooser;
mod comparison;
mod data;
mod description;
mod export;
mod family_tree;
mod help;
mod keep;
mod library;
mod outside;
mod palette;
mod path;
mod path_field;
mod settings;
mod sheet;
mod unsaved;
mod weights;

use egui::{Align2, Context, Frame, Id, Modal, Order, Ui};

use super::action::{DocumentAction, table};
use super::desk::Desk;
use super::workspace::{Asked, Next, Workspace};
use chooser::Chooser;
use comparison::ComparisonDialog;
use data::DataDialog;
use description::Description;
use export::ExportDialog;
use family_tree::FamilyTree;
use keep::KeepDialog;
use library::LibraryDialog;
use palette::Palette;
use path::PathDialog;
use sheet::Edge;
use weights::WeightsDialog;

/// The dialog that shows what the user is asked, with what has been entered so far.
#[derive(Debug, Default)]
pub struct Dialogs {
    open: Option<(Asked, Dialog)>,
}

/// A modal dialog.
#[derive(Debug)]
enum Dialog {
    Path(PathDialog),
    Unsaved(Next),
    Outside(String),
    Export(Box<ExportDialog>),
    Weights(Box<WeightsDialog>),
    Data(Box<DataDialog>),
    Description(Description),
    Keep(KeepDialog),
    Library(LibraryDialog),
    Comparison(ComparisonDialog),
    Racers(Box<Chooser>),
    FamilyTree(Box<FamilyTree>),
    Settings,
    Palette(Palette),
    Help,
}

impl Dialogs {
    /// Shows the dialog for what is asked, if anything is.
    pub fn show(&mut self, ctx: &Context, desk: &mut Desk<'_>) {
        let asked = desk.workspace.asked.as_ref();
        if self.open.as_ref().map(|(open, _)| open) != asked {
            self.leave(asked, desk);
        }
        let Some(asked) = asked else {
            return;
        };
        if self.open.is_none() {
            self.open = Some((asked.clone(), Dialog::of(asked, desk.workspace)));
        }
        let Some((_, dialog)) = &mut self.open else {
            return;
        };
        let is_sheet = desk.workspace.is_phone();
        let mut frame = Frame::popup(&ctx.global_style()).inner_margin(dialog.margin());
        // One id each, since egui remembers the size of what is shown under an id.
        let id = Id::unique(dialog.name());
        // Below menus and notices, which belong to the dialog or tell what came of it.
        let mut area = Modal::default_area(id).order(Order::Middle);
        if is_sheet {
            area = dialog.edge().place(area);
            frame = dialog.edge().round(frame);
        } else if let Dialog::Palette(_) = dialog {
            // Its upper edge stays where it is, however much is found.
            area = area.anchor(Align2::CENTER_TOP, [0.0, palette::TOP]);
        }
        let window = ctx.content_rect().width();
        let width = if is_sheet {
            window - frame.total_margin().sum().x
        } else {
            dialog.width().min(window - 48.0)
        };
        let modal = Modal::new(id).frame(frame).area(area).show(ctx, |ui| {
            ui.set_width(width);
            dialog.show(ui, desk);
        });
        if modal.should_close() {
            desk.perform(&table::help::DISMISS);
        }
    }

    /// Closes the dialog that is open. What it has on trial is not kept, unless it was asked to, or a
    /// dialog of its kind goes on with it.
    fn leave(&mut self, next: Option<&Asked>, desk: &mut Desk<'_>) {
        let was_data = matches!(self.open.take(), Some((_, Dialog::Data(_))));
        let is_data = matches!(next, Some(Asked::Data(_)));
        match (was_data, is_data) {
            (true, false) => desk.act(DocumentAction::RevertSurface),
            // What another dialog may have left on trial is not its own.
            (false, true) => desk.act(DocumentAction::KeepSurface),
            _ => {}
        }
    }
}

impl Dialog {
    fn of(asked: &Asked, workspace: &Workspace) -> Self {
        let document = workspace.active();
        match asked {
            Asked::Open => Self::Path(PathDialog::open()),
            Asked::Save => Self::Path(PathDialog::save(document)),
            Asked::Unsaved { then } => Self::Unsaved(then.clone()),
            Asked::Outside { what, .. } => Self::Outside(what.clone()),
            Asked::Export => Self::Export(Box::new(ExportDialog::of(document, workspace.is_dark))),
            Asked::Weights => Self::Weights(Box::new(WeightsDialog::of(document))),
            Asked::Data(Some(path)) => {
                let surface = &document.experiment().surface;
                Self::Data(Box::new(DataDialog::of(path, surface)))
            }
            Asked::Data(None) => {
                let surface = &document.experiment().surface;
                Self::Data(Box::new(DataDialog::of_surface(surface)))
            }
            Asked::Description => Self::Description(Description::of(document)),
            Asked::Keep(entry) => Self::Keep(KeepDialog::of(entry)),
            Asked::Library => Self::Library(LibraryDialog::default()),
            Asked::Comparison => Self::Comparison(ComparisonDialog::default()),
            Asked::Racers => Self::Racers(Box::default()),
            Asked::FamilyTree => Self::FamilyTree(Box::default()),
            Asked::Settings => Self::Settings,
            Asked::Palette => Self::Palette(Palette::default()),
            Asked::Help => Self::Help,
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Path(_) => "path dialog",
            Self::Unsaved(_) => "dialog about unsaved changes",
            Self::Outside(_) => "dialog about data outside of the folder",
            Self::Export(_) => "export dialog",
            Self::Weights(_) => "dialog about weights",
            Self::Data(_) => "data dialog",
            Self::Description(_) => "description dialog",
            Self::Keep(_) => "dialog about a name in the library",
            Self::Library(_) => "library dialog",
            Self::Comparison(_) => "comparison dialog",
            Self::Racers(_) => "chooser of rules",
            Self::FamilyTree(_) => "family tree",
            Self::Settings => "settings dialog",
            Self::Palette(_) => "palette",
            Self::Help => "help dialog",
        }
    }

    /// The space between the frame and the content.
    fn margin(&self) -> i8 {
        match self {
            Self::Data(_) | Self::Racers(_) => 0,
            _ => 16,
        }
    }

    fn width(&self) -> f32 {
        match self {
            Self::Path(_)
            | Self::Unsaved(_)
            | Self::Outside(_)
            | Self::Weights(_)
            | Self::Keep(_)
            | Self::Library(_)
            | Self::Comparison(_)
            | Self::Settings => 460.0,
            Self::Description(_) => 560.0,
            Self::Export(_) => 680.0,
            Self::Help => 900.0,
            Self::Data(_) => data::WIDTH,
            Self::Racers(_) => chooser::WIDTH,
            Self::FamilyTree(_) => family_tree::WIDTH,
            Self::Palette(_) => palette::WIDTH,
        }
    }

    /// Where the dialog stands on a phone.
    fn edge(&self) -> Edge {
        match self {
            Self::Path(_)
            | Self::Weights(_)
            | Self::Description(_)
            | Self::Keep(_)
            | Self::Palette(_) => Edge::Top,
            Self::Unsaved(_)
            | Self::Outside(_)
            | Self::Export(_)
            | Self::Data(_)
            | Self::Comparison(_)
            | Self::Library(_)
            | Self::Racers(_)
            | Self::FamilyTree(_)
            | Self::Settings
            | Self::Help => Edge::Bottom,
        }
    }

    fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        match self {
            Self::Path(path) => path.show(ui, desk),
            Self::Unsaved(then) => unsaved::show(ui, then, desk),
            Self::Outside(what) => outside::show(ui, what, desk),
            Self::Export(export) => export.show(ui, desk),
            Self::Weights(weights) => weights.show(ui, desk),
            Self::Data(data) => data.show(ui, desk),
            Self::Description(description) => description.show(ui, desk),
            Self::Keep(keep) => keep.show(ui, desk),
            Self::Library(library) => library.show(ui, desk),
            Self::Comparison(comparison) => comparison.show(ui, desk),
            Self::Racers(chooser) => chooser.show(ui, desk),
            Self::FamilyTree(tree) => tree.show(ui, desk),
            Self::Settings => settings::show(ui, desk),
            Self::Palette(palette) => palette.show(ui, desk),
            Self::Help => help::show(ui, desk),
        }
    }
}
