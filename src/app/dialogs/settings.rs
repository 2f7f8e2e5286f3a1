//! The preferences.

use egui::{Align, Button, ComboBox, Grid, Layout, Role, ThemePreference, Ui, Vec2, WidgetInfo};

use super::sheet;
use crate::app::action::{AppAction, table};
use crate::app::desk::Desk;
use crate::app::settings::Settings;
use crate::app::widgets::primary;
use crate::sampling::GroundMap;
use crate::view::number;
use crate::view::theme::touch::target;

/// Shows the preferences. Every change acts at once.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.heading("Settings");
    ui.add_space(4.0);
    let mut settings = desk.workspace.settings.clone();
    let is_sheet = sheet::is_sheet(ui);
    sheet::body(ui, sheet::BUTTONS + 12.0, |ui| {
        Grid::new("settings")
            .num_columns(if is_sheet { 1 } else { 2 })
            .spacing(if is_sheet { [0.0, 4.0] } else { [24.0, 12.0] })
            .show(ui, |ui| rows(ui, is_sheet, &mut settings));
    });
    if settings != desk.workspace.settings {
        desk.send(AppAction::Settings(Box::new(settings)));
    }
    ui.add_space(12.0);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if ui.add(primary(desk, "Close")).clicked() {
            desk.perform(&table::help::DISMISS);
        }
    });
}

/// Shows all preferences as rows of a grid; in a sheet, each below its name.
fn rows(ui: &mut Ui, is_sheet: bool, settings: &mut Settings) {
    let name = |ui: &mut Ui, name: &str| {
        ui.label(name);
        if is_sheet {
            ui.end_row();
        }
    };
    name(ui, "theme");
    ui.horizontal(|ui| {
        for (theme, label) in [
            (ThemePreference::System, "as the system"),
            (ThemePreference::Dark, "dark"),
            (ThemePreference::Light, "light"),
        ] {
            option(ui, &mut settings.theme, theme, label);
        }
    });
    ui.end_row();
    name(ui, "scale of the interface");
    scale(ui, settings);
    ui.end_row();
    name(ui, "colours of surfaces");
    ui.horizontal(|ui| {
        for map in GroundMap::ALL {
            option(ui, &mut settings.surface_colours, map, map.label());
        }
    });
    ui.end_row();
    name(ui, "digits of numbers");
    ui.horizontal(|ui| {
        for digits in 3..=6 {
            option(ui, &mut settings.digits, digits, &digits.to_string());
        }
    });
    ui.end_row();
    name(ui, "motion");
    ui.checkbox(&mut settings.reduced_motion, table::view::MOTION.label);
    ui.end_row();
}

/// Shows one of the values that a preference can have.
fn option<T: PartialEq>(ui: &mut Ui, now: &mut T, value: T, label: &str) {
    let least = Vec2::splat(target(ui, 0.0));
    let button = Button::selectable(*now == value, label.to_owned());
    if ui.add(button.min_size(least)).clicked() {
        *now = value;
    }
}

fn scale(ui: &mut Ui, settings: &mut Settings) {
    let percent = |scale: f32| format!("{} %", number::short(f64::from(scale) * 100.0));
    let response = ComboBox::from_id_salt("scale")
        .selected_text(percent(settings.scale))
        .show_ui(ui, |ui| {
            for scale in Settings::SCALES {
                ui.selectable_value(&mut settings.scale, scale, percent(scale));
            }
        })
        .response;
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Scale of the interface"));
}
