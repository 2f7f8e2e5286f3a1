//! Draws with shapes: the window and exported pictures use the same code.
//!
//! A view draws what it is given; it computes nothing and changes nothing.

pub mod chart;
pub mod confusion;
pub mod curve;
pub mod data;
pub mod equation;
pub mod eye;
pub mod family_tree;
pub mod figure;
pub mod fonts;
pub mod histogram;
pub mod icon;
pub mod layers;
pub mod marker;
pub mod network;
pub mod racers;
mod scale;
pub mod scene;
pub mod slice;
pub mod spectra;
pub mod theme;
pub mod thumbnail;

pub use crate::number;
pub use racers::{RacerLook, racer_looks};
pub use theme::Colors;
