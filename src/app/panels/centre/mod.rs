//! The centre: the pictures of the surface and of the data, with the bar above them.

mod arrangement;
pub mod bar;
mod data;
mod network;
mod plane_menu;
mod relief_menu;
mod scene;
mod shape_menu;

use egui::{Ui, UiBuilder};

use crate::app::desk::Desk;
use arrangement::{Picture, arranged, with_strip};

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
    let surface = desk.document.race.surface();
    let whole = ui.available_rect_before_wrap();
    let pictures = if surface.network().is_none() {
        // Above a drawer, there is room for one picture.
        let has_room = desk.workspace.phone_drawer().is_none();
        let has_data = view.shows_data() && surface.rows() > 0 && has_room;
        arranged(whole, view.pictures, has_data)
    } else if view.shows_data() && !network::is_hidden(desk) {
        with_strip(whole, view.pictures, view.large_data)
    } else {
        arranged(whole, view.pictures, false)
    };
    for (picture, area) in pictures {
        let inside = UiBuilder::new().max_rect(area).id_salt(picture);
        ui.scope_builder(inside, |ui| match picture {
            Picture::Contours => scene::show(ui, desk, scene::Picture::Contours),
            Picture::Relief => scene::show(ui, desk, scene::Picture::Relief),
            Picture::Data if desk.document.race.surface().network().is_some() => {
                network::large(ui, desk);
            }
            Picture::Data => data::show(ui, desk),
            Picture::Strip => network::strip(ui, desk),
        });
    }
}
