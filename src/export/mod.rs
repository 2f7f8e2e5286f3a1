//! What leaves the program: trajectories, pictures and clips.

pub mod apng;
mod area;
mod error;
pub mod gif;
pub mod palette;
mod pixels;
pub mod png;
pub mod raster;
pub mod svg;
pub mod trajectories;

pub use error::EncodeError;
