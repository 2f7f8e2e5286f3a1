//! Writes a view as SVG: the same shapes that the window paints, before tessellation, so that lines
//! stay lines and text stays text.
//!
//! What SVG cannot express is approximated: triangles of varying colour become flat, and paint
//! callbacks are skipped.

mod canvas;
mod element;
mod face;
mod mesh;
mod outline;
mod path;
mod picture;
mod quad;
mod rect;
mod shapes;
mod stroke;
mod text;

use canvas::Canvas;
use egui::epaint::ClippedShape;
use egui::{Color32, ColorImage, Rect, TextureId, Vec2};
use element::element;

/// Writes shapes as an SVG document of the given size, whose origin is egui's point (0, 0).
///
/// `textures` provides the pixels of the images that shapes show; a shape with an unknown texture
/// is painted without it. Equal shapes give equal documents.
pub fn svg<'t>(
    shapes: &[ClippedShape],
    size: Vec2,
    background: Option<Color32>,
    textures: impl Fn(TextureId) -> Option<&'t ColorImage>,
) -> String {
    let page = Rect::from_min_size(egui::Pos2::ZERO, size);
    let mut canvas = Canvas::new(page, &textures);
    for clipped in shapes {
        let moved = clipped.transform_after_tessellation;
        canvas.within(clipped.clip_rect, moved, |canvas| {
            shapes::shape(canvas, &clipped.shape);
        });
    }
    let (definitions, drawing) = canvas.finish();

    let mut ground = String::new();
    if let Some(color) = background {
        let page = element(&mut ground, "rect")
            .number("width", size.x)
            .number("height", size.y);
        page.paint("fill", color).close();
    }
    let mut view_box = String::new();
    for number in [0.0, 0.0, size.x, size.y] {
        element::push_number(&mut view_box, number);
        view_box.push(' ');
    }
    let mut document = String::new();
    element(&mut document, "svg")
        .attribute("xmlns", "http://www.w3.org/2000/svg")
        .attribute("xmlns:xlink", "http://www.w3.org/1999/xlink")
        .number("width", size.x)
        .number("height", size.y)
        .attribute("viewBox", view_box.trim_end())
        .attribute("fill", "none")
        .attribute("font-family", face::PROPORTIONAL)
        .containing(
            &[
                "\n",
                &definitions,
                &ground,
                if background.is_some() { "\n" } else { "" },
                &drawing,
            ]
            .concat(),
        );
    document.push('\n');
    document
}

#[cfg(test)]
mod tests;
