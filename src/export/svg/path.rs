//! Lines, polygons, curves and bands.

use egui::emath::Rot2;
use egui::epaint::{
    BandPoint, BandShape, ColorMode, CubicBezierShape, PathShape, PathStroke, QuadraticBezierShape,
};
use egui::{Color32, Pos2, Rect, Stroke, StrokeKind, Vec2};

use super::element::{element, push_point};
use super::outline;
use super::stroke::{Outline, stroked};

/// The maximum distance of a flattened curve from the true one.
const TOLERANCE: f32 = 0.05;

/// Draws a straight line.
pub(super) fn line(out: &mut String, [from, to]: [Pos2; 2], stroke: Stroke) {
    if !stroke.is_empty() {
        let start = element(out, "line")
            .number("x1", from.x)
            .number("y1", from.y);
        stroked(start.number("x2", to.x).number("y2", to.y), stroke).close();
    }
}

/// Draws a polyline or a polygon.
pub(super) fn path(out: &mut String, shape: &PathShape) {
    let points: Vec<Pos2> = shape
        .points
        .iter()
        .copied()
        .filter(|point| point.is_finite())
        .collect();
    if points.len() < 2 {
        return;
    }
    let PathStroke { width, kind, .. } = shape.stroke;
    let color = match &shape.stroke.color {
        ColorMode::Solid(color) => *color,
        ColorMode::UV(_) => Color32::TRANSPARENT,
    };
    let outline = Outline {
        stroke: Stroke { width, color },
        kind,
    };
    if shape.closed {
        outline.around(out, shape.fill, |out, grow| {
            element(out, "polygon").points("points", &outline::shifted(&points, true, grow))
        });
    } else if !outline.stroke.is_empty() {
        let points = outline::shifted(&points, false, outline.middle());
        let line = element(out, "polyline").points("points", &points);
        stroked(line.attribute("stroke-linejoin", "round"), outline.stroke).close();
    }
    if let ColorMode::UV(color_at) = &shape.stroke.color {
        let mut points = outline::shifted(&points, shape.closed, outline.middle());
        // As in the tessellator: half the width plus one feather beyond the path.
        let bounds = Rect::from_points(&points).expand(width / 2.0 + 1.0);
        if shape.closed {
            points.extend(points.first().copied());
        }
        many_colored(out, &points, width, |position| color_at(bounds, position));
    }
}

/// Draws a line whose colour depends on the position: one piece per colour.
fn many_colored(out: &mut String, points: &[Pos2], width: f32, color_at: impl Fn(Pos2) -> Color32) {
    let middle = |index: usize| points[index] + (points[index + 1] - points[index]) / 2.0;
    let colors: Vec<Color32> = (0..points.len() - 1)
        .map(|index| color_at(middle(index)))
        .collect();
    let mut start = 0;
    for run in colors.chunk_by(|a, b| a == b) {
        let stroke = Stroke::new(width, run[0]);
        if !stroke.is_empty() {
            let piece =
                element(out, "polyline").points("points", &points[start..=start + run.len()]);
            // Round caps close the gaps between pieces; on translucent pieces they would overlap as
            // dots.
            let cap = if run[0].is_opaque() { "round" } else { "butt" };
            let piece = piece
                .attribute("stroke-linejoin", "round")
                .attribute("stroke-linecap", cap);
            stroked(piece, stroke).close();
        }
        start += run.len();
    }
}

/// Draws a curve with one control point.
pub(super) fn quadratic(out: &mut String, shape: &QuadraticBezierShape) {
    let flat = || shape.flatten(Some(TOLERANCE));
    curve(
        out,
        &shape.points,
        "Q",
        flat,
        shape.closed,
        shape.fill,
        &shape.stroke,
    );
}

/// Draws a curve with two control points.
pub(super) fn cubic(out: &mut String, shape: &CubicBezierShape) {
    let flat = || shape.flatten(Some(TOLERANCE));
    curve(
        out,
        &shape.points,
        "C",
        flat,
        shape.closed,
        shape.fill,
        &shape.stroke,
    );
}

/// Draws a true curve, or a path if the stroke has to be offset or its colour varies.
fn curve(
    out: &mut String,
    points: &[Pos2],
    command: &str,
    flat: impl FnOnce() -> Vec<Pos2>,
    closed: bool,
    fill: Color32,
    stroke: &PathStroke,
) {
    let color = match stroke.color {
        ColorMode::Solid(color) if stroke.kind == StrokeKind::Middle => color,
        _ => {
            return path(
                out,
                &PathShape {
                    points: flat(),
                    closed,
                    fill,
                    stroke: stroke.clone(),
                },
            );
        }
    };
    let mut data = String::from("M");
    for (index, &point) in points.iter().enumerate() {
        data.push_str(match index {
            0 => "",
            1 => command,
            _ => " ",
        });
        push_point(&mut data, point);
    }
    if closed {
        data.push('Z');
    }
    let fill = if closed { fill } else { Color32::TRANSPARENT };
    let curve = element(out, "path")
        .attribute("d", &data)
        .paint("fill", fill);
    stroked(
        curve,
        Stroke {
            width: stroke.width,
            color,
        },
    )
    .close();
}

/// Draws a band of varying width as polygons.
pub(super) fn band(out: &mut String, shape: &BandShape) {
    if !shape.angle.is_finite() {
        return;
    }
    let rotation = Rot2::from_angle(shape.angle);
    let inset = match shape.stroke_kind {
        StrokeKind::Inside => shape.stroke.width,
        StrokeKind::Middle => shape.stroke.width / 2.0,
        StrokeKind::Outside => 0.0,
    };
    let usable = |point: &BandPoint| point.is_finite() && point.y.min <= point.y.max;
    let connected = |a: &BandPoint, b: &BandPoint| usable(a) && usable(b) && a.x < b.x;
    for run in shape.points.chunk_by(connected).filter(|run| run.len() > 1) {
        let edge = |point: &BandPoint, side: f32| {
            let half = (point.y.span() / 2.0 - inset).max(0.0);
            (rotation * Vec2::new(point.x, point.y.center() + side * half)).to_pos2()
        };
        let there = run.iter().map(|point| edge(point, -1.0));
        let back = run.iter().rev().map(|point| edge(point, 1.0));
        let stroke = PathStroke::from(shape.stroke).outside();
        path(
            out,
            &PathShape::convex_polygon(there.chain(back).collect(), shape.fill, stroke),
        );
    }
}
