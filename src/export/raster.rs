//! A renderer for egui's output that needs no GPU and no display.
//!
//! egui turns a UI into coloured and textured triangles. [`Rasterizer`] paints those into a
//! picture as `egui_glow` does on a graphics card: colours are premultiplied by their alpha and
//! are blended in gamma space, vertices are snapped to 1/256 of a pixel, and a pixel belongs to
//! the triangle that holds its centre (on a shared edge: to exactly one of the two). Where
//! `egui_glow` and this room differ, it is by one level in 255, except that there is no
//! dithering, no mip-mapping, and that paint callbacks (they speak to the GPU) are left out.
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

use canvas::{Canvas, Clip};
use mesh::MeshPainter;
use texture::Textures;

/// Paints egui's tessellated output into a picture, on the CPU.
///
/// It keeps the textures (font atlas, pictures) from one frame to the next, as egui only tells
/// what changed about them.
#[derive(Debug, Default)]
pub struct Rasterizer {
    textures: Textures,
}

impl Rasterizer {
    /// A rasterizer that knows no textures yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes over what egui changed about its textures, and leaves `delta` empty.
    ///
    /// Call it once for the output of each frame, before [`paint`](Self::paint). Textures that
    /// egui frees are kept until the next call, because the frame that frees them may still
    /// show them.
    pub fn update_textures(&mut self, delta: &mut TexturesDelta) {
        self.textures.update(delta);
    }

    /// Paints `primitives` over `background` into a picture of `size` (width and height in
    /// pixels), premultiplied like all of egui's colours.
    ///
    /// Meshes whose texture is unknown are left out.
    #[must_use]
    pub fn paint(
        &self,
        primitives: &[ClippedPrimitive],
        pixels_per_point: f32,
        size: [usize; 2],
        background: Color32,
    ) -> ColorImage {
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
                MeshPainter::new(&mut canvas, clip, texture, pixels_per_point).paint(mesh);
            }
        }
        canvas.into_image()
    }
}
