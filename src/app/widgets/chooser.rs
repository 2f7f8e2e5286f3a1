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

/// The entries of a menu that may be higher than a small window: close together, and scrolled where
/// they do not fit.
pub fn long_menu<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    /// Room for the bar above and the menu's own margins.
    const AROUND: f32 = 76.0;
    let height = ui.ctx().content_rect().height() - AROUND;
    ui.spacing_mut().item_spacing.y = 0.0;
    egui::ScrollArea::vertical()
        .max_height(height)
        .min_scrolled_height(height)
        .show(ui, add)
        .inner
}
