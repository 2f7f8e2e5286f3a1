//! The traits of an update rule, from what an author writes to what a race runs.
//!
//! Nearly every rule of the field acts on each coordinate alone, so an author writes a
//! [`CoordinateRule`]: one scalar recurrence. Every `CoordinateRule` is an [`Optimizer`] of any
//! number of coordinates; only a rule that mixes coordinates implements `Optimizer` by hand. The
//! object-safe [`Run`] carries an optimizer together with its state through a race, and a
//! [`Visitor`] meets the concrete rule, for code that is compiled for each rule apart.

mod coordinate;
mod optimizer;
mod oracle;
mod power;
mod probe;
mod run;
mod running;
mod visitor;

pub use coordinate::{CoordinateRule, Coordinates};
pub use optimizer::Optimizer;
pub use oracle::Oracle;
pub use power::Power;
pub use probe::{ASKED, GRADIENT, NoteId, Probe, Silent};
pub use run::{Adjustable, Run, Undefined};
pub use running::{Running, step_wrapped};
pub use visitor::{Begin, Visitor};
