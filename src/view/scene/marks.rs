//! The marks that do not move: the minima and the start.

use egui::{Painter, Shape, Stroke, Vec2, vec2};

use super::Scene;
use super::placement::{Label, Labels, Rank, Room};
use super::seen::{Seen, THIN, seen, veiled};
use crate::surface::Minimum;
use crate::view::eye::Eye;
use crate::view::marker::star;
use crate::view::number;

/// The radius of the ring around the start.
const RING: f32 = 8.0;

/// Draws a star at each minimum that is hidden or not, smaller at local minima.
pub(super) fn minima(scene: &Scene<'_>, painter: &Painter, eye: &Eye, hidden: bool) {
    let painter = &veiled(painter, hidden);
    for minimum in scene.minima {
        let Some(Seen { at, .. }) = seen(eye, minimum.at).filter(|seen| seen.hidden == hidden)
        else {
            continue;
        };
        if !eye.rect().expand(12.0).contains(at) {
            continue;
        }
        let size = star_size(scene, minimum);
        if hidden {
            let line = Stroke::new(THIN, scene.colors.text);
            painter.add(Shape::closed_line(star(at, size), line));
            continue;
        }
        if !minimum.global && !scene.stationary.is_empty() {
            hollow_star(scene, painter, at, size);
            continue;
        }
        let rim = Stroke::new(3.0, scene.colors.rim);
        painter.add(Shape::closed_line(star(at, size), rim));
        let color = if scene.colors.discs {
            scene.colors.dim
        } else {
            scene.colors.text
        };
        painter.extend(filled_star(at, size, color));
    }
}

/// Draws the outline of a star, for a minimum that is not the lowest where saddles are marked, too.
fn hollow_star(scene: &Scene<'_>, painter: &Painter, at: egui::Pos2, size: f32) {
    painter.extend(filled_star(at, size + 2.0, scene.colors.rim));
    let line = Stroke::new(1.4, scene.colors.text);
    painter.add(Shape::closed_line(star(at, size), line));
}

/// Fills a star with triangles around its centre, since it is not convex.
#[must_use]
pub fn filled_star(at: egui::Pos2, size: f32, color: egui::Color32) -> Vec<Shape> {
    let corners = star(at, size);
    let mut mesh = egui::Mesh::default();
    mesh.colored_vertex(at, color);
    for corner in &corners {
        mesh.colored_vertex(*corner, color);
    }
    for corner in 0..10_u32 {
        mesh.add_triangle(0, corner + 1, (corner + 1) % 10 + 1);
    }
    vec![
        Shape::mesh(mesh),
        Shape::closed_line(corners, Stroke::new(0.8, color)),
    ]
}

/// The width of a minimum's star.
fn star_size(scene: &Scene<'_>, minimum: &Minimum) -> f32 {
    let size = match minimum.global {
        true => 21.0,
        false if scene.stationary.is_empty() => 12.0,
        false => 17.0,
    };
    size * scene.options.em()
}

/// Writes "f = 0" (or whatever its value is) beside each global minimum, and beside local ones if the
/// saddles between them are marked as well.
pub(super) fn minimum_labels(scene: &Scene<'_>, labels: &mut Labels) {
    /// The most local minima that are labelled.
    const MOST: usize = 8;
    let all = !scene.stationary.is_empty() && scene.minima.len() <= MOST;
    for minimum in scene.minima.iter().filter(|it| it.global || all) {
        let Some(Seen { at, hidden }) = seen(&scene.eye, minimum.at) else {
            continue;
        };
        if scene.eye.rect().contains(at) {
            labels.add(Label {
                text: if all {
                    format!("f = {}", number::short(minimum.value))
                } else {
                    format!("f = {}", number::precise(minimum.value))
                },
                size: scene.options.text,
                color: if hidden {
                    scene.colors.dim
                } else {
                    scene.colors.text
                },
                at,
                other_end: None,
                clear: star_size(scene, minimum) / 2.0,
                way: vec2(1.0, -0.6),
                rank: Rank::Minimum,
            });
        }
    }
}

/// Draws a ring at the starting point, if that is hidden or not.
pub(super) fn start(scene: &Scene<'_>, painter: &Painter, eye: &Eye, hidden: bool) {
    if scene.colors.discs {
        return;
    }
    let Some(Seen { at, .. }) = seen(eye, scene.start).filter(|seen| seen.hidden == hidden) else {
        return;
    };
    let radius = RING * scene.options.em();
    if hidden {
        let line = Stroke::new(THIN, scene.colors.text);
        veiled(painter, hidden).circle_stroke(at, radius, line);
        return;
    }
    painter.circle_stroke(at, radius, Stroke::new(4.6, scene.colors.rim));
    painter.circle_stroke(at, radius, Stroke::new(2.2, scene.colors.text));
}

/// Enters the minima and the start, which nothing should cover.
pub(super) fn enter(scene: &Scene<'_>, room: &mut Room) {
    for minimum in scene.minima {
        if let Some(Seen { at, .. }) = seen(&scene.eye, minimum.at) {
            room.mark(at, Vec2::splat(star_size(scene, minimum)));
        }
    }
    let start = seen(&scene.eye, scene.start).filter(|_| !scene.colors.discs);
    if let Some(Seen { at, .. }) = start {
        let size = 2.0 * (RING + 2.3) * scene.options.em();
        room.mark(at, Vec2::splat(size));
    }
}
