//! What is shown while the map is being sampled.

use std::time::Duration;

use egui::{Color32, ColorImage, ProgressBar, Rect, Ui, pos2};

use crate::app::action::AppAction;
use crate::app::desk::Desk;
use crate::app::workspace::Notice;
use crate::plane::Window;
use crate::view::scene::Map;

/// The height of the progress bar, in points.
const HEIGHT: f32 = 3.0;

/// Returns the map shown while there is no other: nothing but the ground.
pub fn plain(ui: &Ui, window: Window) -> Map {
    let nothing = ColorImage::filled([1, 1], Color32::TRANSPARENT);
    Map::painted(ui.ctx(), window, nothing)
}

/// Shows the progress of the map along the upper edge of the scene, and says what has failed.
#[expect(clippy::cast_possible_truncation, reason = "a share is a small number")]
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect) {
    if let Some(share) = desk.caches.map.progress() {
        let edge = Rect::from_min_max(rect.min, pos2(rect.right(), rect.top() + HEIGHT));
        let bar = ProgressBar::new(share as f32)
            .desired_width(edge.width())
            .desired_height(HEIGHT)
            .corner_radius(0.0)
            .fill(desk.colors.accent);
        ui.put(edge, bar).on_hover_text("Sampling the map");
        ui.ctx().request_repaint_after(Duration::from_millis(100));
    }
    let caches = &mut *desk.caches;
    let failures = [
        caches.map.take_failure(),
        caches.insight.take_failure(),
        caches.confusion.take_failure(),
        caches.horizon.take_failure(),
        caches.others.take_failure(),
        caches.seeds.take_failure(),
        caches.flow.take_failure(),
        caches.chart.take_failure(),
        caches.stationary.take_failure(),
    ];
    for failure in failures.into_iter().flatten() {
        desk.send(AppAction::Notify(Notice::error(failure.to_string())));
    }
}
