//! What leaves the program: trajectories, pictures and clips.

pub mod raster;
pub mod trajectories;
