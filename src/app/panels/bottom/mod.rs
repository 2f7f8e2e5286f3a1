//! What stands at the bottom: the timeline, and notices above it.

pub mod notice;
pub mod progress;
pub mod timeline;
