//! What a file in `src/optimizer/` sees as `super`.

pub use slalom::optimizer::{
    About, CoordinateRule, Defaults, Described, Field, Note, Probe, Run, Running, fields,
};

pub mod signum;

/// The registry would write this.
impl Default for signum::Signum {
    fn default() -> Self {
        <Self as Described>::DEFAULTS.paper
    }
}
