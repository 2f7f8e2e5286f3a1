//! A renderer for egui's output that needs neither a GPU nor a display.
//!
//! egui turns a UI into coloured and textured triangles. [`Rasterizer`] paints them into an image
//! as `egui_glow` does on a graphics card: colours are premultiplied by alpha and blended in gamma
//! space, vertices are snapped to 1/256 of a pixel, and a pixel belongs to the triangle that
//! contains its centre (on a shared edge: to exactly one of the two). The result differs from that
//! of `egui_glow` by at most one level in 255, except that there is no dithering and no
//! mip-mapping, and that paint callbacks, which need a GPU, are skipped.
//!
//! The same input gives the same bytes on every machine.

mod canvas;
mod covering;
mod ink;
mod lanes;
mod mesh;
mod offscreen;
mod region;
mod texture;

#[cfg(test)]
mod tests;

use egui::epaint::Primitive;
use egui::{ClippedPrimitive, Color32, ColorImage, TexturesDelta};

pub use offscreen::{Offscreen, picture};

use crate::pause::{Pauses, at_once};
use canvas::{Canvas, Clip};
use mesh::MeshPainter;
use texture::Textures;

/// The number of indices of a mesh, three of each triangle, between two pauses: a millisecond or two.
const SLICE: u64 = 12_000;

/// Paints egui's tessellated output into an image, on the CPU.
///
/// Keeps the textures (font atlas, pictures) from one frame to the next, since egui only reports
/// what changed about them.
#[derive(Debug, Default)]
pub struct Rasterizer {
    textures: Textures,
}

impl Rasterizer {
    /// Creates a rasterizer without textures.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Applies egui's changes to its textures, and leaves `delta` empty.
    ///
    /// Call this once for the output of each frame, before [`paint`](Self::paint). Textures that
    /// egui frees are kept until the next call, because the frame that frees them may still show
    /// them.
    pub fn update_textures(&mut self, delta: &mut TexturesDelta) {
        self.textures.update(delta);
    }

    /// Paints `primitives` over `background` into an image of `size` (width and height in pixels),
    /// premultiplied like all of egui's colours.
    ///
    /// Meshes with an unknown texture are skipped.
    #[must_use]
    pub fn paint(
        &self,
        primitives: &[ClippedPrimitive],
        pixels_per_point: f32,
        size: [usize; 2],
        background: Color32,
    ) -> ColorImage {
        at_once(self.paint_in_slices(primitives, pixels_per_point, size, background))
    }

    /// The same in slices.
    pub async fn paint_in_slices(
        &self,
        primitives: &[ClippedPrimitive],
        pixels_per_point: f32,
        size: [usize; 2],
        background: Color32,
    ) -> ColorImage {
        let mut pauses = Pauses::every(SLICE);
        let mut canvas = Canvas::new(size, background);
        for ClippedPrimitive {
            clip_rect,
            primitive,
        } in primitives
        {
            let clip = Clip::new(*clip_rect, pixels_per_point, &canvas);
            if clip.is_empty() {
                continue;
            }
            if let Primitive::Mesh(mesh) = primitive
                && let Some(texture) = self.textures.get(mesh.texture_id)
            {
                let mut painter = MeshPainter::new(&mut canvas, clip, texture, pixels_per_point);
                let mut left = mesh.indices.as_slice();
                while !left.is_empty() {
                    let before = left.len();
                    left = painter.paint(mesh, left);
                    pauses.after((before - left.len()) as u64).await;
                }
            }
        }
        canvas.into_image()
    }
}
