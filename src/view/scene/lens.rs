//! The lens: shows crowded heads at twice the size in a corner.

use egui::{Align2, FontId, Painter, Pos2, Rect, Stroke, StrokeKind, Vec2};

use super::axes;
use super::heads::{head, is_out};
use super::placement::{Room, paint_tag, tag_size};
use super::seen::seen;
use super::{Scene, SceneRacer, whole_step};
use crate::view::eye::Eye;

/// The side of the square within which heads count as crowded.
const CROWD: f32 = 90.0;
/// The space for the markers around a crowd, in sizes of a head.
const AROUND: f32 = 1.3;
/// The numbers of steps for which the lens stays where it is. If the heads stay together for less,
/// there is no lens: it would jump about, and all that it shows would be drawn from scratch.
const STAYS: [usize; 5] = [16, 32, 64, 128, 256];
/// The magnification of the lens.
const POWER: f32 = 2.0;
/// The number of heads that make a crowd.
const ENOUGH: usize = 3;
/// The largest share of the lens's place that trails may cross.
const CROSSED: f32 = 0.12;

/// The corners in the order of preference.
const ORDER: [Align2; 4] = [
    Align2::RIGHT_BOTTOM,
    Align2::LEFT_BOTTOM,
    Align2::RIGHT_TOP,
    Align2::LEFT_TOP,
];

/// A lens and its place.
pub(super) struct Lens {
    rect: Rect,
    looked_at: Rect,
}

impl Lens {
    /// Places the lens over a crowd of heads, in the corner that the trails leave free throughout
    /// the race; `None` if there is no crowd or no room.
    pub fn place(scene: &Scene<'_>, room: &mut Room) -> Option<Self> {
        let eye = &scene.eye;
        let side = CROWD + (AROUND * scene.options.head_size).round();
        let size = Vec2::splat(POWER * side);
        if eye.rect().width() < 3.0 * size.x || eye.rect().height() < 2.2 * size.y {
            return None;
        }
        let looked_at = Rect::from_center_size(crowd(scene)?.round(), size / POWER);
        let rect = room.free_corner(size, ORDER, CROSSED)?;
        let near = rect.expand(12.0);
        let mut heads = scene.racers.iter().filter_map(|racer| head(racer, eye));
        if near.intersects(looked_at) || heads.any(|head| near.contains(head.at)) {
            return None;
        }
        room.take(rect);
        let [min, max] = [looked_at.min, looked_at.max];
        let [right, left] = [looked_at.right_top(), looked_at.left_bottom()];
        for ends in [[min, right], [right, max], [max, left], [left, min]] {
            room.cross(ends);
        }
        Some(Self { rect, looked_at })
    }

    /// Paints it, and a frame around what it shows.
    pub fn paint(&self, scene: &Scene<'_>, painter: &Painter) {
        let rect = self.rect;
        let border = Stroke::new(1.0, scene.colors.dim);
        painter.rect_stroke(self.looked_at, 0.0, border, StrokeKind::Middle);
        let inside = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
        let enlarged = scene.eye.enlarged(self.looked_at, rect);
        inside.rect_filled(rect, 0.0, scene.colors.window);
        axes::paint_box(&inside, &enlarged, scene.colors, scene.options.text);
        let vectors = scene.options.vectors;
        scene.map.paint_enlarged(&inside, &enlarged, vectors);
        scene.paint_race(&inside, &enlarged, POWER);
        painter.rect_stroke(rect, 0.0, border, StrokeKind::Middle);
        self.title(scene, &inside, &enlarged);
    }

    /// Writes what it is into a corner of the lens, away from the heads.
    fn title(&self, scene: &Scene<'_>, painter: &Painter, eye: &Eye) {
        let font = FontId::proportional(scene.options.text - 1.0);
        let text = painter.layout_no_wrap("lens ×2".to_owned(), font, scene.colors.text);
        let corners = [
            Align2::LEFT_TOP,
            Align2::RIGHT_TOP,
            Align2::LEFT_BOTTOM,
            Align2::RIGHT_BOTTOM,
        ];
        let within = self.rect.shrink(5.0);
        let size = tag_size(&text);
        let corners = corners.map(|corner| corner.align_size_within_rect(size, within));
        let covered = |corner: &Rect| {
            let near = corner.expand(scene.options.head_size);
            let heads = scene.racers.iter().filter_map(|racer| head(racer, eye));
            let minima = scene.minima.iter();
            let minima = minima.filter_map(|minimum| seen(eye, minimum.at));
            let marks = heads.chain(minima);
            marks.filter(|mark| near.contains(mark.at)).count()
        };
        if let Some(corner) = corners.into_iter().min_by_key(covered) {
            paint_tag(painter, scene.colors, corner, text);
        }
    }
}

/// The middle of the heads that stay together for the longest time.
fn crowd(scene: &Scene<'_>) -> Option<Pos2> {
    let rect = scene.eye.rect();
    let racers = scene.racers.iter();
    let racers = racers.filter(|racer| !racer.path.is_empty() && !is_out(racer));
    let racers = racers.filter(|racer| head(racer, &scene.eye).is_some());
    let ways: Vec<[Rect; STAYS.len()]> = racers.map(|racer| ways(racer, &scene.eye)).collect();
    let longest_first = (0..STAYS.len()).rev();
    let together = longest_first.map(|stay| ways.iter().map(move |ways| ways[stay]));
    let seen = together.map(|ways| ways.filter(|way| rect.contains_rect(*way)));
    let crowds = seen.map(|ways| largest(&ways.collect::<Vec<_>>()));
    let mut crowds = crowds.filter(|crowd| crowd.len() >= ENOUGH);
    let union = |crowd: Vec<Rect>| crowd.into_iter().reduce(Rect::union);
    crowds.next().and_then(union).map(|crowd| crowd.center())
}

/// The rectangles in which a racer is while the lens stays, for each number of steps.
///
/// Time is divided into equal parts for each number, so that the rectangle is the same for all
/// steps of a part.
fn ways(racer: &SceneRacer<'_>, eye: &Eye) -> [Rect; STAYS.len()] {
    let step = whole_step(racer.playhead);
    let spot = |step: usize| eye.spot(racer.path.at(step.min(racer.path.last_step())));
    let mut way = Rect::from_pos(spot(step));
    let (mut from, mut to) = (step, step);
    STAYS.map(|stay| {
        let first = step - step % stay;
        // The last step of a part leads into the next.
        let last = first + stay;
        for step in (first..from).chain(to + 1..=last) {
            way.extend_with(spot(step));
        }
        (from, to) = (first, last);
        way
    })
}

/// The largest group of rectangles that lie in a square of the size of a crowd.
fn largest(ways: &[Rect]) -> Vec<Rect> {
    let around = |middle: &Rect| -> Vec<Rect> {
        let square = Rect::from_center_size(middle.center(), Vec2::splat(CROWD));
        let inside = ways.iter().filter(|way| square.contains_rect(**way));
        inside.copied().collect()
    };
    let larger = |best: Vec<Rect>, other: Vec<Rect>| {
        if other.len() > best.len() {
            other
        } else {
            best
        }
    };
    ways.iter().map(around).fold(Vec::new(), larger)
}
