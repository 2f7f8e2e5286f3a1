//! What a file in `src/surface/` sees as `super`.

pub use slalom::surface::{About, Formula, Minimum, Number, Window};

pub mod zakharov;
