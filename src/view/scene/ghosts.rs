//! Ghosts: paths shown only for comparison, thin and behind all racers.

use egui::{Color32, Painter, Pos2, Shape, Stroke, Vec2, vec2};

use super::Scene;
use super::line::{stretches, thinned};
use super::placement::{Label, Labels, Rank, Room};
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
            .map(|step| eye.spot(ghost.path.at(step)))
            .collect()
    };
    let now = now(scene);
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
    if let Some(head) = head(scene, ghost, eye) {
        let outline = Stroke::new(1.4, ghost.color);
        let size = head_size(scene);
        painter.extend(ghost.marker.filled(head, size, scene.colors.rim, outline));
    }
}

fn head_size(scene: &Scene<'_>) -> f32 {
    HEAD * scene.options.em()
}

/// The head of a ghost that has parted from its racer, if it is in the picture.
fn head(scene: &Scene<'_>, ghost: &Ghost<'_>, eye: &Eye) -> Option<Pos2> {
    let has_parted = ghost.since <= now(scene).min(ghost.path.last_step());
    let head = has_parted.then(|| eye.spot(ghost.path.between(scene.playhead)));
    head.filter(|head| eye.rect().contains(*head))
}

/// Enters the heads of the ghosts, which nothing should cover.
pub(super) fn enter(scene: &Scene<'_>, room: &mut Room) {
    for ghost in scene.ghosts {
        if let Some(head) = head(scene, ghost, &scene.eye) {
            room.mark(head, Vec2::splat(head_size(scene) + 2.0));
        }
    }
}

/// Names the ghosts at their heads.
pub(super) fn labels(scene: &Scene<'_>, labels: &mut Labels) {
    for ghost in scene.ghosts.iter().filter(|ghost| !ghost.name.is_empty()) {
        let Some(at) = head(scene, ghost, &scene.eye) else {
            continue;
        };
        let text = match ghost.path.status_at(now(scene)) {
            status @ (Status::Diverged(_) | Status::Undefined(_)) => {
                format!("{}, {status}", ghost.name)
            }
            _ => ghost.name.to_owned(),
        };
        labels.add(Label {
            text,
            size: scene.options.text - 1.5,
            color: ghost.color,
            at,
            other_end: None,
            clear: head_size(scene) / 2.0,
            way: vec2(1.0, -1.0),
            rank: Rank::Ghost,
        });
    }
}

/// The whole step at the playhead.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "steps are small numbers"
)]
fn now(scene: &Scene<'_>) -> usize {
    scene.playhead.max(0.0) as usize
}
