//! A surface seen through a window: the grid of its values, their tones, iso-lines and colours.
//!
//! ```text
//! Surface ── Grid ── Tone ── Tones ─┬─ IsoLines
//!            f        f → t    t    └─ picture (through a ColourMap)
//! ```
//!
//! [`Sampled`] combines all of these. During an animated zoom the values stay and only the tone
//! changes; [`Sampled::set_tone`] then recomputes what depends on it.

// Grids have far fewer than 2^24 nodes per side, and colours are rounded to bytes on purpose.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss
)]
// The tests compare exact results exactly.
#![cfg_attr(test, allow(clippy::float_cmp))]

mod colour_map;
pub mod framing;
mod grid;
mod iso_lines;
pub mod learned;
mod logarithm;
mod nodes;
mod oklab;
mod picture;
mod relief;
mod sampled;
#[cfg(test)]
mod testing;
mod tone;
mod tones;

pub use colour_map::{ColourMap, GroundMap};
pub use grid::{Grid, GridJob, Spread};
pub use iso_lines::{IsoLine, IsoLines, crowding};
pub use nodes::{coarse_nodes, nodes};
pub use oklab::Oklab;
pub use picture::{corner_texels, paint, paint_into};
pub use relief::{HeightScale, Heights, Ray, Relief};
pub use sampled::Sampled;
pub use tone::Tone;
pub use tones::Tones;

/// The number of intervals of tone between iso-lines: there are lines at 1/25 … 24/25.
pub const ISO_STEPS: u16 = 25;
