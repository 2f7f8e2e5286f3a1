//! Colours that vary between the corners of a triangle.

use super::lanes::Lanes;
use super::region::{Frame, Plane};

/// A colour whose channels vary linearly over the image.
pub(super) struct Gradient {
    /// Red, green, blue, alpha, each in 0..=255 within the triangle.
    channels: [Plane; 4],
}

impl Gradient {
    /// The gradient with the given colours at the corners of the frame.
    #[inline]
    pub fn new(frame: &Frame, colors: [Lanes; 3]) -> Self {
        let [a, b, c] = colors.map(|color| color.channels().map(f64::from));
        Self {
            channels: [0, 1, 2, 3].map(|i| frame.plane([a[i], b[i], c[i]])),
        }
    }

    /// The colours of the pixels from (`row`, `column`) to the right.
    #[inline]
    pub fn along(&self, row: i32, column: i32) -> impl FnMut() -> Lanes + use<> {
        let mut levels = self
            .channels
            .each_ref()
            .map(|plane| level(plane, row, column));
        let steps = self.channels.each_ref().map(|plane| fixed(plane.dx));
        move || {
            let color = Lanes::from_channels(levels.map(whole));
            for (level, step) in levels.iter_mut().zip(steps) {
                *level = level.wrapping_add(step);
            }
            color
        }
    }
}

/// A single colour of varying strength. All anti-aliased edges consist of these, since egui's
/// "feathering" is a strip of triangles that fades from the colour to nothing. Paints the same as a
/// [`Gradient`] at a third of the cost.
pub(super) struct Fade {
    color: Lanes,
    /// 0..=255 within the triangle.
    strength: Plane,
}

impl Fade {
    /// The fade between the given colours, if they are all either transparent or the same colour.
    #[inline]
    pub fn new(frame: &Frame, colors: [Lanes; 3]) -> Option<Self> {
        let color = Lanes::only_one(colors)?;
        // Either 255 or 0, without an unpredictable branch.
        let full = 255.0_f64.to_bits();
        let strengths = colors.map(|corner| f64::from_bits(full * u64::from(corner == color)));
        Some(Self {
            color,
            strength: frame.plane(strengths),
        })
    }

    /// The colours of the pixels from (`row`, `column`) to the right.
    #[inline]
    pub fn along(&self, row: i32, column: i32) -> impl FnMut() -> Lanes + use<> {
        let color = self.color;
        let mut strength = level(&self.strength, row, column);
        let step = fixed(self.strength.dx);
        move || {
            let now = whole(strength);
            strength = strength.wrapping_add(step);
            color.scaled(u64::from(now))
        }
    }
}

/// Converts to fixed point with 16 fractional bits. A slope too steep for that overflows, which is
/// harmless: the next pixel lies outside such a sliver.
#[inline]
#[expect(
    clippy::cast_possible_truncation,
    reason = "the lower bits hold the number"
)]
fn fixed(value: f64) -> i32 {
    /// 1.5 · 2³⁶: at this magnitude an `f64` has 16 fractional bits.
    const COARSE: f64 = 1.5 * 68_719_476_736.0;
    (value + COARSE).to_bits() as i32
}

/// A plane's value at a pixel in fixed point; its integer part is the value rounded to a level.
#[inline]
fn level(plane: &Plane, row: i32, column: i32) -> i32 {
    let value = plane.at(row, column);
    let value = if value > 0.0 { value } else { 0.0 };
    fixed(if value < 255.0 { value } else { 255.0 } + 0.5)
}

/// The integer part of a level.
#[inline]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "levels within a triangle are within those of its corners"
)]
fn whole(level: i32) -> u8 {
    (level >> 16) as u8
}
