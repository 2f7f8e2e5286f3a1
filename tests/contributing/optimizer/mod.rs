//! What the files in `src/optimizer/rules/` and `src/optimizer/wrappers/` see as `super`.

pub use slalom::objective::{Block, Queries};
pub use slalom::optimizer::rule::step_wrapped;
pub use slalom::optimizer::{
    About, ByHand, Claim, CoordinateRule, Defaults, Described, Family, Field, History, Inner, Kin,
    Note, NoteId, NoteRole, NoteShape, Optimizer, Oracle, Outcome, Parent, Probe, Role, Rule, Run,
    Trial, Valid, fields, notes,
};
pub use slalom::real::Real;

pub mod normalized;
pub mod signum;

/// The registry would write this.
impl Default for signum::Signum {
    fn default() -> Self {
        <Self as Described>::defaults().paper
    }
}
