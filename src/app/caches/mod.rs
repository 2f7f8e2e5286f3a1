//! What is derived from documents and kept until its inputs change.

pub mod chart;
pub mod confusion;
pub mod differences;
pub mod draws;
pub mod flow;
pub mod formula;
pub mod horizon;
pub mod insight;
pub mod learned;
pub mod map_cache;
pub mod off_plane;
pub mod other_selves;
pub mod rivals;
pub mod seeds;
pub mod stationary;
pub mod trials;
pub mod turn;
