//! Helpers shared by the tests of the rasterizer.

mod offscreen;
mod shapes;
mod textures;

use egui::epaint::{ClippedPrimitive, ImageDelta, Primitive};
use egui::{
    Color32, ColorImage, Mesh, Pos2, Rect, TextureId, TextureOptions, TexturesDelta, pos2, vec2,
};

use super::Rasterizer;

const TEXTURE: TextureId = TextureId::Managed(0);
const ALL_UV: Rect = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));

fn rgba(r: u8, g: u8, b: u8, a: u8) -> Color32 {
    Color32::from_rgba_premultiplied(r, g, b, a)
}

fn gray(level: u8) -> Color32 {
    Color32::from_gray(level)
}

/// A rasterizer with one texture of the given size and pixels.
fn rasterizer(size: [usize; 2], pixels: &[Color32], options: TextureOptions) -> Rasterizer {
    let mut rasterizer = Rasterizer::new();
    let image = ColorImage::new(size, pixels.to_vec());
    change(&mut rasterizer, ImageDelta::full(image, options));
    rasterizer
}

fn change(rasterizer: &mut Rasterizer, change: ImageDelta) {
    let mut delta = TexturesDelta::default();
    delta.push(TEXTURE, change);
    rasterizer.update_textures(&mut delta);
    assert!(delta.is_empty());
}

fn clipped(mesh: Mesh, clip_rect: Rect) -> [ClippedPrimitive; 1] {
    let primitive = Primitive::Mesh(mesh);
    [ClippedPrimitive {
        clip_rect,
        primitive,
    }]
}

fn rect(left: f32, top: f32, width: f32, height: f32) -> Rect {
    Rect::from_min_size(pos2(left, top), vec2(width, height))
}

fn count(image: &ColorImage, color: Color32) -> usize {
    image.pixels.iter().filter(|&&pixel| pixel == color).count()
}
