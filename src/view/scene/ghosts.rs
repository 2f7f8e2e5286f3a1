//! Ghosts: paths shown only for comparison, thin and behind all racers.

use egui::{Align2, Color32, FontId, Painter, Pos2, Shape, Stroke};

use super::Scene;
use super::line::{stretches, thinned};
use crate::simulation::{Status, Trajectory};
use crate::view::eye::Eye;
use crate::view::marker::Marker;

/// A path to compare with.
#[derive(Clone, Copy, Debug)]
pub struct Ghost<'a> {
    /// The label at its head; may be empty.
    pub name: &'a str,
    /// The path.
    pub path: &'a Trajectory,
    /// Its colour.
    pub color: Color32,
    /// The marker of its head.
    pub marker: Marker,
    /// The step from which it is drawn; before that, it coincides with its racer.
    pub since: usize,
}

const WIDTH: f32 = 1.3;
const HEAD: f32 = 8.0;

/// Paints the ghost: strong up to the playhead, faint beyond.
pub(super) fn paint(scene: &Scene<'_>, ghost: &Ghost<'_>, painter: &Painter, eye: &Eye) {
    let seen = painter.clip_rect().expand(4.0);
    // Only the stored points and the two ends: a recorded path may skip many steps.
    let points = |from: usize, to: usize| -> Vec<Pos2> {
        let end = to.min(ghost.path.last_step());
        if from > end {
            return Vec::new();
        }
        let between = (ghost.path.point_of(from)..=ghost.path.point_of(end))
            .map(|point| ghost.path.step_of(point))
            .filter(|&step| from < step && step < end);
        std::iter::once(from)
            .chain(between)
            .chain((from < end).then_some(end))
            .map(|step| eye.to_screen(ghost.path.at(step)))
            .collect()
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "steps are small numbers"
    )]
    let now = scene.playhead.max(0.0) as usize;
    let draw = |points: &[Pos2], strength: f32| {
        if points.len() < 2 {
            return;
        }
        let color = ghost.color.gamma_multiply(strength);
        let rim = scene.colors.rim.gamma_multiply(0.5 * strength);
        for stretch in stretches(&thinned(points, 0.1), seen) {
            painter.add(Shape::line(stretch.clone(), Stroke::new(WIDTH + 1.2, rim)));
            let line = Stroke::new(WIDTH, color);
            painter.extend(Shape::dashed_line(&stretch, line, 6.0, 3.0));
        }
    };
    let past = points(ghost.since, now);
    draw(&points(now.max(ghost.since), ghost.path.last_step()), 0.35);
    draw(&past, 0.85);
    if past.is_empty() {
        return;
    }
    let head = eye.to_screen(ghost.path.between(scene.playhead));
    if eye.rect().contains(head) {
        let outline = Stroke::new(1.4, ghost.color);
        painter.extend(ghost.marker.filled(head, HEAD, scene.colors.rim, outline));
        if !ghost.name.is_empty() {
            let name = match ghost.path.status_at(now) {
                status @ (Status::Diverged(_) | Status::Undefined(_)) => {
                    format!("{}, {status}", ghost.name)
                }
                _ => ghost.name.to_owned(),
            };
            let font = FontId::proportional(scene.options.text - 1.5);
            let at = head + egui::vec2(9.0, -9.0);
            let text = painter.layout_no_wrap(name, font, ghost.color);
            let spot = Align2::LEFT_BOTTOM.anchor_size(at, text.size());
            let ground = scene.colors.rim.gamma_multiply(0.6);
            painter.rect_filled(spot.expand(2.0), 3.0, ground);
            painter.galley(spot.min, text, ghost.color);
        }
    }
}
