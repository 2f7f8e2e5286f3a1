//! Pictures of what the window shows, made without a window or a GPU.

pub mod raster;
