//! The key of the colours: a strip from the lowest to the highest loss in the window.

use egui::{
    Align2, Color32, FontId, Mesh, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, pos2, vec2,
};

use super::placement::Room;
use super::{Scene, tints};
use crate::view::eye::Eye;
use crate::view::number;

/// The space between the strip and the words beside it, in text sizes.
const GAP: f32 = 0.6;
/// The size of the strip, in text sizes.
const STRIP: Vec2 = vec2(7.5, 0.67);

/// The flatness from which a landscape has a key, as the plane has.
const FLAT: f64 = 0.65;

/// A row of words, written from left to right.
struct Row<'a> {
    painter: &'a Painter,
    font: FontId,
    /// The end of what is written.
    at: Pos2,
}

impl Row<'_> {
    fn write(&mut self, text: &str, color: Color32, gap: f32) {
        if !text.is_empty() {
            let at = self.at + vec2(gap, 0.0);
            let font = self.font.clone();
            let written = self
                .painter
                .text(at, Align2::LEFT_CENTER, text, font, color);
            self.at.x = written.right();
        }
    }
}

/// Paints the key in the upper left corner, unless the height axis of a landscape tells the losses.
pub(super) fn paint(scene: &Scene<'_>, painter: &Painter, room: &mut Room) {
    if let Eye::Orbit(orbit) = &scene.eye
        && orbit.flatness() < FLAT
    {
        return;
    }
    let size = scene.options.text;
    let [low, high] = losses(scene).map_or([String::new(), String::new()], |losses| {
        losses.map(number::short)
    });
    let (dim, bright) = (scene.colors.dim, scene.colors.text);
    let left = scene.eye.rect().left_top() + vec2(size, 1.5 * size);
    let mut row = Row {
        painter,
        font: FontId::proportional(size - 1.0),
        at: left,
    };
    let gap = GAP * size;
    row.write("low", dim, 0.0);
    row.write(&low, bright, 0.6 * gap);
    let strip = Align2::LEFT_CENTER.anchor_size(row.at + vec2(gap, 0.0), size * STRIP);
    colours(scene, painter, strip);
    row.at.x = strip.right();
    row.write("high", dim, gap);
    row.write(&high, bright, 0.6 * gap);
    let height = vec2(0.0, 0.7 * size);
    room.edge(Rect::from_min_max(left - height, row.at + height));
}

/// The lowest and the highest loss in the window. The lowest one is hardly ever at a node of the
/// grid on which the map is sampled, but often at a known minimum.
fn losses(scene: &Scene<'_>) -> Option<[f64; 2]> {
    let [low, high] = scene.map.losses()?;
    let window = scene.eye.window();
    let minima = scene.minima.iter();
    let seen = minima.filter(|minimum| window.contains(minimum.at));
    let low = seen.map(|minimum| minimum.value).fold(low, f64::min);
    Some([low, high])
}

fn colours(scene: &Scene<'_>, painter: &Painter, strip: Rect) {
    let color = tints::tone_colors(scene.colors);
    let mut mesh = Mesh::default();
    for stop in 0..=16_u8 {
        let share = f32::from(stop) / 16.0;
        let x = strip.left() + share * strip.width();
        let color = color(f64::from(share));
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
}
