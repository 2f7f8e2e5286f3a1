//! The centre: the pictures of the surface and of the data, with the bar above them.

mod arrangement;
pub mod bar;
mod data;
mod plane_menu;
mod relief_menu;
mod scene;
mod shape_menu;

use egui::{Ui, UiBuilder};

use crate::app::desk::Desk;
use arrangement::{Picture, arranged};

/// Shows the bar and, below it, the pictures.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    if !desk.workspace.settings.presenter {
        bar::show(ui, desk);
    }
    pictures(ui, desk);
}

/// Shows the surface, as contours, as a landscape or as both, and the data if there are any.
pub fn pictures(ui: &mut Ui, desk: &mut Desk<'_>) {
    let view = &desk.document.view;
    let has_data = view.shows_data() && desk.document.race.surface().rows() > 0;
    let whole = ui.available_rect_before_wrap();
    for (picture, area) in arranged(whole, view.pictures, has_data) {
        let inside = UiBuilder::new().max_rect(area).id_salt(picture);
        ui.scope_builder(inside, |ui| match picture {
            Picture::Contours => scene::show(ui, desk, scene::Picture::Contours),
            Picture::Relief => scene::show(ui, desk, scene::Picture::Relief),
            Picture::Data => data::show(ui, desk),
        });
    }
}
