//! The ellipses of a step: accumulated squares, and the distribution of the gradient.

use egui::{Painter, Pos2, Shape, Stroke, Vec2};

use super::{Lengths, StepDrawing};
use crate::analysis::Spread;
use crate::optimizer::Family;
use crate::plane::difference;
use crate::simulation::{HalfAxes, Unit};
use crate::view::scene::Scene;
use crate::view::scene::placement::{Label, Labels, Rank, Room};

/// The length of the longer half axis of the ellipse of squares, in points.
const SQUARES: f32 = 46.0;

/// Draws the ellipse of accumulated squares around the position.
pub(super) fn squares(
    scene: &Scene<'_>,
    step: &StepDrawing<'_>,
    axes: HalfAxes,
    painter: &Painter,
    room: &mut Room,
    labels: &mut Labels,
) {
    let [long, short] = axes.map(|axis| scene.eye.vector(step.at, axis));
    let longest = long.length().max(short.length());
    let scale = match step.lengths {
        Lengths::Normalised => SQUARES / longest,
        Lengths::ToScale => 1.0,
    };
    if !scale.is_finite() || longest * scale > 4000.0 {
        return;
    }
    let ellipse = Ellipse {
        centre: scene.eye.spot(step.at),
        axes: [long * scale, short * scale],
        family: Family::Squares,
    };
    ellipse.paint(scene, step, painter, room);
    labels.add(ellipse.label(scene, "squares"));
}

/// Draws the distribution of the tips of the gradients that the step could have seen: the
/// one-standard-deviation ellipse around the tip of the true gradient.
pub(super) fn cloud(
    scene: &Scene<'_>,
    step: &StepDrawing<'_>,
    spread: &Spread,
    painter: &Painter,
    room: &mut Room,
    labels: &mut Labels,
) {
    let eye = &scene.eye;
    let scale = step.scale(Unit::Slope, eye);
    let offset = difference(step.asked_at, step.at);
    let from = eye.spot(step.at) + eye.vector(step.at, offset) * step.scale(Unit::Plane, eye);
    let ellipse = Ellipse {
        centre: from - eye.vector(step.asked_at, spread.mean) * scale,
        axes: spread
            .axes
            .map(|axis| eye.vector(step.asked_at, axis) * scale),
        family: Family::Gradient,
    };
    if ellipse.axes.iter().all(|axis| axis.length() < 4000.0) {
        ellipse.paint(scene, step, painter, room);
        let color = scene.colors.family(Family::Gradient);
        painter.circle_filled(ellipse.centre, 2.0, color);
        room.mark(ellipse.centre, Vec2::splat(6.0));
        labels.add(ellipse.label(scene, "spread of stochastic gradients"));
    }
}

/// An ellipse in the colour of a family of quantities.
struct Ellipse {
    centre: Pos2,
    /// The longer and the shorter half axis.
    axes: [Vec2; 2],
    family: Family,
}

impl Ellipse {
    fn point(&self, turn: f32) -> Pos2 {
        let (sine, cosine) = turn.sin_cos();
        self.centre + self.axes[0] * cosine + self.axes[1] * sine
    }

    /// Its name, beyond the end of the longer half axis that points upward.
    fn label(&self, scene: &Scene<'_>, name: &str) -> Label {
        let long = self.axes[0];
        let upward = if long.y > 0.0 { -long } else { long };
        Label {
            text: name.into(),
            size: scene.options.text - 0.5,
            color: scene.colors.family(self.family),
            at: self.centre + upward,
            other_end: Some(self.centre - upward),
            clear: 2.0,
            way: upward,
            rank: Rank::Ellipse,
        }
    }

    fn paint(&self, scene: &Scene<'_>, step: &StepDrawing<'_>, painter: &Painter, room: &mut Room) {
        let color = scene.colors.family(self.family);
        let lit = step.lit == Some(self.family);
        let strength = if step.is_dim(self.family) { 0.4 } else { 1.0 };
        let turns = (0..64_u8).map(|corner| f32::from(corner) * std::f32::consts::TAU / 64.0);
        let corners: Vec<Pos2> = turns.map(|turn| self.point(turn)).collect();
        for pair in corners.windows(5).step_by(4) {
            room.cross([pair[0], pair[4]]);
        }
        let width = if lit { 2.6 } else { 1.6 };
        let fill = color.gamma_multiply(0.10 * strength);
        painter.add(Shape::convex_polygon(corners.clone(), fill, Stroke::NONE));
        let rim = Stroke::new(width + 1.6, scene.colors.rim.gamma_multiply(0.7 * strength));
        painter.add(Shape::closed_line(corners.clone(), rim));
        let line = Stroke::new(width, color.gamma_multiply(strength));
        painter.add(Shape::closed_line(corners, line));
    }
}
