//! Whether sliders change a value for the whole race or from the playhead's step on.

use egui::{Align, Checkbox, Label, Layout, RichText, Role, Ui, WidgetInfo, vec2};

use super::{Card, rows};
use crate::app::action::DocumentAction;
use crate::app::desk::Desk;
use crate::view::number;

/// Shows the switch for changes that apply only from the playhead's step on. It is always there, so
/// that nothing moves while the race plays.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>) {
    const HELP: &str = "On: a slider changes its value only from the playhead's step onwards, as an \
                        edit, and the old path stays as a ghost. Off: for the whole race";
    const AT_START: &str = "The race is at its start, where a change is one for all of it";
    const TEXT: &str = "apply sliders from step";
    let step = number::count(desk.step_of(card.id));
    let mut on = desk.document.from_here;
    // While the race plays, the start is over before it could be read.
    let is_possible = desk.step_of(card.id) > 0 || on || desk.document.playback.playing;
    let size = vec2(ui.available_width(), rows::height(ui));
    let left_to_right = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(size, left_to_right, |ui| {
        ui.set_min_size(size);
        ui.spacing_mut().item_spacing.x = 6.0;
        let text = RichText::new(TEXT)
            .size(rows::name_size(ui))
            .color(desk.colors.dim);
        let response = ui.add_enabled(is_possible, Checkbox::new(&mut on, text));
        let label = format!("{TEXT} {step}");
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, is_possible, on, &label));
        let response = response
            .on_hover_text(HELP)
            .on_disabled_hover_text(AT_START);
        if response.changed() {
            desk.act(DocumentAction::FromHere(on));
        }
        let text = RichText::new(step).monospace().color(desk.colors.dim);
        ui.add_enabled(is_possible, Label::new(text).truncate().selectable(false));
    });
}
