//! What leaves the program: trajectories, pictures and clips.

pub mod apng;
mod area;
pub mod code;
mod error;
pub mod film;
mod format;
pub mod gif;
pub mod palette;
mod pixels;
pub mod png;
pub mod raster;
mod studio;
pub mod svg;
pub mod trajectories;
mod video;

pub use error::{EncodeError, ExportError};
pub use format::Format;
pub use studio::{FigureOptions, Studio, Theme, View};
