//! The colour maps of a surface.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::Oklab;

/// The colours of surfaces, from low to high. Each has a dark and a light map, which leave the
/// contrast to the racers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum GroundMap {
    /// Blue to teal.
    #[default]
    Slate,
    /// Without colour.
    Grey,
    /// Violet to brown; in the light theme, rose to cream.
    Dusk,
    /// Dark green to olive.
    Moss,
}

impl GroundMap {
    /// All of them, the default first.
    pub const ALL: [Self; 4] = [Self::Slate, Self::Grey, Self::Dusk, Self::Moss];

    /// Its name on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Slate => "Slate",
            Self::Grey => "Grey",
            Self::Dusk => "Dusk",
            Self::Moss => "Moss",
        }
    }

    /// The map for the dark or the light theme.
    #[must_use]
    pub fn map(self, dark: bool) -> ColourMap {
        static MAPS: LazyLock<Vec<[ColourMap; 2]>> = LazyLock::new(|| {
            let maps = GroundMap::ALL.iter().map(|it| it.stops());
            maps.map(|stops| stops.map(|stops| ColourMap::from_hex(&stops)))
                .collect()
        });
        let index = Self::ALL.iter().position(|it| *it == self);
        let map = MAPS.get(index.unwrap_or_default());
        map.map_or_else(
            || ColourMap::from_hex(&[]),
            |[on_dark, on_light]| {
                if dark {
                    on_dark.clone()
                } else {
                    on_light.clone()
                }
            },
        )
    }

    /// The stops of the dark and of the light map.
    const fn stops(self) -> [[u32; 9]; 2] {
        match self {
            Self::Slate => [
                [
                    0x0e_1128, 0x0f_1931, 0x0f_213a, 0x0e_2941, 0x0d_3147, 0x0f_3a4c, 0x16_4250,
                    0x1f_4a53, 0x2a_5256,
                ],
                [
                    0xb8_ccf6, 0xbb_d4f7, 0xbf_dbf7, 0xc5_e1f7, 0xcc_e7f6, 0xd5_ecf6, 0xde_f1f7,
                    0xe8_f6f8, 0xf3_fafa,
                ],
            ],
            Self::Grey => [
                [
                    0x12_1417, 0x18_1a1d, 0x1f_2023, 0x25_272a, 0x2c_2d30, 0x32_3437, 0x39_3b3d,
                    0x41_4244, 0x48_494b,
                ],
                [
                    0xca_cccf, 0xd0_d2d4, 0xd6_d7da, 0xdc_dde0, 0xe1_e3e6, 0xe7_e9eb, 0xed_eef0,
                    0xf3_f4f6, 0xf9_fafb,
                ],
            ],
            Self::Dusk => [
                [
                    0x16_0d23, 0x20_1229, 0x2b_162e, 0x36_1b32, 0x42_2034, 0x4c_2734, 0x55_2e35,
                    0x5d_3635, 0x65_3f36,
                ],
                [
                    0xf0_c4c0, 0xf4_cbc1, 0xf8_d1c3, 0xfb_d7c6, 0xfe_dec9, 0xfe_e5d0, 0xfe_ecd9,
                    0xff_f3e2, 0xff_f9eb,
                ],
            ],
            Self::Moss => [
                [
                    0x01_1716, 0x04_1e1a, 0x0a_251d, 0x12_2c1f, 0x1c_3421, 0x25_3a25, 0x2f_4129,
                    0x3a_482d, 0x44_4f31,
                ],
                [
                    0xb3_d9b9, 0xbc_debd, 0xc5_e3c1, 0xcd_e7c6, 0xd6_eccb, 0xe0_f0d1, 0xe9_f4d9,
                    0xf1_f8e1, 0xf9_fdea,
                ],
            ],
        }
    }
}

/// A map from tones in 0…1 to colours.
///
/// The stops are evenly spaced over 0…1, and the colours between them are interpolated in
/// [`Oklab`], where equal steps look equal. The map is stored as a table of 1,024 colours.
#[derive(Clone, Debug, PartialEq)]
pub struct ColourMap {
    table: Vec<[u8; 3]>,
    grain: f64,
}

impl ColourMap {
    const ENTRIES: usize = 1024;

    /// The default colour map of the dark theme.
    #[must_use]
    pub fn dark() -> Self {
        GroundMap::Slate.map(true)
    }

    /// The default colour map of the light theme.
    #[must_use]
    pub fn light() -> Self {
        GroundMap::Slate.map(false)
    }

    /// The colour map through these stops, each written as `0xrrggbb`; black if there are none.
    #[must_use]
    pub fn from_hex(stops: &[u32]) -> Self {
        let stops: Vec<Oklab> = stops
            .iter()
            .copied()
            .map(bytes)
            .map(Oklab::from_srgb)
            .collect();
        let table: Vec<[u8; 3]> = (0..Self::ENTRIES)
            .map(|entry| colour(&stops, entry as f64 / (Self::ENTRIES - 1) as f64))
            .collect();
        Self {
            grain: grain(&table),
            table,
        }
    }

    /// The colour of a tone, clamped to 0…1; NaN has the lowest colour.
    #[must_use]
    #[inline]
    pub fn at(&self, tone: f64) -> [u8; 3] {
        let last = Self::ENTRIES - 1;
        let entry = (tone * last as f64 + 0.5) as usize; // `as` saturates at 0 and turns NaN into 0
        self.table[entry.min(last)]
    }

    /// The mean difference in tone between two colours that differ by one level in the channel that
    /// varies most: the width of the bands in which a smooth slope appears.
    #[must_use]
    pub fn grain(&self) -> f64 {
        self.grain
    }
}

/// The red, green and blue bytes of `0xrrggbb`.
fn bytes(hex: u32) -> [u8; 3] {
    let [_, red, green, blue] = hex.to_be_bytes();
    [red, green, blue]
}

/// The colour at `tone` in a map through evenly spaced stops.
fn colour(stops: &[Oklab], tone: f64) -> [u8; 3] {
    let along = tone * stops.len().saturating_sub(1) as f64;
    let below = along as usize;
    match (stops.get(below), stops.get(below + 1)) {
        (Some(&from), Some(&to)) => Oklab::mix(from, to, along.fract()).to_srgb(),
        (Some(&only), None) => only.to_srgb(),
        (None, _) => [0; 3],
    }
}

/// Computes [`ColourMap::grain`].
fn grain(table: &[[u8; 3]]) -> f64 {
    let changes = |channel: usize| -> u32 {
        let change = |pair: &[[u8; 3]]| u32::from(pair[0][channel].abs_diff(pair[1][channel]));
        table.windows(2).map(change).sum()
    };
    1.0 / f64::from((0..3).map(changes).max().unwrap_or(0).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_and_stops_are_exactly_those_given() {
        let [dark, light] = [ColourMap::dark(), ColourMap::light()];
        assert_eq!(dark.at(0.0), [0x0e, 0x11, 0x28]);
        assert_eq!(dark.at(1.0), [0x2a, 0x52, 0x56]);
        assert_eq!(dark.at(0.5), [0x0d, 0x31, 0x47]);
        assert_eq!(light.at(0.0), [0xb8, 0xcc, 0xf6]);
        assert_eq!(light.at(1.0), [0xf3, 0xfa, 0xfa]);
    }

    #[test]
    fn tones_outside_are_limited() {
        let map = ColourMap::dark();
        assert_eq!(map.at(-3.0), map.at(0.0));
        assert_eq!(map.at(f64::NAN), map.at(0.0));
        assert_eq!(map.at(f64::INFINITY), map.at(1.0));
    }

    #[test]
    fn higher_is_lighter_in_both_themes() {
        let maps = GroundMap::ALL.map(|it| [it.map(true), it.map(false)]);
        for map in maps.as_flattened() {
            let lightness = |step: u32| Oklab::from_srgb(map.at(f64::from(step) / 16.0)).lightness;
            assert!((1..=16).all(|step| lightness(step) > lightness(step - 1)));
        }
    }

    #[test]
    fn no_stop_and_one_stop() {
        assert_eq!(ColourMap::from_hex(&[]).at(0.7), [0; 3]);
        assert_eq!(ColourMap::from_hex(&[0x01_0203]).at(0.7), [1, 2, 3]);
    }
}
