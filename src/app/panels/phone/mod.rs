//! The window of a phone: the scene, and drawers over it for everything else.

mod drawer;

use egui::{CentralPanel, Frame, Margin, Panel, Ui};

use super::{bottom, centre, comparison, left, top};
use crate::app::desk::Desk;
use crate::app::workspace::Layout;

/// The height of the strip of markers.
const STRIP: f32 = 56.0;

/// Shows everything.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let bar = Frame::new().fill(desk.colors.panel);
    let sides = Margin::symmetric(4, 0);
    Panel::top("top bar")
        .exact_size(top::phone::HEIGHT)
        .resizable(false)
        .frame(bar.inner_margin(sides))
        .show(ui, |ui| top::phone::show(ui, desk));
    Panel::bottom("panes")
        .exact_size(bottom::panes::HEIGHT)
        .resizable(false)
        .frame(bar)
        .show(ui, |ui| bottom::panes::show(ui, desk));
    Panel::bottom("timeline")
        .exact_size(bottom::timeline::phone::height(ui, desk))
        .resizable(false)
        .frame(bar.inner_margin(sides))
        .show(ui, |ui| bottom::timeline::phone::show(ui, desk));
    match desk.workspace.phone_drawer() {
        Some(drawer) => drawer::show(ui, desk, drawer),
        None if bottom::timeline::phone::is_low(ui) => {}
        None => {
            Panel::bottom("markers")
                .exact_size(STRIP)
                .resizable(false)
                .frame(bar.inner_margin(sides))
                .show(ui, |ui| left::markers(ui, desk));
        }
    }
    if ui.available_height() >= 1.0 {
        CentralPanel::default()
            .frame(Frame::new().fill(desk.colors.window))
            .show(ui, |ui| match desk.workspace.layout() {
                Some(Layout::SideBySide | Layout::Ghosts) => {
                    comparison::ghosts(ui, desk, centre::pictures);
                }
                None => centre::pictures(ui, desk),
            });
    }
}
