//! Meshes: quads that show images or gradients are written as such, everything else as flat pieces.

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, Pos2, TextureId, Vec2};

use super::canvas::Canvas;
use super::element::{element, push_point};
use super::outline::signed_area;
use super::picture;
use super::quad::Quad;

/// The maximum number of images in a mesh; one with more is a pattern, which is drawn by its
/// colours.
const MOST_PICTURES: usize = 64;

/// Draws a mesh.
pub(super) fn mesh(canvas: &mut Canvas<'_, '_>, mesh: &Mesh) {
    if !mesh.is_valid() {
        return;
    }
    let plain = mesh.texture_id == TextureId::default()
        && mesh.vertices.iter().all(|vertex| vertex.uv == WHITE_UV);
    let texture = if plain {
        None
    } else {
        canvas.texture(mesh.texture_id)
    };
    let pictures = texture.is_some() && mesh.indices.len() <= 6 * MOST_PICTURES;

    let mut flat = Flat::default();
    for indices in mesh.indices.chunks(6) {
        let corners: Vec<Vertex> = indices
            .iter()
            .map(|&index| mesh.vertices[index as usize])
            .collect();
        match Quad::of(&corners) {
            Some(quad) if pictures && quad.color().is_some() => {
                flat.draw(&mut canvas.out);
                let tint = quad.color().unwrap_or_default();
                picture::picture(canvas, mesh.texture_id, quad.uv(), quad.rect, tint);
            }
            Some(quad) if plain && quad.color().is_some() => {
                flat.add(quad.color().unwrap_or_default(), &quad.corners());
            }
            Some(quad) if plain && quad.is_gradient() => {
                flat.draw(&mut canvas.out);
                quad.draw_gradient(canvas);
            }
            _ => {
                for triangle in corners.chunks_exact(3) {
                    let mut color = mean_color(triangle);
                    if let Some(image) = texture {
                        let sum = |sum: Vec2, vertex: &Vertex| sum + vertex.uv.to_vec2();
                        let middle = triangle.iter().fold(Vec2::ZERO, sum) / 3.0;
                        color = picture::sample(image, middle.to_pos2(), color);
                    }
                    let points: Vec<Pos2> = triangle.iter().map(|vertex| vertex.pos).collect();
                    flat.add(color, &points);
                }
            }
        }
    }
    flat.draw(&mut canvas.out);
}

fn mean_color(vertices: &[Vertex]) -> Color32 {
    let channel = |channel: usize| {
        let sum: usize = vertices
            .iter()
            .map(|v| usize::from(v.color.to_array()[channel]))
            .sum();
        let count = vertices.len().max(1);
        u8::try_from((sum + count / 2) / count).unwrap_or(u8::MAX)
    };
    Color32::from_rgba_premultiplied(channel(0), channel(1), channel(2), channel(3))
}

/// Pending pieces of one colour each; consecutive pieces of the same colour become one path.
#[derive(Default)]
struct Flat {
    paths: Vec<(Color32, String)>,
}

impl Flat {
    fn add(&mut self, color: Color32, points: &[Pos2]) {
        if color == Color32::TRANSPARENT || !points.iter().all(|point| point.is_finite()) {
            return;
        }
        if self.paths.last().is_none_or(|(last, _)| *last != color) {
            self.paths.push((color, String::new()));
        }
        if let Some((_, data)) = self.paths.last_mut() {
            // All pieces have the same orientation, so that overlapping pieces of a path do not
            // cancel out.
            let clockwise = signed_area(points) >= 0.0;
            for index in 0..points.len() {
                let position = if clockwise {
                    index
                } else {
                    points.len() - 1 - index
                };
                data.push_str(match index {
                    0 => "M",
                    1 => "L",
                    _ => " ",
                });
                push_point(data, points[position]);
            }
            data.push('Z');
        }
    }

    /// Draws the pending pieces.
    ///
    /// Each piece is anti-aliased on its own, so the background would show through as a hairline
    /// between adjacent pieces. Opaque pieces are therefore enlarged by a quarter of a point.
    fn draw(&mut self, out: &mut String) {
        let paths = std::mem::take(&mut self.paths);
        let swell = paths.len() > 1 && paths.iter().all(|(color, _)| color.is_opaque());
        let mut drawn = String::new();
        for (color, data) in &paths {
            let path = element(&mut drawn, "path")
                .attribute("d", data)
                .paint("fill", *color);
            if swell {
                path.paint("stroke", *color)
            } else {
                path
            }
            .close();
        }
        if swell {
            let group = element(out, "g").number("stroke-width", 0.5);
            group
                .attribute("stroke-linejoin", "round")
                .containing(&drawn);
        } else {
            out.push_str(&drawn);
        }
    }
}
