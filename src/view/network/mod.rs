//! What a network has learned: decision regions, fitted curves, heat maps, and predicted pictures.
//!
//! A [`Painted`] is a prediction as a texture; a [`Tile`] draws it small, among those of all racers,
//! and a [`Panorama`] at full size with axes.

// Positions on screen are as exact as f32, and pictures have far fewer than 2^24 nodes per side.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss
)]

mod classes;
mod mosaic;
mod painted;
mod panorama;
mod pictures;
mod plot;
mod tile;

pub use classes::{class_color, palette};
pub use painted::Painted;
pub use panorama::Panorama;
pub use tile::Tile;
