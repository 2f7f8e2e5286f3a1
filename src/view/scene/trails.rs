//! The trails behind the racers.

use egui::{Painter, Pos2, Shape, Stroke};

use super::line::{stretches, thinned};
use super::{Frame, Scene, SceneRacer};
use crate::view::theme::blend;

/// The number of pieces of uniform colour in a trail, which goes from 60 % to 100 % of the racer's
/// colour.
const PIECES: usize = 12;
/// The strength of the colour at the start of a trail.
const FAINTEST: f32 = 0.6;
/// How much wider the rim is than the trail.
const RIM: f32 = 1.6;
/// Points closer together than this are drawn as one.
const CLOSE: f32 = 0.6;
/// A point closer than this to the line between its neighbours can be dropped.
const UNSEEN: f32 = 0.15;
/// The length on screen above which a trail is not dashed: it crosses itself so often that its
/// dashes would only be thousands of specks.
const DASHED: f32 = 8_000.0;
/// The fraction of the trail's length over which its end fades out.
const FADE: f64 = 0.3;

/// Paints the trail of one racer up to the playhead.
pub(super) fn paint(
    scene: &Scene<'_>,
    racer: &SceneRacer<'_>,
    painter: &Painter,
    frame: &Frame,
    scale: f32,
) {
    let trail = Trail::of(scene, racer, frame);
    if trail.points.len() < 2 {
        return;
    }
    let width = scale.sqrt()
        * if racer.selected {
            scene.options.trail_width * 1.36
        } else {
            scene.options.trail_width
        };
    let dim = if racer.selected { 1.0 } else { 0.92 };
    let seen = painter.clip_rect().expand(2.0 * width);
    if scene.colors.discs {
        // The lines of the original are plain and slightly transparent.
        let stroke = Stroke::new(width, racer.colors.color.gamma_multiply(0.7));
        let points = thinned(&trail.points, UNSEEN);
        let dashed = racer.colors.dashed && length(&points) < DASHED;
        painter.extend(lines(&stretches(&points, seen), stroke, dashed));
        return;
    }
    let pieces: Vec<(Piece<'_>, Vec<Vec<Pos2>>)> = trail
        .pieces()
        .map(|piece| {
            let stretches = stretches(&thinned(piece.points, UNSEEN), seen);
            (piece, stretches)
        })
        .collect();
    let all = pieces.iter().flat_map(|(_, stretches)| stretches);
    let dashed = racer.colors.dashed && all.map(|stretch| length(stretch)).sum::<f32>() < DASHED;
    for (piece, stretches) in &pieces {
        let stroke = Stroke::new(width + RIM, scene.colors.rim.gamma_multiply(piece.visible));
        painter.extend(lines(stretches, stroke, false));
    }
    for (piece, stretches) in &pieces {
        // Blended with the rim rather than transparent, so that overlaps of pieces are invisible.
        let color = blend(scene.colors.rim, racer.colors.color, piece.strength * dim);
        let stroke = Stroke::new(width, color.gamma_multiply(piece.visible));
        painter.extend(lines(stretches, stroke, dashed));
    }
}

fn lines(stretches: &[Vec<Pos2>], stroke: Stroke, dashed: bool) -> Vec<Shape> {
    let line = |points: &Vec<Pos2>| {
        if dashed {
            Shape::dashed_line(points, stroke, 7.0, 4.0)
        } else {
            vec![Shape::line(points.clone(), stroke)]
        }
    };
    stretches.iter().flat_map(line).collect()
}

fn length(points: &[Pos2]) -> f32 {
    let pairs = points.windows(2);
    pairs.map(|pair| pair[0].distance(pair[1])).sum()
}

/// The visible part of a path, on screen.
struct Trail {
    points: Vec<Pos2>,
    /// The step of each point, as a fraction of the playhead.
    age: Vec<f32>,
    /// The oldest visible step, as a fraction of the playhead.
    oldest: f32,
}

struct Piece<'a> {
    points: &'a [Pos2],
    /// The strength of the racer's own colour.
    strength: f32,
    /// 1, or less where the trail's end fades out.
    visible: f32,
}

impl Trail {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "steps are small numbers"
    )]
    fn of(scene: &Scene<'_>, racer: &SceneRacer<'_>, frame: &Frame) -> Self {
        let path = racer.path;
        let end = racer.playhead.clamp(0.0, path.last_step() as f64);
        let first = match scene.options.trail_length {
            Some(length) => (racer.playhead - length).clamp(0.0, end),
            None => 0.0,
        };
        let reach = end.max(1.0);
        let whole = end as usize;
        let points = path.point_of(first as usize)..=path.point_of(whole);
        let mut trail = Self {
            points: Vec::with_capacity(points.end() - points.start() + 2),
            age: Vec::with_capacity(points.end() - points.start() + 2),
            oldest: if first > 0.0 {
                (first / reach) as f32
            } else {
                -1.0
            },
        };
        let newest = path.step_of(*points.end());
        for step in points.map(|point| path.step_of(point)) {
            trail.push(
                frame.to_screen(path.at(step)),
                step as f64 / reach,
                step == newest,
            );
        }
        if end > newest as f64 {
            trail.push(frame.to_screen(path.between(end)), end / reach, true);
        }
        trail
    }

    #[expect(clippy::cast_possible_truncation, reason = "an age is a fraction")]
    fn push(&mut self, point: Pos2, age: f64, last: bool) {
        let close = |before: &Pos2| (point - *before).length_sq() < CLOSE * CLOSE;
        if !last && self.points.last().is_some_and(close) {
            return;
        }
        self.points.push(point);
        self.age.push(age as f32);
    }

    /// The visible pieces, oldest first.
    #[expect(clippy::cast_precision_loss, reason = "a dozen pieces")]
    fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        let count = PIECES.min(self.points.len() - 1);
        let last = self.points.len() - 1;
        let pieces = (0..count).map(move |piece| {
            let (from, to) = (piece * last / count, (piece + 1) * last / count);
            let age = f32::midpoint(self.age[from], self.age[to]);
            let strength = FAINTEST + (1.0 - FAINTEST) * (piece as f32 + 0.5) / count as f32;
            // One extra point at the end hides the seam under the next piece.
            let points = &self.points[from..=(to + 1).min(last)];
            Piece {
                points,
                strength,
                visible: self.visible(age),
            }
        });
        pieces.filter(|piece| piece.visible > 0.0)
    }

    #[expect(clippy::cast_possible_truncation, reason = "a fraction")]
    fn visible(&self, age: f32) -> f32 {
        if self.oldest < 0.0 {
            return 1.0;
        }
        let fading = (1.0 - self.oldest) * FADE as f32;
        ((age - self.oldest) / fading.max(1e-6)).clamp(0.0, 1.0)
    }
}

/// The racer and step of the point nearest to a position on screen, within `reach` points.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "steps are small numbers"
)]
pub fn nearest_point(
    scene: &Scene<'_>,
    frame: &Frame,
    at: Pos2,
    reach: f32,
) -> Option<(usize, usize)> {
    let mut nearest = None;
    let mut shortest = reach;
    for (index, racer) in scene.racers.iter().enumerate() {
        let end = (racer.playhead.max(0.0) as usize).min(racer.path.last_step());
        let mut before = frame.to_screen(racer.path.at(0));
        for step in (0..=end).step_by(racer.path.every()) {
            let point = frame.to_screen(racer.path.at(step));
            let distance = distance_to_segment(at, before, point);
            if distance < shortest {
                shortest = distance;
                let closer_to_end = (at - point).length_sq() <= (at - before).length_sq();
                let back = if closer_to_end { 0 } else { racer.path.every() };
                let step = step.saturating_sub(back);
                nearest = Some((index, step));
            }
            before = point;
        }
    }
    nearest
}

pub(super) fn distance_to_segment(at: Pos2, from: Pos2, to: Pos2) -> f32 {
    let (along, way) = (to - from, at - from);
    let length = along.length_sq();
    let share = if length > 0.0 {
        (way.dot(along) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (way - along * share).length()
}
