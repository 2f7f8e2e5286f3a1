//! Divides trails into pieces of uniform colour.

use std::ops::RangeInclusive;

use crate::plane::Window;
use crate::simulation::Trajectory;

/// The least number of pieces in a long enough path, so that its colour grows smoothly.
const PIECES: usize = 12;
/// The maximum number of steps of a piece: the newest piece is built in every frame.
pub(super) const MOST: usize = 128;
/// The fraction of the trail's length over which its end fades out.
const FADE: f64 = 0.3;

/// A part of a trail, in one colour.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    /// The kept points of the path.
    pub points: RangeInclusive<usize>,
    /// The fractional step of the playhead, where the newest piece ends.
    pub end: Option<f64>,
    /// How much of the race is over, from 0 to 1.
    pub progress: f32,
    /// 1, or less where the trail's end fades out.
    pub visible: f32,
}

/// The whole trail up to the playhead, oldest piece first.
///
/// A piece depends on the path alone, except for the newest one, so that the others can be kept.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "steps are small numbers"
)]
pub(super) fn whole(path: &Trajectory, playhead: f64) -> Vec<Piece> {
    let size = size(path);
    let newest = path.point_of(playhead as usize);
    let finished = newest / size;
    (0..=finished)
        .map(|piece| {
            let from = piece * size;
            Piece {
                points: from..=(from + size).min(newest),
                end: (piece == finished).then_some(playhead),
                progress: progress(path, from + size / 2),
                visible: 1.0,
            }
        })
        .collect()
}

/// The number of pieces behind the newest one at the end of the race.
pub(super) fn finished(path: &Trajectory) -> usize {
    path.points().saturating_sub(1) / size(path)
}

/// The number of steps of a piece.
fn size(path: &Trajectory) -> usize {
    (path.points().saturating_sub(1) / PIECES).clamp(1, MOST)
}

/// The last `length` steps of the trail, of which the oldest fade out.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "steps are small numbers"
)]
pub(super) fn limited(path: &Trajectory, playhead: f64, length: f64) -> Vec<Piece> {
    let first = (playhead - length).max(0.0);
    let [oldest, newest] = [first, playhead].map(|step| path.point_of(step as usize));
    let count = PIECES.min(newest - oldest).max(1);
    let point = |piece: usize| oldest + piece * (newest - oldest) / count;
    let visible = |middle: usize| {
        let fading = FADE * (playhead - first);
        let age = (path.step_of(middle) as f64 - first) / fading.max(1e-6);
        if first > 0.0 {
            age.clamp(0.0, 1.0)
        } else {
            1.0
        }
    };
    (0..count)
        .map(|piece| {
            let (from, to) = (point(piece), point(piece + 1));
            let middle = usize::midpoint(from, to);
            Piece {
                points: from..=to,
                end: (piece + 1 == count).then_some(playhead),
                progress: progress(path, middle),
                visible: visible(middle) as f32,
            }
        })
        .filter(|piece| piece.visible > 0.0)
        .collect()
}

/// The smallest part of the plane with these points of a path.
pub(super) fn bounds(path: &Trajectory, from: usize, to: usize) -> Window {
    let range = |values: &[f64]| {
        let end = values.len().min(to + 1);
        range(values.get(from..end).unwrap_or_default())
    };
    Window::new(range(&path.x), range(&path.y))
}

/// The least and the greatest of some values, of which a processor compares several at once.
fn range(values: &[f64]) -> [f64; 2] {
    const LANES: usize = 8;
    let (mut low, mut high) = ([f64::INFINITY; LANES], [f64::NEG_INFINITY; LANES]);
    for values in values.chunks(LANES) {
        for ((low, high), &value) in low.iter_mut().zip(&mut high).zip(values) {
            *low = if value < *low { value } else { *low };
            *high = if value > *high { value } else { *high };
        }
    }
    [
        low.into_iter().fold(f64::INFINITY, f64::min),
        high.into_iter().fold(f64::NEG_INFINITY, f64::max),
    ]
}

/// How much of the race is over at a kept point.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a fraction of small numbers"
)]
fn progress(path: &Trajectory, point: usize) -> f32 {
    let step = path.step_of(point) as f64;
    (step / path.last_step().max(1) as f64) as f32
}
