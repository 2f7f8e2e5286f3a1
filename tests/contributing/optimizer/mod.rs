//! What the files in `src/optimizer/rules/` and `src/optimizer/wrappers/` see as `super`.

pub use slalom::objective::{Block, Queries};
pub use slalom::optimizer::rule::step_wrapped;
pub use slalom::optimizer::{
    About, ByHand, CoordinateRule, Defaults, Described, Family, Field, Inner, Note, NoteId,
    NoteRole, NoteShape, Optimizer, Oracle, Probe, Role, Rule, Run, Valid, fields, notes,
};
pub use slalom::real::Real;

pub mod clip_by_value;
pub mod signum;

/// The registry would write this.
impl Default for signum::Signum {
    fn default() -> Self {
        <Self as Described>::defaults().paper
    }
}
