//! The saddles and maxima of a surface, beside its minima.

use egui::{Painter, Vec2, vec2};

use super::Scene;
use super::placement::{Label, Labels, Rank, Room};
use super::seen::{Seen, seen, veiled};
use crate::surface::stationary::Stationary;
use crate::view::eye::Eye;
use crate::view::marker::stationary_sign;
use crate::view::number;

/// The width of a sign.
const SIZE: f32 = 14.0;

/// Draws a sign at each point that is hidden or not.
pub(super) fn paint(scene: &Scene<'_>, painter: &Painter, eye: &Eye, hidden: bool) {
    let painter = &veiled(painter, hidden);
    let size = SIZE * scene.options.em();
    for point in scene.stationary {
        let found = seen(eye, point.at).filter(|seen| seen.hidden == hidden);
        let Some(Seen { at, .. }) = found else {
            continue;
        };
        if !eye.rect().expand(SIZE).contains(at) {
            continue;
        }
        // A rim keeps the thin lines apart from iso-lines.
        if !hidden {
            painter.extend(stationary_sign(point.kind, at, size, 4.4, scene.colors.rim));
        }
        painter.extend(stationary_sign(
            point.kind,
            at,
            size,
            1.7,
            scene.colors.text,
        ));
    }
}

/// Writes "saddle, f = 1.02" (or whatever its value is) beside each point.
pub(super) fn labels(scene: &Scene<'_>, labels: &mut Labels) {
    /// The most points that are labelled; with more of them, the text would hide the picture.
    const MOST: usize = 8;
    let inside = |point: &&Stationary| {
        let seen = seen(&scene.eye, point.at);
        seen.is_some_and(|seen| scene.eye.rect().contains(seen.at))
    };
    let points: Vec<&Stationary> = scene.stationary.iter().filter(inside).collect();
    if points.len() > MOST {
        return;
    }
    for point in points {
        let Some(Seen { at, hidden }) = seen(&scene.eye, point.at) else {
            continue;
        };
        labels.add(Label {
            text: format!("{}, f = {}", point.kind.noun(), number::short(point.value)),
            size: scene.options.text,
            color: if hidden {
                scene.colors.dim
            } else {
                scene.colors.text
            },
            at,
            other_end: None,
            clear: SIZE * scene.options.em() / 2.0,
            way: vec2(0.2, 1.0),
            rank: Rank::Stationary,
        });
    }
}

/// Enters the points, which nothing should cover.
pub(super) fn enter(scene: &Scene<'_>, room: &mut Room) {
    for point in scene.stationary {
        if let Some(Seen { at, .. }) = seen(&scene.eye, point.at) {
            room.mark(at, Vec2::splat(SIZE * scene.options.em()));
        }
    }
}
