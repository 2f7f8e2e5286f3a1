//! Draws a racer's step as arrows: the gradient, the memory of earlier ones, and the resulting
//! step.

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Shape, Stroke, Vec2, vec2};

use super::line::distance_to_segment;
use super::{Frame, Scene};
use crate::analysis::Spread;
use crate::optimizer::Family;
use crate::plane::difference;
use crate::simulation::{Arrow, HalfAxes, Unit};
use crate::view::theme::blend;

/// How the lengths of arrows are chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lengths {
    /// True to scale in the plane; gradients use its units as well.
    ToScale,
    /// The longest arrow of each unit has a well visible length, and the others are in proportion
    /// to it.
    #[default]
    Normalised,
}

/// A step to be drawn.
#[derive(Clone, Copy, Debug)]
pub struct StepDrawing<'a> {
    /// The position before the step.
    pub at: [f64; 2],
    /// The step's vectors.
    pub arrows: &'a [Arrow],
    /// The half axes of the ellipse of accumulated squares.
    pub squares: Option<HalfAxes>,
    /// The point at which the gradient was evaluated.
    pub asked_at: [f64; 2],
    /// The distribution from which the gradient was drawn.
    pub spread: Option<Spread>,
    /// How the lengths of arrows are chosen.
    pub lengths: Lengths,
    /// The family of quantities that is highlighted elsewhere; the others are dimmed.
    pub lit: Option<Family>,
    /// Whether only the highlighted family is drawn.
    pub only_lit: bool,
}

/// The length of the longest arrow of each unit, in points.
const STEP: f32 = 96.0;
const SLOPE: f32 = 72.0;
/// The length of the longer half axis of the ellipse of squares.
const SQUARES: f32 = 46.0;
/// An arrow shorter than this is drawn as a dot.
const DOT: f32 = 3.0;

/// Paints the step.
pub(super) fn paint(scene: &Scene<'_>, step: &StepDrawing<'_>, painter: &Painter, frame: &Frame) {
    let head = frame.to_screen(step.at);
    if !frame.rect.expand(200.0).contains(head) {
        return;
    }
    if let Some(axes) = step.squares
        && step.shows(Family::Squares)
    {
        ellipse(scene, step, axes, painter, frame, head);
    }
    if let Some(spread) = &step.spread
        && step.shows(Family::Gradient)
    {
        cloud(scene, step, spread, painter, frame, head);
    }
    let drawn: Vec<(&Arrow, Pos2, Pos2)> = step
        .arrows
        .iter()
        .filter(|arrow| step.shows(arrow.family))
        .map(|arrow| {
            let [from, to] = step.ends(arrow, frame, head);
            (arrow, from, to)
        })
        .collect();
    for (arrow, from, to) in &drawn {
        paint_arrow(scene, step, painter, arrow, *from, *to);
    }
    look_ahead_point(scene, step, painter, &drawn);
    labels(scene, step, painter, frame, &drawn);
}

impl StepDrawing<'_> {
    fn shows(&self, family: Family) -> bool {
        !self.only_lit || self.lit == Some(family) || self.lights_query(family)
    }

    /// Whether highlighting the look-ahead point includes this family: the gradient's arrow starts
    /// there.
    fn lights_query(&self, family: Family) -> bool {
        self.lit == Some(Family::Query) && family == Family::Gradient
    }

    fn is_dim(&self, family: Family) -> bool {
        self.lit.is_some_and(|lit| lit != family) && !self.lights_query(family)
    }

    /// The factor by which lengths on screen are multiplied.
    fn scale(&self, unit: Unit, frame: &Frame) -> f32 {
        let arrows = self.arrows.iter().filter(|arrow| arrow.unit == unit);
        let spread = self.spread.filter(|_| unit == Unit::Slope);
        let longest = arrows
            .map(|arrow| arrow.by)
            .chain(spread.map(|spread| spread.mean))
            .map(|vector| on_screen(vector, frame).length())
            .fold(0.0, f32::max);
        let goal = match unit {
            Unit::Plane => STEP,
            Unit::Slope => SLOPE,
        };
        match self.lengths {
            Lengths::Normalised if longest > 0.0 && longest.is_finite() => goal / longest,
            Lengths::ToScale if longest > 1e5 => 1e5 / longest,
            _ => 1.0,
        }
    }

    /// The start and end of an arrow on screen.
    fn ends(&self, arrow: &Arrow, frame: &Frame, head: Pos2) -> [Pos2; 2] {
        // The parts of a step keep their relative positions, since everything is magnified about
        // the head. A gradient starts where it was evaluated, magnified likewise.
        let offset = difference(arrow.from, self.at);
        let from = head + on_screen(offset, frame) * self.scale(Unit::Plane, frame);
        let by = on_screen(arrow.by, frame) * self.scale(arrow.unit, frame);
        [from, from + by]
    }

    fn color(&self, scene: &Scene<'_>, arrow: &Arrow) -> Color32 {
        let color = scene.colors.family(arrow.family);
        if self.is_dim(arrow.family) || arrow.other {
            blend(color, scene.colors.window, 0.35)
        } else {
            color
        }
    }
}

/// Converts a vector of the plane to points on screen.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the screen is as exact as f32"
)]
fn on_screen([x, y]: [f64; 2], frame: &Frame) -> Vec2 {
    let [x_unit, y_unit] = frame.unit();
    let limit = |length: f64| length.clamp(-1e7, 1e7) as f32;
    vec2(limit(x / x_unit), limit(-y / y_unit))
}

fn paint_arrow(
    scene: &Scene<'_>,
    step: &StepDrawing<'_>,
    painter: &Painter,
    arrow: &Arrow,
    from: Pos2,
    to: Pos2,
) {
    let color = step.color(scene, arrow);
    let lit = step.lit == Some(arrow.family);
    let width = if lit { 3.2 } else { 2.0 };
    let way = to - from;
    if way.length() < DOT {
        painter.circle(from, 2.5, color, Stroke::new(1.0, scene.colors.rim));
        return;
    }
    let along = way.normalized();
    let size: f32 = if lit { 9.0 } else { 7.5 };
    let size = size.min(way.length() * 0.6);
    let neck = to - along * size;
    let side = along.rot90() * size * 0.5;
    let rim = Stroke::new(width + 2.2, scene.colors.rim);
    let line = Stroke::new(width, color);
    let dashed = arrow.other;
    let tip = vec![to, neck + side, neck - side];
    if !dashed {
        painter.line_segment([from, neck], rim);
    }
    painter.add(Shape::closed_line(
        tip.clone(),
        Stroke::new(2.2, scene.colors.rim),
    ));
    if dashed {
        painter.extend(Shape::dashed_line(&[from, neck], line, 5.0, 4.0));
    } else {
        painter.line_segment([from, neck], line);
    }
    painter.add(Shape::convex_polygon(tip, color, Stroke::NONE));
}

/// The family of the arrow nearest to a position on screen, within `reach` points.
#[must_use]
pub fn arrow_at(scene: &Scene<'_>, frame: &Frame, at: Pos2, reach: f32) -> Option<Family> {
    let step = scene.step.as_ref().filter(|step| !step.only_lit)?;
    let head = frame.to_screen(step.at);
    let away = |arrow: &Arrow| {
        let [from, to] = step.ends(arrow, frame, head);
        (arrow.family, distance_to_segment(at, [from, to]))
    };
    let nearest = step
        .arrows
        .iter()
        .map(away)
        .min_by(|a, b| a.1.total_cmp(&b.1));
    nearest
        .filter(|(_, distance)| *distance < reach)
        .map(|(family, _)| family)
}

/// Marks the point at which the gradient was evaluated, if it is not the position.
fn look_ahead_point(
    scene: &Scene<'_>,
    step: &StepDrawing<'_>,
    painter: &Painter,
    drawn: &[(&Arrow, Pos2, Pos2)],
) {
    let gradient = drawn
        .iter()
        .find(|(arrow, ..)| arrow.unit == Unit::Slope && arrow.from != step.at);
    if let Some((_, at, _)) = gradient {
        let color = scene.colors.family(Family::Query);
        painter.circle(*at, 4.5, scene.colors.rim, Stroke::new(2.0, color));
    }
}

fn ellipse(
    scene: &Scene<'_>,
    step: &StepDrawing<'_>,
    axes: HalfAxes,
    painter: &Painter,
    frame: &Frame,
    head: Pos2,
) {
    let [long, short] = axes.map(|axis| on_screen(axis, frame));
    let longest = long.length().max(short.length());
    let scale = match step.lengths {
        Lengths::Normalised => SQUARES / longest,
        Lengths::ToScale => 1.0,
    };
    if !scale.is_finite() || longest * scale > 4000.0 {
        return;
    }
    let axes = [long * scale, short * scale];
    round(scene, step, Family::Squares, axes, painter, head);
}

/// Draws the distribution of the tips of the gradients that the step could have seen: the
/// one-standard-deviation ellipse around the tip of the true gradient.
fn cloud(
    scene: &Scene<'_>,
    step: &StepDrawing<'_>,
    spread: &Spread,
    painter: &Painter,
    frame: &Frame,
    head: Pos2,
) {
    let scale = step.scale(Unit::Slope, frame);
    let offset = difference(step.asked_at, step.at);
    let from = head + on_screen(offset, frame) * step.scale(Unit::Plane, frame);
    let tip = from - on_screen(spread.mean, frame) * scale;
    let axes = spread.axes.map(|axis| on_screen(axis, frame) * scale);
    if axes.iter().all(|axis| axis.length() < 4000.0) {
        round(scene, step, Family::Gradient, axes, painter, tip);
        painter.circle_filled(tip, 2.0, scene.colors.family(Family::Gradient));
    }
}

/// Draws an ellipse around a point in the colour of a family of quantities.
fn round(
    scene: &Scene<'_>,
    step: &StepDrawing<'_>,
    family: Family,
    [long, short]: [Vec2; 2],
    painter: &Painter,
    centre: Pos2,
) {
    let color = scene.colors.family(family);
    let lit = step.lit == Some(family);
    let strength = if step.is_dim(family) { 0.4 } else { 1.0 };
    let corners: Vec<Pos2> = (0..64_u8)
        .map(|corner| {
            let (sine, cosine) = (f32::from(corner) * std::f32::consts::TAU / 64.0).sin_cos();
            centre + long * cosine + short * sine
        })
        .collect();
    let width = if lit { 2.6 } else { 1.6 };
    let fill = color.gamma_multiply(0.10 * strength);
    painter.add(Shape::convex_polygon(corners.clone(), fill, Stroke::NONE));
    let rim = Stroke::new(width + 1.6, scene.colors.rim.gamma_multiply(0.7 * strength));
    painter.add(Shape::closed_line(corners.clone(), rim));
    let line = Stroke::new(width, color.gamma_multiply(strength));
    painter.add(Shape::closed_line(corners, line));
}

/// Writes the names of the arrows where there is free space.
fn labels(
    scene: &Scene<'_>,
    step: &StepDrawing<'_>,
    painter: &Painter,
    frame: &Frame,
    drawn: &[(&Arrow, Pos2, Pos2)],
) {
    let font = FontId::proportional(scene.options.text - 0.5);
    let mut taken: Vec<Rect> = Vec::new();
    let room = frame.rect.shrink(4.0);
    for (arrow, from, to) in drawn {
        let color = step.color(scene, arrow);
        let galley = painter.layout_no_wrap(arrow.name.to_string(), font.clone(), color);
        let way = (*to - *from).normalized();
        // Tries beyond the tip first, then beside it, then beside the middle.
        let middle = from.lerp(*to, 0.5);
        let size = galley.size();
        let beyond = |at: Pos2, way: Vec2| {
            let reach = 8.0 + 0.5 * (size.x * way.x.abs() + size.y * way.y.abs());
            Align2::CENTER_CENTER.anchor_size(at + way * reach, size)
        };
        let spots = [
            beyond(*to, way),
            beyond(*to, way.rot90()),
            beyond(*to, -way.rot90()),
            beyond(middle, way.rot90()),
            beyond(middle, -way.rot90()),
            beyond(*to, way).translate(vec2(0.0, size.y + 2.0)),
            beyond(*to, way).translate(vec2(0.0, -size.y - 2.0)),
            beyond(*to, way).translate(vec2(0.0, 2.0 * size.y + 4.0)),
        ];
        let free = |spot: &Rect| {
            room.contains_rect(*spot) && !taken.iter().any(|other| other.intersects(*spot))
        };
        let Some(spot) = spots.into_iter().find(free) else {
            continue;
        };
        taken.push(spot.expand(1.0));
        let ground = scene.colors.rim.gamma_multiply(0.72);
        painter.rect_filled(spot.expand2(vec2(3.0, 0.5)), 3.0, ground);
        painter.galley(spot.min, galley, color);
    }
}
