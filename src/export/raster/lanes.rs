//! Arithmetic on the four channels of a colour at once.

use egui::Color32;

/// The lower byte of each lane.
const LOW: u64 = 0x00ff_00ff_00ff_00ff;
/// One half (of 256) in each lane, for rounding.
const HALF: u64 = 0x0080_0080_0080_0080;
/// One in each lane.
const ONE: u64 = 0x0001_0001_0001_0001;

/// A premultiplied colour in one word, with red in its lowest byte: a `Color32` that is read and
/// written in a single access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Packed(u32);

impl From<Color32> for Packed {
    #[inline]
    fn from(color: Color32) -> Self {
        Self(u32::from_le_bytes(color.to_array()))
    }
}

impl From<Packed> for Color32 {
    #[inline]
    fn from(Packed(rgba): Packed) -> Self {
        let [r, g, b, a] = rgba.to_le_bytes();
        Self::from_rgba_premultiplied(r, g, b, a)
    }
}

/// A premultiplied colour with each 8-bit channel in a 16-bit lane of one word, so that a single
/// multiplication scales all four.
///
/// From low to high the lanes are red, blue, green, alpha: the order that is cheapest to unpack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lanes(u64);

impl Lanes {
    /// Fully transparent: leaves what is below unchanged.
    pub const CLEAR: Self = Self(0);
    /// Opaque white: leaves what it is multiplied by unchanged.
    pub const WHITE: Self = Self(LOW);

    /// Spreads the channels of a colour over the lanes.
    #[inline]
    pub fn unpack(Packed(rgba): Packed) -> Self {
        let rgba = u64::from(rgba);
        Self((rgba & 0x00ff_00ff) | ((rgba & 0xff00_ff00) << 24))
    }

    /// Packs the lanes back into a colour.
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the higher lanes are moved down"
    )]
    pub fn pack(self) -> Packed {
        Packed((self.0 | self.0 >> 24) as u32)
    }

    /// A colour from its channels (red, green, blue, alpha), each in 0..=255.
    #[inline]
    pub fn from_channels([r, g, b, a]: [u8; 4]) -> Self {
        Self(u64::from(r) | u64::from(b) << 16 | u64::from(g) << 32 | u64::from(a) << 48)
    }

    /// The red, green, blue and alpha channels.
    #[inline]
    pub fn channels(self) -> [u8; 4] {
        let [r, _, b, _, g, _, a, _] = self.0.to_le_bytes();
        [r, g, b, a]
    }

    /// The opacity, 0..=255.
    #[inline]
    pub fn alpha(self) -> u64 {
        self.0 >> 48
    }

    /// Whether all three are the same.
    #[inline]
    pub fn all_equal([a, b, c]: [Self; 3]) -> bool {
        (a.0 ^ b.0) | (a.0 ^ c.0) == 0
    }

    /// The one colour among these three, if the others are equal to it or transparent.
    #[inline]
    pub fn only_one([a, b, c]: [Self; 3]) -> Option<Self> {
        let any = a.0 | b.0 | c.0;
        // Zero if the colour is transparent or equal to the union of all bits.
        let stray = |color: Self| color.0.min(color.0 ^ any);
        (stray(a) | stray(b) | stray(c) == 0).then_some(Self(any))
    }

    /// All channels multiplied by `by`/255, rounded to nearest.
    #[inline]
    pub fn scaled(self, by: u64) -> Self {
        Self(divided_by_255(self.0 * by))
    }

    /// The product channel by channel, times 1/255, rounded to nearest.
    #[inline]
    pub fn times(self, other: Self) -> Self {
        let lane = |shift: u32| {
            let (a, b) = (self.0 >> shift & 0xff, other.0 >> shift & 0xff);
            (a * b) << shift
        };
        Self(divided_by_255(lane(0) | lane(16) | lane(32) | lane(48)))
    }

    /// Interpolates from `self` (`weight` 0) to `other` (`weight` 256).
    #[inline]
    pub fn mixed(self, other: Self, weight: u64) -> Self {
        Self(((self.0 * (256 - weight) + other.0 * weight + HALF) >> 8) & LOW)
    }

    /// Composites `self` over `below`: the source plus what its alpha lets through of the
    /// destination.
    ///
    /// A colour brighter than its alpha adds light (egui's "additive" colours); the sum is capped
    /// at 255.
    #[inline]
    pub fn over(self, below: Self) -> Self {
        let sum = self.0 + below.scaled(255 - self.alpha()).0;
        let overflow = (sum >> 8) & ONE;
        Self((sum | (overflow * 0xff)) & LOW)
    }
}

/// Each lane (up to 255²) divided by 255, rounded to nearest.
#[inline]
fn divided_by_255(lanes: u64) -> u64 {
    let lanes = lanes + HALF;
    ((lanes + ((lanes >> 8) & LOW)) >> 8) & LOW
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gray(level: u8) -> Lanes {
        Lanes::from_channels([level; 4])
    }

    #[test]
    fn colours_survive_the_lanes() {
        let color = Color32::from_rgba_premultiplied(10, 20, 30, 40);
        assert_eq!(Color32::from(Packed::from(color)), color);
        assert_eq!(Lanes::unpack(color.into()).channels(), color.to_array());
        assert_eq!(Lanes::from_channels([10, 20, 30, 40]).pack(), color.into());
        assert_eq!(Lanes::unpack(Color32::WHITE.into()), Lanes::WHITE);
        assert_eq!(Lanes::unpack(color.into()).alpha(), 40);
    }

    #[test]
    fn products_are_rounded_to_the_nearest_for_every_pair_of_levels() {
        for a in 0..=255_u8 {
            for b in 0..=255_u8 {
                let exact = (u32::from(a) * u32::from(b) * 2 + 255) / 510;
                let [r, ..] = gray(a).scaled(u64::from(b)).channels();
                assert_eq!(u32::from(r), exact, "{a} * {b}");
                assert_eq!(gray(a).times(gray(b)), gray(r));
            }
        }
    }

    #[test]
    fn channels_do_not_touch_each_other() {
        let a = Lanes::from_channels([255, 0, 128, 255]);
        let b = Lanes::from_channels([0, 255, 128, 255]);
        assert_eq!(a.times(b).channels(), [0, 0, 64, 255]);
        assert_eq!(a.mixed(b, 128).channels(), [128, 128, 128, 255]);
        assert_eq!(a.mixed(b, 0), a);
        assert_eq!(a.mixed(b, 256), b);
    }

    #[test]
    fn three_colours_are_compared_at_once() {
        let (a, b) = (gray(1), gray(2));
        assert!(Lanes::all_equal([a, a, a]));
        assert!(
            ![[a, a, b], [a, b, a], [b, a, a]]
                .map(Lanes::all_equal)
                .contains(&true)
        );
        let nothing = Lanes::CLEAR;
        assert_eq!(Lanes::only_one([nothing, a, nothing]), Some(a));
        assert_eq!(Lanes::only_one([a, nothing, a]), Some(a));
        assert_eq!(Lanes::only_one([a, nothing, b]), None);
        assert_eq!(Lanes::only_one([gray(3), a, b]), None);
    }

    #[test]
    fn added_light_is_capped() {
        let light = Lanes::from_channels([200, 10, 0, 0]);
        let below = Lanes::from_channels([100, 100, 100, 255]);
        assert_eq!(light.over(below).channels(), [255, 110, 100, 255]);
    }
}
