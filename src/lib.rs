//! Slalom: the optimizers of neural networks race on loss surfaces.
//!
//! An [`Experiment`](experiment::Experiment) is a value, and everything on screen is a function of
//! it and of the playhead: [`simulate`](simulation::simulate) makes one trajectory a racer, and
//! the window, the command line, the exported clip and the tests all draw from these.
//!
//! ```
//! use slalom::{preset, simulation::simulate};
//!
//! let race = preset::load_built_in("rosenbrock")?.experiment;
//! for (name, path) in race.names().iter().zip(simulate(&race)) {
//!     println!("{name} ends at {:?}: {}", path.at(race.steps), path.status());
//! }
//! # Ok::<(), preset::PresetError>(())
//! ```
//!
//! The modules are the rooms of a house, and each imports only from rooms below it; from the
//! ground up: [`surface`] and [`optimizer`], [`experiment`], [`preset`], [`analysis`],
//! [`sampling`], [`view`], [`export`], [`app`], [`cli`]. Below them all lie [`plane`], the ground
//! with its points and windows, [`chance`], where random numbers come from, and [`number`], how
//! numbers read.
#![warn(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

pub mod analysis;
pub mod app;
pub mod chance;
pub mod cli;
pub mod engine;
pub mod experiment;
pub mod export;
pub mod number;
pub mod objective;
pub mod optimizer;
pub mod plane;
pub mod preset;
pub mod sampling;
pub mod simulation;
pub mod surface;
pub mod view;
