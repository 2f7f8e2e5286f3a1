//! The geometry of the parameter plane: points, symmetric matrices, windows, round numbers for axes, and
//! smooth transitions.

mod point;
mod smooth;
mod symmetric;
pub mod ticks;
mod window;

pub use point::{difference, distance, dot, length, unit};
pub use smooth::smooth;
pub use symmetric::{Eigen, Matrix};
pub use window::Window;
