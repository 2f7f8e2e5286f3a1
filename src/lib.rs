//! Slalom shows how the optimizers of neural networks move.
//!
//! An experiment is a value; everything on screen is a pure function of the experiment and the
//! playhead. Rooms, from the ground up: [`surface`] and [`optimizer`], [`experiment`], [`preset`],
//! [`sampling`], [`view`], [`export`], [`app`] and [`cli`]; each knows only those before it.

pub mod app;
pub mod cli;
pub mod experiment;
pub mod export;
pub mod optimizer;
pub mod preset;
pub mod sampling;
pub mod surface;
pub mod view;
