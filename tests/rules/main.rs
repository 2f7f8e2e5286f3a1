//! A few steps of every rule, worked out by hand from its formula. The reference runs check the
//! paths; these also check what is noted in each step, the gain that stability depends on, and
//! values that no reference run has.

#[path = "../common/mod.rs"]
mod common;

mod adam;
mod momentum;
mod others;
mod squares;
mod walk;
mod words;
