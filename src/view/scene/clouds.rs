//! Clouds: the paths of a racer with its other seeds, thin and faint, with a dot where each is now.

use std::sync::Arc;

use egui::{Color32, Painter, Pos2, Shape, Stroke};

use super::Scene;
use super::line::{stretches, thinned};
use crate::simulation::Trajectory;
use crate::view::eye::Eye;

/// The paths of a racer with its other seeds.
#[derive(Clone, Copy, Debug)]
pub struct Cloud<'a> {
    /// The paths.
    pub paths: &'a [Arc<Trajectory>],
    /// Their colour.
    pub color: Color32,
    /// The fractional step up to which they are drawn.
    pub playhead: f64,
}

/// The most points that are drawn of all clouds together, whatever the number of seeds and steps: a
/// frame has to stay short.
const MOST_POINTS: usize = 24_000;
const WIDTH: f32 = 0.9;
const LINE: f32 = 0.22;
const DOT: f32 = 1.8;

/// Paints all clouds.
pub(super) fn paint(scene: &Scene<'_>, painter: &Painter, eye: &Eye) {
    let stride = stride(scene.clouds);
    for cloud in scene.clouds {
        for path in cloud.paths {
            line(cloud, path, stride, painter, eye);
        }
    }
    // Above the lines of all of them.
    let seen = painter.clip_rect().expand(DOT);
    for cloud in scene.clouds {
        for path in cloud.paths {
            let at = eye.spot(path.between(cloud.playhead));
            let is_out = path.status_at(now(cloud)).is_out();
            if seen.contains(at) && !is_out && !path.is_empty() {
                let color = cloud.color.gamma_multiply(0.75);
                let rim = Stroke::new(0.6, scene.colors.rim.gamma_multiply(0.6));
                painter.circle(at, DOT * scene.options.em(), color, rim);
            }
        }
    }
}

/// The distance between the points that are drawn.
fn stride(clouds: &[Cloud<'_>]) -> usize {
    let paths = clouds.iter().flat_map(|cloud| cloud.paths);
    let points: usize = paths.map(|path| path.points()).sum();
    points.div_ceil(MOST_POINTS).max(1)
}

fn line(cloud: &Cloud<'_>, path: &Trajectory, stride: usize, painter: &Painter, eye: &Eye) {
    let last = path.point_of(now(cloud));
    let kept = (0..=last).step_by(stride).map(|point| path.step_of(point));
    let mut points: Vec<Pos2> = kept.map(|step| eye.spot(path.at(step))).collect();
    points.push(eye.spot(path.between(cloud.playhead)));
    let stroke = Stroke::new(WIDTH, cloud.color.gamma_multiply(LINE));
    for stretch in stretches(&thinned(&points, 0.4), painter.clip_rect().expand(2.0)) {
        painter.add(Shape::line(stretch, stroke));
    }
}

/// The whole step at the playhead.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "steps are small numbers"
)]
fn now(cloud: &Cloud<'_>) -> usize {
    cloud.playhead.max(0.0) as usize
}
