//! Two triangles that form an axis-aligned rectangle.

use egui::epaint::Vertex;
use egui::{Color32, Pos2, Rect};

use super::canvas::Canvas;
use super::element::element;

/// An axis-aligned rectangle with a colour and a texture coordinate at each corner.
#[derive(Clone, Copy)]
pub(super) struct Quad {
    pub(super) rect: Rect,
    /// Clockwise from the top left.
    vertices: [Vertex; 4],
}

impl Quad {
    /// The rectangle formed by the six corners of two triangles, if they form one.
    pub(super) fn of(triangles: &[Vertex]) -> Option<Self> {
        if triangles.len() != 6 {
            return None;
        }
        let rect = triangles.iter().fold(Rect::NOTHING, |mut rect, vertex| {
            rect.extend_with(vertex.pos);
            rect
        });
        if !rect.is_positive() || !rect.is_finite() {
            return None;
        }
        let corners = clockwise(rect);
        let corner_of = |vertex: &Vertex| corners.iter().position(|&corner| corner == vertex.pos);
        let mut found: [Option<Vertex>; 4] = [None; 4];
        // One bit for each corner that a triangle does not use.
        let mut left_out = [0b1111_u8; 2];
        for (triangle, left_out) in triangles.chunks(3).zip(&mut left_out) {
            for vertex in triangle {
                let corner = corner_of(vertex)?;
                *left_out &= !(1 << corner);
                if found[corner]
                    .replace(*vertex)
                    .is_some_and(|before| before != *vertex)
                {
                    return None;
                }
            }
        }
        let vertices = [found[0]?, found[1]?, found[2]?, found[3]?];
        let across = matches!(
            left_out,
            [0b0001, 0b0100] | [0b0100, 0b0001] | [0b0010, 0b1000] | [0b1000, 0b0010]
        );
        let uv = vertices.map(|vertex| vertex.uv);
        let upright = uv
            == clockwise(Rect {
                min: uv[0],
                max: uv[2],
            });
        (across && upright).then_some(Self { rect, vertices })
    }

    /// The part of the texture that is shown; it runs backwards if the image is mirrored.
    pub(super) fn uv(&self) -> Rect {
        Rect {
            min: self.vertices[0].uv,
            max: self.vertices[2].uv,
        }
    }

    /// The corners in clockwise order.
    pub(super) fn corners(&self) -> [Pos2; 4] {
        self.vertices.map(|vertex| vertex.pos)
    }

    /// The colour, if it is the same at all corners.
    pub(super) fn color(&self) -> Option<Color32> {
        let [first, rest @ ..] = self.colors();
        rest.iter().all(|&color| color == first).then_some(first)
    }

    /// Whether the colour changes only horizontally or only vertically.
    pub(super) fn is_gradient(&self) -> bool {
        let [a, b, c, d] = self.colors();
        (a == d && b == c) || (a == b && c == d)
    }

    /// Draws a horizontal or vertical gradient.
    pub(super) fn draw_gradient(&self, canvas: &mut Canvas<'_, '_>) {
        let [from, _, to, below] = self.colors();
        let horizontal = from == below;
        let mut stops = String::new();
        for (offset, color) in [(0.0, from), (1.0, to)] {
            let stop = element(&mut stops, "stop").number("offset", offset);
            // The default colour of a stop is black, not transparent.
            if color == Color32::TRANSPARENT {
                stop.number("stop-opacity", 0.0)
            } else {
                stop.paint("stop-color", color)
            }
            .close();
        }
        let turned: &[(&str, &str)] = if horizontal {
            &[]
        } else {
            &[("x2", "0"), ("y2", "1")]
        };
        let gradient = canvas.define("linearGradient", turned, &stops);
        let rect = element(&mut canvas.out, "rect")
            .number("x", self.rect.min.x)
            .number("y", self.rect.min.y);
        rect.number("width", self.rect.width())
            .number("height", self.rect.height())
            .attribute("fill", &format!("url(#{gradient})"))
            .close();
    }

    fn colors(&self) -> [Color32; 4] {
        self.vertices.map(|vertex| vertex.color)
    }
}

/// The corners of a rectangle, clockwise from the top left.
fn clockwise(rect: Rect) -> [Pos2; 4] {
    [
        rect.left_top(),
        rect.right_top(),
        rect.right_bottom(),
        rect.left_bottom(),
    ]
}
