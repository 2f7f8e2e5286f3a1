//! Buttons that open menus.

use egui::{Align, Button, Layout, Ui};

/// Shows something in no more than this width: a long text on a button is cut short.
pub fn within<R>(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let size = egui::vec2(width, 28.0);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), add)
        .inner
}

/// A button that opens a menu, with a long text cut short.
pub fn chooser(text: &str, width: f32) -> Button<'static> {
    Button::new(text.to_owned())
        .right_text("▾")
        .truncate()
        .min_size(egui::vec2(width, 28.0))
}

pub fn name(ui: &Ui, response: &egui::Response, text: &str) {
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), text));
}
