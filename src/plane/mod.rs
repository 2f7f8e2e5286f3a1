//! The ground under everything: points of the parameter plane, symmetric matrices, windows, and
//! round numbers for axes.

mod point;
mod symmetric;
pub mod ticks;
mod window;

pub use point::{difference, distance, dot, length, unit};
pub use symmetric::{Eigen, Matrix};
pub use window::Window;
