//! Rows of a name and a control.

use egui::{
    Align, ComboBox, DragValue, Layout, Response, RichText, Role, Sense, Ui, WidgetInfo, vec2,
};

use crate::app::desk::Desk;
use crate::app::dialogs::sheet;
use crate::view::Colors;
use crate::view::theme::caption;
use crate::view::theme::touch::target_size;

/// The width of a name.
pub const NAME: f32 = 92.0;
/// The height of a row.
const HEIGHT: f32 = 27.0;
/// The height of a note below a row.
const NOTE: f32 = 15.0;

/// Shows a name and, beside it, what `add` shows.
pub fn row<R>(ui: &mut Ui, colors: &Colors, name: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal(|ui| {
        ui.set_min_height(HEIGHT);
        ui.spacing_mut().item_spacing.x = 8.0;
        let size = vec2(NAME - 8.0, HEIGHT);
        let layout = Layout::left_to_right(Align::Center);
        if name.is_empty() && sheet::is_sheet(ui) {
            // A sheet has no room for it.
        } else if name.is_empty() {
            ui.allocate_exact_size(size, Sense::hover());
        } else {
            ui.allocate_ui_with_layout(size, layout, |ui| {
                ui.set_min_width(size.x);
                let name = RichText::new(name).color(colors.dim);
                ui.add(egui::Label::new(name).selectable(false));
            });
        }
        add(ui)
    })
    .inner
}

/// Shows a heading as high as a row of segments, so that headings side by side stand on one line.
pub fn heading(ui: &mut Ui, colors: &Colors, text: &str) {
    ui.horizontal(|ui| {
        ui.set_min_height(HEIGHT);
        ui.label(caption(text).color(colors.dim));
    });
}

/// Shows a note below the control of a row.
pub fn note(ui: &mut Ui, colors: &Colors, text: &str) {
    let size = vec2(ui.available_width(), NOTE);
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.spacing_mut().interact_size.y = 12.0;
        ui.add_space(NAME);
        if text.is_empty() {
            return;
        }
        let text = RichText::new(text).size(11.0).color(colors.dim);
        ui.add(egui::Label::new(text).truncate());
    });
    ui.add_space(2.0);
}

/// Shows a value of which one cannot choose another, with a note below it.
pub fn fact(ui: &mut Ui, colors: &Colors, name: &str, value: &str, why: &str) {
    row(ui, colors, name, |ui| ui.label(value));
    note(ui, colors, why);
}

/// Shows a menu of choices and returns the one that was made. `name` is its accessible name without
/// what is chosen.
pub fn choice<T: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    width: f32,
    (now, shown): (Option<&T>, &str),
    choices: &[(T, String)],
) -> Option<T> {
    let mut chosen = None;
    let combo = ComboBox::from_id_salt(name)
        .width(width)
        .selected_text(shown);
    let shown_menu = combo.show_ui(ui, |ui| {
        for (choice, label) in choices {
            let is_now = Some(choice) == now;
            if ui.selectable_label(is_now, label).clicked() && !is_now {
                chosen = Some(choice.clone());
            }
        }
    });
    let accessible = format!("{name}: {shown}");
    let response = shown_menu.response;
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &accessible));
    chosen
}

/// Shows a number that can be dragged or typed. A number that is left with Escape stays as it was.
pub fn number<N: egui::emath::Numeric>(
    ui: &mut Ui,
    desk: &Desk<'_>,
    label: &str,
    value: &mut N,
    change: impl FnOnce(DragValue<'_>) -> DragValue<'_>,
) -> Response {
    let before = *value;
    let field = change(DragValue::new(value).update_while_editing(false));
    let response = ui.add_sized(target_size(ui, vec2(46.0, 24.0)), field);
    if desk.memory.just_escaped(ui.ctx()) {
        *value = before;
    }
    response.widget_info(|| WidgetInfo {
        label: Some(label.into()),
        value: Some(before.to_f64()),
        ..WidgetInfo::new(Role::SpinButton)
    });
    response
}

/// Shows a box to tick with its text.
pub fn check(ui: &mut Ui, on: &mut bool, text: &str, help: &str) {
    ui.checkbox(on, text).on_hover_text(help);
}
