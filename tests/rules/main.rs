//! A few steps of every rule, computed by hand from its formula. The reference runs check the
//! paths. These tests also check the notes of each step, the gain that determines stability, and
//! values that no reference run covers.

#[path = "../common/mod.rs"]
mod common;

mod adam;
mod momentum;
mod others;
mod relatives;
mod squares;
mod walk;
mod words;
