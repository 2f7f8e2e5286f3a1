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

/// What shapes are drawn on.
#[derive(Clone, Copy, Debug)]
pub struct Sheet {
    /// The width and height in points, from egui's point (0, 0).
    pub size: Vec2,
    /// The width and height on paper, in inches; `None` leaves it to the program that shows it.
    pub inches: Option<[f32; 2]>,
    /// The colour of the sheet.
    pub background: Option<Color32>,
}

/// Writes shapes as an SVG document.
///
/// `textures` provides the pixels of the images that shapes show; a shape with an unknown texture
/// is painted without it. Equal shapes give equal documents.
pub fn svg<'t>(
    shapes: &[ClippedShape],
    sheet: Sheet,
    textures: impl Fn(TextureId) -> Option<&'t ColorImage>,
) -> String {
    let Sheet {
        size, background, ..
    } = sheet;
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
        .attribute("width", &length(size.x, sheet.inches.map(|it| it[0])))
        .attribute("height", &length(size.y, sheet.inches.map(|it| it[1])))
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

/// A side of the document, in inches if it has a size on paper.
fn length(points: f32, inches: Option<f32>) -> String {
    let mut length = String::new();
    element::push_number(&mut length, inches.unwrap_or(points));
    if inches.is_some() {
        length.push_str("in");
    }
    length
}

/// Adds a link that opens the race again to a document.
#[must_use]
pub fn with_link(mut document: String, link: &str) -> String {
    // In the values of attributes, the sign is written as a name.
    if let Some(end) = document.find('>') {
        document.insert_str(end + 1, &["\n<metadata>", link, "</metadata>"].concat());
    }
    document
}

#[cfg(test)]
mod tests;
