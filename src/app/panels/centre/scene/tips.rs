//! Text in the scene: tooltips for racers and the surface, and the first hint.

use egui::{Align2, FontId, Pos2, Rect, Stroke, StrokeKind, Ui, vec2};

use crate::app::desk::Desk;
use crate::surface::Surface;
use crate::view::scene::{Frame, SceneRacer};
use crate::view::{fonts, number};

pub fn tell_of_racer(
    ui: &Ui,
    desk: &Desk<'_>,
    racer: &SceneRacer<'_>,
    step: usize,
    at: Pos2,
    rect: Rect,
) {
    let [x, y] = racer.path.at(step);
    let text = format!(
        "{}, step {}\nx {}   y {}\nloss {}",
        racer.name,
        number::count(step),
        number::precise(x),
        number::precise(y),
        number::precise(racer.path.loss_at(step)),
    );
    boxed(ui, desk, at + vec2(16.0, 16.0), &text, rect);
}

/// Shows the loss and gradient under the pointer, in the upper right corner where it covers least.
pub fn tell_of_ground(ui: &Ui, desk: &Desk<'_>, surface: &dyn Surface, frame: &Frame, at: Pos2) {
    let [x, y] = frame.to_plane(at);
    let (loss, [gx, gy]) = surface.gradient([x, y]);
    let text = format!(
        "x {}   y {}\nloss {}\ngradient ({}, {})",
        number::short(x),
        number::short(y),
        number::precise(loss),
        number::short(gx),
        number::short(gy),
    );
    let font = fonts::numbers(11.0);
    let galley = ui.painter().layout(text, font, desk.colors.text, 400.0);
    let corner = Align2::RIGHT_TOP.align_size_within_rect(galley.size(), frame.rect.shrink(14.0));
    paint_box(ui, desk, corner, galley);
}

pub fn boxed(ui: &Ui, desk: &Desk<'_>, at: Pos2, text: &str, within: Rect) {
    let font = FontId::proportional(12.0);
    let galley = ui
        .painter()
        .layout(text.to_owned(), font, desk.colors.text, 300.0);
    let mut area = Rect::from_min_size(at, galley.size());
    let inner = within.shrink(12.0);
    if area.right() > inner.right() {
        area = area.translate(vec2(-galley.size().x - 32.0, 0.0));
    }
    if area.bottom() > inner.bottom() {
        area = area.translate(vec2(0.0, inner.bottom() - area.bottom()));
    }
    paint_box(ui, desk, area, galley);
}

pub fn paint_box(ui: &Ui, desk: &Desk<'_>, area: Rect, galley: std::sync::Arc<egui::Galley>) {
    let painter = ui.painter();
    let border = Stroke::new(1.0, desk.colors.line);
    let fill = desk.colors.card.gamma_multiply(0.93);
    painter.rect(area.expand(7.0), 6.0, fill, border, StrokeKind::Inside);
    painter.galley(area.min, galley, desk.colors.text);
}

/// Returns whether to show the first hint. Lessons and games give their own instructions, and
/// whoever compares races has seen it.
pub fn is_hint_due(desk: &Desk<'_>) -> bool {
    let settings = &desk.workspace.settings;
    let is_lesson = desk.document.lesson().is_some();
    let is_alone = desk.workspace.game.is_none() && desk.workspace.comparison().is_none();
    !settings.hint_seen && !settings.presenter && !is_lesson && is_alone
}

/// Shows the first hint, which disappears for good with the first change.
pub fn hint(ui: &Ui, desk: &Desk<'_>, frame: &Frame) {
    let start = frame.to_screen(desk.document.experiment().start);
    let text = "drag the start or change a rate: the paths follow";
    let font = FontId::proportional(13.0);
    let galley = ui
        .painter()
        .layout_no_wrap(text.into(), font, desk.colors.text);
    let room = frame.rect.shrink(24.0);
    let right = start.x + 60.0 + galley.size().x < room.right();
    let offset = if right {
        vec2(40.0, -110.0)
    } else {
        vec2(-300.0, -110.0)
    };
    let mut area = Rect::from_min_size(start + offset, galley.size());
    if area.top() < room.top() + 60.0 {
        area = area.translate(vec2(30.0, 190.0));
    }
    let beyond = (room.left() - area.left()).max(0.0) - (area.right() - room.right()).max(0.0);
    area = area.translate(vec2(beyond, 0.0));
    let anchor = area.expand(7.0).clamp(start);
    let way = (start - anchor).normalized();
    ui.painter().line_segment(
        [anchor, start - way * 9.0],
        Stroke::new(1.0, desk.colors.dim),
    );
    paint_box(ui, desk, area, galley);
}

pub fn say(ui: &Ui, desk: &Desk<'_>, rect: Rect, text: &str) {
    let font = FontId::proportional(14.0);
    let galley = ui
        .painter()
        .layout_no_wrap(text.into(), font, desk.colors.text);
    let area = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), rect);
    paint_box(ui, desk, area, galley);
}
