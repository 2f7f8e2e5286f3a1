//! The built-in races of networks: every number that their notes state is measured again.
//!
//! What takes longer than a test should is ignored: `cargo test --test network_scenes -- --ignored`
//! measures the rest.

mod batches;
mod edge;
mod forms;
mod keys;
mod lines;
mod moons;
mod muon;
mod rates;
mod scene;
