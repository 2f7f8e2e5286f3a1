//! Racers outside the window: each has an arrow at the edge, with its distance.

use std::sync::Arc;

use egui::{Align2, FontId, Galley, Painter, Pos2, Rect, Shape, Stroke, Vec2, vec2};

use super::heads::{RIM, head_position, is_out, nearest_in};
use super::placement::{Candidate, Room, paint_tag, tag_size};
use super::{Scene, SceneRacer};
use crate::view::number;

/// The distance of the tips from the edge, in points.
const MARGIN: f32 = 14.0;
/// The distance by which an arrow is moved along the edge to find room.
const STEP: f32 = 4.0;
/// The maximum number of such moves in each direction.
const MOVES: u8 = 100;
/// The number of rows in which arrows stand if an edge is full.
const ROWS: u8 = 4;
/// The distance between these rows.
const ROW: f32 = 30.0;
/// The size of the marker behind the arrow.
const MARKER: f32 = 8.0;
/// The distance between the tip and the middle of the marker.
const BEHIND: f32 = 14.0;

/// An arrow that points to a racer.
struct Sign<'a> {
    scene: &'a Scene<'a>,
    racer: &'a SceneRacer<'a>,
    /// The racer, outside the picture.
    head: Pos2,
    /// Its distance.
    distance: Option<Arc<Galley>>,
}

/// Marks each racer that has left the window.
pub(super) fn paint(scene: &Scene<'_>, painter: &Painter, room: &mut Room) {
    for racer in scene.racers {
        let head = head_position(racer, &scene.eye);
        if scene.eye.rect().contains(head) || is_out(racer) {
            continue;
        }
        let mut sign = Sign {
            scene,
            racer,
            head,
            distance: Some(distance(scene, racer, painter)),
        };
        let tip = sign.place(room).or_else(|| {
            // Without its distance, it needs less room.
            sign.distance = None;
            sign.place(room)
        });
        sign.paint(painter, tip.unwrap_or_else(|| sign.nearest()));
    }
}

/// How far a racer is outside the window.
fn distance(scene: &Scene<'_>, racer: &SceneRacer<'_>, painter: &Painter) -> Arc<Galley> {
    let [x, y] = racer.path.between(racer.playhead);
    let window = scene.eye.window();
    let outside = |range: [f64; 2], value: f64| (range[0] - value).max(value - range[1]).max(0.0);
    let distance = outside(window.x, x).hypot(outside(window.y, y));
    let font = FontId::proportional(scene.options.text);
    painter.layout_no_wrap(number::short(distance), font, scene.colors.text)
}

impl Sign<'_> {
    /// The place of the tip nearest to the racer.
    fn nearest(&self) -> Pos2 {
        nearest_in(self.inner(), self.head)
    }

    /// The rectangle around which the tips lie.
    fn inner(&self) -> Rect {
        self.scene
            .eye
            .rect()
            .shrink(MARGIN * self.scene.options.em())
    }

    /// Takes the free place along the edge that is nearest to the racer; returns its tip.
    fn place(&self, room: &mut Room) -> Option<Pos2> {
        let nearest = self.nearest();
        let tips: Vec<Pos2> = (0..ROWS).flat_map(|row| self.tips(row)).collect();
        let candidates: Vec<Candidate> = tips
            .iter()
            .map(|&tip| Candidate {
                rect: self.bounds(tip),
                // It should point to where the racer left.
                away: 4.0 * tip.distance(nearest),
            })
            .collect();
        let rect = room.place(candidates.iter().copied(), true)?;
        let found = candidates.iter().position(|it| it.rect == rect);
        found.map(|index| tips[index])
    }

    /// The tips along the edge, the nearest to the racer first; those of later rows lie further
    /// inside.
    fn tips(&self, row: u8) -> impl Iterator<Item = Pos2> {
        let deep = f32::from(row) * ROW * self.scene.options.em();
        let inner = self.inner().shrink(deep);
        let nearest = nearest_in(inner, self.head);
        let upright = nearest.x <= inner.left() || nearest.x >= inner.right();
        let level = nearest.y <= inner.top() || nearest.y >= inner.bottom();
        let ways = [(upright, vec2(0.0, STEP)), (level, vec2(STEP, 0.0))];
        let ways = ways.into_iter().filter(|(along, _)| *along);
        ways.flat_map(|(_, way)| (0..=MOVES).map(move |step| way * f32::from(step)))
            .flat_map(move |by| [nearest + by, nearest - by])
            .map(move |tip| nearest_in(inner, tip))
    }

    fn way(&self, tip: Pos2) -> Vec2 {
        (self.head - tip).normalized()
    }

    fn marker(&self, tip: Pos2) -> Pos2 {
        tip - self.way(tip) * BEHIND * self.scene.options.em()
    }

    fn corners(&self, tip: Pos2) -> [Pos2; 4] {
        let way = self.way(tip) * self.scene.options.em();
        let side = way.rot90();
        [
            tip + way * 8.0,
            tip - way * 5.0 + side * 6.0,
            tip - way * 2.0,
            tip - way * 5.0 - side * 6.0,
        ]
    }

    /// The rectangle of the distance, which stands on the inner side of the marker.
    fn text(&self, tip: Pos2) -> Option<Rect> {
        let text = self.distance.as_ref()?;
        let marker = self.marker(tip);
        let beside = vec2(0.5 * MARKER + 4.0, 0.0) * self.scene.options.em();
        let left = tip.x < self.scene.eye.rect().center().x;
        let (at, align) = if left {
            (marker + beside, Align2::LEFT_CENTER)
        } else {
            (marker - beside, Align2::RIGHT_CENTER)
        };
        Some(align.anchor_size(at, tag_size(text)))
    }

    /// The rectangle around everything.
    fn bounds(&self, tip: Pos2) -> Rect {
        let marker = Vec2::splat((MARKER + 2.0 * RIM) * self.scene.options.em());
        let arrow = Rect::from_points(&self.corners(tip));
        let bounds = arrow.union(Rect::from_center_size(self.marker(tip), marker));
        self.text(tip).map_or(bounds, |text| bounds.union(text))
    }

    fn paint(&self, painter: &Painter, tip: Pos2) {
        let colors = self.scene.colors;
        let color = self.racer.colors.color;
        let corners = self.corners(tip).to_vec();
        let rim = Stroke::new(2.0 * RIM, colors.rim);
        painter.add(Shape::closed_line(corners.clone(), rim));
        painter.add(Shape::convex_polygon(corners, color, Stroke::NONE));
        let size = MARKER * self.scene.options.em();
        let rim = Stroke::new(RIM, colors.rim);
        let marker = self.racer.colors.marker;
        painter.extend(marker.filled(self.marker(tip), size, color, rim));
        if let (Some(rect), Some(text)) = (self.text(tip), &self.distance) {
            paint_tag(painter, colors, rect, Arc::clone(text));
        }
    }
}
