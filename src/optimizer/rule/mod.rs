//! The traits of an update rule, from what an author writes to what a race runs.
//!
//! Nearly all rules in the field act on each coordinate separately, so an author writes a
//! [`CoordinateRule`]: one scalar recurrence. Every `CoordinateRule` is an [`Optimizer`] over any
//! number of coordinates; only rules that mix coordinates implement `Optimizer` directly. The
//! object-safe [`Run`] holds an optimizer together with its state during a race, and a [`Visitor`]
//! visits the concrete rule, for code that is compiled separately for each rule.

mod coordinate;
mod grouped;
mod optimizer;
mod oracle;
mod paced;
mod part;
mod power;
mod probe;
mod run;
mod running;
mod visitor;

pub use coordinate::{CoordinateRule, Coordinates};
pub use grouped::{Grouped, Member};
pub use optimizer::{Capacity, Optimizer};
pub use oracle::Oracle;
pub use paced::{Paced, in_step};
pub use part::{NotedIn, OfPart, Part, Shared};
pub use power::Power;
pub use probe::{ASKED, GRADIENT, NoteId, Probe, Silent};
pub use run::{Adjustable, Run, Undefined};
pub use running::{Running, step_wrapped};
pub use visitor::{Begin, Visitor};
