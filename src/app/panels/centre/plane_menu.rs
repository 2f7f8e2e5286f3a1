//! The plane on which the paths of a network are seen.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{PopupCloseBehavior, RichText, Ui};

use crate::app::action::{DocumentAction, table};
use crate::app::desk::Desk;
use crate::app::widgets::{chooser, chooser_width, entry_item, name, within};
use crate::subspace::{Held, PlaneChoice};

/// The menu of planes, as wide as there is room.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, room: f32) {
    let choice = &desk.document.view.plane;
    let short = label(choice);
    let full = format!("Plane: {short}");
    let text = if chooser_width(ui, &full) <= room {
        full.as_str()
    } else {
        short
    };
    let width = chooser_width(ui, text).min(room);
    let stays = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let (response, _) = within(ui, width, |ui| {
        MenuButton::from_button(chooser(text, width))
            .config(stays)
            .ui(ui, |ui| {
                ui.set_width(330.0);
                choices(ui, desk);
            })
    });
    name(ui, &response, &full);
    response.on_hover_text("The plane through all weights on which the paths are seen");
}

/// Returns the name of a choice.
pub const fn label(choice: &PlaneChoice) -> &'static str {
    match choice {
        PlaneChoice::Fitted => "through all paths",
        PlaneChoice::Through(..) => "through two ends",
        PlaneChoice::Random(_) => "random",
        PlaneChoice::Held(_) => "held",
    }
}

fn choices(ui: &mut Ui, desk: &mut Desk<'_>) {
    let now = desk.document.view.plane.clone();
    let option = |ui: &mut Ui, is_chosen: bool, title: &str, about: &str, dim| {
        let clicked = ui.selectable_label(is_chosen, title).clicked();
        ui.label(RichText::new(about).size(11.5).color(dim));
        ui.add_space(6.0);
        clicked
    };
    let dim = desk.colors.dim;
    let is_fitted = now == PlaneChoice::Fitted;
    if option(
        ui,
        is_fitted,
        "Through all paths",
        "Along the two directions in which the paths differ most. Long noisy paths look like smooth \
         curves on such a plane whatever they do; the loss is true, their shape may not be.",
        dim,
    ) {
        desk.act(DocumentAction::Plane(PlaneChoice::Fitted));
    }
    let names = desk.document.experiment().names();
    let is_through = matches!(now, PlaneChoice::Through(..));
    if let [one, .., other] = &*names
        && option(
            ui,
            is_through,
            "Through the start and two ends",
            "The start and the ends of two racers lie on it.",
            dim,
        )
        && !is_through
    {
        let choice = PlaneChoice::Through(one.clone(), other.clone());
        desk.act(DocumentAction::Plane(choice));
    }
    if let PlaneChoice::Through(one, other) = &now {
        ends(ui, desk, &names, [one, other]);
    }
    let seed = match now {
        PlaneChoice::Random(seed) => Some(seed),
        _ => None,
    };
    if option(
        ui,
        seed.is_some(),
        "Random, filter by filter",
        "Through the start, along two random directions in which each unit's weights move as far as \
         they are long (Li et al. 2018). Paths hardly leave the start on it. Click again for others.",
        dim,
    ) {
        let next = seed.map_or(0, |seed| seed + 1);
        desk.act(DocumentAction::Plane(PlaneChoice::Random(next)));
    }
    if option(
        ui,
        matches!(now, PlaneChoice::Held(_)),
        "Hold this plane",
        "Keeps the numbers of the plane in the preset, so that it is the same in every picture.",
        dim,
    ) && let Some(plane) = desk.document.race.surface().subspace()
    {
        let held = PlaneChoice::Held(Held::from(&**plane));
        desk.act(DocumentAction::Plane(held));
    }
    ui.separator();
    entry_item(ui, desk, &table::view::FIT_PLANE);
}

/// The two racers through whose ends the plane goes.
fn ends(ui: &mut Ui, desk: &mut Desk<'_>, names: &[String], chosen: [&String; 2]) {
    let mut ends = chosen.map(Clone::clone);
    ui.horizontal(|ui| {
        for (index, end) in ends.iter_mut().enumerate() {
            let other = chosen[1 - index];
            let accessible = ["First end", "Second end"][index];
            let combo = egui::ComboBox::from_id_salt(accessible)
                .width(150.0)
                .selected_text(end.as_str())
                .show_ui(ui, |ui| {
                    for racer in names.iter().filter(|racer| *racer != other) {
                        ui.selectable_value(end, racer.clone(), racer);
                    }
                });
            name(ui, &combo.response, accessible);
        }
    });
    ui.add_space(6.0);
    if ends.each_ref() != chosen {
        let [one, other] = ends;
        desk.act(DocumentAction::Plane(PlaneChoice::Through(one, other)));
    }
}
