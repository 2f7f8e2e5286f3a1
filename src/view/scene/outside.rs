//! Racers outside the picture or beside a landscape: each has an arrow at the edge, with its
//! distance.

use std::sync::Arc;

use egui::{Align2, FontId, Galley, Painter, Pos2, Rect, Shape, Stroke, Vec2, vec2};

use super::heads::{RIM, is_out, nearest_in};
use super::placement::{Candidate, Room, paint_tag, tag_size};
use super::seen::{seen, veiled};
use super::{Scene, SceneRacer};
use crate::view::eye::{Eye, Orbit};
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
    /// Where the racer would be seen.
    head: Pos2,
    /// The edge of the landscape that it has left; `None` if it is the picture's.
    brink: Option<Brink<'a>>,
    /// Its distance.
    distance: Option<Arc<Galley>>,
}

/// The edge of a landscape, at the point that is nearest to a racer.
struct Brink<'a> {
    orbit: &'a Orbit,
    /// The way round the field to the point, where every side has the length 1.
    along: f64,
    hidden: bool,
}

/// Where an arrow can be.
#[derive(Clone, Copy, Debug)]
struct Tip {
    at: Pos2,
    /// Its direction.
    way: Vec2,
    /// Whether the distance stands to the right of the marker.
    right: bool,
}

/// Marks each racer that has left the picture or the landscape.
pub(super) fn paint(scene: &Scene<'_>, painter: &Painter, room: &mut Room) {
    for racer in scene.racers {
        let at = racer.path.between(racer.playhead);
        if is_out(racer) || scene.eye.contains(at) {
            continue;
        }
        let mut sign = Sign::new(scene, racer, at);
        sign.distance = sign.tell(at, painter);
        let tip = sign.place(room).or_else(|| {
            // Without its distance, it needs less room.
            sign.distance = None;
            sign.place(room)
        });
        sign.paint(painter, tip.unwrap_or_else(|| sign.nearest()));
    }
}

impl<'a> Sign<'a> {
    fn new(scene: &'a Scene<'a>, racer: &'a SceneRacer<'a>, at: [f64; 2]) -> Self {
        let mut sign = Self {
            scene,
            racer,
            head: scene.eye.spot(at),
            brink: None,
            distance: None,
        };
        if let Eye::Orbit(orbit) = &scene.eye
            && seen(&scene.eye, at).is_none()
        {
            let brink = Brink::of(orbit, at);
            let edge = brink.spot(0.0);
            if sign.inner().contains(edge) {
                sign.brink = Some(brink);
            } else if scene.eye.rect().contains(sign.head) {
                // Beside the landscape, whose edge is outside the picture.
                sign.head = edge;
            }
        }
        sign
    }

    /// How far the racer is outside the window; `None` if it is in there.
    fn tell(&self, [x, y]: [f64; 2], painter: &Painter) -> Option<Arc<Galley>> {
        let Scene {
            eye,
            colors,
            options,
            ..
        } = self.scene;
        let window = eye.window();
        let outside =
            |range: [f64; 2], value: f64| (range[0] - value).max(value - range[1]).max(0.0);
        let distance = outside(window.x, x).hypot(outside(window.y, y));
        let color = if self.is_hidden() {
            colors.dim
        } else {
            colors.text
        };
        let font = FontId::proportional(options.text);
        (distance > 0.0).then(|| painter.layout_no_wrap(number::short(distance), font, color))
    }

    /// Whether it stands behind the surface.
    fn is_hidden(&self) -> bool {
        self.brink.as_ref().is_some_and(|brink| brink.hidden)
    }

    /// The place of the tip nearest to the racer.
    fn nearest(&self) -> Tip {
        match &self.brink {
            Some(brink) => self.beyond(brink, 0.0, 0),
            None => self.at_edge(nearest_in(self.inner(), self.head)),
        }
    }

    /// The rectangle around which the tips lie.
    fn inner(&self) -> Rect {
        self.scene
            .eye
            .rect()
            .shrink(MARGIN * self.scene.options.em())
    }

    /// Takes the free place along the edge that is nearest to the racer.
    fn place(&self, room: &mut Room) -> Option<Tip> {
        let nearest = self.nearest().at;
        let tips: Vec<Tip> = match &self.brink {
            Some(brink) => (0..ROWS).flat_map(|row| self.round(brink, row)).collect(),
            None => (0..ROWS).flat_map(|row| self.tips(row)).collect(),
        };
        let candidates: Vec<Candidate> = tips
            .iter()
            .map(|tip| Candidate {
                rect: self.bounds(tip),
                // It should point to where the racer left.
                away: 4.0 * tip.at.distance(nearest),
            })
            .collect();
        let rect = room.place(candidates.iter().copied(), true)?;
        let found = candidates.iter().position(|it| it.rect == rect);
        found.map(|index| tips[index])
    }

    /// The tips along the picture's edge, the nearest to the racer first; those of later rows lie
    /// further inside.
    fn tips(&self, row: u8) -> impl Iterator<Item = Tip> {
        let deep = f32::from(row) * ROW * self.scene.options.em();
        let inner = self.inner().shrink(deep);
        let nearest = nearest_in(inner, self.head);
        let upright = nearest.x <= inner.left() || nearest.x >= inner.right();
        let level = nearest.y <= inner.top() || nearest.y >= inner.bottom();
        let ways = [(upright, vec2(0.0, STEP)), (level, vec2(STEP, 0.0))];
        let ways = ways.into_iter().filter(|(along, _)| *along);
        ways.flat_map(|(_, way)| (0..=MOVES).map(move |step| way * f32::from(step)))
            .flat_map(move |by| [nearest + by, nearest - by])
            .map(move |tip| self.at_edge(nearest_in(inner, tip)))
    }

    /// The tip at a place at the picture's edge.
    fn at_edge(&self, at: Pos2) -> Tip {
        Tip {
            at,
            way: (self.head - at).normalized(),
            // On the inner side.
            right: at.x < self.scene.eye.rect().center().x,
        }
    }

    /// The tips along the edge of a landscape, the nearest to the racer first; those of later rows
    /// lie further outside.
    fn round(&self, brink: &Brink<'_>, row: u8) -> impl Iterator<Item = Tip> {
        /// Half of the way round the field, in moves.
        const ROUND: f64 = 2.0 / MOVES as f64;
        let moves = (0..=MOVES).map(|step| f64::from(step) * ROUND);
        let moves = moves.flat_map(|by| [by, -by]);
        moves.flat_map(move |by| {
            let tip = self.beyond(brink, by, row);
            let right = !tip.right;
            [tip, Tip { right, ..tip }]
        })
    }

    /// The tip whose marker stands on the edge of a landscape, or in a later row beyond it.
    fn beyond(&self, brink: &Brink<'_>, by: f64, row: u8) -> Tip {
        /// The distance from which a racer is in a clear direction.
        const CLEAR: f32 = 6.0;
        let edge = brink.spot(by);
        let middle = brink.orbit.spot_in_box([0.5, 0.5, 0.5]);
        let way = if self.head.distance(edge) > CLEAR {
            (self.head - edge).normalized()
        } else {
            (edge - middle).normalized()
        };
        let away = BEHIND + f32::from(row) * ROW;
        Tip {
            at: edge + way * away * self.scene.options.em(),
            way,
            // Not over the landscape.
            right: way.x >= 0.0,
        }
    }

    fn marker(&self, tip: &Tip) -> Pos2 {
        tip.at - tip.way * BEHIND * self.scene.options.em()
    }

    fn corners(&self, tip: &Tip) -> [Pos2; 4] {
        let way = tip.way * self.scene.options.em();
        let side = way.rot90();
        [
            tip.at + way * 8.0,
            tip.at - way * 5.0 + side * 6.0,
            tip.at - way * 2.0,
            tip.at - way * 5.0 - side * 6.0,
        ]
    }

    /// The rectangle of the distance, which stands beside the marker.
    fn text(&self, tip: &Tip) -> Option<Rect> {
        let text = self.distance.as_ref()?;
        let marker = self.marker(tip);
        let beside = vec2(0.5 * MARKER + 4.0, 0.0) * self.scene.options.em();
        let (at, align) = if tip.right {
            (marker + beside, Align2::LEFT_CENTER)
        } else {
            (marker - beside, Align2::RIGHT_CENTER)
        };
        Some(align.anchor_size(at, tag_size(text)))
    }

    /// The rectangle around everything.
    fn bounds(&self, tip: &Tip) -> Rect {
        let marker = Vec2::splat((MARKER + 2.0 * RIM) * self.scene.options.em());
        let arrow = Rect::from_points(&self.corners(tip));
        let bounds = arrow.union(Rect::from_center_size(self.marker(tip), marker));
        self.text(tip).map_or(bounds, |text| bounds.union(text))
    }

    fn paint(&self, painter: &Painter, tip: Tip) {
        let veiled = veiled(painter, self.is_hidden());
        let colors = self.scene.colors;
        let color = self.racer.colors.color;
        let corners = self.corners(&tip).to_vec();
        let rim = Stroke::new(2.0 * RIM, colors.rim);
        veiled.add(Shape::closed_line(corners.clone(), rim));
        veiled.add(Shape::convex_polygon(corners, color, Stroke::NONE));
        let size = MARKER * self.scene.options.em();
        let rim = Stroke::new(RIM, colors.rim);
        let marker = self.racer.colors.marker;
        veiled.extend(marker.filled(self.marker(&tip), size, color, rim));
        if let (Some(rect), Some(text)) = (self.text(&tip), &self.distance) {
            paint_tag(painter, colors, rect, Arc::clone(text));
        }
    }
}

impl<'a> Brink<'a> {
    /// The point of the edge that is nearest to a point beside the landscape.
    fn of(orbit: &'a Orbit, at: [f64; 2]) -> Self {
        let [u, v] = orbit.in_field(at).map(|it| it.clamp(0.0, 1.0));
        let along = if v <= 0.0 {
            u
        } else if u >= 1.0 {
            1.0 + v
        } else if v >= 1.0 {
            3.0 - u
        } else {
            4.0 - v
        };
        Self {
            orbit,
            along,
            hidden: orbit.hides(orbit.in_plane([u, v])),
        }
    }

    /// A spot on the edge, a part of the way round further on.
    fn spot(&self, by: f64) -> Pos2 {
        let along = (self.along + by).rem_euclid(4.0);
        let share = along.fract();
        let place = match along {
            ..1.0 => [share, 0.0],
            1.0..2.0 => [1.0, share],
            2.0..3.0 => [1.0 - share, 1.0],
            _ => [0.0, 1.0 - share],
        };
        self.orbit.spot(self.orbit.in_plane(place))
    }
}
