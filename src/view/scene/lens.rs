//! The lens: shows crowded heads at twice the size in a corner.

use egui::{Align2, FontId, Painter, Pos2, Rect, Stroke, StrokeKind, Vec2, vec2};

use super::heads::head_position;
use super::{Frame, Scene};
use crate::plane::Window;
use crate::view::eye::Eye;

/// The side of the square within which heads count as crowded.
const CROWD: f32 = 90.0;
/// The magnification of the lens.
const POWER: f32 = 2.0;
/// The distance in points by which the lens moves.
const STEP: f32 = 2.0;
/// The number of heads that make a crowd.
const ENOUGH: usize = 3;
/// The distance of the lens from the edge.
const MARGIN: f32 = 16.0;

pub(super) fn paint(scene: &Scene<'_>, painter: &Painter, frame: &Frame) {
    let Some(crowd) = crowd(scene, frame) else {
        return;
    };
    let size = Vec2::splat(POWER * (CROWD + 4.0));
    if frame.rect.width() < 3.0 * size.x || frame.rect.height() < 2.2 * size.y {
        return;
    }
    let Some(rect) = free_corner(scene, frame, size) else {
        return;
    };
    // Whole steps, so that a crowd that hardly moves looks the same in the next frame.
    let centre = (crowd.center() / STEP).round() * STEP;
    let looked_at = Rect::from_center_size(centre, size / POWER);
    let [x0, y1] = frame.to_plane(looked_at.min);
    let [x1, y0] = frame.to_plane(looked_at.max);
    let window = Window::new([x0, x1], [y0, y1]);

    let border = Stroke::new(1.0, scene.colors.dim);
    painter.rect_stroke(looked_at, 0.0, border, StrokeKind::Middle);
    let inside = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
    let enlarged = Frame::new(window, rect);
    inside.rect_filled(rect, 0.0, scene.colors.window);
    scene.paint_ground(&inside, &enlarged);
    scene.paint_race(&inside, &Eye::Above(enlarged), POWER);
    painter.rect_stroke(rect, 0.0, border, StrokeKind::Middle);
    painter.text(
        rect.left_top() + vec2(8.0, 6.0),
        Align2::LEFT_TOP,
        "lens ×2",
        FontId::proportional(scene.options.text - 1.0),
        scene.colors.text,
    );
}

/// The bounding box of the largest visible crowd of heads, if there is one.
fn crowd(scene: &Scene<'_>, frame: &Frame) -> Option<Rect> {
    let heads: Vec<Pos2> = scene
        .racers
        .iter()
        .map(|racer| head_position(racer, &Eye::Above(*frame)))
        .filter(|head| frame.rect.contains(*head))
        .collect();
    let around = |centre: Pos2| {
        let near = move |head: &Pos2| (*head - centre).abs().max_elem() < CROWD / 2.0;
        heads.iter().copied().filter(near)
    };
    let centre = heads
        .iter()
        .copied()
        .max_by_key(|&head| around(head).count())?;
    let largest: Vec<Pos2> = around(centre).collect();
    (largest.len() >= ENOUGH).then(|| Rect::from_points(&largest))
}

/// The free corner with the fewest trail points.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "steps are small numbers"
)]
fn free_corner(scene: &Scene<'_>, frame: &Frame, size: Vec2) -> Option<Rect> {
    let inner = frame.rect.shrink(MARGIN);
    let lifted =
        |corner: Rect| corner.translate(vec2(0.0, if scene.options.labels { -14.0 } else { 0.0 }));
    let corners = [
        lifted(Align2::RIGHT_BOTTOM.align_size_within_rect(size, inner)),
        lifted(
            Align2::LEFT_BOTTOM
                .align_size_within_rect(size, inner)
                .translate(vec2(20.0, 0.0)),
        ),
        Align2::RIGHT_TOP.align_size_within_rect(size, inner),
        Align2::LEFT_TOP
            .align_size_within_rect(size, inner)
            .translate(vec2(20.0, 24.0)),
    ];
    let crowded = |corner: &Rect| -> usize {
        // Compares in the plane, so that thousands of points need not be converted to the screen.
        let [x0, y1] = frame.to_plane(corner.min);
        let [x1, y0] = frame.to_plane(corner.max);
        let window = Window::new([x0, x1], [y0, y1]);
        let trails = scene.racers.iter().map(|racer| {
            let end = racer.path.point_of(racer.playhead.max(0.0) as usize);
            let points = racer.path.x.iter().zip(&racer.path.y).take(end + 1);
            points.filter(|&(&x, &y)| window.contains([x, y])).count()
        });
        let start = usize::from(window.contains(scene.start)) * 1000;
        trails.sum::<usize>() + start
    };
    let heads_outside = |corner: &Rect| {
        !scene.racers.iter().any(|racer| {
            corner
                .expand(12.0)
                .contains(head_position(racer, &Eye::Above(*frame)))
        })
    };
    corners
        .into_iter()
        .filter(heads_outside)
        .map(|corner| (crowded(&corner), corner))
        .min_by_key(|(crowd, _)| *crowd)
        .filter(|(crowd, _)| *crowd < 60)
        .map(|(_, corner)| corner)
}
