//! The bar above the scene: the surface, how it is looked at, and the panels at its sides.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Color32, PopupCloseBehavior, RichText, ScrollArea, Stroke, Ui, vec2};

use super::{plane_menu, relief_menu, shape_menu};
use crate::app::action::{DocumentAction, Entry, table};
use crate::app::controls::surface_menu;
use crate::app::desk::Desk;
use crate::app::widgets::{
    Segment, chooser, chooser_width, entry_icon, entry_item, long_menu, name, segments,
    segments_width, within,
};
use crate::app::workspace::Racers;
use crate::preset::Pictures;

/// The height of the bar.
pub const HEIGHT: f32 = 28.0;

/// The gap between its parts.
const GAP: f32 = 8.0;
/// The width of the button for the view settings.
const VIEW: f32 = 66.0;

/// Shows the bar. What has no room in it stands in the menu of view settings.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.horizontal(|ui| {
        ui.set_height(HEIGHT);
        ui.spacing_mut().item_spacing.x = GAP;
        // A strip of racers has it at its top.
        if desk.workspace.racers() != Racers::Strip {
            entry_icon(ui, desk, &table::view::LEFT, vec2(28.0, HEIGHT));
        }
        let pictures = segments_width(ui, Pictures::ALL.map(Pictures::label));
        let fixed = pictures + VIEW + 28.0 + 3.0 * GAP;
        let room = ui.available_width() - fixed;
        let relief = desk.document.view.pictures.has_relief();
        let choosers = relief
            .then(|| relief_menu::Texts::within(ui, desk, room - NARROWEST - 2.0 * GAP))
            .flatten();
        let taken = choosers.as_ref().map_or(0.0, |it| it.width(ui) + 2.0 * GAP);
        if desk.document.race.is_on_plane() {
            plane_menu::show(ui, desk, (room - taken).clamp(NARROWEST, WIDEST));
        } else {
            surface_chooser(ui, desk, room - taken);
        }
        picture_segments(ui, desk, None);
        match choosers {
            Some(texts) => {
                menu(ui, desk, &[]);
                relief_menu::eye(ui, desk, &texts);
                relief_menu::heights(ui, desk, &texts);
            }
            None if relief => menu(ui, desk, relief_menu::GROUPS),
            None => menu(ui, desk, &[]),
        }
        if desk.document.race.is_on_plane() && ui.available_width() > 150.0 {
            let link = ui.link("refit the plane");
            if link.clicked() {
                desk.perform(&table::view::FIT_PLANE);
            }
        }
        ui.add_space((ui.available_width() - 28.0).max(0.0));
        entry_icon(ui, desk, &table::view::RIGHT, vec2(28.0, HEIGHT));
    });
    ui.add_space(4.0);
}

/// The choice between contours, landscape, and both.
fn picture_segments(ui: &mut Ui, desk: &mut Desk<'_>, width: Option<f32>) {
    let chosen = desk.document.view.pictures;
    let all = Pictures::ALL.map(|it| Segment::new(it.label(), it == chosen).help(it.help()));
    if let Some(index) = segments(ui, desk.colors, width, &all) {
        desk.perform(table::pictures::PICTURES[index]);
    }
}

/// The width of the button of the menu of surfaces, at least and at most.
const NARROWEST: f32 = 80.0;
const WIDEST: f32 = 220.0;

/// The menu of surfaces.
pub fn surface_menu(ui: &mut Ui, desk: &mut Desk<'_>) {
    let room = ui.available_width() - 140.0;
    surface_chooser(ui, desk, room);
}

/// The menu of surfaces, as wide as there is room.
fn surface_chooser(ui: &mut Ui, desk: &mut Desk<'_>, room: f32) {
    let chosen = &desk.document.experiment().surface;
    let title = format!("Surface: {}", chosen.about().title);
    let room = room.clamp(NARROWEST, WIDEST);
    let has_room = chooser_width(ui, &title) <= room;
    let text = if has_room {
        &title
    } else {
        chosen.about().title
    };
    let width = chooser_width(ui, text).min(room);
    let (response, _) = within(ui, width, |ui| {
        MenuButton::from_button(chooser(text, width))
            .config(MenuConfig::new())
            .ui(ui, |ui| surface_menu::items(ui, desk))
    });
    name(ui, &response, &title);
    response.on_hover_text(chosen.about().teaches);
}

/// The menu of view settings, for a picture without a bar.
pub fn view_menu(ui: &mut Ui, desk: &mut Desk<'_>) {
    let mut groups = vec![&table::pictures::PICTURES[..]];
    groups.extend(relief_menu::GROUPS);
    menu(ui, desk, &groups);
}

/// The menu of view settings, after these groups of entries.
fn menu(ui: &mut Ui, desk: &mut Desk<'_>, first: &[&[&'static Entry]]) {
    let stays = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let (response, _) = MenuButton::from_button(chooser("View", VIEW))
        .config(stays)
        .ui(ui, |ui| {
            ui.set_min_width(320.0);
            long_menu(ui, |ui| groups(ui, desk, first));
        });
    name(ui, &response, "View");
    response.on_hover_text("What is shown, and how");
}

/// Everything about the surface and how it is seen, in place of the bar.
pub fn settings(ui: &mut Ui, desk: &mut Desk<'_>) {
    ScrollArea::vertical()
        .id_salt("settings of the scene")
        .auto_shrink(false)
        .show(ui, |ui| {
            let width = ui.available_width();
            if desk.document.race.is_on_plane() {
                plane_menu::show(ui, desk, width.min(WIDEST));
            } else {
                surface_chooser(ui, desk, width);
            }
            picture_segments(ui, desk, Some(width));
            ui.add_space(4.0);
            ui.spacing_mut().item_spacing.y = 2.0;
            // They look as in a menu.
            let visuals = ui.visuals_mut();
            visuals.widgets.inactive.weak_bg_fill = Color32::TRANSPARENT;
            visuals.widgets.inactive.bg_stroke = Stroke::NONE;
            let first = if desk.document.view.pictures.has_relief() {
                relief_menu::GROUPS
            } else {
                &[]
            };
            groups(ui, desk, first);
            ui.add_space(8.0);
        });
}

/// Groups of entries, and what has no entry.
fn groups(ui: &mut Ui, desk: &mut Desk<'_>, first: &[&[&'static Entry]]) {
    use table::view;
    let usual: [&[&Entry]; 3] = [
        &[&view::FIT, &view::WHOLE, &view::ZOOM_IN, &view::ZOOM_OUT],
        &[&table::edit::PIN, &table::edit::FORGET],
        &[
            &view::ARROWS,
            &view::CURVATURE,
            &view::FLOW,
            &view::DATA,
            &view::LARGE_DATA,
            &view::LENS,
            &view::STRETCH,
            &view::PRESENTER,
        ],
    ];
    for group in first.iter().chain(&usual) {
        for entry in *group {
            entry_item(ui, desk, entry);
        }
        ui.separator();
    }
    trails(ui, desk);
    if !desk.document.race.is_on_plane() {
        ui.separator();
        shape_menu::sliders(ui, desk);
    }
}

fn trails(ui: &mut Ui, desk: &mut Desk<'_>) {
    let before = desk.document.view.trail_length;
    let mut length = before;
    ui.horizontal(|ui| {
        ui.label(RichText::new("trails").color(desk.colors.dim));
        for (choice, label) in [
            (None, "whole"),
            (Some(100.0), "100 steps"),
            (Some(25.0), "25 steps"),
        ] {
            ui.selectable_value(&mut length, choice, label);
        }
    });
    if length != before {
        desk.act(DocumentAction::TrailLength(length));
    }
}
