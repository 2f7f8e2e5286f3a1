//! Colours as `OKLab` coordinates, in single precision, which suits searching many of them.

use crate::sampling::Oklab;

/// Lightness, green–red and blue–yellow.
pub(super) type Lab = [f32; 3];

/// The `OKLab` coordinates of an opaque sRGB colour.
#[expect(clippy::cast_possible_truncation, reason = "colours have eight bits")]
pub(super) fn oklab(rgb: [u8; 3]) -> Lab {
    let Oklab { lightness, a, b } = Oklab::from_srgb(rgb);
    [lightness, a, b].map(|part| part as f32)
}

/// The squared distance between two colours.
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
