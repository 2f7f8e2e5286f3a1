//! Paints a surface as a picture.

use super::{ColourMap, Tones};

/// The picture of `tones`, one pixel per node: red, green, blue, opacity.
///
/// Row 0 of the picture is the top, which has the largest y. Nodes with non-finite values are
/// transparent.
///
/// The colour maps span a narrow range, so a gentle slope shows bands of equal colour. An ordered
/// dither, fixed to the pixels, breaks them up; it shifts the tone rather than the colour, so no
/// colour appears that is not in the map.
#[must_use]
pub fn paint(tones: &Tones, map: &ColourMap) -> Vec<[u8; 4]> {
    let mut pixels = Vec::new();
    paint_into(tones, map, &mut pixels);
    pixels
}

/// The same as [`paint`], but reuses the buffer.
pub fn paint_into(tones: &Tones, map: &ColourMap, pixels: &mut Vec<[u8; 4]>) {
    pixels.clear();
    pixels.reserve(tones.values().len());
    let rows = tones.values().chunks(tones.columns().max(1)).rev();
    for (thresholds, row) in DITHER.iter().cycle().zip(rows) {
        let thresholds = thresholds.map(|threshold| threshold * map.grain());
        for (threshold, &tone) in thresholds.iter().cycle().zip(row) {
            pixels.push(if tone.is_nan() {
                [0; 4]
            } else {
                let [red, green, blue] = map.at(f64::from(tone) + threshold);
                [red, green, blue, u8::MAX]
            });
        }
    }
}

/// The texture coordinates of the window's corners, as (left, top) and (right, bottom).
///
/// The outermost nodes lie on the window's edges, while a texture's edge lies half a pixel outside
/// the centres of its outermost pixels. Draw the texture between these two corners to align the
/// colours with the iso-lines.
#[must_use]
pub fn corner_texels(columns: usize, rows: usize) -> [[f32; 2]; 2] {
    let half = |count: usize| 0.5 / count.max(1) as f32;
    let [across, down] = [half(columns), half(rows)];
    [[across, down], [1.0 - across, 1.0 - down]]
}

const SIDE: usize = 8;

/// Bayer's matrix of 8 × 8 thresholds, evenly spaced over −½…½.
const DITHER: [[f64; SIDE]; SIDE] = {
    let mut matrix = [[0.0; SIDE]; SIDE];
    let mut y = 0;
    while y < SIDE {
        let mut x = 0;
        while x < SIDE {
            matrix[y][x] = (bayer(x, y) as f64 + 0.5) / (SIDE * SIDE) as f64 - 0.5;
            x += 1;
        }
        y += 1;
    }
    matrix
};

/// The rank of a pixel in Bayer's matrix: the bits of x ⊕ y and y, interleaved and reversed.
const fn bayer(x: usize, y: usize) -> usize {
    let mut rank = 0;
    let mut bit = 0;
    while bit < SIDE.ilog2() {
        rank = rank << 2 | ((x ^ y) >> bit & 1) << 1 | y >> bit & 1;
        bit += 1;
    }
    rank
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_row_has_the_largest_y_and_holes_are_transparent() {
        let tones = Tones::from_values(2, vec![0.0, f32::NAN, 1.0, 1.0]);
        let map = ColourMap::from_hex(&[0x00_0000, 0xff_ffff]);
        let picture = paint(&tones, &map);
        assert!(picture[0][0] > 250 && picture[1][0] > 250);
        assert!(picture[2][0] < 5 && picture[2][3] == 255);
        assert_eq!(picture[3], [0; 4]);
    }

    #[test]
    fn a_dithered_tone_keeps_its_mean() {
        let map = ColourMap::from_hex(&[0x00_0000, 0xff_ffff]);
        for tone in [0.3, 0.401, 0.777] {
            let picture = paint(&Tones::from_values(64, vec![tone; 64 * 64]), &map);
            let mean = picture.iter().map(|pixel| f64::from(pixel[0])).sum::<f64>() / 4096.0;
            assert!(
                (mean - f64::from(map.at(f64::from(tone))[0])).abs() < 1.0,
                "{mean}"
            );
        }
    }

    #[test]
    fn thresholds_are_all_different_and_balanced() {
        let mut ranks: Vec<usize> = (0..64).map(|pixel| bayer(pixel % 8, pixel / 8)).collect();
        assert_eq!(ranks[..3], [0, 32, 8]);
        ranks.sort_unstable();
        assert!(ranks.into_iter().eq(0..64));
        let sum: f64 = DITHER.as_flattened().iter().sum();
        assert!(sum.abs() < 1e-12);
    }

    #[test]
    fn empty_pictures() {
        assert!(paint(&Tones::from_values(1, vec![]), &ColourMap::dark()).is_empty());
    }
}
