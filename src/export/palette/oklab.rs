//! Björn Ottosson's `OKLab`: a space in which equal distances look about equally large.
//! <https://bottosson.github.io/posts/oklab/>

use std::sync::LazyLock;

/// Lightness, green to red, blue to yellow.
pub(super) type Lab = [f32; 3];

/// The light that each value of an sRGB channel stands for.
static LINEAR: LazyLock<[f32; 256]> = LazyLock::new(|| {
    std::array::from_fn(|value| {
        #[expect(clippy::cast_precision_loss, reason = "at most 255")]
        let value = value as f32 / 255.0;
        if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    })
});

/// The place of an opaque sRGB colour in `OKLab`.
pub(super) fn oklab(rgb: [u8; 3]) -> Lab {
    let [r, g, b] = rgb.map(|value| LINEAR[usize::from(value)]);
    let long = (0.412_221_46 * r + 0.536_332_55 * g + 0.051_445_995 * b).cbrt();
    let medium = (0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b).cbrt();
    let short = (0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b).cbrt();
    [
        0.210_454_26 * long + 0.793_617_8 * medium - 0.004_072_047 * short,
        1.977_998_5 * long - 2.428_592_2 * medium + 0.450_593_7 * short,
        0.025_904_037 * long + 0.782_771_77 * medium - 0.808_675_77 * short,
    ]
}

/// The square of the distance between two colours.
pub(super) fn distance_squared(one: Lab, other: Lab) -> f32 {
    let along = |axis: usize| (one[axis] - other[axis]).powi(2);
    along(0) + along(1) + along(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_published_values() {
        let close = |a: Lab, b: Lab| distance_squared(a, b) < 1e-7;
        assert!(close(oklab([255, 255, 255]), [1.0, 0.0, 0.0]));
        assert!(close(oklab([0, 0, 0]), [0.0, 0.0, 0.0]));
        assert!(close(oklab([255, 0, 0]), [0.627_96, 0.224_86, 0.125_85]));
        assert!(close(oklab([0, 0, 255]), [0.452_01, -0.032_46, -0.311_53]));
    }
}
