//! Pictures and clips of a view: what leaves the app as a file.

pub mod apng;
mod area;
mod error;
pub mod gif;
pub mod palette;
mod pixels;
pub mod png;
pub mod svg;

pub use error::EncodeError;
