//! Paints a mesh of triangles, each by the cheapest suitable method.

use egui::epaint::{Vertex, WHITE_UV};
use egui::{Mesh, Pos2};

use super::canvas::{Canvas, Clip, lay, lay_evenly};
use super::covering::Covering;
use super::ink::{Fade, Gradient};
use super::lanes::Lanes;
use super::region::{Frame, Point, Rectangle, Region, Triangle};
use super::texture::Texture;

/// The number of indices after which painting may pause.
const PORTION: usize = 3000;

/// Paints meshes that share a texture and a clip rectangle.
pub(super) struct MeshPainter<'a> {
    canvas: &'a mut Canvas,
    clip: Clip,
    texture: &'a Texture,
    pixels_per_point: f64,
    /// The most recent texture point that was looked up for a whole triangle, and its colour:
    /// nearly always the white point that egui uses for untextured shapes.
    spot: (Pos2, Lanes),
}

impl<'a> MeshPainter<'a> {
    pub fn new(
        canvas: &'a mut Canvas,
        clip: Clip,
        texture: &'a Texture,
        pixels_per_point: f32,
    ) -> Self {
        Self {
            canvas,
            clip,
            texture,
            pixels_per_point: f64::from(pixels_per_point),
            spot: (WHITE_UV, texture.at(WHITE_UV)),
        }
    }

    /// Paints the first triangles of those with these indices in order, and returns the indices of
    /// the others. Triangles that refer to missing vertices are skipped.
    pub fn paint<'m>(&mut self, mesh: &Mesh, all: &'m [u32]) -> &'m [u32] {
        let mut indices = all;
        while let [a, b, c, rest @ ..] = indices {
            if all.len() - indices.len() >= PORTION {
                return indices;
            }
            indices = rest;
            let Some(corners) = vertices(mesh, [*a, *b, *c]) else {
                continue;
            };
            if let [c_again, b_again, d, rest @ ..] = rest
                && (c, b) == (c_again, b_again)
                && let Some(d) = vertex(mesh, *d)
                && self.paint_as_rectangle(corners, d)
            {
                indices = rest;
            } else {
                self.paint_triangle(corners);
            }
        }
        &[]
    }

    fn paint_triangle(&mut self, corners: [&Vertex; 3]) {
        let points = corners.map(|vertex| self.point(vertex));
        if let Some(triangle) = Triangle::new(points, &self.clip) {
            self.fill(&triangle, points, corners);
        }
    }

    /// Paints two triangles at once if they are the halves of an axis-aligned rectangle, as those
    /// of glyphs and pictures are: `a` and `d` are opposite corners, and so are `b` and `c`.
    fn paint_as_rectangle(&mut self, corners: [&Vertex; 3], d: &Vertex) -> bool {
        let [a, b, c] = corners;
        #[expect(clippy::float_cmp, reason = "sides that are nearly upright are not")]
        let upright = |of: fn(&Vertex) -> Pos2| {
            let [a, b, c, d] = [a, b, c, d].map(of);
            a.y == b.y && c.y == d.y && a.x == c.x && b.x == d.x
        };
        let plain = a.color == b.color && a.color == c.color && a.color == d.color;
        if !(plain && upright(|vertex| vertex.pos) && upright(|vertex| vertex.uv)) {
            return false;
        }
        let points = corners.map(|vertex| self.point(vertex));
        let rectangle = Rectangle::between(points[0], self.point(d));
        self.fill(&rectangle, points, corners);
        true
    }

    /// Paints a region whose colours and texture coordinates are given at three points.
    #[inline]
    fn fill(&mut self, region: &impl Region, points: [Point; 3], corners: [&Vertex; 3]) {
        let colors = corners.map(|vertex| Lanes::unpack(vertex.color.into()));
        if colors[0] == Lanes::CLEAR && Lanes::all_equal(colors) {
            return;
        }
        let uv = corners.map(|vertex| vertex.uv);
        if uv[0] == uv[1] && uv[0] == uv[2] {
            let texel = self.spot(uv[0]);
            let colors = if texel == Lanes::WHITE {
                colors
            } else {
                colors.map(|color| color.times(texel))
            };
            self.fill_plain(region, points, colors);
        } else {
            let covering = Covering::new(self.texture, &Frame::new(points), uv);
            self.fill_textured(region, points, colors, &covering);
        }
    }

    fn fill_plain(&mut self, region: &impl Region, points: [Point; 3], colors: [Lanes; 3]) {
        let canvas = &mut *self.canvas;
        let color = colors[0];
        if Lanes::all_equal(colors) {
            region.spans(&self.clip, |row, columns| {
                lay_evenly(canvas.span(row, columns), color);
            });
            return;
        }
        let frame = Frame::new(points);
        if let Some(fade) = Fade::new(&frame, colors) {
            region.spans(&self.clip, |row, columns| {
                let ink = fade.along(row, columns.start);
                lay(canvas.span(row, columns), ink);
            });
        } else {
            let gradient = Gradient::new(&frame, colors);
            region.spans(&self.clip, |row, columns| {
                let ink = gradient.along(row, columns.start);
                lay(canvas.span(row, columns), ink);
            });
        }
    }

    fn fill_textured(
        &mut self,
        region: &impl Region,
        points: [Point; 3],
        colors: [Lanes; 3],
        covering: &Covering<'_>,
    ) {
        let canvas = &mut *self.canvas;
        let color = colors[0];
        if color == Lanes::WHITE && Lanes::all_equal(colors) {
            region.spans(&self.clip, |row, columns| {
                let start = (row, columns.start);
                covering.paint(canvas.span(row, columns), start, |texel| texel);
            });
        } else if Lanes::all_equal(colors) {
            region.spans(&self.clip, |row, columns| {
                let start = (row, columns.start);
                covering.paint(canvas.span(row, columns), start, |texel| color.times(texel));
            });
        } else {
            let gradient = Gradient::new(&Frame::new(points), colors);
            region.spans(&self.clip, |row, columns| {
                let start = (row, columns.start);
                let mut color = gradient.along(row, columns.start);
                covering.paint(canvas.span(row, columns), start, |texel| {
                    color().times(texel)
                });
            });
        }
    }

    /// The texture's colour for a triangle whose corners share one texture point.
    #[inline]
    fn spot(&mut self, uv: Pos2) -> Lanes {
        if self.spot.0 != uv {
            self.spot = (uv, self.texture.at(uv));
        }
        self.spot.1
    }

    #[inline]
    fn point(&self, vertex: &Vertex) -> Point {
        Point::new(vertex.pos, self.pixels_per_point)
    }
}

/// The vertex at this index, if it exists.
#[inline]
fn vertex(mesh: &Mesh, index: u32) -> Option<&Vertex> {
    mesh.vertices.get(usize::try_from(index).ok()?)
}

/// The vertices of a triangle, if all of them exist.
#[inline]
fn vertices(mesh: &Mesh, [a, b, c]: [u32; 3]) -> Option<[&Vertex; 3]> {
    Some([vertex(mesh, a)?, vertex(mesh, b)?, vertex(mesh, c)?])
}
