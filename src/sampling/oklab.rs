//! The perceptual colour space `OKLab`.

use std::sync::LazyLock;

/// A colour in `OKLab`, in which equal distances look about equally different.
///
/// Björn Ottosson, *A perceptual color space for image processing*, 2020.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Oklab {
    /// From 0, black, to 1, white.
    pub lightness: f64,
    /// From green (negative) to red.
    pub a: f64,
    /// From blue (negative) to yellow.
    pub b: f64,
}

impl Oklab {
    /// Converts a colour from sRGB bytes.
    #[must_use]
    pub fn from_srgb(srgb: [u8; 3]) -> Self {
        let [red, green, blue] = srgb.map(|byte| LINEAR[usize::from(byte)]);
        let long = 0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue;
        let medium = 0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue;
        let short = 0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue;
        let [l, m, s] = [long, medium, short].map(f64::cbrt);
        Self {
            lightness: 0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
            a: 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
            b: 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
        }
    }

    /// Converts to the nearest sRGB bytes; channels outside the sRGB gamut are clipped.
    #[must_use]
    pub fn to_srgb(self) -> [u8; 3] {
        let Self { lightness, a, b } = self;
        let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        let red = 4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s;
        let green = -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s;
        let blue = -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s;
        [red, green, blue].map(|channel| (encoded(channel) * 255.0).round() as u8)
    }

    /// Interpolates linearly between `from` and `to`.
    #[must_use]
    pub fn mix(from: Self, to: Self, fraction: f64) -> Self {
        let between = |from: f64, to: f64| from * (1.0 - fraction) + to * fraction;
        Self {
            lightness: between(from.lightness, to.lightness),
            a: between(from.a, to.a),
            b: between(from.b, to.b),
        }
    }

    /// The perceptual difference between two colours: their Euclidean distance. Black and white are
    /// 1 apart; about 0.02 is just noticeable side by side.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        let lightness = self.lightness - other.lightness;
        let chroma = (self.a - other.a).hypot(self.b - other.b);
        lightness.hypot(chroma)
    }
}

/// The linear intensity of each sRGB byte, tabulated because a picture has millions of them.
static LINEAR: LazyLock<[f64; 256]> =
    LazyLock::new(|| std::array::from_fn(|byte| linear(byte as f64 / 255.0)));

/// Converts an sRGB channel in 0…1 to linear intensity.
fn linear(encoded: f64) -> f64 {
    if encoded <= 0.040_45 {
        encoded / 12.92
    } else {
        ((encoded + 0.055) / 1.055).powf(2.4)
    }
}

/// Converts a linear intensity to an sRGB channel; the inverse of [`linear`].
fn encoded(linear: f64) -> f64 {
    if linear <= 0.003_130_8 {
        linear * 12.92
    } else {
        1.055 * linear.powf(1.0 / 2.4) - 0.055
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_values() {
        let cases = [
            ([0, 0, 0], [0.0, 0.0, 0.0]),
            ([255, 255, 255], [1.0, 0.0, 0.0]),
            ([255, 0, 0], [0.627_955, 0.224_863, 0.125_846]),
            ([0, 255, 0], [0.866_440, -0.233_888, 0.179_498]),
            ([0, 0, 255], [0.452_014, -0.032_457, -0.311_528]),
        ];
        for (srgb, [lightness, a, b]) in cases {
            let expected = Oklab { lightness, a, b };
            assert!(Oklab::from_srgb(srgb).distance(expected) < 2e-6, "{srgb:?}");
        }
    }

    #[test]
    fn black_and_white_are_one_apart() {
        let [black, white] = [[0; 3], [255; 3]].map(Oklab::from_srgb);
        assert!((black.distance(white) - 1.0).abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn round_trip(srgb in any::<[u8; 3]>()) {
            prop_assert_eq!(Oklab::from_srgb(srgb).to_srgb(), srgb);
        }
    }
}
