//! The box around a landscape: its floor and the two walls behind it, as thin lines.

use egui::{Color32, Painter, Pos2, Stroke, Vec2, pos2};

use super::corners::{Corners, strength};
use super::losses;
use crate::view::Colors;
use crate::view::eye::Eye;
use crate::view::theme::blend;

/// Paints the box, over which the ground and everything on it is to be painted. There is nothing in
/// front of the landscape. `text` is the size of the numbers.
pub(in crate::view::scene) fn paint(painter: &Painter, eye: &Eye, colors: &Colors, text: f32) {
    let Eye::Orbit(orbit) = eye else {
        return;
    };
    let line = |places: [[f64; 3]; 2], color: Color32| {
        let ends = places.map(|place| bounded(orbit.spot_in_box(place)));
        painter.line_segment(ends, Stroke::new(1.0, color));
    };
    let corners = Corners::of(orbit);
    let [back, front] = [corners.back, corners.front()];
    let edge = blend(colors.line, colors.dim, 0.2);
    let wall = edge.gamma_multiply(strength(orbit));
    let ruled = colors.line.gamma_multiply(0.8 * strength(orbit));
    let around = |height: f64, color: Color32| {
        let [corner, one, other] =
            [back, [back[0], front[1]], [front[0], back[1]]].map(|[u, v]| [u, v, height]);
        line([corner, one], color);
        line([corner, other], color);
    };
    for mark in losses::of(orbit, text) {
        if (0.02..0.98).contains(&mark.height) {
            around(mark.height, ruled);
        }
    }
    around(1.0, wall);
    for [u, v] in [back, [back[0], front[1]], [front[0], back[1]]] {
        line([[u, v, 0.0], [u, v, 1.0]], wall);
    }
    around(0.0, edge);
    for [u, v] in [[back[0], front[1]], [front[0], back[1]]] {
        line([[front[0], front[1], 0.0], [u, v, 0.0]], edge);
    }
}

/// A place that a renderer can cope with.
fn bounded(at: Pos2) -> Pos2 {
    let limit = Vec2::splat(1e5);
    let at = at.to_vec2().clamp(-limit, limit);
    pos2(at.x, at.y)
}
