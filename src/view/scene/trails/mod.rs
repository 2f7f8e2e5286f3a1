//! The trails behind the racers.

mod grid;
mod ink;
mod kept;
mod meshes;
mod nearest;
mod pen;
mod pieces;
mod shift;

use egui::{Painter, Stroke};

pub use meshes::TrailMeshes;
pub use nearest::nearest_point;

use super::{Scene, SceneRacer};
use crate::view::eye::{Eye, Sight};
use ink::Ink;
use pen::{Layers, Look, Pen};
use pieces::Piece;

/// Paints the trails of racers up to the playhead, one over the other; what the surface hides of any
/// of them lies below all that is seen.
pub(super) fn paint<'a>(
    scene: &Scene<'_>,
    racers: impl Iterator<Item = &'a SceneRacer<'a>>,
    painter: &Painter,
    eye: &Eye,
    scale: f32,
) {
    let sight = Sight {
        eye: eye.clone(),
        clip: painter.clip_rect(),
        pixels_per_point: painter.pixels_per_point(),
    };
    let runners = racers.filter(|racer| !racer.path.is_empty());
    let mut trails: Vec<Layers> = runners
        .map(|racer| trail(scene, racer, painter, &sight, scale))
        .collect();
    for trail in &mut trails {
        painter.extend(std::mem::take(&mut trail.hidden));
    }
    for trail in trails {
        painter.extend(trail.rims);
        painter.extend(trail.lines);
    }
}

/// The trail of one racer.
fn trail(
    scene: &Scene<'_>,
    racer: &SceneRacer<'_>,
    painter: &Painter,
    sight: &Sight,
    scale: f32,
) -> Layers {
    let look = look(scene, racer, scale);
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    let playhead = racer.playhead.clamp(0.0, racer.path.last_step() as f64);
    let pieces = match scene.options.trail_length {
        Some(length) => pieces::limited(racer.path, playhead, length),
        None => pieces::whole(racer.path, playhead),
    };
    if scene.colors.discs {
        return plain(&Pen::new(racer.path, sight, look), &pieces);
    }
    kept(scene, racer, painter, sight, look, &pieces)
        .unwrap_or_else(|| drawn(&Pen::new(racer.path, sight, look), &pieces))
}

fn look(scene: &Scene<'_>, racer: &SceneRacer<'_>, scale: f32) -> Look {
    let window = scene.eye.window();
    let wider = if racer.selected { 1.36 } else { 1.0 };
    Look {
        color: racer.colors.color,
        rim: scene.colors.rim,
        width: scale.sqrt() * scene.options.trail_width * wider,
        strength: if racer.selected { 1.0 } else { 0.92 },
        dashed: racer.colors.dashed,
        reach: 0.5 * window.width().hypot(window.height()),
        decided_from: racer.decided_from.map(|step| racer.path.point_of(step)),
    }
}

/// Draws with the meshes of earlier frames, where there are any.
fn kept(
    scene: &Scene<'_>,
    racer: &SceneRacer<'_>,
    painter: &Painter,
    sight: &Sight,
    look: Look,
    pieces: &[Piece],
) -> Option<Layers> {
    if scene.options.vectors || scene.options.trail_length.is_some() {
        return None;
    }
    let mut meshes = scene.meshes?.try_borrow_mut().ok()?;
    let options = painter.ctx().tessellation_options(|options| *options);
    meshes.draw(racer.path, sight, look, pieces, options)
}

fn drawn(pen: &Pen<'_>, pieces: &[Piece]) -> Layers {
    let mut ink = Ink::none(pen.seen());
    let mut length = 0.0;
    let mut layers = Layers::default();
    for piece in pieces {
        let finished = piece.end.is_none() && piece.visible >= 1.0;
        let drawn = pen.draw(piece, length, finished.then_some(&mut ink));
        length = drawn.length;
        layers.hidden.extend(drawn.hidden);
        layers.rims.extend(drawn.rim);
        layers.lines.extend(drawn.line);
    }
    layers
}

/// Draws lines like those of the original, which are plain and slightly transparent.
fn plain(pen: &Pen<'_>, pieces: &[Piece]) -> Layers {
    let [Some(first), Some(last)] = [pieces.first(), pieces.last()] else {
        return Layers::default();
    };
    let stroke = Stroke::new(pen.look.width, pen.look.color.gamma_multiply(0.7));
    let points = *first.points.start()..*last.points.end() + 1;
    Layers {
        lines: pen.plain(points, last.end, stroke),
        ..Layers::default()
    }
}
