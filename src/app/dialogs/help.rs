//! The sheet of keys and gestures.

use egui::{Align, Grid, Layout, RichText, Ui};

use crate::app::action::{Category, table};
use crate::app::desk::Desk;
use crate::app::widgets::primary;
use crate::view::theme::caption;
use crate::view::theme::touch::is_for_fingers;

/// The keys of all entries of the table, in two columns of categories.
fn keys(ui: &mut Ui, desk: &Desk<'_>) {
    let columns = [
        [
            Category::File,
            Category::Edit,
            Category::Racer,
            Category::Help,
        ],
        [
            Category::Play,
            Category::View,
            Category::Pictures,
            Category::Tabs,
        ],
    ];
    if desk.workspace.is_phone() {
        for category in columns.concat() {
            keys_of(ui, desk, category);
        }
        return;
    }
    ui.columns(2, |uis| {
        for (ui, categories) in uis.iter_mut().zip(columns) {
            for category in categories {
                keys_of(ui, desk, category);
            }
        }
    });
}

fn keys_of(ui: &mut Ui, desk: &Desk<'_>, category: Category) {
    ui.label(caption(category.title()).color(desk.colors.dim));
    Grid::new(("keys", category.title()))
        .num_columns(2)
        .spacing([16.0, 4.0])
        .min_col_width(132.0)
        .show(ui, |ui| {
            for entry in category.entries() {
                let keys = entry.keys_in_words(ui.ctx());
                ui.label(RichText::new(keys.join(" or ")).monospace());
                ui.label(entry.label);
                ui.end_row();
            }
        });
    ui.add_space(8.0);
}

/// Shows the sheet.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.heading("Keys and gestures");
    ui.add_space(4.0);
    let height = ui.ctx().content_rect().height() - 180.0;
    egui::ScrollArea::vertical()
        .max_height(height)
        .min_scrolled_height(height)
        .show(ui, |ui| {
            if is_for_fingers(ui.style()) {
                fingers(ui, desk);
            }
            keys(ui, desk);
            ui.label(caption("On the surface").color(desk.colors.dim));
            gestures(
                ui,
                "gestures",
                &[
                    ("click", "start the race there"),
                    ("drag the ring", "move the start; the paths follow"),
                    ("click a trail", "select its racer and go to that step"),
                    ("drag", "move the view"),
                    ("wheel", "zoom at the pointer"),
                    ("double click", "fit the view to the paths"),
                ],
            );
            ui.add_space(8.0);
            ui.label(caption("On the landscape").color(desk.colors.dim));
            gestures(
                ui,
                "landscape",
                &[
                    ("drag", "turn it"),
                    ("Shift + drag", "move it, as with the right button"),
                    ("wheel", "enlarge it at the pointer"),
                    ("double click", "go back to the last named viewpoint"),
                    (
                        "arrows",
                        "turn it by 5°; with Shift, move it (after a click on it)",
                    ),
                ],
            );
            ui.add_space(8.0);
            ui.label(caption("From elsewhere").color(desk.colors.dim));
            gestures(
                ui,
                "from elsewhere",
                &[
                    ("drop a file", "open a preset, a path or data"),
                    ("paste a preset", "open it"),
                    (
                        "paste Adam(lr=0.1)",
                        "race it as PyTorch, Keras or Optax defines it",
                    ),
                ],
            );
            ui.add_space(8.0);
            ui.label(caption("On sliders").color(desk.colors.dim));
            gestures(
                ui,
                "sliders",
                &[
                    ("wheel", "nudge the value"),
                    ("Shift + drag", "adjust it finely"),
                    ("double click", "reset to the published value"),
                    ("click the number", "type it: 0.001 and 1e-3 both work"),
                ],
            );
        });
    ui.add_space(8.0);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if ui.add(primary(desk, "Close")).clicked() {
            desk.perform(&table::help::DISMISS);
        }
    });
}

/// What fingers do, where there are any.
fn fingers(ui: &mut Ui, desk: &Desk<'_>) {
    ui.label(caption("With fingers").color(desk.colors.dim));
    gestures(
        ui,
        "fingers",
        &[
            ("tap", "what a click does"),
            ("drag", "move the view, turn the landscape"),
            ("two fingers", "zoom and move what is seen"),
            ("long press", "read a point, or open a menu"),
            ("double tap", "fit the view to the paths"),
        ],
    );
    ui.add_space(8.0);
}

/// A table of pointer gestures.
fn gestures(ui: &mut Ui, id: &str, rows: &[(&str, &str)]) {
    Grid::new(id)
        .num_columns(2)
        .spacing([24.0, 4.0])
        .show(ui, |ui| {
            for &(gesture, effect) in rows {
                ui.label(RichText::new(gesture).monospace());
                ui.label(effect);
                ui.end_row();
            }
        });
}
