//! Ghosts: paths shown only for comparison, thin and behind all racers.

use egui::{Color32, Painter, Pos2, Shape, Stroke, Vec2, vec2};

use super::line::{length, stretches, thinned};
use super::placement::{Label, Labels, Rank, Room};
use super::seen::{Seen, seen, veiled};
use super::{Scene, whole_step};
use crate::simulation::{Status, Trajectory};
use crate::view::Colors;
use crate::view::eye::Eye;
use crate::view::marker::Marker;
use crate::view::theme::blend;

/// A path to compare with.
#[derive(Clone, Copy, Debug)]
pub struct Ghost<'a> {
    /// The label at its head; may be empty.
    pub name: &'a str,
    /// The path.
    pub path: &'a Trajectory,
    /// Its colour.
    pub color: Color32,
    /// The marker of its head.
    pub marker: Marker,
    /// The step from which it is drawn; before that, it coincides with its racer.
    pub since: usize,
    /// Whether it has no steps: it is then drawn whole, thinner, and without a head.
    pub timeless: bool,
}

impl<'a> Ghost<'a> {
    /// A gradient flow.
    #[must_use]
    pub fn flow(path: &'a Trajectory, colors: &Colors) -> Self {
        Self {
            name: "gradient flow (rate to 0)",
            path,
            color: blend(colors.dim, colors.text, 0.5),
            marker: Marker::Circle,
            since: 0,
            timeless: true,
        }
    }
}

const WIDTH: f32 = 1.3;
const HEAD: f32 = 8.0;

/// Paints the ghost: strong up to the playhead, faint beyond.
pub(super) fn paint(scene: &Scene<'_>, ghost: &Ghost<'_>, painter: &Painter, eye: &Eye) {
    if ghost.timeless {
        return paint_whole_step(scene, ghost, painter, eye);
    }
    // Only the stored points and the two ends: a recorded path may skip many steps.
    let points = |from: usize, to: usize| -> Vec<[f64; 2]> {
        let end = to.min(ghost.path.last_step());
        if from > end {
            return Vec::new();
        }
        let between = (ghost.path.point_of(from)..=ghost.path.point_of(end))
            .map(|point| ghost.path.step_of(point))
            .filter(|&step| from < step && step < end);
        std::iter::once(from)
            .chain(between)
            .chain((from < end).then_some(end))
            .map(|step| ghost.path.at(step))
            .collect()
    };
    let now = whole_step(scene.playhead);
    let draw = |points: &[[f64; 2]], strength: f32| {
        if points.len() < 2 {
            return;
        }
        let rim = scene.colors.rim.gamma_multiply(0.5 * strength);
        let look = Look {
            line: Stroke::new(WIDTH, ghost.color.gamma_multiply(strength)),
            rim: Stroke::new(WIDTH + 1.2, rim),
            dashes: [6.0, 3.0],
        };
        look.paint(points.iter().copied(), painter, eye);
    };
    let past = points(ghost.since, now);
    draw(&points(now.max(ghost.since), ghost.path.last_step()), 0.35);
    draw(&past, 0.85);
    if let Some(Seen { at, hidden }) = head(scene, ghost, eye) {
        let outline = Stroke::new(1.4, ghost.color);
        let size = head_size(scene);
        let fill = if hidden {
            Color32::TRANSPARENT
        } else {
            scene.colors.rim
        };
        let shapes = ghost.marker.filled(at, size, fill, outline);
        veiled(painter, hidden).extend(shapes);
    }
}

/// Paints the whole path as a thin dashed line.
fn paint_whole_step(scene: &Scene<'_>, ghost: &Ghost<'_>, painter: &Painter, eye: &Eye) {
    let look = Look {
        line: Stroke::new(1.1, ghost.color.gamma_multiply(0.8)),
        rim: Stroke::new(2.3, scene.colors.rim.gamma_multiply(0.35)),
        dashes: [4.0, 4.0],
    };
    look.paint(whole(ghost), painter, eye);
}

/// The look of a ghost's line.
struct Look {
    line: Stroke,
    rim: Stroke,
    dashes: [f32; 2],
}

impl Look {
    /// Paints a line of the plane; what is hidden is faint and has no rim.
    fn paint(&self, points: impl IntoIterator<Item = [f64; 2]>, painter: &Painter, eye: &Eye) {
        let clip = painter.clip_rect().expand(4.0);
        let [dash, gap] = self.dashes;
        for run in eye.lay(points, 0.0) {
            let painter = veiled(painter, run.hidden);
            for stretch in stretches(&thinned(&run.points, 0.1), clip) {
                if !run.hidden {
                    painter.add(Shape::line(stretch.clone(), self.rim));
                }
                painter.extend(Shape::dashed_line(&stretch, self.line, dash, gap));
            }
        }
    }
}

/// All points of a path.
fn whole<'a>(ghost: &Ghost<'a>) -> impl Iterator<Item = [f64; 2]> + use<'a> {
    let points = ghost.path.x.iter().zip(&ghost.path.y);
    points.map(|(x, y)| [*x, *y])
}

/// The point halfway along the longest part of a path that is seen in the picture.
fn middle(ghost: &Ghost<'_>, eye: &Eye) -> Option<Pos2> {
    let runs = eye.lay(whole(ghost), 0.0).into_iter();
    let runs = runs.filter(|run| !run.hidden);
    let seen = runs.flat_map(|run| stretches(&thinned(&run.points, 0.1), eye.rect()));
    let seen = seen.map(|stretch| (length(&stretch), stretch));
    let (whole, stretch) = seen.max_by(|(one, _), (other, _)| one.total_cmp(other))?;
    let mut left = whole / 2.0;
    for pair in stretch.windows(2) {
        let piece = pair[0].distance(pair[1]);
        if piece >= left && piece > 0.0 {
            return Some(pair[0].lerp(pair[1], left / piece));
        }
        left -= piece;
    }
    stretch.first().copied()
}

fn head_size(scene: &Scene<'_>) -> f32 {
    HEAD * scene.options.em()
}

/// The head of a ghost that has parted from its racer, if it is in the picture.
fn head(scene: &Scene<'_>, ghost: &Ghost<'_>, eye: &Eye) -> Option<Seen> {
    let has_parted =
        !ghost.timeless && ghost.since <= whole_step(scene.playhead).min(ghost.path.last_step());
    let head = has_parted.then(|| seen(eye, ghost.path.between(scene.playhead)))?;
    head.filter(|head| eye.rect().contains(head.at))
}

/// Enters the heads of the ghosts, which nothing should cover.
pub(super) fn enter(scene: &Scene<'_>, room: &mut Room) {
    for ghost in scene.ghosts {
        if let Some(Seen { at, .. }) = head(scene, ghost, &scene.eye) {
            room.mark(at, Vec2::splat(head_size(scene) + 2.0));
        }
    }
}

/// Names the ghosts at their heads.
pub(super) fn labels(scene: &Scene<'_>, labels: &mut Labels) {
    for ghost in scene.ghosts.iter().filter(|ghost| !ghost.name.is_empty()) {
        let at = if ghost.timeless {
            middle(ghost, &scene.eye)
        } else {
            head(scene, ghost, &scene.eye).map(|head| head.at)
        };
        let Some(at) = at else {
            continue;
        };
        let text = match ghost.path.status_at(whole_step(scene.playhead)) {
            status @ (Status::Diverged(_) | Status::Undefined(_)) => {
                format!("{}, {status}", ghost.name)
            }
            _ => ghost.name.to_owned(),
        };
        labels.add(Label {
            text,
            size: scene.options.text - 1.5,
            color: ghost.color,
            at,
            other_end: None,
            clear: if ghost.timeless {
                1.0
            } else {
                head_size(scene) / 2.0
            },
            way: vec2(1.0, -1.0),
            rank: Rank::Ghost,
        });
    }
}
