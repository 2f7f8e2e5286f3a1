//! A texture, or a part of one, as an image embedded in the document.

use egui::{Color32, ColorImage, Rect, TextureId, emath};

use super::canvas::{Canvas, push_rect};
use super::element::element;
use crate::base64;
use crate::export::png::png;

/// The tolerance, in pixels, within which an edge counts as lying between two pixels.
const CLOSE_ENOUGH: f32 = 0.01;

/// Draws the part `uv` of a texture into a rectangle, multiplied by a tint. If `uv` runs backwards,
/// the image is mirrored. Draws nothing if the texture is unknown.
pub(super) fn picture(
    canvas: &mut Canvas<'_, '_>,
    texture: TextureId,
    uv: Rect,
    rect: Rect,
    tint: Color32,
) {
    let Some(image) = canvas.texture(texture) else {
        return;
    };
    let [across, down] = [
        Cut::of(uv.min.x, uv.max.x, image.width()),
        Cut::of(uv.min.y, uv.max.y, image.height()),
    ];
    if across.count == 0 || down.count == 0 || tint == Color32::TRANSPARENT || !rect.is_positive() {
        return;
    }
    let cutout = cutout(image, across, down, tint);
    let mut bytes = Vec::new();
    // Writing to memory fails only for an empty image, and this one is not empty.
    if png(&mut bytes, &cutout, true).is_err() {
        return;
    }
    // Only whole pixels can be shown, so they may extend beyond the rectangle: clip the excess.
    let [x, y] = [across.spread(rect.x_range()), down.spread(rect.y_range())];
    let whole = Rect::from_x_y_ranges(x, y);
    let clip = (!(across.is_whole && down.is_whole)).then(|| {
        let mut edge = String::new();
        push_rect(&mut edge, rect);
        format!("url(#{})", canvas.define("clipPath", &[], &edge))
    });
    let image = element(&mut canvas.out, "image")
        .number("x", whole.min.x)
        .number("y", whole.min.y)
        .number("width", whole.width())
        .number("height", whole.height())
        .attribute("preserveAspectRatio", "none");
    let image = match &clip {
        Some(clip) => image.attribute("clip-path", clip),
        None => image,
    };
    image
        .attribute(
            "xlink:href",
            &["data:image/png;base64,", &base64::encode(&bytes)].concat(),
        )
        .close();
}

/// The texture's colour at a point, multiplied by a tint.
pub(super) fn sample(image: &ColorImage, uv: egui::Pos2, tint: Color32) -> Color32 {
    let position = |part: f32, size: usize| Cut::of(part, part, size).first.min(size - 1);
    let [x, y] = [
        position(uv.x, image.width()),
        position(uv.y, image.height()),
    ];
    tinted(image.pixels[y * image.width() + x], tint)
}

/// The pixels of one axis that are shown.
#[derive(Clone, Copy)]
struct Cut {
    first: usize,
    count: usize,
    mirrored: bool,
    /// The range of the requested part, in pixels of the cut.
    wanted: emath::Rangef,
    /// Whether the requested part is the whole cut.
    is_whole: bool,
}

impl Cut {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "textures have less than 2^24 pixels on a side, and the cut is clamped to them"
    )]
    fn of(from: f32, to: f32, size: usize) -> Self {
        let pixels = size as f32;
        let [low, high] =
            [from.min(to), from.max(to)].map(|part| (part * pixels).clamp(0.0, pixels));
        let first = (low + CLOSE_ENOUGH).floor();
        let end = (high - CLOSE_ENOUGH).ceil().max(first);
        let wanted = if from > to {
            emath::Rangef::new(end - high, end - low)
        } else {
            emath::Rangef::new(low - first, high - first)
        };
        let is_whole =
            (low - first).abs() < 2.0 * CLOSE_ENOUGH && (end - high).abs() < 2.0 * CLOSE_ENOUGH;
        Self {
            first: first as usize,
            count: (end - first) as usize,
            mirrored: from > to,
            wanted,
            is_whole,
        }
    }

    /// The range of the whole cut when its requested part fills the given range.
    #[expect(clippy::cast_precision_loss, reason = "less than 2^24 pixels")]
    fn spread(self, range: emath::Rangef) -> emath::Rangef {
        if self.is_whole {
            return range;
        }
        let at = |pixel: f32| emath::remap(pixel, self.wanted, range);
        emath::Rangef::new(at(0.0), at(self.count as f32))
    }

    /// The pixels in the order in which they are shown.
    fn pixels(self) -> impl Iterator<Item = usize> {
        let last = self.first + self.count - 1;
        (0..self.count).map(move |index| {
            if self.mirrored {
                last - index
            } else {
                self.first + index
            }
        })
    }
}

fn cutout(image: &ColorImage, across: Cut, down: Cut, tint: Color32) -> ColorImage {
    let row = |y: usize| {
        across
            .pixels()
            .map(move |x| image.pixels[y * image.width() + x])
    };
    let pixels = down
        .pixels()
        .flat_map(row)
        .map(|color| tinted(color, tint))
        .collect();
    ColorImage::new([across.count, down.count], pixels)
}

/// The product of the colours channel by channel, as on a graphics card.
fn tinted(color: Color32, tint: Color32) -> Color32 {
    if tint == Color32::WHITE {
        return color;
    }
    let [r, g, b, a] = std::array::from_fn(|channel| {
        let product = u16::from(color.to_array()[channel]) * u16::from(tint.to_array()[channel]);
        u8::try_from((product + 127) / 255).unwrap_or(u8::MAX)
    });
    Color32::from_rgba_premultiplied(r, g, b, a)
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    #[test]
    fn cuts_between_pixels_are_whole() {
        let cut = Cut::of(0.25, 0.75, 8);
        assert_eq!((cut.first, cut.count, cut.is_whole), (2, 4, true));
        let cut = Cut::of(0.3, 0.75, 8);
        assert_eq!((cut.first, cut.count, cut.is_whole), (2, 4, false));
        let whole = cut.spread(emath::Rangef::new(0.0, 36.0));
        assert!((whole.min + 4.0).abs() < 1e-3 && (whole.max - 36.0).abs() < 1e-3);
    }

    #[test]
    fn backwards_is_mirrored() {
        assert!(Cut::of(1.0, 0.5, 4).pixels().eq([3, 2]));
        assert!(Cut::of(0.0, 0.5, 4).pixels().eq([0, 1]));
    }

    #[test]
    fn samples_stay_inside() {
        let image = ColorImage::new([2, 1], vec![Color32::RED, Color32::BLUE]);
        for (x, color) in [
            (-1.0, Color32::RED),
            (0.4, Color32::RED),
            (0.6, Color32::BLUE),
            (9.0, Color32::BLUE),
        ] {
            assert_eq!(sample(&image, pos2(x, 0.5), Color32::WHITE), color);
        }
    }
}
