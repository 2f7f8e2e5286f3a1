//! One palette for a whole clip.
//!
//! A GIF frame has at most 256 colours. Sharing one palette between all frames keeps the picture
//! steady: a pixel that doesn't change keeps its index, so nothing flickers and only what moves has
//! to be written. For the same reason there is no dithering: a colour has the same index
//! everywhere.

mod census;
mod cut;
mod nearest;
mod oklab;

pub use census::Census;
use egui::{Color32, ColorImage};
use nearest::Nearest;
use oklab::oklab;

/// The maximum number of colours; index 255 is reserved for "transparent".
pub const MOST_COLORS: usize = 255;

/// Up to 255 opaque colours.
#[derive(Clone, Debug)]
pub struct Palette {
    colors: Vec<[u8; 3]>,
    nearest: Nearest,
}

impl Palette {
    /// The palette that best represents these frames. To count frames one at a time as they are
    /// drawn, use a [`Census`] instead.
    pub fn of<'a>(frames: impl IntoIterator<Item = &'a ColorImage>) -> Self {
        let mut census = Census::default();
        for frame in frames {
            census.add(frame);
        }
        census.palette()
    }

    /// A palette of the given colours: the first 255 distinct ones, or black if there are none.
    pub fn new(colors: impl IntoIterator<Item = [u8; 3]>) -> Self {
        let mut colors: Vec<[u8; 3]> = colors.into_iter().collect();
        colors.sort_unstable();
        colors.dedup();
        colors.truncate(MOST_COLORS);
        if colors.is_empty() {
            colors.push([0; 3]);
        }
        let positions: Vec<_> = colors.iter().map(|&rgb| oklab(rgb)).collect();
        Self {
            colors,
            nearest: Nearest::new(&positions),
        }
    }

    /// The colours, in the order of their indices.
    #[must_use]
    pub fn colors(&self) -> &[[u8; 3]] {
        &self.colors
    }

    /// The index of the colour that looks most similar to this one. A translucent colour is
    /// composited over black.
    #[must_use]
    pub fn index_of(&self, color: Color32) -> u8 {
        let [red, green, blue, _] = color.to_array();
        // There are at most 255 entries.
        u8::try_from(self.nearest.to(oklab([red, green, blue]))).unwrap_or_default()
    }
}

/// A palette with a cache of lookups, for a series of pictures that share their colours.
#[derive(Clone, Debug)]
pub(super) struct Lookup {
    palette: Palette,
    /// One cached lookup per cell: the colour in the upper 24 bits, its index in the lower 8.
    answers: Vec<u32>,
}

/// The logarithm of the cache's size; 64 Ki entries take 256 KiB, about the size of an L2 cache.
const ANSWER_BITS: u32 = 16;

/// The index that marks an unused cell of the cache.
const UNASKED: u8 = u8::MAX;

impl Lookup {
    pub(super) fn new(palette: Palette) -> Self {
        Self {
            palette,
            answers: vec![u32::from(UNASKED); 1 << ANSWER_BITS],
        }
    }

    /// The underlying palette.
    pub(super) fn palette(&self) -> &Palette {
        &self.palette
    }

    /// The same as [`Palette::index_of`], but faster.
    pub(super) fn index_of(&mut self, color: Color32) -> u8 {
        let [red, green, blue, _] = color.to_array();
        let key = u32::from_be_bytes([red, green, blue, 0]);
        let cell = key.wrapping_mul(0x9e37_79b1) >> (u32::BITS - ANSWER_BITS);
        let answer = &mut self.answers[cell as usize];
        let [.., index] = answer.to_be_bytes();
        if *answer & !0xff == key && index != UNASKED {
            return index;
        }
        let index = self.palette.index_of(color);
        *answer = key | u32::from(index);
        index
    }
}

#[cfg(test)]
mod tests;
