//! The quadratic approximation of the surface at a point: how much it curves, and in which
//! directions.

use egui::{Painter, Pos2, Shape, Stroke, Vec2};

use super::Scene;
use super::placement::{Label, Labels, Rank, Room};
use super::seen::{Seen, seen, veiled};
use crate::view::number;
use crate::view::theme::blend;

/// The curvature at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quadratic {
    /// The point.
    pub at: [f64; 2],
    /// The eigenvalues of the Hessian, largest first.
    pub values: [f64; 2],
    /// The corresponding unit eigenvectors.
    pub directions: [[f64; 2]; 2],
}

/// The length of the ellipse's longer half axis, in points.
const REACH: f32 = 84.0;

/// Paints the eigenvectors, and if the surface is locally a bowl, an ellipse of equal loss.
///
/// The half axes are proportional to 1/√λ: short where the surface is steep.
pub(super) fn paint(
    scene: &Scene<'_>,
    quadratic: &Quadratic,
    painter: &Painter,
    room: &mut Room,
    labels: &mut Labels,
) {
    let Some(Seen { at: centre, hidden }) = seen(&scene.eye, quadratic.at) else {
        return;
    };
    let painter = &veiled(painter, hidden);
    let axes = axes(scene, quadratic);
    let color = blend(scene.colors.text, scene.colors.window, 0.15);
    let rim = Stroke::new(3.0, scene.colors.rim.gamma_multiply(0.6));
    if quadratic.values.iter().all(|value| *value > 0.0) {
        let corners: Vec<Pos2> = (0..72_u8)
            .map(|corner| {
                let (sine, cosine) = (f32::from(corner) * std::f32::consts::TAU / 72.0).sin_cos();
                centre + axes[0] * cosine + axes[1] * sine
            })
            .collect();
        painter.add(Shape::closed_line(corners.clone(), rim));
        let line = Stroke::new(1.4, color);
        let round: Vec<Pos2> = corners
            .iter()
            .copied()
            .chain(corners.first().copied())
            .collect();
        painter.extend(Shape::dashed_line(&round, line, 5.0, 3.0));
    }
    for (index, axis) in axes.into_iter().enumerate() {
        let value = quadratic.values[index];
        let ends = [centre - axis, centre + axis];
        painter.line_segment(ends, rim);
        let line = Stroke::new(1.4, color);
        if value > 0.0 {
            painter.line_segment(ends, line);
        } else {
            // Downhill on both sides: the direction of escape from a saddle.
            painter.extend(Shape::dashed_line(&ends, line, 3.0, 3.0));
        }
        room.cross(ends);
        let upward = if axis.y > 0.0 { -axis } else { axis };
        labels.add(Label {
            text: format!("curvature {}", number::short(value)),
            size: scene.options.text - 1.0,
            color,
            at: centre + upward,
            other_end: Some(centre - upward),
            clear: 1.0,
            way: upward,
            rank: Rank::Ellipse,
        });
    }
}

/// The half axes on screen, along the directions as they appear there: a plane may be stretched, and
/// a landscape be seen at an angle.
fn axes(scene: &Scene<'_>, quadratic: &Quadratic) -> [Vec2; 2] {
    let smallest = quadratic.values.map(f64::abs).into_iter();
    let smallest = smallest.fold(f64::INFINITY, f64::min).max(1e-300);
    let axes = [0, 1].map(|index| {
        let way = scene.eye.vector(quadratic.at, quadratic.directions[index]);
        #[expect(clippy::cast_possible_truncation, reason = "a share of 1")]
        let share = (smallest / quadratic.values[index].abs().max(1e-300)).sqrt() as f32;
        // The minimum keeps the width of very long valleys visible.
        way * share.max(0.06)
    });
    let longest = axes[0].length().max(axes[1].length()).max(1e-12);
    axes.map(|axis| axis / longest * REACH)
}
