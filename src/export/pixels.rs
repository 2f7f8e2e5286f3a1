//! Converts egui's premultiplied pixels to the bytes that files contain.

use egui::Color32;

/// Red, green, blue and alpha, not premultiplied, as PNG and SVG expect.
///
/// egui's additive colours (light without opacity) have no equivalent in a file; they become the
/// translucent colour that looks most similar on a dark background.
pub(super) fn unmultiplied(color: Color32) -> [u8; 4] {
    let [red, green, blue, alpha] = color.to_array();
    if alpha == u8::MAX {
        return [red, green, blue, alpha];
    }
    let alpha = alpha.max(red).max(green).max(blue);
    let restore = |channel: u8| match u16::from(alpha) {
        0 => 0,
        // Rounded to the nearest integer; never above 255, since no channel exceeds alpha.
        alpha => u8::try_from((u16::from(channel) * 255 + alpha / 2) / alpha).unwrap_or(u8::MAX),
    };
    [restore(red), restore(green), restore(blue), alpha]
}

/// The pixels as red, green, blue. Translucent pixels are composited over black.
pub(super) fn rgb_bytes(pixels: &[Color32]) -> Vec<u8> {
    pixels
        .iter()
        .flat_map(|color| [color.r(), color.g(), color.b()])
        .collect()
}

/// The pixels as red, green, blue, alpha.
pub(super) fn rgba_bytes(pixels: &[Color32]) -> Vec<u8> {
    pixels
        .iter()
        .flat_map(|&color| unmultiplied(color))
        .collect()
}

/// Whether all pixels are opaque.
pub(super) fn all_opaque(pixels: &[Color32]) -> bool {
    pixels.iter().all(Color32::is_opaque)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn premultiplying_again_gives_the_same_color() {
        for alpha in 1..=255 {
            for channel in 0..=alpha {
                let color = Color32::from_rgba_premultiplied(channel, alpha, 0, alpha);
                let [r, g, b, a] = unmultiplied(color);
                assert_eq!(Color32::from_rgba_unmultiplied(r, g, b, a), color);
            }
        }
    }

    #[test]
    fn light_without_opacity_becomes_translucent() {
        let glow = Color32::from_rgb_additive(100, 50, 0);
        assert_eq!(unmultiplied(glow), [255, 128, 0, 100]);
        assert_eq!(unmultiplied(Color32::TRANSPARENT), [0, 0, 0, 0]);
    }
}
