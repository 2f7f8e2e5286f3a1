//! A surface seen through a window: the grid of its values, their tones, iso-lines and colours.
//!
//! ```text
//! Surface ── Grid ── Tone ── Tones ─┬─ IsoLines
//!            f        f → t    t    └─ picture (through a ColourMap)
//! ```
//!
//! [`Sampled`] goes the whole way. While a zoom is eased the values stay and only the tone moves;
//! [`Sampled::set_tone`] then redoes what depends on it.

// Grids have far fewer than 2^24 nodes a side, and colours are rounded to bytes on purpose.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss
)]
// What must be exact, the tests compare exactly.
#![cfg_attr(test, allow(clippy::float_cmp))]

mod colour_map;
pub mod framing;
mod grid;
mod iso_lines;
mod logarithm;
mod nodes;
mod oklab;
mod picture;
mod sampled;
#[cfg(test)]
mod testing;
mod tone;
mod tones;

pub use colour_map::ColourMap;
pub use grid::{Grid, Spread};
pub use iso_lines::{IsoLine, IsoLines};
pub use nodes::nodes;
pub use oklab::Oklab;
pub use picture::{corner_texels, paint, paint_into};
pub use sampled::Sampled;
pub use tone::Tone;
pub use tones::Tones;

/// The number of equal steps of tone between two iso-lines and the ends: lines at 1/25 … 24/25.
pub const ISO_STEPS: u16 = 25;
