//! The geometry of the parameter plane: points, symmetric matrices, windows, and round numbers for
//! axes.

mod point;
mod symmetric;
pub mod ticks;
mod window;

pub use point::{difference, distance, dot, length, unit};
pub use symmetric::{Eigen, Matrix};
pub use window::Window;
