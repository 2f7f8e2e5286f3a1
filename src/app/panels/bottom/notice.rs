//! A notice at the bottom of the window: what went wrong, or what was done.

use egui::{Align2, Area, Frame, Margin, Order, RichText, Stroke, Ui, vec2};

use crate::app::action::table;
use crate::app::desk::Desk;

/// Shows the notice, if any.
pub fn show(ui: &Ui, desk: &mut Desk<'_>) {
    let Some(notice) = &desk.workspace.notice else {
        return;
    };
    let border = if notice.error {
        desk.colors.error
    } else {
        desk.colors.line
    };
    Area::new(egui::Id::unique("notice"))
        .order(Order::Foreground)
        .anchor(
            Align2::CENTER_BOTTOM,
            vec2(0.0, -16.0 - super::height(ui, desk)),
        )
        .show(ui.ctx(), |ui| {
            Frame::new()
                .fill(desk.colors.card)
                .stroke(Stroke::new(1.0, border))
                .corner_radius(6)
                .inner_margin(Margin::symmetric(14, 10))
                .show(ui, |ui| {
                    ui.set_max_width(640.0_f32.min(ui.ctx().content_rect().width() - 64.0));
                    ui.horizontal(|ui| {
                        let color = if notice.error {
                            desk.colors.error
                        } else {
                            desk.colors.text
                        };
                        ui.label(RichText::new(&notice.text).color(color));
                        if ui.button("OK").clicked() {
                            desk.perform(&table::help::DISMISS);
                        }
                    });
                });
        });
}
