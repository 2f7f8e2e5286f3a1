//! The bar above the scene: the surface, how it is looked at, and the panels at its sides.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{PopupCloseBehavior, RichText, Ui, vec2};

use super::shape_menu;
use crate::app::action::{DocumentAction, table};
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::app::document::data_models;
use crate::app::widgets::{chooser, entry_icon, entry_item, long_menu, name, within};
use crate::app::workspace::Racers;
use crate::surface::SurfaceChoice;
use crate::view::theme::caption;

/// The height of the bar.
pub const HEIGHT: f32 = 28.0;

/// Shows the bar.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.horizontal(|ui| {
        ui.set_height(HEIGHT);
        ui.spacing_mut().item_spacing.x = 8.0;
        // A strip of racers has it at its top.
        if desk.workspace.racers() != Racers::Strip {
            entry_icon(ui, desk, &table::view::LEFT, vec2(28.0, HEIGHT));
        }
        surface_menu(ui, desk);
        view_menu(ui, desk);
        ui.add_space((ui.available_width() - 28.0).max(0.0));
        entry_icon(ui, desk, &table::view::RIGHT, vec2(28.0, HEIGHT));
    });
    ui.add_space(4.0);
}

/// The menu of surfaces.
pub fn surface_menu(ui: &mut Ui, desk: &mut Desk<'_>) {
    let chosen = &desk.document.experiment().surface;
    let title = format!("Surface: {}", chosen.about().title);
    let font = egui::TextStyle::Button.resolve(ui.style());
    let text = ui
        .painter()
        .layout_no_wrap(title.clone(), font, desk.colors.text);
    let room = (ui.available_width() - 140.0).clamp(80.0, 220.0);
    let width = (text.size().x + 44.0).min(room);
    let mut changed = None;
    let (response, _) = within(ui, width, |ui| {
        MenuButton::from_button(chooser(&title, width))
            .config(MenuConfig::new())
            .ui(ui, |ui| {
                ui.set_min_width(190.0);
                long_menu(ui, |ui| {
                    for surface in SurfaceChoice::BUILT_IN {
                        let about = surface.about();
                        let button = ui
                            .selectable_label(surface == chosen, about.title)
                            .on_hover_text(format!("{}\n{}", about.equation, about.teaches));
                        if button.clicked() {
                            changed = Some(surface.clone());
                            ui.close();
                        }
                    }
                    over_data(ui, desk, chosen);
                });
            })
    });
    name(ui, &response, &title);
    response.on_hover_text(chosen.about().teaches);
    if let Some(surface) = changed {
        desk.change(Change::Surface(surface));
    }
}

/// The menu of losses over data.
fn over_data(ui: &mut Ui, desk: &mut Desk<'_>, chosen: &SurfaceChoice) {
    ui.separator();
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

/// The menu of view settings.
pub fn view_menu(ui: &mut Ui, desk: &mut Desk<'_>) {
    use table::view;
    let stays = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let (response, _) = MenuButton::from_button(chooser("View", 76.0))
        .config(stays)
        .ui(ui, |ui| {
            ui.set_min_width(320.0);
            long_menu(ui, |ui| {
                for entry in [&view::FIT, &view::WHOLE] {
                    entry_item(ui, desk, entry);
                }
                ui.separator();
                for entry in [&table::edit::PIN, &table::edit::FORGET] {
                    entry_item(ui, desk, entry);
                }
                ui.separator();
                for entry in [
                    &view::ARROWS,
                    &view::CURVATURE,
                    &view::FLOW,
                    &view::DATA,
                    &view::LENS,
                    &view::STRETCH,
                    &view::PRESENTER,
                ] {
                    entry_item(ui, desk, entry);
                }
                ui.separator();
                trails(ui, desk);
                ui.separator();
                shape_menu::sliders(ui, desk);
            });
        });
    name(ui, &response, "View");
    response.on_hover_text("What is shown, and how");
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
