//! What a desktop and a web page do differently. Everything above this folder is the same on both.

pub mod clipboard;
pub mod clock;
pub mod files;
#[cfg(target_arch = "wasm32")]
pub mod pages;
mod spawn;
#[cfg(target_arch = "wasm32")]
pub mod storage;

#[cfg(test)]
pub use spawn::sliced;
pub use spawn::{can_wait, run_slices, spawn, within_frame};
