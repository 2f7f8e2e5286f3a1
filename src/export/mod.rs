//! Pictures and clips of a view: what leaves the app as a file.

mod error;
mod pixels;
pub mod png;

pub use error::EncodeError;
