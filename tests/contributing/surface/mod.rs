//! What a file in `src/surface/formulas/` sees as `super`.

pub use slalom::plane::Window;
pub use slalom::surface::{About, Equation, Formula, Minimum, Number};

pub mod zakharov;
