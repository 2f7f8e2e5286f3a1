//! Files that the user chooses or drops on the window. [`crate::file::read`] reads both.
//!
//! On the desktop, a file has a path. A web page is given its content instead, without any folder:
//! it keeps the content in memory under the file's name, which serves as its path. What the program
//! writes there is downloaded.

#[cfg(not(target_arch = "wasm32"))]
mod desktop;
#[cfg(target_arch = "wasm32")]
mod web;

#[cfg(not(target_arch = "wasm32"))]
pub use desktop::{ask, dropped, exists};
#[cfg(target_arch = "wasm32")]
pub use web::{ask, download, dropped, exists};

/// Whether a path is only a name: files are chosen, dropped and downloaded rather than found in
/// folders.
pub const ARE_NAMES: bool = cfg!(target_arch = "wasm32");

const PRESETS: &[&str] = &["ron"];
const PICTURES: &[&str] = &["png", "apng", "svg", "gif", "mp4", "webm", "pdf"];
const TABLES: &[&str] = &["csv", "tsv", "txt", "dat", "npy"];

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

impl For {
    /// Returns whether a file that exists is wanted.
    #[must_use]
    pub const fn is_reading(self) -> bool {
        matches!(self, Self::Opening | Self::Data)
    }
}

/// Returns the files that a browser's dialog offers, as a list of extensions; all if it is empty.
#[cfg(any(test, target_arch = "wasm32"))]
fn accepted(what: For) -> String {
    let endings = match what {
        For::Opening => [PRESETS, PICTURES, TABLES].concat(),
        // Tables have all sorts of endings.
        For::Data | For::Saving | For::Exporting(_) => Vec::new(),
    };
    let endings: Vec<String> = endings.iter().map(|it| format!(".{it}")).collect();
    endings.join(",")
}

/// Returns the media type of a file with this extension.
#[cfg(any(test, target_arch = "wasm32"))]
fn media_type(ending: &str) -> &'static str {
    match &*ending.to_ascii_lowercase() {
        "png" | "apng" => "image/png",
        "svg" => "image/svg+xml",
        "gif" => "image/gif",
        "csv" => "text/csv",
        "json" => "application/json",
        "ron" | "txt" | "py" => "text/plain",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_offers_what_opens_and_names_the_type_of_what_is_saved() {
        assert!(accepted(For::Opening).starts_with(".ron,.png,"));
        assert!(accepted(For::Opening).split(',').any(|it| it == ".npy"));
        assert_eq!(accepted(For::Data), "");
        assert_eq!(media_type("GIF"), "image/gif");
        assert_eq!(media_type("npy"), "application/octet-stream");
    }
}
