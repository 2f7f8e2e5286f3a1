//! Finds the trail under the pointer.

use std::ops::Range;

use egui::{Pos2, Rect, Vec2};

use super::pieces::{MOST, bounds};
use crate::simulation::Trajectory;
use crate::view::eye::Eye;
use crate::view::scene::line::distance_to_segment;
use crate::view::scene::{Scene, whole_step};

/// The racer and step of the point nearest to a position on screen, within `reach` points.
#[must_use]
pub fn nearest_point(scene: &Scene<'_>, at: Pos2, reach: f32) -> Option<(usize, usize)> {
    let eye = &scene.eye;
    let mut nearest = None;
    let mut near = Near { at, reach };
    for (index, racer) in scene.racers.iter().enumerate() {
        let path = racer.path;
        if path.is_empty() {
            continue;
        }
        let last = path.point_of(whole_step(racer.playhead));
        for from in (0..=last).step_by(MOST) {
            let to = (from + MOST).min(last);
            if !eye.may_show(&bounds(path, from, to), near.rect()) {
                continue;
            }
            if let Some(point) = near.come_nearer(path, eye, from..to + 1) {
                nearest = Some((index, path.step_of(point)));
            }
        }
    }
    nearest
}

/// The surroundings of a position in which something nearer may be found.
#[derive(Clone, Copy, Debug)]
struct Near {
    at: Pos2,
    /// The distance of the nearest segment found so far.
    reach: f32,
}

impl Near {
    fn rect(&self) -> Rect {
        Rect::from_center_size(self.at, Vec2::splat(2.0 * self.reach))
    }

    /// Looks for a nearer segment between kept points, and returns the nearer of its ends.
    fn come_nearer(&mut self, path: &Trajectory, eye: &Eye, points: Range<usize>) -> Option<usize> {
        let mut nearest = None;
        let mut before: Option<Pos2> = None;
        for point in points {
            let place = eye.spot([path.x[point], path.y[point]]);
            let ends = [before.unwrap_or(place), place];
            before = Some(place);
            if self.misses(ends) {
                continue;
            }
            let distance = distance_to_segment(self.at, ends);
            if distance < self.reach {
                self.reach = distance;
                let closer_to_end =
                    (self.at - ends[1]).length_sq() <= (self.at - ends[0]).length_sq();
                nearest = Some(if closer_to_end {
                    point
                } else {
                    point.saturating_sub(1)
                });
            }
        }
        nearest
    }

    /// Whether a segment lies clearly to one side of the surroundings.
    fn misses(&self, [from, to]: [Pos2; 2]) -> bool {
        let [from, to] = [from - self.at, to - self.at];
        let beyond = |one: f32, other: f32| {
            (one > self.reach && other > self.reach) || (one < -self.reach && other < -self.reach)
        };
        beyond(from.x, to.x) || beyond(from.y, to.y)
    }
}
