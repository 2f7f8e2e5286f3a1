//! What a network has learned: decision regions, fitted curves, heat maps, and predicted pictures.
//!
//! A [`Painted`] is a prediction as a texture; a [`Tile`] draws it small, among those of all racers,
//! and a [`Panorama`] at full size with axes. A [`Strip`] has the small ones side by side.

// Positions on screen are as exact as f32, and pictures have far fewer than 2^24 nodes per side.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss
)]

mod classes;
mod key;
mod mosaic;
mod painted;
mod panorama;
mod pictures;
mod plot;
pub mod strip;
mod tile;
pub mod words;

pub use classes::{class_color, palette};
pub use key::Key;
pub use painted::Painted;
pub use panorama::Panorama;
pub use strip::Strip;
pub use tile::Tile;
