//! The axes of a scene: numbers along the left and lower edges, and names.

use egui::{Align2, FontId, Painter, Pos2, Rect, Stroke, Vec2, pos2, vec2};

use super::Scene;
use super::placement::Room;
use crate::plane::ticks::{HALVES, ticks};
use crate::view::number;

/// The minimum distance between two numbers, in text sizes.
const APART: f32 = 6.5;
/// The distance of the numbers from the edge.
const EDGE: Vec2 = vec2(8.0, 6.0);
/// The length of a tick.
const TICK: f32 = 4.0;

/// Paints the axes and reserves the edges for them.
pub(super) fn paint(scene: &Scene<'_>, painter: &Painter, room: &mut Room) {
    let rect = scene.eye.rect();
    let mut inner = rect;
    names(scene, painter, room);
    let apart = f64::from(APART * scene.options.text);
    let window = scene.eye.window();
    let [x_unit, y_unit] = scene.eye.unit();
    for x in ticks(window.x, apart * x_unit, HALVES) {
        let at = scene.eye.spot([x, window.y[0]]);
        let spot = pos2(at.x, rect.bottom() - EDGE.y);
        let ends = [at, at - vec2(0.0, TICK)];
        if let Some(number) = number(scene, painter, room, x, (spot, Align2::CENTER_BOTTOM), ends) {
            inner.set_bottom(inner.bottom().min(number.top() - 4.0));
        }
    }
    for y in ticks(window.y, apart * y_unit, HALVES) {
        let at = scene.eye.spot([window.x[0], y]);
        let spot = pos2(rect.left() + EDGE.x, at.y);
        let ends = [at, at + vec2(TICK, 0.0)];
        if let Some(number) = number(scene, painter, room, y, (spot, Align2::LEFT_CENTER), ends) {
            inner.set_left(inner.left().max(number.right() + 6.0));
        }
    }
    room.set_inner(inner);
}

/// Writes a number at its tick, if it has room there.
fn number(
    scene: &Scene<'_>,
    painter: &Painter,
    room: &mut Room,
    value: f64,
    (spot, align): (Pos2, Align2),
    tick: [Pos2; 2],
) -> Option<Rect> {
    let color = scene.colors.dim;
    let value = if value.abs() < 1e-12 { 0.0 } else { value };
    let font = FontId::proportional(scene.options.text - 1.0);
    let text = painter.layout_no_wrap(number::precise(value), font, color);
    let rect = align.anchor_size(spot, text.size());
    let rect = Rect::from_min_size(rect.min, text.size());
    let clear = rect.expand(3.0);
    // The corner between the axes belongs to neither.
    let corner = scene.options.text * vec2(2.5, 1.5);
    let corner = Align2::LEFT_BOTTOM.align_size_within_rect(corner, scene.eye.rect());
    let seen = scene.eye.rect().contains_rect(clear) && !corner.intersects(rect);
    if !seen || !room.is_free(clear) {
        return None;
    }
    painter.line_segment(tick, Stroke::new(1.0, color));
    painter.galley(rect.min, text, color);
    room.edge(rect);
    Some(rect)
}

/// Writes the names of the axes if they are not just x and y.
fn names(scene: &Scene<'_>, painter: &Painter, room: &mut Room) {
    let [x, y] = scene.axes;
    if [x, y] == ["x", "y"] {
        return;
    }
    let text = scene.options.text;
    let font = FontId::proportional(text + 1.0);
    let rect = scene.eye.rect();
    // Above the numbers, which a long name would cover, and below the colour key.
    let right = rect.right_bottom() + vec2(-EDGE.x, -1.8 * text);
    let top = rect.left_top() + vec2(EDGE.x, 2.8 * text);
    for (at, align, name) in [(right, Align2::RIGHT_BOTTOM, x), (top, Align2::LEFT_TOP, y)] {
        let name = painter.text(at, align, name, font.clone(), scene.colors.text);
        room.edge(name);
    }
}
