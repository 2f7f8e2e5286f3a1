//! The eight markers that distinguish racers without relying on colour.

use egui::{Color32, Pos2, Shape, Stroke, Vec2, epaint::PathStroke, pos2, vec2};

use crate::surface::stationary::Kind;

/// The shape of a racer's head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// ●
    Circle,
    /// ■
    Square,
    /// ▲
    TriangleUp,
    /// ◆
    Diamond,
    /// ▼
    TriangleDown,
    /// ✚
    Plus,
    /// ✖
    Cross,
    /// ⬢
    Hexagon,
}

impl Marker {
    /// All markers, in the order of the slots.
    pub const ALL: [Self; 8] = [
        Self::Circle,
        Self::Square,
        Self::TriangleUp,
        Self::Diamond,
        Self::TriangleDown,
        Self::Plus,
        Self::Cross,
        Self::Hexagon,
    ];

    /// The marker around `centre`, `size` wide, with a fill and a rim.
    #[must_use]
    pub fn filled(self, centre: Pos2, size: f32, fill: Color32, rim: Stroke) -> Vec<Shape> {
        self.shapes(centre, size, fill, rim)
    }

    /// The outline of the marker.
    #[must_use]
    pub fn hollow(self, centre: Pos2, size: f32, stroke: Stroke) -> Vec<Shape> {
        self.shapes(centre, size, Color32::TRANSPARENT, stroke)
    }

    fn shapes(self, centre: Pos2, size: f32, fill: Color32, stroke: Stroke) -> Vec<Shape> {
        let radius = size / 2.0;
        let polygon = |corners: Vec<Vec2>| {
            let points = corners
                .iter()
                .map(|&corner| centre + corner * radius)
                .collect();
            vec![Shape::convex_polygon(points, fill, stroke)]
        };
        match self {
            Self::Circle => vec![Shape::Circle(egui::epaint::CircleShape {
                center: centre,
                radius,
                fill,
                stroke,
            })],
            Self::Square => polygon(regular(4, 45.0, 1.22)),
            Self::TriangleUp => polygon(regular(3, -90.0, 1.25)),
            Self::Diamond => polygon(regular(4, 0.0, 1.25)),
            Self::TriangleDown => polygon(regular(3, 90.0, 1.25)),
            Self::Hexagon => polygon(regular(6, 30.0, 1.1)),
            Self::Plus => self::cross(centre, radius, 0.0, fill, stroke),
            Self::Cross => self::cross(centre, radius, 45.0, fill, stroke),
        }
    }
}

/// The corners of a regular polygon, the first of them at `first` degrees.
#[expect(clippy::cast_precision_loss, reason = "a handful of corners")]
fn regular(corners: usize, first: f32, radius: f32) -> Vec<Vec2> {
    let corner = |index: usize| {
        let turn = first.to_radians() + std::f32::consts::TAU * index as f32 / corners as f32;
        vec2(turn.cos(), turn.sin()) * radius
    };
    (0..corners).map(corner).collect()
}

/// Two crossed bars; the outline is concave, so the rim is drawn as a line around the filled bars.
fn cross(centre: Pos2, radius: f32, turn: f32, fill: Color32, stroke: Stroke) -> Vec<Shape> {
    const ARM: f32 = 1.15;
    const HALF: f32 = 0.36;
    let (sine, cosine) = turn.to_radians().sin_cos();
    let at = |x: f32, y: f32| centre + vec2(cosine * x - sine * y, sine * x + cosine * y) * radius;
    let bar = |x: f32, y: f32| {
        let corners = vec![at(-x, -y), at(x, -y), at(x, y), at(-x, y)];
        Shape::convex_polygon(corners, fill, Stroke::NONE)
    };
    let outline = [
        (-HALF, -ARM),
        (HALF, -ARM),
        (HALF, -HALF),
        (ARM, -HALF),
        (ARM, HALF),
        (HALF, HALF),
        (HALF, ARM),
        (-HALF, ARM),
        (-HALF, HALF),
        (-ARM, HALF),
        (-ARM, -HALF),
        (-HALF, -HALF),
    ];
    let outline: Vec<Pos2> = outline.iter().map(|&(x, y)| at(x, y)).collect();
    let rim = Shape::closed_line(outline, PathStroke::from(stroke));
    if fill == Color32::TRANSPARENT {
        return vec![rim];
    }
    vec![rim, bar(ARM, HALF), bar(HALF, ARM)]
}

/// The sign of a stationary point, drawn with lines of this width: two arcs that touch for a saddle, a
/// peak for a maximum, a star for a minimum, and a level line for a flat point.
#[must_use]
pub fn stationary_sign(
    kind: Kind,
    centre: Pos2,
    size: f32,
    width: f32,
    color: Color32,
) -> Vec<Shape> {
    let stroke = Stroke::new(width, color);
    let half = size / 2.0;
    let line = |points: &[[f32; 2]]| {
        let at = |point: &[f32; 2]| centre + vec2(point[0], point[1]) * half;
        Shape::line(points.iter().map(at).collect(), stroke)
    };
    match kind {
        Kind::Minimum => vec![Shape::closed_line(star(centre, size), stroke)],
        Kind::Saddle => [1.0, -1.0]
            .map(|side| {
                let arc = (-6..=6_i8).map(|step| {
                    let x = f32::from(step) / 6.0;
                    [x, side * (0.12 + 0.5 * x * x)]
                });
                line(&arc.collect::<Vec<_>>())
            })
            .into(),
        Kind::Maximum => vec![line(&[[-0.8, 0.5], [0.0, -0.6], [0.8, 0.5]])],
        Kind::Degenerate => vec![line(&[[-0.8, 0.0], [0.8, 0.0]])],
    }
}

/// The ten corners of a five-pointed star around `centre`.
#[must_use]
pub fn star(centre: Pos2, size: f32) -> Vec<Pos2> {
    let corner = |index: u8| {
        let turn = (f32::from(index) * 36.0 - 90.0).to_radians();
        let radius = if index.is_multiple_of(2) { 0.5 } else { 0.21 } * size;
        pos2(
            centre.x + radius * turn.cos(),
            centre.y + radius * turn.sin(),
        )
    };
    (0..10).map(corner).collect()
}
