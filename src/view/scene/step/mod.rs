//! Draws a racer's step as arrows: the gradient, the memory of earlier ones, and the resulting
//! step.

mod ellipse;

use egui::{Color32, Painter, Pos2, Shape, Stroke, Vec2};

use super::Scene;
use super::line::distance_to_segment;
use super::placement::{Label, Labels, Rank, Room};
use super::seen::{Seen, seen, veiled};
use crate::analysis::Spread;
use crate::optimizer::{Family, Term};
use crate::plane::difference;
use crate::simulation::{Arrow, HalfAxes, Unit};
use crate::view::eye::Eye;
use crate::view::number;
use crate::view::theme::blend;
use ellipse::{cloud, squares};

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
/// The size of the tip of an arrow.
const TIP: f32 = 5.0;
/// An arrow shorter than this is drawn as a dot.
const DOT: f32 = 3.0;

/// An arrow with its ends on screen.
struct Drawn<'a> {
    arrow: &'a Arrow,
    from: Pos2,
    to: Pos2,
}

/// Paints the step.
pub(super) fn paint(
    scene: &Scene<'_>,
    step: &StepDrawing<'_>,
    painter: &Painter,
    room: &mut Room,
    labels: &mut Labels,
) {
    let eye = &scene.eye;
    let Some(Seen { at: head, hidden }) = seen(eye, step.at) else {
        return;
    };
    if !eye.rect().expand(200.0).contains(head) {
        return;
    }
    let painter = &veiled(painter, hidden);
    if let Some(axes) = step.squares
        && step.shows(Family::Squares)
    {
        squares(scene, step, axes, painter, room, labels);
    }
    if let Some(spread) = &step.spread
        && step.shows(Family::Gradient)
    {
        cloud(scene, step, spread, painter, room, labels);
    }
    let shown = step.arrows.iter().filter(|arrow| step.shows(arrow.family));
    let drawn: Vec<Drawn<'_>> = shown
        .map(|arrow| {
            let [from, to] = step.ends(arrow, eye, head);
            Drawn { arrow, from, to }
        })
        .collect();
    for drawn in &drawn {
        paint_arrow(scene, step, painter, drawn);
        room.cross([drawn.from, drawn.to]);
        room.mark(drawn.to, Vec2::splat(TIP));
        labels.add(name(scene, step, drawn));
    }
    look_ahead_point(scene, step, painter, &drawn, room, labels);
}

/// The name of an arrow, beyond its tip.
fn name(scene: &Scene<'_>, step: &StepDrawing<'_>, drawn: &Drawn<'_>) -> Label {
    let Drawn { arrow, from, to } = *drawn;
    Label {
        text: step.name(arrow, &scene.eye),
        size: scene.options.text - 0.5,
        color: step.color(scene, arrow),
        at: to,
        other_end: None,
        clear: 2.0,
        way: to - from,
        rank: Rank::Arrow,
    }
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
    fn scale(&self, unit: Unit, eye: &Eye) -> f32 {
        let arrows = self.arrows.iter().filter(|arrow| arrow.unit == unit);
        let spread = self.spread.filter(|_| unit == Unit::Slope);
        let longest = arrows
            .map(|arrow| arrow.by)
            .chain(spread.map(|spread| spread.mean))
            .map(|vector| eye.vector(self.at, vector).length())
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
    fn ends(&self, arrow: &Arrow, eye: &Eye, head: Pos2) -> [Pos2; 2] {
        // The parts of a step keep their relative positions, since everything is magnified about
        // the head. A gradient starts where it was evaluated, magnified likewise.
        let offset = difference(arrow.from, self.at);
        let from = head + eye.vector(self.at, offset) * self.scale(Unit::Plane, eye);
        let by = eye.vector(arrow.from, arrow.by) * self.scale(arrow.unit, eye);
        [from, from + by]
    }

    /// The name of an arrow; that of the step says how much it is enlarged.
    fn name(&self, arrow: &Arrow, eye: &Eye) -> String {
        let scale = f64::from(self.scale(arrow.unit, eye));
        let is_step = arrow.term == Term::Position && !arrow.other;
        if is_step && !(0.95..1.05).contains(&scale) {
            // The exact factor would dance while a race plays.
            let rounded = format!("{scale:.1e}").parse().unwrap_or(scale);
            format!("{} ×{}", arrow.name, number::short(rounded))
        } else {
            arrow.name.to_string()
        }
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

fn paint_arrow(scene: &Scene<'_>, step: &StepDrawing<'_>, painter: &Painter, drawn: &Drawn<'_>) {
    let Drawn { arrow, from, to } = *drawn;
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
pub fn arrow_at(scene: &Scene<'_>, at: Pos2, reach: f32) -> Option<Family> {
    let step = scene.step.as_ref().filter(|step| !step.only_lit)?;
    let head = seen(&scene.eye, step.at)?.at;
    let away = |arrow: &Arrow| {
        let [from, to] = step.ends(arrow, &scene.eye, head);
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
    drawn: &[Drawn<'_>],
    room: &mut Room,
    labels: &mut Labels,
) {
    const SIZE: f32 = 4.5;
    let gradient = drawn
        .iter()
        .find(|drawn| drawn.arrow.unit == Unit::Slope && drawn.arrow.from != step.at);
    if let Some(Drawn { from: at, to, .. }) = gradient {
        let color = scene.colors.family(Family::Query);
        painter.circle(*at, SIZE, scene.colors.rim, Stroke::new(2.0, color));
        room.mark(*at, Vec2::splat(2.0 * SIZE + 2.0));
        labels.add(Label {
            text: "look-ahead".into(),
            size: scene.options.text - 0.5,
            color,
            at: *at,
            other_end: None,
            clear: SIZE + 1.0,
            way: *at - *to,
            rank: Rank::Ellipse,
        });
    }
}
