//! Finds the trail under the pointer.

use egui::{Pos2, Rect, Vec2};

use super::pieces::{MOST, bounds};
use crate::simulation::Trajectory;
use crate::view::eye::Eye;
use crate::view::scene::Scene;
use crate::view::scene::line::distance_to_segment;

/// The racer and step of the point nearest to a position on screen, within `reach` points.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "steps are small numbers"
)]
pub fn nearest_point(scene: &Scene<'_>, at: Pos2, reach: f32) -> Option<(usize, usize)> {
    let eye = &scene.eye;
    let mut nearest = None;
    let mut shortest = reach;
    for (index, racer) in scene.racers.iter().enumerate() {
        let path = racer.path;
        if path.is_empty() {
            continue;
        }
        let last = path.point_of(racer.playhead.max(0.0) as usize);
        for from in (0..=last).step_by(MOST) {
            let to = (from + MOST).min(last);
            let near = Rect::from_center_size(at, Vec2::splat(2.0 * shortest));
            if !eye.may_show(&bounds(path, from, to), near) {
                continue;
            }
            if let Some((point, distance)) = nearest_between(path, eye, at, [from, to])
                && distance < shortest
            {
                shortest = distance;
                nearest = Some((index, path.step_of(point)));
            }
        }
    }
    nearest
}

/// The kept point nearest to a position, of the segment nearest to it between two kept points, and
/// the distance of that segment.
fn nearest_between(
    path: &Trajectory,
    eye: &Eye,
    at: Pos2,
    [from, to]: [usize; 2],
) -> Option<(usize, f32)> {
    let place = |point: usize| eye.spot([path.x[point], path.y[point]]);
    let segments = (from..=to).map(|point| {
        let earlier = point.saturating_sub(1).max(from);
        let ends = [place(earlier), place(point)];
        let closer_to_end = (at - ends[1]).length_sq() <= (at - ends[0]).length_sq();
        let closer = if closer_to_end { point } else { earlier };
        (closer, distance_to_segment(at, ends))
    });
    segments.min_by(|(_, one), (_, other)| one.total_cmp(other))
}
