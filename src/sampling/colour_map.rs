//! The colour maps of a surface.

use std::sync::LazyLock;

use super::Oklab;

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

    /// The colour map of the dark theme.
    #[must_use]
    pub fn dark() -> Self {
        static MAP: LazyLock<ColourMap> = LazyLock::new(|| {
            ColourMap::from_hex(&[
                0x0e_1128, 0x0f_1931, 0x0f_213a, 0x0e_2941, 0x0d_3147, 0x0f_3a4c, 0x16_4250,
                0x1f_4a53, 0x2a_5256,
            ])
        });
        MAP.clone()
    }

    /// The colour map of the light theme.
    #[must_use]
    pub fn light() -> Self {
        static MAP: LazyLock<ColourMap> = LazyLock::new(|| {
            ColourMap::from_hex(&[
                0xb8_ccf6, 0xbb_d4f7, 0xbf_dbf7, 0xc5_e1f7, 0xcc_e7f6, 0xd5_ecf6, 0xde_f1f7,
                0xe8_f6f8, 0xf3_fafa,
            ])
        });
        MAP.clone()
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
        for map in [ColourMap::dark(), ColourMap::light()] {
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
