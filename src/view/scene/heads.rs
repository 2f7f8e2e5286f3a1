//! The heads, which mark the racers' current positions.

use egui::{Align2, Color32, FontId, Painter, Pos2, Rangef, Rect, Shape, Stroke, pos2, vec2};

use super::{Frame, Scene, SceneRacer};
use crate::simulation::Status;
use crate::view::eye::Eye;
use crate::view::number;
use crate::view::theme::blend;

/// The size of a head, in points.
pub const HEAD: f32 = 11.0;
/// The width of the rim around it.
const RIM: f32 = 1.6;
/// The distance from the edge of the arrows for racers outside the window.
const MARGIN: f32 = 14.0;

/// The position of a racer's head on screen.
#[must_use]
pub fn head_position(racer: &SceneRacer<'_>, eye: &Eye) -> Pos2 {
    eye.to_screen(racer.path.between(racer.playhead))
}

pub(super) fn paint(scene: &Scene<'_>, racer: &SceneRacer<'_>, painter: &Painter, eye: &Eye) {
    if is_out(racer) {
        let at = last_in_view(racer, eye);
        match racer.path.status() {
            Status::Undefined(_) => paint_undefined(scene, racer, painter, at),
            _ => paint_diverged(scene, racer, painter, at),
        }
        return;
    }
    let at = head_position(racer, eye);
    let rim = Stroke::new(RIM, scene.colors.rim);
    let size = scene.options.head_size * if racer.selected { 1.15 } else { 1.0 };
    // The rim surrounds the marker rather than covering part of it.
    painter.extend(
        racer
            .colors
            .marker
            .filled(at, size + RIM, racer.colors.color, rim),
    );
}

/// Marks each racer that has left the window with an arrow at the edge and its distance.
pub(super) fn paint_outside(scene: &Scene<'_>, painter: &Painter, frame: &Frame) {
    let mut taken: Vec<Rect> = Vec::new();
    for racer in scene.racers {
        let at = head_position(racer, &Eye::Above(*frame));
        if frame.rect.contains(at) || is_out(racer) {
            continue;
        }
        let inner = frame.rect.shrink(MARGIN);
        let mut tip = nearest_in(inner, at);
        let near = |tip: Pos2, taken: &[Rect]| {
            let spot = Rect::from_center_size(tip, vec2(22.0, 22.0));
            taken.iter().any(|other| other.intersects(spot))
        };
        let along = if tip.x > inner.left() && tip.x < inner.right() {
            vec2(24.0, 0.0)
        } else {
            vec2(0.0, -24.0)
        };
        for _ in 0..8 {
            if near(tip, &taken) {
                tip = nearest_in(inner, tip + along);
            }
        }
        taken.push(Rect::from_center_size(tip, vec2(22.0, 22.0)));
        paint_arrow(scene, racer, painter, frame, tip, at);
    }
}

fn paint_arrow(
    scene: &Scene<'_>,
    racer: &SceneRacer<'_>,
    painter: &Painter,
    frame: &Frame,
    tip: Pos2,
    head: Pos2,
) {
    let way = (head - tip).normalized();
    let side = way.rot90();
    let corners = vec![
        tip + way * 8.0,
        tip - way * 5.0 + side * 6.0,
        tip - way * 2.0,
        tip - way * 5.0 - side * 6.0,
    ];
    let rim = Stroke::new(RIM, scene.colors.rim);
    painter.add(Shape::closed_line(
        corners.clone(),
        Stroke::new(2.0 * RIM, scene.colors.rim),
    ));
    painter.add(Shape::convex_polygon(
        corners,
        racer.colors.color,
        Stroke::NONE,
    ));
    let marker = tip - way * 14.0;
    painter.extend(
        racer
            .colors
            .marker
            .filled(marker, 8.0, racer.colors.color, rim),
    );

    let [x, y] = racer.path.between(racer.playhead);
    let outside = |range: [f64; 2], value: f64| (range[0] - value).max(value - range[1]).max(0.0);
    let distance = outside(frame.window.x, x).hypot(outside(frame.window.y, y));
    let towards = |left: bool| {
        if left {
            Align2::LEFT_CENTER
        } else {
            Align2::RIGHT_CENTER
        }
    };
    let left = tip.x < frame.rect.center().x;
    let text_at = tip + vec2(if left { 16.0 } else { -16.0 }, 0.0) - way * vec2(14.0, 14.0);
    label(
        scene,
        painter,
        text_at,
        towards(left),
        &number::short(distance),
        scene.colors.text,
    );
}

/// Writes text with a rim, so that it is legible on any background.
pub(super) fn label(
    scene: &Scene<'_>,
    painter: &Painter,
    at: Pos2,
    align: Align2,
    text: &str,
    color: Color32,
) {
    let font = FontId::proportional(scene.options.text);
    let galley = painter.layout_no_wrap(text.to_owned(), font, color);
    let rect = align.anchor_size(at, galley.size());
    let ground = blend(scene.colors.rim, scene.colors.card, 0.3).gamma_multiply(0.6);
    painter.rect_filled(rect.expand2(vec2(4.0, 1.0)), 3.0, ground);
    painter.galley(rect.min, galley, color);
}

/// A hollow marker; its size.
fn paint_hollow(scene: &Scene<'_>, racer: &SceneRacer<'_>, painter: &Painter, at: Pos2) -> f32 {
    let size = scene.options.head_size + 2.0;
    let marker = racer.colors.marker;
    painter.extend(marker.hollow(at, size, Stroke::new(4.0, scene.colors.rim)));
    painter.extend(marker.hollow(at, size, Stroke::new(2.0, racer.colors.color)));
    size
}

/// Where the next step is undefined: "0/0" beside it.
fn paint_undefined(scene: &Scene<'_>, racer: &SceneRacer<'_>, painter: &Painter, at: Pos2) {
    let size = paint_hollow(scene, racer, painter, at);
    let beside = at + vec2(size * 0.5 + 6.0, -size * 0.5 - 6.0);
    let color = racer.colors.color;
    label(scene, painter, beside, Align2::LEFT_CENTER, "0/0", color);
}

fn paint_diverged(scene: &Scene<'_>, racer: &SceneRacer<'_>, painter: &Painter, at: Pos2) {
    let size = paint_hollow(scene, racer, painter, at);
    let bolt = at + vec2(size * 0.5 + 5.0, -size * 0.5 - 3.0);
    let corner = |x: f32, y: f32| bolt + vec2(x, y);
    let points = vec![
        corner(1.5, -6.0),
        corner(-3.5, 1.0),
        corner(-0.2, 1.0),
        corner(-1.5, 6.0),
        corner(3.5, -1.2),
        corner(0.2, -1.2),
    ];
    painter.add(Shape::closed_line(
        points.clone(),
        Stroke::new(3.0, scene.colors.rim),
    ));
    painter.add(Shape::closed_line(
        points,
        Stroke::new(1.4, racer.colors.color),
    ));
}

#[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
fn is_out(racer: &SceneRacer<'_>) -> bool {
    let status = racer.path.status();
    let is_there = |step| racer.playhead >= step as f64;
    status.is_out() && status.step().is_some_and(is_there)
}

/// The last point of the path inside the frame, or the point of the frame nearest to its end.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "steps are small numbers"
)]
fn last_in_view(racer: &SceneRacer<'_>, eye: &Eye) -> Pos2 {
    let end = (racer.playhead.max(0.0) as usize).min(racer.path.last_step());
    let inner = eye.rect().shrink(MARGIN);
    let spots = || (0..=end).map(|step| eye.to_screen(racer.path.at(step)));
    spots()
        .rev()
        .find(|spot| inner.contains(*spot))
        .unwrap_or_else(|| nearest_in(inner, eye.to_screen(racer.path.at(end))))
}

/// The point of a rectangle nearest to `at`. If the margins exceed a side's length, the middle of
/// that side is used.
fn nearest_in(rect: Rect, at: Pos2) -> Pos2 {
    let nearest = |at: f32, side: Rangef| {
        if side.min <= side.max {
            at.clamp(side.min, side.max)
        } else {
            side.center()
        }
    };
    pos2(nearest(at.x, rect.x_range()), nearest(at.y, rect.y_range()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rectangle_smaller_than_its_margins_has_a_middle() {
        let at = |x: f32, y: f32| {
            nearest_in(
                Rect::from_min_max(pos2(10.0, 10.0), pos2(x, y)),
                pos2(50.0, -3.0),
            )
        };
        assert_eq!(at(90.0, 20.0), pos2(50.0, 10.0));
        assert_eq!(at(20.0, 20.0), pos2(20.0, 10.0));
        assert_eq!(at(10.0, 10.0), pos2(10.0, 10.0));
        assert_eq!(at(6.0, 20.0), pos2(8.0, 10.0));
        assert_eq!(at(90.0, 0.0), pos2(50.0, 5.0));
        assert_eq!(at(-90.0, 0.0), pos2(-40.0, 5.0));
    }
}
