//! The tour: every lesson loads, is true, and has a goal that can be reached.

#[path = "../common/mod.rs"]
mod common;

mod conditions;
mod faults;
mod figures;
mod files;
mod goals;
mod hand_in;
mod hints;
mod lessons;
mod measures;
mod numbers;
mod rounding;
