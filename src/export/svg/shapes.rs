//! Draws each kind of shape; circles and ellipses.

use egui::epaint::{CircleShape, EllipseShape};
use egui::{Shape, StrokeKind};

use super::canvas::Canvas;
use super::element::element;
use super::stroke::Outline;
use super::{mesh, path, rect, text};

/// Draws a shape if it is visible.
pub(super) fn shape(canvas: &mut Canvas<'_, '_>, shape: &Shape) {
    if let Shape::Vec(shapes) = shape {
        for one in shapes {
            self::shape(canvas, one);
        }
        return;
    }
    if !canvas.shows(shape.visual_bounding_rect()) {
        return;
    }
    match shape {
        // Callbacks paint on the graphics card, so there is nothing to write.
        Shape::Noop | Shape::Callback(_) | Shape::Vec(_) => {}
        Shape::Circle(shape) => circle(canvas, shape),
        Shape::Ellipse(shape) => ellipse(canvas, shape),
        Shape::LineSegment { points, stroke } => path::line(&mut canvas.out, *points, *stroke),
        Shape::Path(shape) => path::path(&mut canvas.out, shape),
        Shape::Band(shape) => path::band(&mut canvas.out, shape),
        Shape::Rect(shape) => rect::rect(canvas, shape),
        Shape::Text(shape) => text::text(&mut canvas.out, shape),
        Shape::Mesh(shape) => mesh::mesh(canvas, shape),
        Shape::QuadraticBezier(shape) => path::quadratic(&mut canvas.out, shape),
        Shape::CubicBezier(shape) => path::cubic(&mut canvas.out, shape),
    }
}

fn circle(canvas: &mut Canvas<'_, '_>, shape: &CircleShape) {
    if shape.radius > 0.0 {
        let outline = Outline {
            stroke: shape.stroke,
            kind: StrokeKind::Outside,
        };
        outline.around(&mut canvas.out, shape.fill, |out, grow| {
            let center = element(out, "circle")
                .number("cx", shape.center.x)
                .number("cy", shape.center.y);
            center.number("r", shape.radius + grow)
        });
    }
}

fn ellipse(canvas: &mut Canvas<'_, '_>, shape: &EllipseShape) {
    if shape.radius.min_elem() > 0.0 {
        let outline = Outline {
            stroke: shape.stroke,
            kind: StrokeKind::Outside,
        };
        outline.around(&mut canvas.out, shape.fill, |out, grow| {
            element(out, "ellipse")
                .number("cx", shape.center.x)
                .number("cy", shape.center.y)
                .number("rx", shape.radius.x + grow)
                .number("ry", shape.radius.y + grow)
                .rotated(shape.angle, shape.center)
        });
    }
}
