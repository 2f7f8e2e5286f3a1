//! Rows of a card: a name on the left, controls on the right.

use egui::{
    Align, Align2, AsIdSalt, Button, Checkbox, Color32, ComboBox, FontId, Label, Layout, Response,
    RichText, Stroke, TextWrapMode, Ui, vec2,
};

use crate::view::Colors;
use crate::view::theme::touch;

/// The size of the names.
const NAME: f32 = 12.5;
/// The size of remarks.
const REMARK: f32 = 12.0;

/// Returns the height of a row.
pub fn height(ui: &Ui) -> f32 {
    touch::target(ui, 26.0)
}

/// Returns the size of names.
pub fn name_size(ui: &Ui) -> f32 {
    touch::text(ui, NAME)
}

/// Returns the size of remarks.
pub fn remark_size(ui: &Ui) -> f32 {
    touch::text(ui, REMARK)
}

/// Shows a row with a name, whose tooltip is `help`, and with controls that are added from right to
/// left. The name gets the room that they leave.
pub fn row(ui: &mut Ui, colors: &Colors, name: &str, help: &str, controls: impl FnOnce(&mut Ui)) {
    let size = vec2(ui.available_width(), height(ui));
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        controls(ui);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            title(ui, colors, name).on_hover_text(help);
        });
    });
}

/// Shows a checkbox with its name, which can be clicked as well.
pub fn check(ui: &mut Ui, colors: &Colors, on: &mut bool, name: &str) -> Response {
    let size = vec2(ui.available_width(), height(ui));
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.style_mut().wrap_mode = Some(TextWrapMode::Truncate);
        ui.set_min_size(size);
        let text = RichText::new(name).size(name_size(ui)).color(colors.dim);
        ui.add(Checkbox::new(on, text))
    })
    .inner
}

/// Creates a menu of a width that no text enlarges.
pub fn menu<'a>(salt: impl AsIdSalt, width: f32) -> ComboBox<'a> {
    ComboBox::from_id_salt(salt)
        .width(width)
        .truncate()
        .icon(|ui, rect, visuals, _| {
            let font = FontId::proportional(remark_size(ui));
            let color = visuals.fg_stroke.color.gamma_multiply(0.7);
            let middle = Align2::CENTER_CENTER;
            ui.painter().text(rect.center(), middle, "▾", font, color);
        })
}

/// Shows the name of a control.
pub fn title(ui: &mut Ui, colors: &Colors, name: &str) -> Response {
    let text = RichText::new(name).size(name_size(ui)).color(colors.dim);
    let label = Label::new(text).truncate().selectable(false);
    ui.add(label.sense(touch::hold(ui)))
}

/// Shows a remark, on as many lines as it takes.
pub fn remark(ui: &mut Ui, colors: &Colors, text: &str) {
    ui.label(RichText::new(text).size(remark_size(ui)).color(colors.dim));
}

/// Creates a button without fill or frame, for what is secondary.
pub fn quiet<'a>(text: impl Into<RichText>) -> Button<'a> {
    Button::new(text.into())
        .fill(Color32::TRANSPARENT)
        .stroke(Stroke::NONE)
}
