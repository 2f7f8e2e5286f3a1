//! Buttons that open menus.

use egui::{Align, Button, Layout, Ui};

use crate::view::theme::touch::{scale, target};

/// Limits the width of its content. Long button texts are truncated.
pub fn within<R>(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let size = egui::vec2(width, target(ui, 28.0));
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), add)
        .inner
}

/// A button that opens a menu. A long text is truncated.
pub fn chooser(text: &str, width: f32) -> Button<'static> {
    Button::new(text.to_owned())
        .right_text("▾")
        .truncate()
        .min_size(egui::vec2(width, 28.0))
}

/// The width that such a button needs for a text.
pub fn chooser_width(ui: &Ui, text: &str) -> f32 {
    /// The space for the sign beside the text.
    const SIGN: f32 = 18.0;
    let around = 2.0 * ui.spacing().button_padding.x + scale(ui) * SIGN;
    let font = egui::TextStyle::Button.resolve(ui.style());
    let color = ui.visuals().text_color();
    let text = ui.painter().layout_no_wrap(text.to_owned(), font, color);
    text.size().x + around
}

pub fn name(ui: &Ui, response: &egui::Response, text: &str) {
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), text));
}

/// A menu whose items may not fit in a small window. The items are close together and scroll if
/// necessary.
pub fn long_menu<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    /// The height of the top bar and the menu's margins.
    const AROUND: f32 = 76.0;
    let height = ui.ctx().content_rect().height() - AROUND;
    ui.spacing_mut().item_spacing.y = 0.0;
    egui::ScrollArea::vertical()
        .max_height(height)
        .min_scrolled_height(height)
        .show(ui, add)
        .inner
}
