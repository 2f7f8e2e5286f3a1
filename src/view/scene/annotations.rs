//! The annotations of a scene: axes, colour key, minima, start, legend.

use egui::{Align2, FontId, Painter, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use super::heads::label;
use super::{Frame, Scene};
use crate::plane::ticks::{HALVES, ticks};
use crate::sampling::ColourMap;
use crate::view::eye::Eye;
use crate::view::marker::star;
use crate::view::number;

/// The numbers along the left and lower edges.
pub(super) fn axes(scene: &Scene<'_>, painter: &Painter, frame: &Frame) {
    /// The minimum distance between two numbers, in points on screen.
    const APART: f64 = 78.0;
    let font = FontId::proportional(scene.options.text - 1.0);
    let rect = frame.rect;
    let [x_unit, y_unit] = frame.unit();
    for x in ticks(frame.window.x, APART * x_unit, HALVES) {
        let at = frame.to_screen([x, frame.window.y[0]]);
        if (rect.left() + 30.0..rect.right() - 14.0).contains(&at.x) {
            painter.line_segment(
                [at, at - vec2(0.0, 4.0)],
                Stroke::new(1.0, scene.colors.dim),
            );
            let spot = pos2(at.x, rect.bottom() - 6.0);
            painter.text(
                spot,
                Align2::CENTER_BOTTOM,
                tick(x),
                font.clone(),
                scene.colors.dim,
            );
        }
    }
    for y in ticks(frame.window.y, APART * y_unit, HALVES) {
        let at = frame.to_screen([frame.window.x[0], y]);
        if (rect.top() + 34.0..rect.bottom() - 22.0).contains(&at.y) {
            painter.line_segment(
                [at, at + vec2(4.0, 0.0)],
                Stroke::new(1.0, scene.colors.dim),
            );
            let spot = pos2(rect.left() + 8.0, at.y);
            painter.text(
                spot,
                Align2::LEFT_CENTER,
                tick(y),
                font.clone(),
                scene.colors.dim,
            );
        }
    }
}

/// Writes the names of the axes if they are not just x and y.
pub(super) fn axis_names(scene: &Scene<'_>, painter: &Painter, frame: &Frame) {
    let [x, y] = scene.axes;
    if [x, y] == ["x", "y"] {
        return;
    }
    let font = FontId::proportional(scene.options.text + 1.0);
    let rect = frame.rect;
    // Above the numbers, which a long name would cover.
    let right = rect.right_bottom() + vec2(-8.0, -22.0);
    painter.text(
        right,
        Align2::RIGHT_BOTTOM,
        x,
        font.clone(),
        scene.colors.text,
    );
    let top = rect.left_top() + vec2(8.0, 34.0);
    painter.text(top, Align2::LEFT_TOP, y, font, scene.colors.text);
}

fn tick(value: f64) -> String {
    number::precise(if value.abs() < 1e-12 { 0.0 } else { value })
}

/// Draws a strip of colours from low to high loss.
pub(super) fn key(scene: &Scene<'_>, painter: &Painter, frame: &Frame) {
    const STRIP: egui::Vec2 = vec2(90.0, 8.0);
    let font = FontId::proportional(scene.options.text - 1.0);
    let text =
        |at, align, text: &str| painter.text(at, align, text, font.clone(), scene.colors.text);
    let left = frame.rect.left_top() + vec2(26.0, 18.0);
    let low = text(left, Align2::LEFT_CENTER, "low");
    let strip = Rect::from_min_size(pos2(low.right() + 7.0, left.y - STRIP.y / 2.0), STRIP);
    let map = if scene.colors.dark {
        ColourMap::dark()
    } else {
        ColourMap::light()
    };
    let mut mesh = egui::Mesh::default();
    for stop in 0..=16_u8 {
        let share = f32::from(stop) / 16.0;
        let [red, green, blue] = map.at(f64::from(share));
        let x = strip.left() + share * strip.width();
        let color = egui::Color32::from_rgb(red, green, blue);
        mesh.colored_vertex(pos2(x, strip.top()), color);
        mesh.colored_vertex(pos2(x, strip.bottom()), color);
        if stop > 0 {
            let corner = u32::from(stop) * 2;
            mesh.add_triangle(corner - 2, corner - 1, corner);
            mesh.add_triangle(corner - 1, corner, corner + 1);
        }
    }
    painter.add(Shape::mesh(mesh));
    let border = Stroke::new(1.0, scene.colors.dim.gamma_multiply(0.7));
    painter.rect_stroke(strip, 0.0, border, StrokeKind::Outside);
    text(
        pos2(strip.right() + 7.0, left.y),
        Align2::LEFT_CENTER,
        "high loss",
    );
}

/// Draws a star at each minimum, smaller at local minima.
pub(super) fn minima(scene: &Scene<'_>, painter: &Painter, eye: &Eye) {
    for minimum in scene.minima {
        let at = eye.to_screen(minimum.at);
        if !eye.rect().expand(12.0).contains(at) {
            continue;
        }
        let size = if minimum.global { 21.0 } else { 12.0 };
        let rim = Stroke::new(3.0, scene.colors.rim);
        painter.add(Shape::closed_line(star(at, size), rim));
        let color = if scene.colors.discs {
            scene.colors.dim
        } else {
            scene.colors.text
        };
        painter.extend(filled_star(at, size, color));
    }
}

/// Fills a star with triangles around its centre, since it is not convex.
fn filled_star(at: egui::Pos2, size: f32, color: egui::Color32) -> Vec<Shape> {
    let corners = star(at, size);
    let mut mesh = egui::Mesh::default();
    mesh.colored_vertex(at, color);
    for corner in &corners {
        mesh.colored_vertex(*corner, color);
    }
    for corner in 0..10_u32 {
        mesh.add_triangle(0, corner + 1, (corner + 1) % 10 + 1);
    }
    vec![
        Shape::mesh(mesh),
        Shape::closed_line(corners, Stroke::new(0.8, color)),
    ]
}

/// Writes "f = 0" (or whatever its value is) beside each global minimum.
pub(super) fn minimum_labels(scene: &Scene<'_>, painter: &Painter, frame: &Frame) {
    for minimum in scene.minima.iter().filter(|minimum| minimum.global) {
        let at = frame.to_screen(minimum.at);
        if frame.rect.contains(at) {
            let text = format!("f = {}", number::precise(minimum.value));
            let (spot, align) = if at.x + 90.0 < frame.rect.right() {
                (at + vec2(16.0, -16.0), Align2::LEFT_CENTER)
            } else {
                (at + vec2(-16.0, -16.0), Align2::RIGHT_CENTER)
            };
            label(scene, painter, spot, align, &text, scene.colors.text);
        }
    }
}

/// Draws a ring at the starting point.
pub(super) fn start(scene: &Scene<'_>, painter: &Painter, eye: &Eye) {
    if scene.colors.discs {
        return;
    }
    let at = eye.to_screen(scene.start);
    painter.circle_stroke(at, 8.0, Stroke::new(4.6, scene.colors.rim));
    painter.circle_stroke(at, 8.0, Stroke::new(2.2, scene.colors.text));
}

/// Writes the names of the racers in the upper right corner.
pub(super) fn legend(scene: &Scene<'_>, painter: &Painter, frame: &Frame) {
    const PAD: f32 = 10.0;
    let font = FontId::proportional(scene.options.text);
    let row = scene.options.text + 7.0;
    let names: Vec<_> = scene
        .racers
        .iter()
        .map(|racer| painter.layout_no_wrap(racer.name.to_owned(), font.clone(), scene.colors.text))
        .collect();
    let width = names.iter().map(|name| name.size().x).fold(0.0, f32::max);
    if names.is_empty() {
        return;
    }
    #[expect(clippy::cast_precision_loss, reason = "a handful of racers")]
    let size = vec2(
        width + 34.0 + 2.0 * PAD,
        row * names.len() as f32 + 2.0 * PAD - 4.0,
    );
    let corner = frame.rect.right_top() + vec2(-size.x - 12.0, 12.0);
    let rect = Rect::from_min_size(corner, size);
    painter.rect(
        rect,
        6.0,
        scene.colors.card.gamma_multiply(0.85),
        Stroke::new(1.0, scene.colors.line),
        StrokeKind::Inside,
    );
    let mut y = rect.top() + PAD + row / 2.0 - 2.0;
    for (racer, name) in scene.racers.iter().zip(names) {
        let left = rect.left() + PAD;
        let line = [pos2(left, y), pos2(left + 24.0, y)];
        painter.line_segment(line, Stroke::new(2.2, racer.colors.color));
        let rim = Stroke::new(1.4, scene.colors.rim);
        painter.extend(racer.colors.marker.filled(
            pos2(left + 12.0, y),
            9.0,
            racer.colors.color,
            rim,
        ));
        let spot = pos2(left + 34.0, y - name.size().y / 2.0);
        painter.galley(spot, name, scene.colors.text);
        y += row;
    }
}
