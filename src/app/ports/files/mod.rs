//! Files that the user chooses or drops on the window. [`crate::file::read`] reads both.
//!
//! On the desktop, a file has a path. A web page is given its content instead, without any folder:
//! it keeps the content in memory under the file's name, which serves as its path.

#[cfg(not(target_arch = "wasm32"))]
mod desktop;
#[cfg(target_arch = "wasm32")]
mod web;

#[cfg(not(target_arch = "wasm32"))]
pub use desktop::{ask, dropped, exists};
#[cfg(target_arch = "wasm32")]
pub use web::{ask, dropped, exists};

/// The purpose of the file dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// Opening a preset.
    Opening,
    /// Saving a preset.
    Saving,
    /// Choosing a table of data.
    Data,
    /// Exporting to a file with this extension.
    Exporting(&'static str),
}
