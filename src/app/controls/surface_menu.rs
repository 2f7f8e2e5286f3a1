//! The menu of surfaces: formulas, and losses over data.

use egui::Ui;

use crate::app::action::{DocumentAction, table};
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::app::document::data_models;
use crate::app::widgets::{entry_item, long_menu};
use crate::surface::SurfaceChoice;
use crate::surface::typed::Typed;
use crate::view::theme::caption;

/// The width of the menu.
const WIDTH: f32 = 260.0;

/// Shows the items of the menu. A click switches to a surface.
pub fn items(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.set_width(WIDTH);
    long_menu(ui, |ui| {
        formulas(ui, desk);
        typed(ui, desk);
        kept(ui, desk);
        ui.separator();
        over_data(ui, desk);
    });
}

fn formulas(ui: &mut Ui, desk: &mut Desk<'_>) {
    let chosen = &desk.document.experiment().surface;
    for surface in SurfaceChoice::BUILT_IN {
        let about = surface.about();
        let button = ui
            .selectable_label(surface == chosen, about.title)
            .on_hover_text(format!("{}\n{}", about.equation, about.teaches));
        if button.clicked() {
            desk.change(Change::Surface(surface.clone()));
            ui.close();
        }
    }
}

/// Opens the editor of the formula, unless it is open already.
fn typed(ui: &mut Ui, desk: &mut Desk<'_>) {
    let is_typed = desk.document.typed().is_some();
    let button = ui
        .selectable_label(is_typed, "Formula…")
        .on_hover_text("Type a formula, with sliders for its parameters");
    if button.clicked() {
        if !desk.workspace.edits_formula() {
            desk.perform(&table::edit::FORMULA);
        }
        ui.close();
    }
}

/// The surfaces in the library.
fn kept(ui: &mut Ui, desk: &mut Desk<'_>) {
    let surfaces = desk.workspace.settings.library.surfaces();
    let surfaces: Vec<(String, Typed)> = surfaces
        .map(|(name, surface)| (name.to_owned(), surface.clone()))
        .collect();
    if surfaces.is_empty() {
        return;
    }
    ui.label(caption("My surfaces").color(desk.colors.dim));
    for (name, surface) in surfaces {
        let is_chosen = desk.document.typed() == Some(&surface);
        let button = ui
            .selectable_label(is_chosen, name)
            .on_hover_text(&surface.loss);
        if button.clicked() {
            desk.act(DocumentAction::UseSurface(SurfaceChoice::Typed(surface)));
            ui.close();
        }
    }
    entry_item(ui, desk, &table::edit::LIBRARY);
}

fn over_data(ui: &mut Ui, desk: &mut Desk<'_>) {
    let chosen = &desk.document.experiment().surface;
    ui.label(caption("Loss over data").color(desk.colors.dim));
    for (title, surface) in data_models::built_in() {
        let about = surface.about();
        let button = ui
            .selectable_label(surface == *chosen, title)
            .on_hover_text(format!(
                "{}: {}\n{}",
                about.title, about.equation, about.teaches
            ));
        if button.clicked() {
            desk.act(DocumentAction::UseSurface(surface));
            ui.close();
        }
    }
    entry_item(ui, desk, &table::file::FIT_DATA);
}
