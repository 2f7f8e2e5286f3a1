//! The left panel: the racers, or the current game.

mod add_menu;
mod batch_rows;
mod chance;
mod edits;
mod form_menu;
mod games;
mod group_rows;
mod heading;
mod identity;
mod lesson;
mod network_card;
mod own_rule;
mod racer_card;
mod racer_details;
mod racer_menu;
mod racers;
mod rule_menu;
mod schedule_rows;
mod strip;

use egui::{Rect, Sense, Ui, UiBuilder};

use crate::app::desk::Desk;
use crate::view::theme::touch::target;

pub use strip::{STRIP, margin as strip_margin, markers, strip};

/// Shows the racers or the current game. Nothing in it can widen the panel.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let area = ui.available_rect_before_wrap();
    match desk.workspace.game.clone() {
        Some(game) => inside(ui, area, |ui| games::show(ui, desk, &game)),
        None if desk.document.lesson().is_some() => {
            let edge = area.bottom() - lesson::WAYS - (target(ui, 28.0) - 28.0);
            let (above, below) = area.split_top_bottom_at_y(edge);
            inside(ui, above, |ui| racers::show(ui, desk));
            inside(ui, below, |ui| lesson::ways(ui, desk));
        }
        None => inside(ui, area, |ui| racers::show(ui, desk)),
    }
    ui.allocate_rect(area, Sense::hover());
}

/// Shows content inside an area, which it cannot enlarge.
fn inside(ui: &mut Ui, area: Rect, add: impl FnOnce(&mut Ui)) {
    /// The width of the rings and frames that are painted around controls.
    const RING: f32 = 2.0;
    let mut content = ui.new_child(UiBuilder::new().max_rect(area));
    content.shrink_clip_rect(area.expand(RING));
    add(&mut content);
}
