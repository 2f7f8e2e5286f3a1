//! A small picture of a path on its surface.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, TextureId, pos2};

use super::marker::star;
use crate::plane::Window;

/// What a thumbnail shows.
#[derive(Clone, Copy, Debug)]
pub struct Thumbnail<'a> {
    /// The window of the surface.
    pub window: Window,
    /// The painted surface, if it is known.
    pub ground: Option<(TextureId, Rect)>,
    /// The positions.
    pub path: &'a [[f64; 2]],
    /// The global minima.
    pub minima: &'a [[f64; 2]],
    /// The colour of the path.
    pub color: Color32,
}

impl Thumbnail<'_> {
    /// Paints it. What is outside the window is cut off.
    pub fn paint(&self, painter: &Painter, rect: Rect) {
        let painter = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
        if let Some((texture, texels)) = self.ground {
            painter.image(texture, rect, texels, Color32::WHITE);
        }
        for minimum in self.minima {
            let corners = star(self.at(*minimum, rect), 10.0);
            painter.add(Shape::closed_line(
                corners,
                Stroke::new(1.5, Color32::WHITE),
            ));
        }
        let points: Vec<Pos2> = self
            .path
            .iter()
            .map(|point| self.at(*point, rect))
            .collect();
        let (Some(first), Some(last)) = (points.first().copied(), points.last().copied()) else {
            return;
        };
        painter.add(Shape::line(points, Stroke::new(1.8, self.color)));
        painter.circle_stroke(first, 4.0, Stroke::new(1.5, Color32::WHITE));
        painter.circle_filled(last, 3.5, self.color);
    }

    /// Returns where a point of the plane is seen; far ones are pulled in so that a painter can bear
    /// them.
    #[expect(clippy::cast_possible_truncation, reason = "positions on screen")]
    fn at(&self, [x, y]: [f64; 2], rect: Rect) -> Pos2 {
        let across = ((x - self.window.x[0]) / self.window.width()).clamp(-9.0, 10.0);
        let up = ((y - self.window.y[0]) / self.window.height()).clamp(-9.0, 10.0);
        pos2(
            rect.left() + rect.width() * across as f32,
            rect.bottom() - rect.height() * up as f32,
        )
    }
}
