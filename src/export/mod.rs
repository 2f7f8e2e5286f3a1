//! Pictures and clips of a view: what leaves the app as a file.

mod area;
mod error;
pub mod gif;
pub mod palette;
mod pixels;
pub mod png;

pub use error::EncodeError;
