//! What a file in `src/optimizer/rules/` sees as `super`.

pub use slalom::optimizer::{
    About, CoordinateRule, Defaults, Described, Field, Note, Probe, fields, notes,
};

pub mod signum;

/// The registry would write this.
impl Default for signum::Signum {
    fn default() -> Self {
        <Self as Described>::defaults().paper
    }
}
