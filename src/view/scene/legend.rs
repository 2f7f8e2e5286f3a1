//! The legend: the names of the racers, in the emptiest corner.

use std::sync::Arc;

use egui::{Align2, FontId, Galley, Painter, Rect, Stroke, StrokeKind, Vec2, pos2, vec2};

use super::Scene;
use super::placement::Room;

/// The corners in the order of preference.
const ORDER: [Align2; 4] = [
    Align2::RIGHT_TOP,
    Align2::RIGHT_BOTTOM,
    Align2::LEFT_TOP,
    Align2::LEFT_BOTTOM,
];

/// A legend and its place.
pub(super) struct Legend {
    rect: Rect,
    names: Vec<Arc<Galley>>,
}

impl Legend {
    /// Places the legend of a scene; `None` if there are no racers.
    pub fn place(scene: &Scene<'_>, painter: &Painter, room: &mut Room) -> Option<Self> {
        let font = FontId::proportional(scene.options.text);
        let name =
            |name: &str| painter.layout_no_wrap(name.to_owned(), font.clone(), scene.colors.text);
        let names: Vec<_> = scene.racers.iter().map(|racer| name(racer.name)).collect();
        if names.is_empty() {
            return None;
        }
        let width = names.iter().map(|name| name.size().x).fold(0.0, f32::max);
        let text = scene.options.text;
        let height: f32 = names.iter().map(|_| row(text)).sum();
        let size = vec2(line(text).x + width, height - 0.3 * text) + 2.0 * pad(text);
        let (rect, _) = room.emptiest_corner(size, ORDER);
        room.take(rect);
        Some(Self { rect, names })
    }

    /// Paints it.
    pub fn paint(self, scene: &Scene<'_>, painter: &Painter) {
        let text = scene.options.text;
        painter.rect(
            self.rect,
            6.0,
            scene.colors.card.gamma_multiply(0.85),
            Stroke::new(1.0, scene.colors.line),
            StrokeKind::Inside,
        );
        let mut left = self.rect.left_top() + pad(text);
        left.y += 0.5 * row(text) - 0.15 * text;
        for (racer, name) in scene.racers.iter().zip(self.names) {
            let color = racer.colors.color;
            let end = left + vec2(2.0 * text, 0.0);
            painter.line_segment([left, end], Stroke::new(2.2, color));
            let rim = Stroke::new(1.4, scene.colors.rim);
            let middle = left + vec2(text, 0.0);
            let marker = racer.colors.marker;
            painter.extend(marker.filled(middle, 0.75 * text, color, rim));
            let spot = pos2(left.x + line(text).x, left.y - name.size().y / 2.0);
            painter.galley(spot, name, scene.colors.text);
            left.y += row(text);
        }
    }
}

/// The height of a row.
fn row(text: f32) -> f32 {
    1.58 * text
}

/// The space between the names and the edge.
fn pad(text: f32) -> Vec2 {
    Vec2::splat(0.83 * text)
}

/// The space for the line with the marker.
fn line(text: f32) -> Vec2 {
    vec2(2.83 * text, 0.0)
}
