//! Counts the colours of a clip.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use egui::ColorImage;

use super::cut::{self, Swatch};
use super::{MOST_COLORS, Palette};
use crate::pause::{at_once, pause};

/// The number of pixels of each colour in some frames of a clip.
///
/// Frames can be counted as they are drawn and then dropped; a few well-spread frames are enough
/// ([`Self::worth_counting`]).
#[derive(Clone, Debug, Default)]
pub struct Census {
    counts: HashMap<u32, u32, BuildHasherDefault<Spread>>,
}

impl Census {
    /// The frames of a clip that are worth counting: the first, the last and three in between.
    pub fn worth_counting(frames: usize) -> impl Iterator<Item = usize> {
        let last = frames.saturating_sub(1);
        let mut picks = [0, last / 4, last / 2, last - last / 4, last].to_vec();
        picks.truncate(if frames == 0 { 0 } else { picks.len() });
        picks.dedup();
        picks.into_iter()
    }

    /// Counts the pixels of another frame.
    pub fn add(&mut self, frame: &ColorImage) {
        for run in frame.pixels.chunk_by(|a, b| a == b) {
            let [red, green, blue, _] = run[0].to_array();
            let count = self
                .counts
                .entry(u32::from_be_bytes([0, red, green, blue]))
                .or_default();
            *count = count.saturating_add(u32::try_from(run.len()).unwrap_or(u32::MAX));
        }
    }

    /// The palette that best represents these colours: all of them if there are few enough.
    #[must_use]
    pub fn palette(&self) -> Palette {
        at_once(self.palette_in_slices())
    }

    /// The same in slices.
    pub async fn palette_in_slices(&self) -> Palette {
        let mut counts: Vec<(u32, u32)> = self.counts.iter().map(|(&rgb, &n)| (rgb, n)).collect();
        counts.sort_unstable();
        if counts.len() <= MOST_COLORS {
            return Palette::new(counts.into_iter().map(|(rgb, _)| bytes(rgb)));
        }
        let swatches = swatches(counts);
        pause().await;
        Palette::new(cut::representatives(&swatches, MOST_COLORS).await)
    }
}

/// Colours beyond this many are merged into cells, which bounds the cost of choosing.
const MOST_SINGLE_COLORS: usize = 4096;

/// The candidate colours for the palette: common colours as they are, rare ones merged into cells
/// of four levels per channel.
fn swatches(mut counts: Vec<(u32, u32)>) -> Vec<Swatch> {
    // Most common first; equally common colours keep their order.
    counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let (common, rare) = counts.split_at(counts.len().min(MOST_SINGLE_COLORS));
    let mut swatches: Vec<Swatch> = common
        .iter()
        .map(|&(rgb, count)| Swatch::of(bytes(rgb), count))
        .collect();

    let mut rare = rare.to_vec();
    let cell = |rgb: u32| rgb & 0x00fc_fcfc;
    rare.sort_unstable_by_key(|&(rgb, _)| (cell(rgb), rgb));
    for cell in rare.chunk_by(|a, b| cell(a.0) == cell(b.0)) {
        let mut total = 0;
        let mut sums = [0u64; 3];
        for &(rgb, count) in cell {
            total += u64::from(count);
            for (sum, channel) in sums.iter_mut().zip(bytes(rgb)) {
                *sum += u64::from(channel) * u64::from(count);
            }
        }
        let mean = sums.map(|sum| u8::try_from((sum + total / 2) / total).unwrap_or(u8::MAX));
        swatches.push(Swatch::of(mean, u32::try_from(total).unwrap_or(u32::MAX)));
    }
    swatches
}

/// The red, green and blue bytes of a packed colour.
fn bytes(rgb: u32) -> [u8; 3] {
    let [_, red, green, blue] = rgb.to_be_bytes();
    [red, green, blue]
}

/// A hasher for packed colours: one multiplication, with the same result on every run and machine.
#[derive(Clone, Copy, Debug, Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u32(u32::from(byte));
        }
    }

    fn write_u32(&mut self, value: u32) {
        self.0 = (self.0.rotate_left(5) ^ u64::from(value)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        // The hash map uses the lowest and highest bits of a hash; the product's best bits are the
        // high ones.
        self.0.rotate_left(26)
    }
}
