//! The head of the strip: what the pictures are, and what their colours mean.

use egui::{Rect, Ui, Vec2, pos2};

use super::Subject;
use crate::app::action::table;
use crate::app::desk::Desk;
use crate::app::widgets::entry_icon;
use crate::view::network::Key;
use crate::view::network::words::title;
use crate::view::theme::caption;
use crate::view::theme::touch::target;

/// The gap between the title, the key and the button.
const GAP: f32 = 12.0;

/// Shows the head in this area.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, subject: &Subject<'_>, rect: Rect) {
    let place = egui::UiBuilder::new().max_rect(rect);
    let left = ui
        .scope_builder(place, |ui| {
            let title = caption(title(&subject.outlook)).color(desk.colors.dim);
            ui.horizontal_centered(|ui| ui.label(title).rect.right())
                .inner
        })
        .inner;
    let side = target(ui, 24.0);
    let middle = pos2(rect.right() - side / 2.0, rect.center().y);
    let button = Rect::from_center_size(middle, Vec2::splat(side));
    ui.scope_builder(egui::UiBuilder::new().max_rect(button), |ui| {
        entry_icon(ui, desk, &table::view::LARGE_DATA, button.size());
    });
    let room = Rect::from_min_max(
        pos2(left + GAP, rect.top()),
        pos2(button.left() - GAP, rect.bottom()),
    );
    Key {
        colors: desk.colors,
        outlook: &subject.outlook,
        palette: &subject.palette,
        data: &subject.learner.data,
    }
    .paint(ui.painter(), room);
}
