//! The preferences.

use egui::{Align, ComboBox, Grid, Layout, Role, ThemePreference, Ui, WidgetInfo};

use crate::app::action::{AppAction, table};
use crate::app::desk::Desk;
use crate::app::settings::Settings;
use crate::app::widgets::primary;
use crate::sampling::GroundMap;
use crate::view::number;

/// Shows the preferences. Every change acts at once.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.heading("Settings");
    ui.add_space(4.0);
    let mut settings = desk.workspace.settings.clone();
    Grid::new("settings")
        .num_columns(2)
        .spacing([24.0, 12.0])
        .show(ui, |ui| {
            ui.label("theme");
            ui.horizontal(|ui| {
                for (theme, label) in [
                    (ThemePreference::System, "as the system"),
                    (ThemePreference::Dark, "dark"),
                    (ThemePreference::Light, "light"),
                ] {
                    ui.selectable_value(&mut settings.theme, theme, label);
                }
            });
            ui.end_row();
            ui.label("scale of the interface");
            scale(ui, &mut settings);
            ui.end_row();
            ui.label("colours of surfaces");
            ui.horizontal(|ui| {
                for map in GroundMap::ALL {
                    ui.selectable_value(&mut settings.surface_colours, map, map.label());
                }
            });
            ui.end_row();
            ui.label("digits of numbers");
            ui.horizontal(|ui| {
                for digits in 3..=6 {
                    ui.selectable_value(&mut settings.digits, digits, digits.to_string());
                }
            });
            ui.end_row();
            ui.label("motion");
            ui.checkbox(&mut settings.reduced_motion, table::view::MOTION.label);
            ui.end_row();
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
