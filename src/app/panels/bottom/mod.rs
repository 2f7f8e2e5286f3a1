//! What stands at the bottom: the timeline, and notices above it.

pub mod notice;
pub mod panes;
pub mod progress;
pub mod timeline;

use egui::Ui;

use crate::app::desk::Desk;

/// Returns the height of what always stands at the bottom of the window.
pub fn height(ui: &Ui, desk: &Desk<'_>) -> f32 {
    let presenter = desk.workspace.settings.presenter;
    if desk.workspace.is_phone() && !presenter {
        panes::HEIGHT + timeline::phone::height(ui, desk)
    } else {
        timeline::Sizes::of(presenter).height
    }
}
