//! Escape cancels the editing of a number.
//!
//! A number field left with Escape keeps its value, but egui 0.37 still reports the typed value one
//! pass later. Number fields have to ignore changes until then.

use egui::{Context, Id, Key, Ui};

const MEMORY: &str = "pass of the last Escape";

/// Records a press of Escape. Called at the start of every pass.
pub fn note_escape(ctx: &Context) {
    if ctx.input(|input| input.key_pressed(Key::Escape)) {
        let now = ctx.cumulative_pass_nr();
        ctx.data_mut(|data| data.insert_temp(Id::unique(MEMORY), now));
    }
}

/// Returns whether Escape was pressed in this pass or the previous one.
pub fn just_escaped(ui: &Ui) -> bool {
    let pressed = ui.data(|data| data.get_temp::<u64>(Id::unique(MEMORY)));
    pressed.is_some_and(|pass| ui.ctx().cumulative_pass_nr() <= pass + 1)
}
