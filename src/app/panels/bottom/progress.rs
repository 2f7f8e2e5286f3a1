//! The progress of long work: a simulation, or something that is being opened.

use std::time::Duration;

use egui::{Align2, Area, Frame, Margin, Order, ProgressBar, RichText, Spinner, Stroke, Ui, vec2};

use crate::app::action::{Action, AppAction, DocumentAction};
use crate::app::desk::Desk;

/// Shows the progress above the timeline, if there is long work.
pub fn show(ui: &Ui, desk: &mut Desk<'_>) {
    let ctx = ui.ctx();
    let simulated = desk.document.race.progress();
    let (what, share, cancel) = if let Some(what) = desk.workspace.waits_for() {
        (what, None, Action::App(AppAction::StopWaiting))
    } else if simulated.is_some() {
        let cancel = Action::Document(desk.document.id(), DocumentAction::CancelSimulation);
        let is_network = desk.document.race.surface().network().is_some();
        let what = if is_network { "Training" } else { "Simulating" };
        (what, simulated, cancel)
    } else {
        return;
    };
    // It changes even if nothing else does.
    ctx.request_repaint_after(Duration::from_millis(50));
    let offset = vec2(0.0, -height(ui, desk));
    Area::new(egui::Id::unique("progress of long work"))
        .order(Order::Foreground)
        .anchor(Align2::CENTER_BOTTOM, offset)
        .show(ctx, |ui| {
            Frame::new()
                .fill(desk.colors.card)
                .stroke(Stroke::new(1.0, desk.colors.line))
                .corner_radius(6)
                .inner_margin(Margin::symmetric(12, 6))
                .show(ui, |ui| {
                    ui.horizontal(|ui| {
                        ui.label(RichText::new(what).color(desk.colors.dim));
                        match share {
                            Some(share) => {
                                let share = share.min(1.0);
                                #[expect(clippy::cast_possible_truncation, reason = "a share")]
                                let bar = ProgressBar::new(share as f32)
                                    .desired_width(140.0)
                                    .desired_height(6.0)
                                    .fill(desk.colors.accent);
                                ui.add(bar);
                                ui.label(format!("{:.0} %", 100.0 * share));
                            }
                            None => {
                                ui.add(Spinner::new().size(14.0));
                            }
                        }
                        if ui.button("Cancel").clicked() {
                            desk.actions.push(cancel);
                        }
                    });
                });
        });
}

/// Returns how far above the lower edge of the window the progress stands.
fn height(ui: &Ui, desk: &Desk<'_>) -> f32 {
    let foot = super::height(ui, desk);
    // Below the scene of a network are its predictions, which are worth seeing while it learns.
    let space = if desk.document.race.is_on_plane() {
        4.0
    } else {
        16.0
    };
    let notice = if desk.workspace.notice.is_some() {
        56.0
    } else {
        0.0
    };
    foot + space + notice
}
