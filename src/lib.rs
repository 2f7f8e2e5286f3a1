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
//! # The interface
//!
//! These modules are for programs that build on Slalom; each begins with an example:
//!
//! - [`surface`]: losses over two parameters, with their derivatives, windows and minima;
//! - [`expression`]: formulas and rules as typed mathematics;
//! - [`optimizer`]: update rules with their hyper-parameters, equations and notes;
//! - [`experiment`]: the value that holds all inputs of a race;
//! - [`simulation`]: the run: courses, trajectories, and what rules note about their steps;
//! - [`preset`]: the file, read, checked and written;
//! - [`analysis`]: curvature, stability, a diagnosis in words;
//! - [`export`]: pictures, clips, numbers, scripts.
//!
//! What they speak of lies in [`objective`] (what can be minimised) and [`plane`] (points and
//! windows). Everything else, the window and the command line above all, serves the program alone
//! and can change with every version.
//!
//! The modules are the rooms of a house, and each imports only from rooms below it;
//! `CONTRIBUTING.md` has the plan.
#![warn(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

pub mod analysis;
#[cfg(feature = "window")]
#[doc(hidden)]
pub mod app;
#[doc(hidden)]
pub mod base64;
#[doc(hidden)]
pub mod chance;
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod engine;
pub mod experiment;
pub mod export;
pub mod expression;
#[doc(hidden)]
pub mod file;
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
pub mod interruption;
#[doc(hidden)]
pub mod latex;
pub mod network;
#[doc(hidden)]
pub mod number;
pub mod objective;
pub mod optimizer;
#[doc(hidden)]
pub mod pause;
pub mod plane;
pub mod preset;
pub mod real;
#[doc(hidden)]
pub mod sampling;
#[doc(hidden)]
pub mod selftest;
pub mod simulation;
pub mod subspace;
pub mod surface;
#[doc(hidden)]
pub mod system_fonts;
pub mod table;
#[doc(hidden)]
pub mod text;
#[doc(hidden)]
pub mod view;
#[cfg(feature = "window")]
#[doc(hidden)]
pub mod web;
