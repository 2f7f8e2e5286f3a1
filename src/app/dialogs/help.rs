//! The sheet of keys and gestures.

use egui::{Align, Grid, Label, Layout, RichText, Ui, vec2};

use super::sheet;
use crate::app::action::{Category, table};
use crate::app::desk::Desk;
use crate::app::widgets::primary;
use crate::view::theme::caption;
use crate::view::theme::touch::is_for_fingers;

/// The share of a sheet's width that the first column has.
const FIRST: f32 = 0.38;

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
    if sheet::is_sheet(ui) {
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
    let entries = category.entries().iter();
    let rows = entries.map(|entry| (entry.keys_in_words(ui.ctx()).join(" or "), entry.label));
    let rows: Vec<_> = rows.collect();
    let rows = rows.iter().map(|(keys, label)| (&**keys, *label));
    table_of(ui, ("keys", category.title()), [16.0, 132.0], rows);
    ui.add_space(8.0);
}

/// Shows the sheet.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.heading("Keys and gestures");
    ui.add_space(4.0);
    if sheet::is_sheet(ui) {
        sheet::body(ui, sheet::BUTTONS + 8.0, |ui| everything(ui, desk));
    } else {
        let height = ui.ctx().content_rect().height() - 180.0;
        egui::ScrollArea::vertical()
            .max_height(height)
            .min_scrolled_height(height)
            .show(ui, |ui| everything(ui, desk));
    }
    ui.add_space(8.0);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if ui.add(primary(desk, "Close")).clicked() {
            desk.perform(&table::help::DISMISS);
        }
    });
}

fn everything(ui: &mut Ui, desk: &Desk<'_>) {
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
    table_of(ui, id, [24.0, 0.0], rows.iter().copied());
}

/// Shows what to do, and what comes of it, in two columns with a space between them, of which the first
/// has a least width. For fingers, whose letters are larger, both columns break their lines.
fn table_of<'a>(
    ui: &mut Ui,
    id: impl std::hash::Hash + std::fmt::Debug,
    [space, least]: [f32; 2],
    rows: impl Iterator<Item = (&'a str, &'a str)>,
) {
    let first = |text: &str| RichText::new(text).monospace();
    if sheet::is_sheet(ui) || is_for_fingers(ui.style()) {
        for (what, effect) in rows {
            ui.horizontal_top(|ui| {
                let whole = ui.available_width();
                cell(ui, FIRST * whole, first(what));
                cell(ui, ui.available_width(), effect.into());
            });
        }
        return;
    }
    Grid::new(id)
        .num_columns(2)
        .spacing([space, 4.0])
        .min_col_width(least)
        .show(ui, |ui| {
            for (what, effect) in rows {
                ui.label(first(what));
                ui.label(effect);
                ui.end_row();
            }
        });
}

/// Shows a text that breaks its lines at a width.
fn cell(ui: &mut Ui, width: f32, text: RichText) {
    let layout = Layout::top_down(Align::Min);
    ui.allocate_ui_with_layout(vec2(width, 0.0), layout, |ui| {
        ui.set_width(width);
        ui.add(Label::new(text).wrap());
    });
}
