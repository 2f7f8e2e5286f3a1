//! Drop lines: from the head of the selected racer straight down to the floor.

use egui::{Painter, Pos2, Shape, Stroke};

use super::heads::is_out;
use super::seen::veiled;
use super::{Scene, SceneRacer};
use crate::view::eye::{Eye, Orbit};

/// The elevations of the eye, in degrees, from which a drop line helps to find a place.
const HELPS: [f64; 2] = [5.0, 65.0];
/// The length of a line that is worth drawing, in points.
const WORTH: f32 = 14.0;
/// The number of pieces that are seen or hidden.
const PIECES: u8 = 16;
/// Half of the length of the ticks on the floor, in points.
const TICK: f32 = 4.0;

/// Paints the line of a racer, if it is selected.
pub(super) fn paint(scene: &Scene<'_>, racer: &SceneRacer<'_>, painter: &Painter, eye: &Eye) {
    let Eye::Orbit(orbit) = eye else {
        return;
    };
    let at = racer.path.between(racer.playhead);
    let elevation = orbit.viewpoint().elevation;
    let helps = (HELPS[0]..=HELPS[1]).contains(&elevation);
    if !racer.selected || !helps || is_out(racer) || !eye.window().contains(at) {
        return;
    }
    let [u, v] = orbit.in_field(at);
    let height = orbit.relief().height([u, v]);
    let place = |share: f64| [u, v, height * share];
    let ends = [1.0, 0.0].map(|share| orbit.spot_in_box(place(share)));
    if height.is_nan() || ends[0].distance(ends[1]) < WORTH {
        return;
    }
    let stroke = Stroke::new(1.0, racer.colors.color);
    let spots = (0..=PIECES).map(|piece| {
        let place = place(1.0 - f64::from(piece) / f64::from(PIECES));
        (orbit.spot_in_box(place), is_seen(orbit, place))
    });
    let spots: Vec<(Pos2, bool)> = spots.collect();
    for run in spots.chunk_by(|(_, one), (_, other)| one == other) {
        line(run, stroke, painter);
    }
    let tick = Stroke::new(1.0, scene.colors.dim);
    let floor = veiled(painter, !is_seen(orbit, place(0.0)));
    for axis in 0..2 {
        let along = |by: f64| {
            let mut place = place(0.0);
            place[axis] += by;
            orbit.spot_in_box(place)
        };
        let way = (along(0.01) - along(-0.01)).normalized() * TICK;
        floor.line_segment([ends[1] - way, ends[1] + way], tick);
    }
}

fn line(run: &[(Pos2, bool)], stroke: Stroke, painter: &Painter) {
    let points: Vec<Pos2> = run.iter().map(|(spot, _)| *spot).collect();
    match run.first() {
        Some((_, true)) => {
            painter.add(Shape::line(points, stroke));
        }
        Some((_, false)) => {
            let dashes = Shape::dashed_line(&points, stroke, 3.0, 3.0);
            veiled(painter, true).extend(dashes);
        }
        None => {}
    }
}

/// Whether nothing of the surface is between the eye and a place in the box.
fn is_seen(orbit: &Orbit, place: [f64; 3]) -> bool {
    /// How far behind the surface a place on it may seem to be, as a share of the box.
    const TOUCH: f64 = 2e-3;
    let ray = orbit.ray_through(orbit.spot_in_box(place));
    let way = ray.way;
    let along = |of: [f64; 3]| way[0] * of[0] + way[1] * of[1] + way[2] * of[2];
    let from = [0, 1, 2].map(|axis| place[axis] - ray.from[axis]);
    let here = along(from) / along(way);
    let touch = TOUCH / along(way).sqrt();
    let hit = orbit.relief().first_hit(&ray);
    hit.is_none_or(|hit| hit >= here - touch)
}
