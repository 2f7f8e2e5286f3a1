//! The progress of a long simulation, which can be cancelled.

use std::time::Duration;

use egui::{Align2, Area, Context, Frame, Margin, Order, ProgressBar, RichText, Stroke, vec2};

use super::timeline::Sizes;
use crate::app::action::DocumentAction;
use crate::app::desk::Desk;

/// Shows the progress above the timeline, if something is being simulated.
pub fn show(ctx: &Context, desk: &mut Desk<'_>) {
    let Some(share) = desk.document.race.progress() else {
        return;
    };
    // It changes even if nothing else does.
    ctx.request_repaint_after(Duration::from_millis(100));
    let below = Sizes::of(desk.workspace.settings.presenter).height;
    let above_notice = if desk.workspace.notice.is_some() {
        56.0
    } else {
        0.0
    };
    Area::new(egui::Id::unique("progress of the simulation"))
        .order(Order::Middle)
        .anchor(
            Align2::CENTER_BOTTOM,
            vec2(0.0, -below - 16.0 - above_notice),
        )
        .show(ctx, |ui| {
            Frame::new()
                .fill(desk.colors.card)
                .stroke(Stroke::new(1.0, desk.colors.line))
                .corner_radius(6)
                .inner_margin(Margin::symmetric(12, 6))
                .show(ui, |ui| {
                    ui.horizontal(|ui| {
                        ui.label(RichText::new("Simulating").color(desk.colors.dim));
                        #[expect(clippy::cast_possible_truncation, reason = "a share")]
                        let bar = ProgressBar::new(share.min(1.0) as f32)
                            .desired_width(140.0)
                            .desired_height(6.0)
                            .fill(desk.colors.accent);
                        ui.add(bar);
                        ui.label(format!("{:.0} %", 100.0 * share.min(1.0)));
                        if ui.button("Cancel").clicked() {
                            desk.act(DocumentAction::CancelSimulation);
                        }
                    });
                });
        });
}
