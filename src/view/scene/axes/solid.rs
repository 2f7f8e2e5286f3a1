//! The axes of a landscape: x and y along the floor's edges in front, and the loss along the left
//! edge of the box.

use egui::{Align2, Pos2, Vec2, pos2, vec2};

use super::corners::{Corners, strength, upright};
use super::{Pen, TICK, anchored, losses};
use crate::plane::ticks::{HALVES, ticks};
use crate::view::eye::Orbit;

/// The minimum distance between two numbers one above the other, in text sizes, and what is added
/// if they stand side by side.
const APART: [f32; 2] = [2.2, 3.6];
/// The space between a tick and its number.
const GAP: f32 = 3.0;
/// The strength of the walls below which there is no height axis.
const GONE: f32 = 0.5;
/// The length of an edge that is seen from its end, in text sizes; it has no name.
const SHORT: f32 = 4.0;
/// The distance from the height axis in which numbers would be taken for losses, in text sizes.
const CONFUSING: f32 = 2.0;

/// Writes the axes of a landscape.
pub(super) fn write(pen: &mut Pen<'_>, orbit: &Orbit) {
    let corners = Corners::of(orbit);
    let has_heights = strength(orbit) > GONE;
    let edges = [0, 1].map(|axis| Edge::of(orbit, &corners, axis));
    let mut outs = [0.0; 2];
    for (edge, out) in edges.iter().zip(&mut outs) {
        *out = edge.numbers(pen, has_heights);
    }
    if has_heights {
        heights(pen, orbit);
    }
    for ((edge, out), name) in edges.iter().zip(outs).zip(pen.scene.axes) {
        edge.name(pen, out, name);
    }
}

/// An edge of the floor in front of the landscape.
struct Edge<'a> {
    orbit: &'a Orbit,
    /// The axis that runs along it: 0 for x, 1 for y.
    axis: usize,
    /// The place of the edge on the other axis.
    other: f64,
    /// Away from the floor, in the picture.
    out: Vec2,
    /// From the edge's beginning to its end.
    way: Vec2,
}

impl<'a> Edge<'a> {
    fn of(orbit: &'a Orbit, corners: &Corners, axis: usize) -> Self {
        let mut edge = Self {
            orbit,
            axis,
            other: corners.front()[1 - axis],
            out: Vec2::ZERO,
            way: Vec2::ZERO,
        };
        let way = edge.spot(1.0) - edge.spot(0.0);
        let aside = way.rot90().normalized();
        let beyond = edge.spot(0.5) - orbit.spot_in_box([0.5, 0.5, 0.0]);
        // From the level of the floor, both lie on one line.
        let outward = aside.dot(beyond) + 1e-2 * beyond.length().max(1.0) * aside.y;
        edge.out = if outward < 0.0 { -aside } else { aside };
        edge.way = way;
        edge
    }

    /// The spot at a share of the edge.
    fn spot(&self, share: f64) -> Pos2 {
        let mut place = [share, share, 0.0];
        place[1 - self.axis] = self.other;
        self.orbit.spot_in_box(place)
    }

    /// The place of a text beside the edge, `out` points away.
    fn beside(&self, share: f64, out: f32, size: Vec2) -> Pos2 {
        self.spot(share) + self.out * (out + self.depth(size) / 2.0)
    }

    /// How far a text beside the edge reaches from its near to its far side.
    fn depth(&self, size: Vec2) -> f32 {
        self.out.x.abs() * size.x + self.out.y.abs() * size.y
    }

    /// Writes the numbers, away from the height axis if there is one; returns how far they reach.
    fn numbers(&self, pen: &mut Pen<'_>, has_heights: bool) -> f32 {
        let window = self.orbit.window();
        let range = [window.x, window.y][self.axis];
        let extent = range[1] - range[0];
        let [stacked, aside] = APART;
        let size = pen.scene.options.text;
        let apart = size * (stacked + aside * self.way.normalized().x.abs());
        let apart = f64::from(apart / self.way.length().max(1.0)) * extent;
        let foot = upright(self.orbit)(0.0);
        let mut reaches = TICK;
        if apart > extent {
            return reaches;
        }
        for value in ticks(range, apart, HALVES) {
            let share = (value - range[0]) / extent;
            if has_heights && self.spot(share).distance(foot) < CONFUSING * size {
                continue;
            }
            let text = pen.number(value);
            let at = self.beside(share, TICK + GAP, text.size());
            let rect = anchored(&text, at, Align2::CENTER_CENTER);
            if !pen.is_free(rect) {
                continue;
            }
            let from = self.spot(share);
            let tick = [from, from + self.out * TICK];
            reaches = reaches.max(TICK + GAP + self.depth(text.size()));
            pen.write(rect, text, pen.scene.colors.dim, Some(tick));
        }
        reaches
    }

    /// Writes the name beyond the numbers, or between two of them.
    fn name(&self, pen: &mut Pen<'_>, reaches: f32, name: &str) {
        if self.way.length() < SHORT * pen.scene.options.text {
            return;
        }
        let text = pen.text(name.to_owned(), 0.5, pen.scene.colors.text);
        let shares = [0.5, 0.42, 0.58, 0.34, 0.66, 0.25, 0.75, 0.15, 0.85];
        let rows = [reaches + GAP, TICK + GAP];
        let mut places = rows.into_iter().flat_map(|out| {
            let text = &text;
            shares.map(|share| {
                let at = self.beside(share, out, text.size());
                anchored(text, at, Align2::CENTER_CENTER)
            })
        });
        if let Some(rect) = places.find(|rect| pen.is_free(*rect)) {
            pen.write(rect, text, pen.scene.colors.text, None);
        }
    }
}

/// Writes the losses along the left edge of the box, and above them what they are.
fn heights(pen: &mut Pen<'_>, orbit: &Orbit) {
    let spot = upright(orbit);
    let color = pen.scene.colors.dim.gamma_multiply(strength(orbit));
    let mut highest: Option<f32> = None;
    for mark in losses::of(orbit, pen.scene.options.text) {
        let at = spot(mark.height);
        let text = pen.text(mark.text, -1.0, color);
        let beside = vec2(TICK + GAP, 0.0);
        let places = [
            (at - beside, Align2::RIGHT_CENTER, -TICK),
            (at + beside, Align2::LEFT_CENTER, TICK),
        ];
        let places = places.map(|(at, align, tick)| (anchored(&text, at, align), tick));
        let free = places.into_iter().find(|(rect, _)| pen.is_free(*rect));
        if let Some((rect, tick)) = free {
            highest = Some(highest.map_or(rect.top(), |top| top.min(rect.top())));
            pen.write(rect, text, color, Some([at, at + vec2(tick, 0.0)]));
        }
    }
    let Some(highest) = highest else {
        return;
    };
    let bright = pen.scene.colors.text.gamma_multiply(strength(orbit));
    let title = pen.text(losses::title(orbit.relief().scale()), -0.5, bright);
    let top = spot(1.0);
    let size = title.size();
    let picture = pen.scene.eye.rect().shrink(8.0);
    // Around the axis, as far as the picture reaches.
    let left = (top.x - 0.4 * size.x).min(picture.right() - size.x);
    let left = left.max(picture.left());
    let rows = [0.4, 1.0, 1.6, 2.4].map(|row| highest.min(top.y) - row * size.y);
    let places = rows.map(|bottom| anchored(&title, pos2(left, bottom), Align2::LEFT_BOTTOM));
    if let Some(rect) = places.into_iter().find(|rect| pen.is_free(*rect)) {
        pen.write(rect, title, bright, None);
    }
}
