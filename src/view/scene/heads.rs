//! The heads, which mark the racers' current positions.

use egui::{Painter, Pos2, Rangef, Rect, Shape, Stroke, Vec2, pos2, vec2};

use super::placement::{Label, Labels, Rank, Room};
use super::seen::{Seen, THIN, seen, veiled};
use super::{Scene, SceneRacer, whole_step};
use crate::simulation::Status;
use crate::view::eye::Eye;

/// The size of a head, in points.
pub const HEAD: f32 = 11.0;
/// The width of the rim around it.
pub(super) const RIM: f32 = 1.6;
/// The distance from the edge of a racer that has stopped outside the window.
const MARGIN: f32 = 14.0;
/// The size of the sign beside a racer that has diverged.
const BOLT: Vec2 = vec2(10.0, 15.0);

/// Where a racer's head is seen; `None` beside a landscape.
#[must_use]
pub(super) fn head(racer: &SceneRacer<'_>, eye: &Eye) -> Option<Seen> {
    seen(eye, racer.path.between(racer.playhead))
}

/// Paints a racer's head if it is hidden or not.
pub(super) fn paint(
    scene: &Scene<'_>,
    racer: &SceneRacer<'_>,
    painter: &Painter,
    eye: &Eye,
    hidden: bool,
) {
    if is_out(racer) {
        let Seen { at, hidden: behind } = last_in_view(racer, eye);
        if behind == hidden {
            let painter = &veiled(painter, hidden);
            match racer.path.status() {
                Status::Undefined(_) => paint_hollow(scene, racer, painter, at),
                _ => paint_diverged(scene, racer, painter, at),
            }
        }
        return;
    }
    let Some(Seen { at, .. }) = head(racer, eye).filter(|seen| seen.hidden == hidden) else {
        return;
    };
    let size = scene.options.head_size * if racer.selected { 1.15 } else { 1.0 };
    if hidden {
        let outline = Stroke::new(THIN, racer.colors.color);
        let shapes = racer.colors.marker.hollow(at, size, outline);
        return veiled(painter, hidden).extend(shapes);
    }
    let rim = Stroke::new(RIM, scene.colors.rim);
    // The rim surrounds the marker rather than covering part of it.
    painter.extend(
        racer
            .colors
            .marker
            .filled(at, size + RIM, racer.colors.color, rim),
    );
}

fn paint_hollow(scene: &Scene<'_>, racer: &SceneRacer<'_>, painter: &Painter, at: Pos2) {
    let size = hollow_size(scene);
    let marker = racer.colors.marker;
    painter.extend(marker.hollow(at, size, Stroke::new(4.0, scene.colors.rim)));
    painter.extend(marker.hollow(at, size, Stroke::new(2.0, racer.colors.color)));
}

/// Writes "0/0" beside each racer whose next step is undefined.
pub(super) fn fault_labels(scene: &Scene<'_>, labels: &mut Labels) {
    for racer in scene.racers.iter().filter(|racer| is_out(racer)) {
        if let Status::Undefined(_) = racer.path.status() {
            labels.add(Label {
                text: "0/0".into(),
                size: scene.options.text,
                color: racer.colors.color,
                at: last_in_view(racer, &scene.eye).at,
                other_end: None,
                clear: hollow_size(scene) / 2.0,
                way: vec2(1.0, -1.0),
                rank: Rank::Fault,
            });
        }
    }
}

/// Enters the heads, which nothing should cover.
pub(super) fn enter(scene: &Scene<'_>, room: &mut Room) {
    let eye = &scene.eye;
    for racer in scene.racers {
        if is_out(racer) {
            let size = Vec2::splat(hollow_size(scene) + 2.0);
            let at = last_in_view(racer, eye).at;
            room.mark(at, size);
            if !matches!(racer.path.status(), Status::Undefined(_)) {
                room.mark(bolt(scene, at), BOLT);
            }
        } else if let Some(Seen { at, .. }) = head(racer, eye) {
            let size = scene.options.head_size + 2.0 * RIM;
            room.mark(at, Vec2::splat(size));
        }
    }
}

/// The middle of the sign beside a racer that has diverged.
fn bolt(scene: &Scene<'_>, head: Pos2) -> Pos2 {
    let half = hollow_size(scene) * 0.5;
    head + vec2(half + 5.0, -half - 3.0)
}

fn hollow_size(scene: &Scene<'_>) -> f32 {
    scene.options.head_size + 2.0
}

fn paint_diverged(scene: &Scene<'_>, racer: &SceneRacer<'_>, painter: &Painter, at: Pos2) {
    paint_hollow(scene, racer, painter, at);
    let bolt = bolt(scene, at);
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
pub(super) fn is_out(racer: &SceneRacer<'_>) -> bool {
    let status = racer.path.status();
    let is_there = |step| racer.playhead >= step as f64;
    status.is_out() && status.step().is_some_and(is_there)
}

/// The last point of the path in the picture, or the point of the picture nearest to its end.
fn last_in_view(racer: &SceneRacer<'_>, eye: &Eye) -> Seen {
    let end = whole_step(racer.playhead).min(racer.path.last_step());
    let inner = eye.rect().shrink(MARGIN);
    let is_in = |point: &[f64; 2]| inner.contains(eye.spot(*point));
    let points = (0..=end).rev().map(|step| racer.path.at(step));
    let last = points.filter(is_in).find_map(|point| seen(eye, point));
    last.unwrap_or_else(|| Seen {
        at: nearest_in(inner, eye.spot(racer.path.at(end))),
        hidden: false,
    })
}

/// The point of a rectangle nearest to `at`. If the margins exceed a side's length, the middle of
/// that side is used.
pub(super) fn nearest_in(rect: Rect, at: Pos2) -> Pos2 {
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
