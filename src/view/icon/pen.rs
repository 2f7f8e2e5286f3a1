//! What icons are drawn with. All positions are relative to the icon's centre.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, vec2};

/// Draws with one colour around one point.
pub struct Pen<'a> {
    painter: &'a Painter,
    centre: Pos2,
    color: Color32,
    scale: f32,
}

/// The width of a line.
const LINE: f32 = 1.4;

impl<'a> Pen<'a> {
    pub fn new(painter: &'a Painter, centre: Pos2, color: Color32, scale: f32) -> Self {
        Self {
            painter,
            centre,
            color,
            scale,
        }
    }

    fn stroke(&self) -> Stroke {
        Stroke::new(LINE * self.scale, self.color)
    }

    fn at(&self, [x, y]: [f32; 2]) -> Pos2 {
        self.centre + self.scale * vec2(x, y)
    }

    fn all(&self, points: &[[f32; 2]]) -> Vec<Pos2> {
        points.iter().map(|point| self.at(*point)).collect()
    }

    /// A line through points, with round ends.
    pub fn line(&self, points: &[[f32; 2]]) {
        self.painter
            .add(Shape::line(self.all(points), self.stroke()));
        for end in points.first().into_iter().chain(points.last()) {
            self.dot(*end, LINE / 2.0);
        }
    }

    /// A line through points and back to the first.
    pub fn outline(&self, points: &[[f32; 2]]) {
        let points = self.all(points);
        self.painter.add(Shape::closed_line(points, self.stroke()));
    }

    /// A filled convex polygon.
    pub fn fill(&self, points: &[[f32; 2]]) {
        let points = self.all(points);
        self.painter
            .add(Shape::convex_polygon(points, self.color, Stroke::NONE));
    }

    /// A rectangle around a point, with round corners.
    pub fn frame(&self, centre: [f32; 2], size: [f32; 2], radius: f32) {
        let rect = Rect::from_center_size(self.at(centre), self.scale * Vec2::from(size));
        self.painter
            .rect_stroke(rect, self.scale * radius, self.stroke(), StrokeKind::Middle);
    }

    /// A filled rectangle around a point.
    pub fn bar(&self, centre: [f32; 2], size: [f32; 2]) {
        let rect = Rect::from_center_size(self.at(centre), self.scale * Vec2::from(size));
        self.painter.rect_filled(rect, 0.5, self.color);
    }

    pub fn circle(&self, centre: [f32; 2], radius: f32) {
        self.painter
            .circle_stroke(self.at(centre), self.scale * radius, self.stroke());
    }

    pub fn dot(&self, centre: [f32; 2], radius: f32) {
        self.painter
            .circle_filled(self.at(centre), self.scale * radius, self.color);
    }

    /// A filled arrowhead with its tip at a point, pointing in a direction in degrees.
    pub fn tip(&self, at: [f32; 2], degrees: f32) {
        let corner = |turn: f32, length: f32| on_circle(at, length, degrees + turn);
        self.fill(&[corner(0.0, 4.2), corner(120.0, 3.0), corner(-120.0, 3.0)]);
    }
}

/// Points on a circle between two angles in degrees, clockwise on screen.
pub fn arc(centre: [f32; 2], radius: f32, from: f32, to: f32) -> Vec<[f32; 2]> {
    let angle = |i: u8| from + (to - from) * f32::from(i) / 24.0;
    (0..=24)
        .map(|i| on_circle(centre, radius, angle(i)))
        .collect()
}

pub fn on_circle([x, y]: [f32; 2], radius: f32, degrees: f32) -> [f32; 2] {
    let (sine, cosine) = degrees.to_radians().sin_cos();
    [x + radius * cosine, y + radius * sine]
}

/// The mirror images of points, from left to right.
pub fn mirrored(points: &[[f32; 2]]) -> Vec<[f32; 2]> {
    points.iter().map(|[x, y]| [-x, *y]).collect()
}

/// The icon's centre.
pub const CENTRE: [f32; 2] = [0.0, 0.0];

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    #[test]
    fn arcs_go_clockwise_from_the_right() {
        let quarter = arc([1.0, 1.0], 2.0, 0.0, 90.0);
        let near = |a: [f32; 2], b: [f32; 2]| pos2(a[0], a[1]).distance(pos2(b[0], b[1])) < 1e-5;
        assert!(near(quarter[0], [3.0, 1.0]));
        assert!(near(quarter[24], [1.0, 3.0]));
    }
}
