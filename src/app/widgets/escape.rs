//! Escape leaves a number as it was.
//!
//! A number that is left with Escape keeps its value, but egui 0.37 takes what was typed one pass
//! later all the same; whoever shows numbers has to look away for that long.

use egui::{Context, Id, Key, Ui};

const MEMORY: &str = "pass of the last Escape";

/// Takes note of Escape, at the start of every pass.
pub fn note_escape(ctx: &Context) {
    if ctx.input(|input| input.key_pressed(Key::Escape)) {
        let now = ctx.cumulative_pass_nr();
        ctx.data_mut(|data| data.insert_temp(Id::unique(MEMORY), now));
    }
}

/// Whether Escape was pressed in this pass or the one before.
pub fn just_escaped(ui: &Ui) -> bool {
    let pressed = ui.data(|data| data.get_temp::<u64>(Id::unique(MEMORY)));
    pressed.is_some_and(|pass| ui.ctx().cumulative_pass_nr() <= pass + 1)
}
