//! A start that is under way.

#[cfg(not(target_arch = "wasm32"))]
use std::fs;
#[cfg(not(target_arch = "wasm32"))]
use std::path::PathBuf;

/// The number of frames with all paths that must be drawn for a start to count as successful.
#[cfg(not(target_arch = "wasm32"))]
pub(super) const FRAMES: usize = 5;

/// A start with the last experiment that has not yet succeeded.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Debug)]
pub struct Attempt {
    marker: PathBuf,
    /// The number of frames left to draw.
    frames: usize,
}

#[cfg(not(target_arch = "wasm32"))]
impl Attempt {
    /// Returns the start that this file marks.
    #[must_use]
    pub fn marked(marker: PathBuf) -> Self {
        Self {
            marker,
            frames: FRAMES,
        }
    }

    /// Counts a frame drawn with all paths and returns whether the start has now succeeded.
    pub fn drew_a_frame(&mut self) -> bool {
        self.frames = self.frames.saturating_sub(1);
        let well = self.frames == 0;
        if well {
            self.has_gone_well();
        }
        well
    }

    /// Marks the start as successful by removing the marker.
    pub fn has_gone_well(&mut self) {
        // If the file cannot be removed, it could not be written in the first place.
        let _ = fs::remove_file(&self.marker);
    }
}

/// There is none on the web, where a page that does not start can be opened without its experiment.
#[cfg(target_arch = "wasm32")]
#[derive(Debug)]
pub enum Attempt {}

#[cfg(target_arch = "wasm32")]
impl Attempt {
    /// Never called.
    pub fn drew_a_frame(&mut self) -> bool {
        match *self {}
    }

    /// Never called.
    pub fn has_gone_well(&mut self) {
        match *self {}
    }
}
