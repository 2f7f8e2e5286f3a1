//! Escape leaves a number as it was.

use egui::{Id, Key, Ui};

/// Whether Escape was pressed in this pass or the one before. A number that is left with Escape
/// keeps its value, but egui 0.37 takes what was typed one pass later all the same.
pub fn just_escaped(ui: &Ui) -> bool {
    let id = Id::unique("escape");
    let now = ui.ctx().cumulative_pass_nr();
    if ui.input(|input| input.key_pressed(Key::Escape)) {
        ui.data_mut(|data| data.insert_temp(id, now));
    }
    let pressed = ui.data(|data| data.get_temp::<u64>(id));
    pressed.is_some_and(|pass| now <= pass + 1)
}
