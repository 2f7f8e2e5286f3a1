//! Clouds: the paths of a racer with its other seeds, thin and faint, with a dot where each is now.

use std::sync::Arc;

use egui::{Color32, Painter, Shape, Stroke};

use super::line::{stretches, thinned};
use super::seen::seen;
use super::{Scene, whole_step};
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

/// The most points of lines that are drawn of all clouds together, whatever the number of seeds and
/// steps: a frame has to stay short.
const MOST_POINTS: usize = 48_000;
/// The same on a landscape, where each point may be hidden.
const MOST_ON_LAND: usize = 6_000;
/// The number of paths of a cloud that have a line even if it has to be coarse; of the others, only
/// those have one that fit.
const ENOUGH: usize = 20;
const WIDTH: f32 = 0.9;
/// The opacity of a line if there are few.
const LINE: f32 = 0.22;
const DOT: f32 = 1.8;

/// Paints all clouds.
pub(super) fn paint(scene: &Scene<'_>, painter: &Painter, eye: &Eye) {
    let most = match eye {
        Eye::Above(_) => MOST_POINTS,
        Eye::Orbit(_) => MOST_ON_LAND,
    };
    let most = most / scene.clouds.len().max(1);
    for cloud in scene.clouds {
        lines(cloud, most, painter, eye);
    }
    // Above the lines of all of them.
    let clip = painter.clip_rect().expand(DOT);
    for cloud in scene.clouds {
        for path in cloud.paths {
            let is_out = path.status_at(whole_step(cloud.playhead)).is_out();
            if is_out || path.is_empty() {
                continue;
            }
            let seen = seen(eye, path.between(cloud.playhead)).filter(|seen| !seen.hidden);
            if let Some(at) = seen.map(|seen| seen.at).filter(|at| clip.contains(*at)) {
                let color = cloud.color.gamma_multiply(0.75);
                let rim = Stroke::new(0.6, scene.colors.rim.gamma_multiply(0.6));
                painter.circle(at, DOT * scene.options.em(), color, rim);
            }
        }
    }
}

/// Paints the lines of a cloud, with about `most` points.
fn lines(cloud: &Cloud<'_>, most: usize, painter: &Painter, eye: &Eye) {
    let longest = cloud.paths.iter().map(|path| path.points()).max();
    let longest = longest.unwrap_or_default().max(1);
    let count = (most / longest).max(ENOUGH).min(cloud.paths.len());
    let stride = (count * longest).div_ceil(most.max(1)).max(1);
    #[expect(clippy::cast_precision_loss, reason = "at most a thousand")]
    let crowd = (ENOUGH as f32 / count.max(1) as f32).sqrt().min(1.0);
    let stroke = Stroke::new(WIDTH, cloud.color.gamma_multiply(LINE * crowd));
    for path in &cloud.paths[..count] {
        let last = path.point_of(whole_step(cloud.playhead));
        let kept = (0..=last).step_by(stride).map(|point| path.step_of(point));
        let points = kept.map(|step| path.at(step));
        let points = points.chain([path.between(cloud.playhead)]);
        // What is hidden would be too faint to be seen.
        for run in eye.lay(points, 0.0).iter().filter(|run| !run.hidden) {
            let clip = painter.clip_rect().expand(2.0);
            for stretch in stretches(&thinned(&run.points, 0.4), clip) {
                painter.add(Shape::line(stretch, stroke));
            }
        }
    }
}
