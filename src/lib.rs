//! Slalom shows how the optimizers of neural networks move.
//!
//! An experiment is a value; everything on screen is a pure function of the experiment and the
//! playhead.

pub mod export;
pub mod surface;
