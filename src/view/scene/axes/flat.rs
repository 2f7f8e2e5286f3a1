//! The axes of the plane seen from above: numbers along the left and lower edges.

use egui::{Align2, Pos2, Rect, Vec2, pos2, vec2};

use super::{Pen, TICK, anchored};
use crate::plane::ticks::{HALVES, ticks};

/// The minimum distance between two numbers, in text sizes.
const APART: f32 = 6.5;
/// The distance of the numbers from the edge.
const EDGE: Vec2 = vec2(8.0, 6.0);

/// Writes the axes and reserves the edges for them.
pub(super) fn write(pen: &mut Pen<'_>) {
    let scene = pen.scene;
    let rect = scene.eye.rect();
    let mut inner = rect;
    names(pen);
    let apart = f64::from(APART * scene.options.text);
    let window = scene.eye.window();
    let [x_unit, y_unit] = scene.eye.unit();
    for x in ticks(window.x, apart * x_unit, HALVES) {
        let at = scene.eye.spot([x, window.y[0]]);
        let spot = pos2(at.x, rect.bottom() - EDGE.y);
        let ends = [at, at - vec2(0.0, TICK)];
        if let Some(number) = number(pen, x, (spot, Align2::CENTER_BOTTOM), ends) {
            inner.set_bottom(inner.bottom().min(number.top() - 4.0));
        }
    }
    for y in ticks(window.y, apart * y_unit, HALVES) {
        let at = scene.eye.spot([window.x[0], y]);
        let spot = pos2(rect.left() + EDGE.x, at.y);
        let ends = [at, at + vec2(TICK, 0.0)];
        if let Some(number) = number(pen, y, (spot, Align2::LEFT_CENTER), ends) {
            inner.set_left(inner.left().max(number.right() + 6.0));
        }
    }
    pen.room.set_inner(inner);
}

/// Writes a number at its tick, if it has room there.
fn number(
    pen: &mut Pen<'_>,
    value: f64,
    (spot, align): (Pos2, Align2),
    tick: [Pos2; 2],
) -> Option<Rect> {
    let scene = pen.scene;
    let text = pen.number(value);
    let rect = anchored(&text, spot, align);
    // The corner between the axes belongs to neither.
    let corner = scene.options.text * vec2(2.5, 1.5);
    let corner = Align2::LEFT_BOTTOM.align_size_within_rect(corner, scene.eye.rect());
    if corner.intersects(rect) || !pen.is_free(rect) {
        return None;
    }
    pen.write(rect, text, scene.colors.dim, Some(tick));
    Some(rect)
}

/// Writes the names of the axes if they are not just x and y.
fn names(pen: &mut Pen<'_>) {
    let scene = pen.scene;
    let [x, y] = scene.axes;
    if [x, y] == ["x", "y"] {
        return;
    }
    let size = scene.options.text;
    let rect = scene.eye.rect();
    // Above the numbers, which a long name would cover, and below the colour key.
    let right = rect.right_bottom() + vec2(-EDGE.x, -1.8 * size);
    let top = rect.left_top() + vec2(EDGE.x, 2.8 * size);
    for (at, align, name) in [(right, Align2::RIGHT_BOTTOM, x), (top, Align2::LEFT_TOP, y)] {
        let text = pen.text(name.to_owned(), 1.0, scene.colors.text);
        pen.write(anchored(&text, at, align), text, scene.colors.text, None);
    }
}
